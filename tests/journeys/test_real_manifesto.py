"""The real manifesto's history, adopted, amended, voted on by made-up members, and proved.

The text and its history are real; every member and every vote is made up.
"""

import pytest

from cli.speaking import building, copied
from journeys.real_history import load, stream
from manifesto_tui.prose import parse, read_text

BASE, SHARED, UPDATE = "4601337", "71ccb9a", "396bbe3"
FILE = "docs/manifesto.md"
MEMBERS = {
    "clinicians": ("ada", "ben", "cleo"),
    "technologists": ("dan", "eve"),
    "managers": ("finn", "gus"),
}


@pytest.fixture(scope="module")
def commits():
    return {commit.id[:7]: commit for commit in load()}


@pytest.fixture(scope="module")
def adopted_once(tmp_path_factory, commits):
    with building(tmp_path_factory.mktemp("adopted")) as speak:
        speak.folder.mkdir()
        speak.git("init", "-q")
        speak.git("fast-import", "--quiet", stdin=stream(commits.values()))
        speak.git("reset", "-q", "--hard", f"at-{BASE}")
        speak.done(
            *("adopt", "--title", "Clinical Digital Manifesto", "--handle", "ada"),
            *("--name", "Made-up Ada", "--constituency", "clinicians"),
        )
        for constituency, handles in MEMBERS.items():
            for handle in handles:
                if handle != "ada":
                    named = ("--name", f"Made-up {handle.title()}")
                    speak.done("roll", "admit", handle, *named, "--constituency", constituency)
        return speak.folder


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory, adopted_once, commits):
    with building(tmp_path_factory.mktemp("filed")) as speak:
        copied(adopted_once, speak)
        ids = []
        for member, commit in (("ben", SHARED), ("dan", UPDATE)):
            speak.act_as(member)
            file = speak.write(f"../{commit}.md", commits[commit].files[FILE])
            said = speak.done(
                *("propose", "--title", commits[commit].subject, "--reason", "As was proposed."),
                *("--text", str(file), "--json"),
            )
            ids.append(said.recorded["message"].split()[1].rstrip(":"))
        return speak.folder, *ids


@pytest.fixture
def adopted(adopted_once, speak):
    """The real history up to 4601337, adopted, with made-up members on the roll."""
    return copied(adopted_once, speak)


@pytest.fixture
def filed(filed_once, speak):
    """Both sides of the real merge as amendments; the speaker and the two ids."""
    folder, *ids = filed_once
    return copied(folder, speak), *ids


def changes_in(speaker, *words):
    """Returns the changes that `diff` finds, by the number of their clause."""
    found = speaker.done("diff", *words, "--json").json["changes"]
    return {change["number"]: change for change in found}


def replaced_words(change):
    return [pair for pair in change["words"] if pair[0] != "="]


def test_every_document_of_every_commit_comes_back_byte_for_byte(commits):
    for commit in commits.values():
        for source in commit.files.values():
            outline = parse(source)
            assert outline.source == source
            pieces, end = [], 0
            for clause in outline.clauses:
                pieces += [source[end : clause.start], source[clause.start : clause.end]]
                end = clause.end
            assert "".join(pieces) + source[end:] == source
        assert read_text(commit.files).sources == commit.files


def test_adopting_keeps_the_history_and_changes_no_word(adopted, commits):
    assert adopted.git("rev-parse", f"at-{BASE}") == adopted.git("rev-parse", "HEAD~7")
    said = adopted.done("diff", f"at-{BASE}", "HEAD", "--json").json
    assert said["changes"] == []
    shown = adopted.done("publish", "--format", "md").out
    assert shown.startswith(commits[BASE].files[FILE].strip("\n"))


def test_every_commit_can_be_compared_with_the_one_before(adopted, commits):
    for commit in commits.values():
        for parent in commit.parents:
            said = adopted.done("diff", f"at-{parent[:7]}", f"at-{commit.id[:7]}", "--json").json
            for change in said["changes"]:
                kept = [words for op, words in change["words"] if op in "=-"]
                came = [words for op, words in change["words"] if op in "=+"]
                assert ("".join(kept), "".join(came)) == (change["was"], change["now"])


def test_the_retitling_of_principle_5_is_shown_first(filed):
    speaker, _, update = filed
    said = speaker.done("diff", update, "--json").json["changes"]
    assert (said[0]["weight"], said[0]["number"]) == ("title", "5")
    assert said[0]["was"] == "5. We shift control from Big IT to NHS care teams"
    assert said[0]["now"] == "5. We develop the capabilities of digital teams in the NHS"
    shown = speaker.done("diff", update).out.splitlines()
    assert shown[0].startswith("~ 5 heading replaced")
    assert "[-shift control from Big IT to NHS care teams-]" in shown[1]


def test_find_and_realise_are_one_word_apart(filed):
    speaker, shared, update = filed
    change = changes_in(speaker, shared, update)["1.1"]
    assert replaced_words(change) == [["-", "find"], ["+", "realise"]]
    assert "[-find-]{+realise+}" in speaker.done("diff", shared, update).out


def test_the_hyphen_is_a_matter_of_spelling(filed):
    speaker, shared, update = filed
    changes = changes_in(speaker, shared, update)
    assert sorted(changes) == ["1.1", "5", "5.1"]
    assert changes["5.1"]["weight"] == "spelling"
    assert replaced_words(changes["5.1"]) == [["-", "skill-sets"], ["+", "skillsets"]]


def test_the_insertion_that_both_make_is_one_insertion(filed):
    speaker, shared, update = filed
    for one in (shared, update):
        assert changes_in(speaker, one)["1.2"]["kind"] == "inserted"
    pairs = speaker.done("collisions", "--json").json["pairs"]
    assert [{p["a"], p["b"]} for p in pairs] == [{shared, update}]
    why = pairs[0]["why"]
    assert "Both insert “Where this means changing the way we contract" in why
    for one, other in (("find", "realise"), ("skill-sets", "skillsets")):
        assert f"differ in “{one}” or “{other}”" in why or f"differ in “{other}” or “{one}”" in why


def test_the_two_together_read_as_the_real_merge_but_for_the_title_that_git_hid(filed, commits):
    speaker, _, update = filed
    said = speaker.done("diff", f"at-{UPDATE}", update, "--json").json
    assert said["changes"] == []


def decide(speaker, update, against=()):
    """Opens the ballot, has everyone vote as themselves, and decides after it has closed."""
    speaker.act_as("ada")
    speaker.done("open", update, "--closes", "14d")
    for handle in [h for handles in MEMBERS.values() for h in handles]:
        speaker.act_as(handle)
        speaker.done("vote", update, "against" if handle in against else "for")
    speaker.at("2026-11-16T09:00:00Z")
    return speaker("decide", update)


def test_adopted_by_three_constituencies_published_and_proved(filed, commits):
    speaker, _, update = filed
    assert decide(speaker, update, against=("cleo",)).code == 0

    said = speaker.done("tally", update, "--json").json
    assert (said["outcome"], said["for"], said["against"]) == ("carried", 6, 1)
    counts = {name: (c["for"], c["against"]) for name, c in said["constituencies"].items()}
    assert counts == {"clinicians": (2, 1), "technologists": (2, 0), "managers": (2, 0)}

    published = speaker.done("publish", "--format", "md").out
    assert published.startswith(commits[UPDATE].files[FILE].strip("\n"))
    document = speaker.done("publish", "--format", "json").json
    head = speaker.git("rev-parse", "HEAD").strip()
    assert (document["commit"], document["state"]) == (head, "drafting")

    said = speaker.done("verify", "--json").json
    assert (said["verdict"], said["findings"]) == ("PROVED", [])
    assert said["counts"]["votes"] == 7
    assert said["text"] == document["text"]


def test_text_and_record_of_a_decision_are_one_commit(filed):
    speaker, _, update = filed
    decide(speaker, update)
    touched = speaker.git("show", "--format=", "--name-only", "HEAD").split()
    assert sorted(path.rpartition("/")[2] for path in touched) == ["decision.yaml", "manifesto.md"]
    assert speaker.git("status", "--porcelain") == ""


def test_one_constituency_against_it_and_the_text_stays(filed, commits):
    speaker, _, update = filed
    assert decide(speaker, update, against=("finn", "gus")).code == 1
    assert speaker.done("verify").out.startswith("PROVED.")
    assert speaker.done("publish", "--format", "md").out.startswith(
        commits[BASE].files[FILE].strip("\n")
    )


def test_a_vote_edited_later_is_not_proved_and_named(filed):
    speaker, _, update = filed
    decide(speaker, update, against=("cleo",))
    vote = next(speaker.folder.glob(f"proposals/*/{update}-*/votes/cleo.yaml"))
    vote.write_text(vote.read_text("utf-8").replace("against", "for"), encoding="utf-8")
    speaker.git("commit", "-qam", "Tidy up")

    said = speaker("verify", "--json")
    assert said.code == 1
    assert said.json["verdict"] == "NOT PROVED"
    head = speaker.git("rev-parse", "HEAD").strip()
    path = vote.relative_to(speaker.folder).as_posix()
    errors = [f for f in said.json["findings"] if f["severity"] == "error"]
    assert [(f["commit"], f["path"]) for f in errors] == [(head, path)]

    shown = speaker("verify")
    assert shown.code == 1
    assert shown.out.startswith("NOT PROVED.")
    assert f"{head[:12]} {path}" in shown.out


def test_as_rivals_the_two_are_ranked_against_the_status_quo(filed):
    speaker, shared, update = filed
    speaker.act_as("ada")
    said = speaker.done("open", shared, update, "--closes", "14d", "--json").recorded
    ballot = said["paths"][0].split("/")[2][:4]
    for handle in [h for handles in MEMBERS.values() for h in handles]:
        speaker.act_as(handle)
        speaker.done("vote", ballot, "--rank", f"{update},{shared},status-quo")
    speaker.at("2026-11-16T09:00:00Z")
    speaker.done("decide", ballot)
    assert speaker.done("diff", f"at-{UPDATE}", "--json").json["changes"] == []
    assert speaker.done("verify").out.startswith("PROVED.")
