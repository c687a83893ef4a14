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


def test_a_signature_that_proves_nothing_is_judged_once(sit, ballots, monkeypatch):
    desk = sit()
    vote = desk.find(ballots[0]).votes[0]
    commit(desk.repo, {f"{vote.path}.sig": b"no signature\n"}, "By hand", desk.repo.head())
    first = scoring.scores(sit())
    assert all_at_once(sit(), monkeypatch) == (first, 0)
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


@pytest.fixture
def signed(speak, sit, ballots):
    """Two ballots, on the second of which the vote is signed."""
    speak.act_as("ada")
    speak.done("roll", "key", "--new")
    deciding.vote(sit(), ballots[1], "against")
    assert sit().assembly.find(ballots[1]).may_be_signed
    return ballots


def test_a_signed_vote_is_judged_once(sit, signed, monkeypatch):
    first = scoring.scores(sit())
    assert first == each_by_itself(sit())
    assert all_at_once(sit(), monkeypatch) == (first, 0)
    people.admit(sit(), "dora", "Made-up Dora")
    assert all_at_once(sit(), monkeypatch) == (first, 0)


def test_a_signed_vote_is_judged_anew_where_a_commit_touches_its_folder(sit, signed, monkeypatch):
    scoring.scores(sit())
    deciding.vote(sit(), signed[1], "for")
    assert all_at_once(sit(), monkeypatch) == (each_by_itself(sit()), 1)


def test_a_signed_vote_is_judged_anew_where_another_history_brings_it(
    speak, sit, signed, monkeypatch
):
    before = speak.git("rev-list", "--reverse", "HEAD").split()[0]
    scoring.scores(sit())
    tree = speak.git("rev-parse", "HEAD^{tree}").strip()
    speak.git("branch", "elsewhere", before)
    alone = speak.git("commit-tree", tree, "-p", before, "-m", "All at once").strip()
    # The same files with the same bytes, brought by one commit before which nobody had a key.
    speak.git("reset", "-q", "--hard", alone)
    assert sit().assembly.commit == alone
    assert all_at_once(sit(), monkeypatch) == (each_by_itself(sit()), 1)


def test_a_merge_that_brings_a_signed_vote_again_has_it_judged_anew(
    speak, sit, signed, monkeypatch
):
    tip = speak.git("rev-parse", "HEAD").strip()
    scoring.scores(sit())
    tree = speak.git("rev-parse", "HEAD^{tree}").strip()
    before = speak.git("rev-list", "--reverse", "HEAD").split()[0]
    alone = speak.git("commit-tree", tree, "-p", before, "-m", "All at once").strip()
    merged = speak.git("commit-tree", tree, "-p", tip, "-p", alone, "-m", "Both").strip()
    speak.git("reset", "-q", "--hard", merged)
    assert all_at_once(sit(), monkeypatch) == (each_by_itself(sit()), 1)


def test_what_could_not_be_checked_here_is_judged_again(sit, signed, monkeypatch):
    from manifesto_tui.governance.signature import cannot_check

    with monkeypatch.context() as patch:
        patch.setattr("manifesto_tui.record.provenance.check", cannot_check)
        assert all_at_once(sit(), monkeypatch)[1] == 2
    assert all_at_once(sit(), monkeypatch) == (each_by_itself(sit()), 1)
