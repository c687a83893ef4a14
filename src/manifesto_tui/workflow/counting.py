"""Counts a ballot from the record, with the roll and the rules that were in force when it opened."""

from datetime import datetime

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.tally import Tally, count
from manifesto_tui.workflow.desk import Desk


def tally_of(desk: Desk, held: Proposal) -> Tally:
    """Returns the count of the ballot in the folder `held`, as it stands now."""
    assert held.ballot is not None, "only a folder with a ballot is counted"
    opened = desk.assembly_at(held.ballot.base)
    return count(held.ballot, held.votes, opened.roll, opened.rules, desk.now())


def current_vote(held: Proposal | None, handle: str | None) -> Vote | None:
    """Returns a member's last vote in the folder `held`, or None where there is none."""
    votes = [v for v in held.votes if v.voter == handle] if held else []
    return max(votes, key=lambda v: (datetime.fromisoformat(v.cast), v.path), default=None)
