"""An amendment on which nobody acts lapses, and comes back when somebody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import History, folder
from governance.making import NOW
from governance.paper import paper
from manifesto_tui.governance.amendment import Comment, Second
from manifesto_tui.governance.lifecycle import lapses, stage
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import READY, rules_digest

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
