"""Tells what was decided, in the order of time."""

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.edition import is_edition_name
from manifesto_tui.prose import Text
from manifesto_tui.record import layout, log
from manifesto_tui.workflow.desk import Desk


def decisions(desk: Desk) -> tuple[tuple[Proposal, Decision], ...]:
    """Returns every decision with its proposal, the earliest first."""
    found = [(p, p.decision) for p in desk.assembly.proposals if p.decision]
    return tuple(sorted(found, key=lambda pair: (pair[1].decided, pair[0].folder)))


def rewriting(desk: Desk) -> dict[str, Proposal]:
    """Returns the proposals whose decision changed the text, by the digest of the text after it.

    What was decided of the rules left the text as it was.
    """
    return {d.text_after: p for p, d in decisions(desk) if d.text_after != d.text_before}


def text_then(desk: Desk, name: str) -> Text:
    """Returns the text as it read in an edition, or right after a decision was recorded.

    `name` is an edition's or the id of a decided proposal, a ballot between rivals too. The text
    of a proposal that was lost is the one that stayed.
    """
    if is_edition_name(name):
        return desk.text_at(name)
    path = layout.decision_path(desk.find(name).folder)
    # Counted again where two clones met, it is the latest that stands.
    return desk.text_at(log.entries(desk.repo, (path,))[0].commit)
