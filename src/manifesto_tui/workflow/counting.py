"""Counts a ballot with the roll and the rules that were in force when it opened."""

from manifesto_tui.governance import voting
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.tally import Tally
from manifesto_tui.governance.validity import sequence
from manifesto_tui.workflow.desk import Desk


def pinned(desk: Desk, ballot: Ballot) -> tuple[Roll, Rules]:
    """Returns the roll and the rules at the commit that a ballot was opened on.

    Where that commit is not here, as in a shallow clone, today's; the count then refuses them
    unless they are still the same.
    """
    try:
        opened = desk.assembly_at(ballot.base)
    except ManifestoError:
        opened = desk.assembly
    return opened.roll, opened.rules


def tally_of(desk: Desk, held: Proposal) -> Tally:
    """Returns the count of the ballot in the folder `held`, as it stands now.

    One that was decided is counted as it was then: what came later changes nothing.
    """
    assert held.ballot is not None, "only a folder with a ballot is counted"
    roll, rules = pinned(desk, held.ballot)
    return voting.tally(desk.assembly, held, desk.now(), roll=roll, rules=rules)


def current_vote(held: Proposal | None, handle: str | None) -> Vote | None:
    """Returns a member's last vote in the folder `held`, or None where there is none."""
    votes = [v for v in held.votes if v.voter == handle] if held else []
    return max(votes, key=lambda v: (sequence(v) or 0, v.path), default=None)
