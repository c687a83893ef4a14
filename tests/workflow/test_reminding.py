"""Reminding: only what closes soon, and whether one has voted on it."""

from datetime import timedelta

from manifesto_tui.record.shelf import Shelf
from manifesto_tui.workflow import deciding, reading
from manifesto_tui.workflow.counting import held_by
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


def test_who_votes_and_is_reminded_reads_nothing_of_what_was_decided(sit, monkeypatch):
    decided = opened(sit())
    deciding.vote(sit(), decided, "against")
    deciding.decide(sit(NOW + timedelta(days=8)), decided)
    later = NOW + timedelta(days=9)
    waiting = opened(sit(later))
    assert reminded(sit(later)) == []
    read = []
    fetch = Shelf._fetch

    def noting(self, keys):
        read.extend(folder.rpartition("/")[2].partition("-")[0] for folder, _ in keys)
        fetch(self, keys)

    monkeypatch.setattr(Shelf, "_fetch", noting)
    desk = sit(later + timedelta(days=5))
    assert reading.collisions_on(desk, held_by(desk, waiting)) == ()
    deciding.vote(desk, waiting, "for")
    assert [told for _, _, told in reminded(desk)] == [f"{waiting} Say ever; you have voted."]
    assert {*read} == {waiting}
