"""The whole path through the command line: found, draft, amend, vote, decide, publish, prove."""

import json
import subprocess
import sys
import zipfile

import pytest

from cli.speaking import building, copied


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory):
    with building(tmp_path_factory.mktemp("whole")) as speak:
        speak.folder.mkdir()
        speak.done("init", ".", "--title", "A made-up manifesto", "--constituency", "clinicians")
        speak.done(*("roll", "admit", "ben", "--name", "Made-up Ben"), "--constituency", "managers")
        return speak.folder


@pytest.fixture
def founded(founded_once, speak):
    return copied(founded_once, speak)


FILE = "manifesto/01-first-principle.md"


def test_a_manifesto_is_founded_in_a_new_folder_with_one_commit(speak, tmp_path):
    new = tmp_path / "new" / "place"
    speak.folder.mkdir()
    said = speak.done("init", str(new), "--title", "A made-up manifesto")
    assert said.out.startswith("Recorded ")
    assert f"To undo: Delete {new}." in said.out
    assert "Writing one commit, “Found ‘A made-up manifesto’”:" in said.err
    speak.folder = new
    assert speak.git("rev-list", "--count", "HEAD").strip() == "1"
    assert speak.git("status", "--porcelain") == ""
    assert speak.git("config", "manifesto.handle").strip() == "made-up-founder"
    assert speak.done("show").out.splitlines()[0] == "A made-up manifesto"
    assert speak.done("check").out == ""
    assert speak.done("verify").out.startswith("PROVED")
    members = speak.done("roll", "list", "--json").json["members"]
    assert [(m["handle"], m["steward"]) for m in members] == [("made-up-founder", True)]


def test_while_drafting_the_text_is_edited_in_place(founded):
    words = founded.read(FILE).replace("# The first principle", "# Be kind")
    founded.write(FILE, words + "\nAsk first.\n")
    said = founded.done("edit", "-m", "Say what we mean.")
    assert "`manifesto-tui undo` takes it back" in said.out
    assert founded.git("status", "--porcelain") == ""
    assert founded.git("log", "-1", "--format=%s").strip() == "Say what we mean"
    clauses = founded.done("show", "--json").json["clauses"]
    assert [c["plain"] for c in clauses][0::2] == ["Be kind", "Ask first."]
    anchors = [c["anchor"] for c in clauses]
    assert None not in anchors
    assert len(set(anchors)) == len(anchors)
    assert founded.done("verify").out.startswith("PROVED")


def test_an_edit_that_lost_its_anchors_keeps_the_clauses_names(founded):
    before = [c["anchor"] for c in founded.done("show", "--json").json["clauses"]]
    founded.write(FILE, "# Be kind\n\nWrite what you hold to here, one sentence a line.\n")
    founded.done("edit", "-m", "Start")
    after = [c["anchor"] for c in founded.done("show", "--json").json["clauses"]]
    assert after == before


def test_an_amendment_comes_from_the_work_tree_which_stays_as_it_was(founded):
    edited = founded.read(FILE).replace("one sentence a line", "in short sentences")
    founded.write(FILE, edited)
    said = founded.done(
        *("propose", "--title", "Short", "--reason", "To be read."), "--from-worktree", "--json"
    )
    assert founded.read(FILE) == edited
    filed = said.recorded["message"].split()[1].rstrip(":")
    shown = founded.done("diff", filed).out
    assert "[-one sentence a line-]{+in short sentences+}" in shown
    card = founded.done("amendment", filed, "--json").json
    assert (card["state"], card["standing"], card["title"]) == ("open", "clean", "Short")
    assert founded.git("show", "--format=", "--name-only", "HEAD").split() == said.recorded["paths"]


def file_amendment(speaker, words, title="Short", handle="made-up-founder"):
    speaker.act_as(handle)
    draft = speaker.write("../01-first-principle.md", words)
    said = speaker.done(
        *("propose", "--title", title, "--reason", "Because.", "--text", str(draft), "--json")
    )
    return said.recorded["message"].split()[1].rstrip(":")


def test_from_amendment_to_proof(founded):
    founded.done("ratify")
    filed = file_amendment(founded, founded.read(FILE).replace("hold to", "stand for"))
    assert founded.done("list", "--needs-vote").out == ""
    founded.done("second", filed)
    founded.done("comment", filed, "-m", "Better.")
    founded.done("open", filed, "--closes", "7d")
    assert filed in founded.done("list", "--needs-vote").out
    said = founded.done("vote", filed, "for", "-m", "Plain words.")
    assert "you may vote again" in said.out
    assert founded.done("list", "--needs-vote").out == ""
    founded.act_as("ben")
    founded.done("vote", filed, "against")
    founded.done("vote", filed, "for")

    tally = founded.done("tally", filed, "--json").json
    assert (tally["state"], tally["for"], tally["against"]) == ("open", 2, 0)
    assert [v["counted"] for v in tally["votes"]].count(False) == 1

    founded.at("2026-11-09T00:00:00Z")
    said = founded.done("decide", filed)
    assert "Carried." in said.out
    assert "stand for" in founded.read(FILE)
    assert founded.git("status", "--porcelain") == ""
    assert founded.done("verify", "--json").json["verdict"] == "PROVED"
    assert "carried" in founded.done("history").out
    life = founded.done("history", "--clause", "first-principle-1", "--json").json["wordings"]
    assert [w["amendment"] for w in life] == ["", filed]
    assert founded.done("show", "--at", "HEAD~1").out != founded.done("show").out


def test_an_amendment_is_revised_rebased_and_withdrawn(founded):
    words = founded.read(FILE)
    filed = file_amendment(founded, words.replace("hold to", "stand for"))
    founded.write("../01-first-principle.md", words.replace("hold to", "believe"))
    founded.done("revise", filed, "--text", str(founded.folder / "../01-first-principle.md"))
    assert founded.done("amendment", filed, "--json").json["revision"] == 2
    assert "{+believe+}" in founded.done("diff", filed).out
    assert founded("rebase", filed).code == 1

    founded.write(FILE, words.replace("Write what", "Please write what"))
    founded.done("edit", "-m", "Be polite")
    assert founded.done("amendment", filed, "--json").json["standing"] == "touched"
    assert "Please write what" in founded("rebase", filed).err
    founded.done("rebase", filed, "--confirm")
    card = founded.done("amendment", filed, "--json").json
    assert (card["revision"], card["standing"]) == (3, "clean")

    said = founded.done("withdraw", filed, "-m", "Not now.")
    assert "propose it again" in said.out
    assert founded.done("amendment", filed, "--json").json["state"] == "withdrawn"
    assert founded("vote", filed, "for").code == 1


def test_each_clause_becomes_an_amendment_of_its_own(founded):
    words = founded.read(FILE).replace("The first", "The only").replace("hold to", "stand for")
    draft = founded.write("../01-first-principle.md", words)
    said = founded.done(
        *("propose", "--title", "Two things", "--reason", "R.", "--text", str(draft)),
        *("--each-clause", "--kind", "editorial", "--json"),
    )
    assert len(said.json["recorded"]) == 2
    cards = founded.done("list", "--json").json["amendments"]
    assert [c["kind"] for c in cards] == ["editorial"] * 2
    assert [len(founded.done("diff", c["id"], "--json").json["changes"]) for c in cards] == [1, 1]


def test_an_amendment_written_by_hand_is_filed(founded):
    words = next(
        c for c in founded.done("show", "--json").json["clauses"] if c["block"] != "heading"
    )
    was = json.dumps(words["text"])
    file = founded.write(
        "../by-hand.yaml",
        "title: By hand\nrationale: Because.\nchanges:\n"
        f"- clause: {words['anchor']}\n  was: {was}\n  now: Shorter.\n",
    )
    said = founded.done("propose", "--file", str(file), "--json")
    filed = said.recorded["message"].split()[1].rstrip(":")
    card = founded.done("amendment", filed, "--json").json
    assert (card["title"], card["rationale"], card["proposer"]) == (
        "By hand",
        "Because.",
        "made-up-founder",
    )
    assert card["changes"][0]["now"] == "Shorter."


def test_whatif_shows_several_amendments_at_once_and_writes_nothing(founded):
    words = founded.read(FILE)
    one = file_amendment(founded, words.replace("The first", "The only"), "One")
    two = file_amendment(founded, words.replace("hold to", "stand for"), "Two")
    before = founded.state()
    said = founded.done("whatif", one, two)
    assert "{+only+}" in said.out
    assert "{+stand for+}" in said.out
    assert "Nothing was written." in said.err
    assert "stand for" in founded.done("whatif", one, two, "--clean").out
    assert founded.state() == before


def test_rivals_that_cannot_both_stand_are_shown_and_refused_together(founded):
    words = founded.read(FILE)
    one = file_amendment(founded, words.replace("hold to", "stand for"), "One")
    two = file_amendment(founded, words.replace("hold to", "believe"), "Two")
    pairs = founded.done("collisions", "--json").json["pairs"]
    assert [p["relation"] for p in pairs] == ["exclusive"]
    assert "⚡ excludes" in founded.done("list").out
    before = founded.state()
    assert founded("whatif", one, two).code == 1
    assert founded.state() == before


def test_every_format_says_which_commit_and_which_text_it_shows(founded):
    head = founded.git("rev-parse", "HEAD").strip()
    digest = founded.done("verify", "--json").json["text"]
    for form in ("md", "txt", "json", "csv"):
        shown = founded.done("publish", "--format", form).out
        assert head[:12] in shown, form
        assert digest in shown, form


def test_publishing_to_a_file_never_replaces_one_unasked(founded, tmp_path):
    target = tmp_path / "agreed.md"
    founded.done("publish", "--format", "md", "-o", str(target))
    first = target.read_bytes()
    assert founded("publish", "--format", "txt", "-o", str(target)).code == 1
    assert target.read_bytes() == first
    founded.done("publish", "--format", "txt", "-o", str(target), "--force")
    assert target.read_bytes() != first
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".agreed")] == []


def test_the_same_clock_publishes_the_same_bytes(founded):
    for form in ("md", "txt", "json", "csv"):
        once = founded.done("publish", "--format", form).out
        assert founded.done("publish", "--format", form).out == once


def test_two_files_are_compared_outside_any_repository(speak):
    speak.folder.mkdir()
    speak.write("a.md", "# Title\n\nWe find them.\n")
    speak.write("b.md", "# Title\n\nWe realise them.\n")
    assert "We [-find-]{+realise+} them." in speak.done("diff", "a.md", "b.md").out
    assert "We {--find--}{++realise++} them." in speak.done("diff", "a.md", "b.md", "--critic").out
    assert speak.done("diff", "a.md", "b.md", "--json").json["stat"]["replaced"] == 1
    assert "1 replaced" in speak.done("diff", "a.md", "b.md", "--stat").out
    assert "│" in speak.done("diff", "a.md", "b.md", "--side-by-side").out
    assert "We realise them." in speak.done("diff", "a.md", "b.md", "--clean").out
    assert speak("diff", "a.md", "gone.md").code == 2


def test_without_a_terminal_the_text_is_printed_and_how_to_open_it_told(founded):
    said = founded.done()
    assert said.out == founded.done("show").out
    assert "`manifesto-tui` opens the app" in said.err


def test_a_reader_that_leaves_early_is_no_error(founded):
    program = "from manifesto_tui.cli import main; raise SystemExit(main())"
    shown = subprocess.Popen(
        [sys.executable, "-c", program, "-C", str(founded.folder), "publish", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    shown.stdout.close()
    said = shown.stderr.read()
    shown.stderr.close()
    assert shown.wait(timeout=60) in (0, 141)
    assert said == b""


def test_the_demo_plays_from_founding_to_proof(speak, tmp_path):
    speak.folder.mkdir()
    said = speak.done("demo", str(tmp_path / "demo"))
    assert said.out.startswith("A made-up assembly. Nobody and nothing in it is real.")
    assert "The proof: PROVED" in said.out
    assert "Patients 0 to 2: not met." in said.out
    assert f"manifesto-tui -C {tmp_path / 'demo'}" in said.out
    speak.folder = tmp_path / "demo"
    assert speak.done("verify").out.startswith("PROVED.")
    assert "Publish every interface" in speak.done("list", "--needs-vote").out
    for member in speak.done("roll", "list", "--json").json["members"]:
        assert member["name"].startswith("Made-up Member")


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_document_that_left_and_came_back_changed_is_filed(founded, tmp_path, form):
    left = tmp_path / f"manifesto.{form}"
    founded.done("publish", "--format", form, "-o", str(left))
    was, now = "Write what you hold to", "Tell what you hold to"
    assert was in founded.read(FILE)
    _edit(left, was, now)
    said = founded.done(
        *("propose", "--title", "Tell", "--reason", "Kinder."), "--import", str(left)
    )
    filed = said.out.split("Propose ")[1][:4]
    (change,) = json.loads(founded.done("diff", filed, "--json").out)["changes"]
    assert (change["kind"], now in change["now"]) == ("replaced", True)


def _edit(file, was, now):
    """Changes words in a Markdown file, or in the body of a Word file."""
    if file.suffix == ".md":
        file.write_text(file.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
        return
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"]
    assert was.encode() in body
    parts["word/document.xml"] = body.replace(was.encode(), now.encode())
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
