"""A clause's life: through splits, merges, moves, new names of files, and before its anchor."""

import os
import re
from datetime import UTC, datetime

import pytest

from cli.speaking import settle
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.life import life

FIRST = """\
# Open

Suppliers document their interfaces. Records follow the patient wherever they go.

- Nurses lead.
- Doctors lead.

# Teams

Teams are funded for as many years as a service runs.
"""


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """A speaker in a repository with a text that has no anchors yet."""
    speak = settle(tmp_path, monkeypatch)
    speak.folder.mkdir()
    speak.git("init", "-q")
    speak.write("draft.md", FIRST)
    commit(speak, "Write the text")
    return speak


def commit(speak, message):
    speak.git("add", "-A")
    speak.git("commit", "-qm", message)


def adopt(speak):
    speak.done("adopt", "--title", "Made up", "--handle", "ada", "--rules", "simple")


def edit(speak, old, new, path="draft.md"):
    words = speak.read(path)
    assert old in words
    speak.write(path, words.replace(old, new))
    speak.done("edit", "-m", f"Change {old[:12]}")


def told(speak, anchor):
    desk = Desk.open(speak.folder, dict(os.environ), lambda: datetime(2026, 11, 1, tzinfo=UTC))
    return [(w.words, w.how) for w in life(desk, anchor)]


def test_the_time_before_there_were_anchors_is_part_of_it(speak):
    speak.write(
        "draft.md", FIRST.replace("Nurses lead", "Nurses decide").replace("# Teams", "# Own teams")
    )
    commit(speak, "Say decide")
    adopt(speak)
    edit(speak, "Nurses decide", "Nurses and midwives decide")
    assert told(speak, "open-2") == [
        ("Nurses lead.", ""),
        ("Nurses decide.", ""),
        ("Nurses and midwives decide.", ""),
    ]
    assert told(speak, "open-3") == [("Doctors lead.", "")]


def test_what_changed_the_text_is_remembered_until_a_commit_changes_it_again(speak):
    adopt(speak)
    desk = Desk.open(speak.folder, dict(os.environ), lambda: datetime(2026, 11, 1, tzinfo=UTC))
    life(desk, "open-2")
    known = desk.repo.memory["lineage"][2]
    speak.done("roll", "admit", "bob", "--name", "Made-up Bob")
    desk.reload()
    life(desk, "open-2")
    assert desk.repo.memory["lineage"][2] is known
    edit(speak, "Nurses lead", "Nurses decide")
    desk.reload()
    assert [w.words for w in life(desk, "open-2")] == ["Nurses lead.", "Nurses decide."]


def test_a_file_that_was_renamed_is_followed(speak):
    (speak.folder / "text").mkdir()
    speak.git("mv", "draft.md", "text/manifesto.md")
    commit(speak, "Call it by its name")
    speak.write("text/manifesto.md", FIRST.replace("Nurses lead", "Nurses decide"))
    commit(speak, "Say decide")
    speak.done(
        *("adopt", "--title", "Made up", "--handle", "ada", "--rules", "simple"),
        *("--text", "text/manifesto.md"),
    )
    assert told(speak, "open-2") == [("Nurses lead.", ""), ("Nurses decide.", "")]


def test_a_clause_split_off_another_has_the_life_of_the_other_before(speak):
    adopt(speak)
    whole = "Suppliers document their interfaces. Records follow the patient wherever they go."
    edit(speak, "interfaces. Records", "interfaces.\n\nRecords")
    kept = told(speak, "open-1")[-1][0]
    (new,) = set(re.findall(r"#(open-\d)", speak.read("draft.md"))) - {"open-1", "open-2", "open-3"}
    first, last = told(speak, new)
    assert first == (whole, "")
    assert {kept, last[0]} == set(whole.replace(". R", ".\nR").split("\n"))
    assert last[1] == f"It was split off “{whole[:59].rstrip()}…”."


def test_two_clauses_that_were_joined_and_the_one_that_went_into_the_other(speak):
    adopt(speak)
    edit(speak, "- Doctors lead. <!-- #open-3 -->\n", "")
    assert told(speak, "open-3") == [("Doctors lead.", ""), (None, "")]
    well = "They hold on to the people who know the service well."
    edit(speak, "runs. <!-- #teams-1 -->", f"runs. <!-- #teams-1 -->\n\n{well}")
    text = speak.read("draft.md")
    gone = "teams-2"
    assert f"#{gone}" in text
    apart = f"runs. <!-- #teams-1 -->\n\n{well} <!-- #{gone} -->"
    edit(speak, apart, f"runs. {well} <!-- #teams-1 -->")
    assert told(speak, "teams-1")[-1][1] == f"It was joined with “{well}”."
    words, how = told(speak, gone)[-1]
    assert (words, how[:27]) == (None, "It went into teams-1: “Team")


def test_a_move_is_told_where_the_words_stay(speak):
    adopt(speak)
    nurses, doctors = "- Nurses lead. <!-- #open-2 -->\n", "- Doctors lead. <!-- #open-3 -->\n"
    edit(speak, nurses + doctors, doctors + nurses)
    lives = [told(speak, "open-2"), told(speak, "open-3")]
    assert sorted(len(each) for each in lives) == [1, 2]
    moved = next(each for each in lives if len(each) == 2)
    assert moved[1] == (moved[0][0], "It was moved here.")


def test_an_unknown_clause_is_said_to_be_unknown(speak):
    adopt(speak)
    with pytest.raises(BadInput):
        told(speak, "nowhere-9")
