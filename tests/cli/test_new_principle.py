"""A whole principle comes, goes and moves by decision, in one file or in one file each."""

import pytest

from cli.speaking import building, copied, settle

PARTS = {
    "manifesto/01-open.md": "# Open\n\nWe publish what we make.\n",
    "manifesto/02-kind.md": "# Kind\n\nNobody is left behind.\n\nNobody at all.\n",
    "manifesto/03-small.md": "# Small\n\nSmall teams decide.\n",
}
NEW = "# Whole\n\nCare is one thing.\n\n- For everybody.\n"


@pytest.fixture(scope="module", params=["one", "many"])
def in_force_once(request, tmp_path_factory):
    with building(tmp_path_factory.mktemp(request.param)) as speak:
        speak.folder.mkdir()
        speak.git("init", "-q")
        whole = {"manifesto/manifesto.md": "\n".join(PARTS.values())}
        for path, words in (whole if request.param == "one" else PARTS).items():
            speak.write(path, words)
        speak.git("add", ".")
        speak.git("commit", "-qm", "Write the text")
        speak.done(
            *("adopt", "--title", "Made up", "--handle", "ada", "--rules", "simple"),
            *("--text", "manifesto/*.md"),
        )
        speak.done("ratify")
        return speak.folder


@pytest.fixture
def speak(in_force_once, tmp_path, monkeypatch):
    return copied(in_force_once, settle(tmp_path, monkeypatch))


def files(speak):
    return sorted(path.name for path in (speak.folder / "manifesto").glob("*.md"))


def adopt_what_is_on_disk(speak):
    said = speak.done("propose", "--title", "A change", "--reason", "Why not.", "--from-worktree")
    name = said.out.partition("Propose ")[2][:4]
    speak.git("restore", "manifesto")
    speak.done("open", name, "--closes", "2026-11-02T09:00:00Z")
    speak.done("vote", name, "for")
    speak.at("2026-11-03T09:00:00Z")
    speak.done("decide", name)
    assert "PROVED" in speak.done("verify").out
    return said


def read(speak):
    said = speak.done("show", "--json").json["clauses"]
    return [(clause["number"], clause["text"]) for clause in said]


def test_a_principle_at_the_end_of_a_file_is_adopted_and_read(speak):
    path = f"manifesto/{files(speak)[-1]}"
    speak.write(path, f"{speak.read(path)}\n{NEW}")
    adopt_what_is_on_disk(speak)
    assert read(speak)[-3:] == [
        ("4", "Whole"),
        ("4.1", "Care is one thing."),
        ("4.2", "For everybody."),
    ]


def test_a_principle_in_a_file_of_its_own_goes_to_the_end_of_the_file_before_it(speak):
    home = files(speak)[-1]
    speak.write("manifesto/z-whole.md", NEW)
    said = adopt_what_is_on_disk(speak)
    assert f"are proposed at the end of manifesto/{home}." in said.err
    assert [number for number, _ in read(speak)][-3:] == ["4", "4.1", "4.2"]


def test_a_principle_between_two_others_stands_there(speak):
    path = f"manifesto/{files(speak)[min(1, len(files(speak)) - 1)]}"
    source = speak.read(path)
    at = source.index("# Kind")
    speak.write(path, f"{source[:at]}{NEW}\n{source[at:]}")
    adopt_what_is_on_disk(speak)
    assert [words for _, words in read(speak)][2:6] == [
        "Whole",
        "Care is one thing.",
        "For everybody.",
        "Kind",
    ]


def test_a_whole_principle_goes(speak):
    for name in files(speak):
        source = speak.read(f"manifesto/{name}")
        start = source.find("# Kind")
        if start >= 0:
            end = source.find("# Small", start)
            speak.write(f"manifesto/{name}", source[:start] + (source[end:] if end > 0 else ""))
    adopt_what_is_on_disk(speak)
    assert [words for _, words in read(speak)] == [
        "Open",
        "We publish what we make.",
        "Small",
        "Small teams decide.",
    ]


def test_a_whole_principle_moves_to_the_front(speak):
    first, last = files(speak)[0], files(speak)[-1]
    source = speak.read(f"manifesto/{last}")
    at = source.index("# Small")
    speak.write(f"manifesto/{last}", source[:at])
    speak.write(f"manifesto/{first}", f"{source[at:]}\n{speak.read(f'manifesto/{first}')}")
    adopt_what_is_on_disk(speak)
    assert [words for _, words in read(speak)][:3] == ["Small", "Small teams decide.", "Open"]
