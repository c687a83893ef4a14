"""Finds an open amendment that already wants what another is about to.

    wanted_already(assembly, amendment.changes)   # the proposal, or None

Two amendments want the same where they say the same words of the same clauses at the same
places: what new clauses are called, and how lines are broken, is left out.
"""

from collections.abc import Sequence

from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.governance.wording import in_one_line

_Wish = tuple[str, str, str, str]


def wanted_already(assembly: Assembly, changes: Sequence[Change]) -> Proposal | None:
    """Returns the first undecided amendment that wants just these changes, or None."""
    wishes = _wishes(changes)
    for proposal in undecided(assembly):
        amendment = proposal.amendment
        if amendment and _wishes(amendment.changes) == wishes:
            return proposal
    return None


def _wishes(changes: Sequence[Change]) -> frozenset[_Wish]:
    inserted = {change.id: change for change in changes if change.verb == "insert"}

    def place(change: Change) -> str:
        after = change.after or change.move_after
        before = inserted.get(after)
        return f"behind {in_one_line(before.now)}" if before else after

    return frozenset((c.verb, c.clause, place(c), in_one_line(c.now)) for c in changes)
