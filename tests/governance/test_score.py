"""A count in short says the same as the count, and asks the time whether it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.making import CLOSES, ballot_of, roll_of, votes_of
from manifesto_tui.governance.rules import READY
from manifesto_tui.governance.score import score
from manifesto_tui.governance.tally import count

ROLL = roll_of(care=3, tech=2)
RULES = READY["each-constituency"]
BALLOT = ballot_of(ROLL, RULES)
MOMENT = timedelta(microseconds=1)


def scored(ballot=BALLOT, **answers):
    votes = votes_of(BALLOT, ROLL, **answers)
    return score(count(BALLOT, votes, ROLL, RULES, CLOSES), ballot)


@pytest.mark.parametrize(
    ("now", "closed"), [(CLOSES - MOMENT, False), (CLOSES, True), (CLOSES + MOMENT, True)]
)
def test_a_ballot_is_over_from_its_very_moment_on(now, closed):
    found = scored(care="for for for", tech="for for")
    assert found.closed(now) is closed
    assert found.outcome(now) == ("carried" if closed else "open")


def test_a_ballot_whose_time_cannot_be_read_is_never_over():
    found = scored(replace(BALLOT, closes="soon"), care="for for for")
    assert found.closed(CLOSES + timedelta(days=999)) is False
    assert found.outcome(CLOSES + timedelta(days=999)) == "open"


def test_it_holds_the_numbers_of_the_count():
    found = scored(care="for for abstain", tech="against")
    assert found.electorate == 5
    assert found.present == 4
    assert (found.for_, found.against, found.abstain, found.object) == (2, 1, 1, 0)
    assert found.agreed is False
