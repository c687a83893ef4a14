"""Reminding: only what closes soon, and whether one has voted on it."""

from datetime import timedelta

from manifesto_tui.workflow import deciding
from manifesto_tui.workflow.reminding import closing_soon
from workflow.conftest import NOW
from workflow.test_desk import opened


def reminded(desk):
    return [closing.sentence.partition(": ") for closing in closing_soon(desk)]


def test_a_ballot_is_named_once_it_closes_within_three_days(sit):
    filed = opened(sit())
    assert reminded(sit()) == []
    soon = reminded(sit(NOW + timedelta(days=5)))
    assert soon == [("Closes in 2 days", ": ", f"{filed} Say ever; you have not voted.")]


def test_who_has_voted_is_told_so_and_a_closed_ballot_is_not_named(sit):
    filed = opened(sit())
    later = sit(NOW + timedelta(days=6))
    deciding.vote(later, filed, "for")
    assert reminded(later) == [("Closes in 1 day", ": ", f"{filed} Say ever; you have voted.")]
    assert reminded(sit(NOW + timedelta(days=7))) == []
