"""All ballots are counted at once as each by itself, however much is known from before."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from manifesto_tui.governance.score import score
from manifesto_tui.record import forms
from manifesto_tui.record.commit import commit
from manifesto_tui.workflow import counting, deciding, people, proposing, scoring
from workflow.conftest import NOW

CHANGES = (
    ("It costs nothing.", "It costs nothing, ever."),
    ("Anyone may read it.", "Everyone may read it."),
)


@pytest.fixture
def ballots(sit):
    """Two ballots with a vote each, and an amendment that is not put to the vote."""
    desk, filed = sit(), []
    for was, now in (*CHANGES, CHANGES[0]):
        sources = desk.assembly.text.sources
        texts = {path: source.replace(was, now) for path, source in sources.items()}
        recorded = proposing.propose(desk, now, "Because.", texts=texts)
        filed.append(recorded[0].message.split()[1].rstrip(":"))
        people.admit(desk, f"made-up-{len(filed)}", "Made-up")
    for name in filed[:2]:
        deciding.open_ballot(desk, [name], desk.now() + timedelta(days=7))
        deciding.vote(desk, name, "for")
    return filed


def each_by_itself(desk):
    return {
        held.folder: score(counting.tally_of(desk, held), held.ballot)
        for held in desk.assembly.proposals
        if held.ballot
    }


def all_at_once(desk, monkeypatch):
    """Returns the scores, and how many ballots were counted for it."""
    counted = []
    real = counting.tally_of
    with monkeypatch.context() as patch:
        patch.setattr(scoring, "tally_of", lambda d, h: counted.append(h.id) or real(d, h))
        return scoring.scores(desk), len(counted)


def rows(desk, query, *values):
    (file,) = (desk.repo.common_dir / "manifesto-tui").glob("cache-*.sqlite")
    with closing(sqlite3.connect(file)) as held, held:
        return held.execute(query, values).fetchall()


def test_all_at_once_is_each_by_itself(sit, ballots, monkeypatch):
    assert all_at_once(sit(), monkeypatch) == (each_by_itself(sit()), 2)
    assert [found.for_ for found in scoring.scores(sit()).values()] == [1, 1]


def test_what_is_known_is_not_counted_again(sit, ballots, monkeypatch):
    first = scoring.scores(sit())
    assert all_at_once(sit(), monkeypatch) == (first, 0)


def test_a_new_vote_counts_at_once_and_alone(sit, ballots, monkeypatch):
    scoring.scores(sit())
    deciding.vote(sit(), ballots[1], "against")
    found, counted = all_at_once(sit(), monkeypatch)
    assert counted == 1
    assert found == each_by_itself(sit())
    assert sorted(s.for_ for s in found.values()) == [0, 1]


def test_an_admission_changes_no_ballot_that_is_open(sit, ballots, monkeypatch):
    first = scoring.scores(sit())
    people.admit(sit(), "dora", "Made-up Dora")
    assert all_at_once(sit(), monkeypatch) == (first, 0)
    assert first == each_by_itself(sit())


def test_a_ballot_closes_while_its_count_is_known(sit, ballots):
    before, after = sit(), sit(NOW + timedelta(days=7))
    kept = scoring.scores(before)
    assert scoring.scores(after) == kept
    folder = before.find(ballots[0]).folder
    assert kept[folder].outcome(before.now()) == "open"
    assert kept[folder].outcome(after.now()) == deciding.tally(after, ballots[0]).outcome
    assert not kept[folder].closed(after.now() - timedelta(microseconds=1))


def test_a_decision_is_taken_in(sit, ballots, monkeypatch):
    scoring.scores(sit())
    later = sit(NOW + timedelta(days=8))
    deciding.decide(later, ballots[0])
    found, counted = all_at_once(sit(NOW + timedelta(days=8)), monkeypatch)
    assert (found, counted) == (each_by_itself(later), 1)


@pytest.mark.parametrize("row", [b"", b"x" * 50, "words", None])
def test_a_damaged_row_only_costs_time(sit, ballots, monkeypatch, row):
    first = scoring.scores(sit())
    rows(sit(), "UPDATE scores SET value = ?", row)
    assert all_at_once(sit(), monkeypatch) == (first, 2)
    rows(sit(), "UPDATE scores SET value = substr(value, 1, length(value) - 1)")
    assert all_at_once(sit(), monkeypatch) == (first, 2)
    rows(sit(), "DELETE FROM scores")
    assert all_at_once(sit(), monkeypatch) == (first, 2)


def test_the_row_of_another_tip_is_not_believed(sit, ballots, monkeypatch):
    scoring.scores(sit())
    old = rows(sit(), "SELECT value FROM scores")[0][0]
    deciding.vote(sit(), ballots[1], "against")
    right = scoring.scores(sit())
    rows(sit(), "UPDATE scores SET value = ? WHERE id = ?", old, sit().assembly.commit)
    assert scoring.scores(sit()) == right == each_by_itself(sit())


def test_a_folder_with_a_signature_is_counted_each_time(sit, ballots, monkeypatch):
    desk = sit()
    vote = desk.find(ballots[0]).votes[0]
    commit(desk.repo, {f"{vote.path}.sig": b"no signature\n"}, "By hand", desk.repo.head())
    first = scoring.scores(sit())
    assert all_at_once(sit(), monkeypatch) == (first, 1)
    assert first == each_by_itself(sit())


def test_a_ballot_with_another_roll_is_left_out_and_asked_again(sit, ballots, monkeypatch):
    desk = sit()
    held = desk.find(ballots[2])
    other = replace(desk.find(ballots[0]).ballot, id=held.id, roll="sha256:" + "0" * 64)
    path = f"{held.folder}/ballot.yaml"
    commit(desk.repo, {path: forms.write(other)}, "By hand", desk.repo.head())
    for _ in range(2):
        found, counted = all_at_once(sit(), monkeypatch)
        assert held.folder not in found
        assert len(found) == 2
    assert counted == 1


def test_the_command_lists_all_ballots_as_each_by_itself(speak, ballots, sit):
    speak.at(NOW.isoformat())
    lines = speak.done("tally").out.splitlines()
    assert [line.partition("  ")[2] for line in lines] == [
        "for 1, against 0, abstaining 0; 1 of 5 voted: open, so far no quorum"
    ] * 2
    listed = speak.done("tally", "--json").json["ballots"]
    assert [one["ballot"] for one in listed] == [line[:4] for line in lines]
    for one in listed:
        alone = speak.done("tally", one["ballot"], "--json").json
        same = ("ballot", "state", "outcome", "would_be", "for", "electorate", "subject")
        assert {key: one[key] for key in same} == {key: alone[key] for key in same}
        assert one["quorum"]["present"] == alone["quorum"]["present"]
