"""An amendment on which nobody acts lapses, and comes back when somebody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import History, folder
from governance.making import CLOSES, NOW, ballot_of, roll_of
from governance.paper import paper
from manifesto_tui.governance.amendment import Comment, Second, Withdrawal
from manifesto_tui.governance.lifecycle import (
    closes_soon,
    has_closed,
    is_undecided,
    is_withdrawn,
    lapses,
    last_act,
    stage,
)
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import READY, rules_digest
from manifesto_tui.governance.stranding import undecided

IDLE = replace(READY["simple"], idle_days=7)


@pytest.fixture
def idle():
    """An amendment filed nine days ago, under rules that let it lapse after seven."""
    history = History(IDLE)
    history.propose("aaaa")
    return history


def test_it_lapses_when_nobody_has_acted_for_the_days_that_the_rules_state(idle):
    proposal = idle.proposal("aaaa")
    due = lapses(proposal, IDLE)
    assert due == NOW - timedelta(days=2)
    assert stage(idle.assembly, proposal, due - timedelta(seconds=1)) == "open"
    assert stage(idle.assembly, proposal, due) == "lapsed"
    assert lapses(proposal, READY["simple"]) is None


@pytest.mark.parametrize(
    "act",
    [
        lambda at: {"seconds/cem.yaml": paper(Second("cem", at))},
        lambda at: {"comments/20261119-cem.yaml": paper(Comment("cem", at, "Well."))},
    ],
)
def test_a_second_or_a_comment_brings_it_back(idle, act):
    files = act(written(NOW - timedelta(days=1)))
    idle.commit({f"{folder('aaaa')}/{name}": data for name, data in files.items()})
    assert stage(idle.assembly, idle.proposal("aaaa"), NOW) == "open"
    idle.open("aaaa")
    assert idle.codes() == []


def test_no_ballot_is_opened_on_what_has_lapsed(idle):
    with pytest.raises(Refused) as refused:
        idle.open("aaaa")
    assert refused.value.code == "lapsed"


def test_a_ballot_opened_all_the_same_is_found(idle):
    other = History()
    other.propose("aaaa")
    other.open("aaaa")
    ballot = other.proposal("aaaa").ballot
    due = replace(ballot, base=idle.head, rules=rules_digest(IDLE))
    at = idle.commit({f"{folder('aaaa')}/ballot.yaml": paper(due)})
    assert idle.codes() == [("ballot-on-lapsed", at)]


def test_an_act_at_no_time_that_can_be_read_was_at_none(idle):
    proposal = idle.proposal("aaaa")
    assert last_act(proposal) == NOW - timedelta(days=9)
    silly = replace(proposal, seconds=(Second("cem", "soon"),))
    assert last_act(silly) == NOW - timedelta(days=9)
    unfiled = replace(proposal.amendment, filed="once")
    assert last_act(replace(silly, revisions=(unfiled,))) is None
    assert lapses(replace(silly, revisions=(unfiled,)), IDLE) is None


def test_a_ballot_closes_soon_in_its_last_days_and_not_after():
    ballot = ballot_of(roll_of(none=1))
    found = [
        closes_soon(ballot, at)
        for at in (
            CLOSES - timedelta(days=3, seconds=1),
            CLOSES - timedelta(days=3),
            CLOSES - timedelta(seconds=1),
            CLOSES,
        )
    ]
    assert found == [False, True, True, False]
    assert closes_soon(ballot, CLOSES - timedelta(days=5), days=5)
    assert not has_closed(replace(ballot, closes="soon"), CLOSES + timedelta(days=99))
    assert not closes_soon(replace(ballot, closes="soon"), CLOSES)


@pytest.mark.parametrize(
    ("at", "withdrawn"),
    [(NOW - timedelta(seconds=1), True), (NOW, False), (None, False)],
)
def test_a_withdrawal_counts_only_from_before_the_opening(at, withdrawn):
    history = History()
    history.propose("aaaa")
    history.open("aaaa")
    back = Withdrawal("bea", written(at) if at else "soon")
    history.commit({f"{folder('aaaa')}/withdrawal.yaml": paper(back)})
    proposal = history.proposal("aaaa")
    assert is_withdrawn(history.assembly, proposal) is withdrawn
    assert is_undecided(history.assembly, proposal) is not withdrawn


def test_what_is_undecided_is_neither_decided_nor_taken_back():
    history = History()
    for name in ("aaaa", "bbbb", "cccc"):
        history.propose(name)
    history.open("aaaa")
    history.decide("aaaa")
    back = paper(Withdrawal("bea", written(NOW)))
    history.commit({f"{folder('bbbb')}/withdrawal.yaml": back})
    assert [p.id for p in undecided(history.assembly)] == ["cccc"]
