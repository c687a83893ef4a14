"""Tells what was decided, in the order of time."""

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Decision
from manifesto_tui.workflow.desk import Desk


def decisions(desk: Desk) -> tuple[tuple[Proposal, Decision], ...]:
    """Returns every decision with its proposal, the earliest first."""
    found = [(p, p.decision) for p in desk.assembly.proposals if p.decision]
    return tuple(sorted(found, key=lambda pair: (pair[1].decided, pair[0].folder)))
