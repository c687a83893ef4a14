"""Makes a meeting's papers from the record: booklet, ballot paper, record of decisions."""

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.problem import Refused
from manifesto_tui.publish.meeting import Motion, ballot_paper, booklet, record_of_decisions
from manifesto_tui.publish.paper import Paper
from manifesto_tui.publish.redline import Passage, redline
from manifesto_tui.publish.render import render
from manifesto_tui.workflow.comparing import compared
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import before_and_after
from manifesto_tui.workflow.history import decisions
from manifesto_tui.workflow.publishing import check_format, provenance
from manifesto_tui.workflow.reading import Card, card, cards

PAPERS = ("booklet", "ballot", "decisions")
_STILL_OPEN = ("open", "at the ballot", "closed")


def meeting_paper(
    desk: Desk, name: str, format: str, ballot: str | None = None, verified: str = ""
) -> bytes:
    """Returns one of PAPERS in a format; the ballot paper needs to know of which ballot.

    Raises Refused "no-ballot" where none is open on what `ballot` names.
    """
    check_format(format, papers=True)
    made = {"booklet": _booklet, "decisions": _decisions}.get(name)
    paper = made(desk, verified) if made else _ballot(desk, ballot or "", verified)
    return render(paper, format)


def motion(desk: Desk, found: Card) -> Motion:
    """Returns an amendment as papers show it."""
    proposal = found.proposal
    amendment = proposal.amendment
    members = desk.assembly.roll.by_handle

    def name(handle: str) -> str:
        return members[handle].name if handle in members else handle

    passages: tuple[Passage, ...] = ()
    place = 0
    if amendment:
        before, after = before_and_after(desk, proposal)
        comparison = compared("", "", before, after)
        every = redline(before, after, comparison.changes)
        changed = [at for at, passage in enumerate(every) if passage.change]
        place = changed[0] if changed else len(every)
        passages = tuple(every[at] for at in changed)
    fits = found.standing is None or found.standing.state == "clean"
    waits = found.stage in _STILL_OPEN
    return Motion(
        id=found.id,
        title=found.title,
        proposer=name(found.proposer),
        filed=found.filed,
        stage=found.stage,
        kind=found.kind,
        passages=passages,
        place=place,
        rationale=amendment.rationale if amendment else "",
        standing=found.standing.why if found.standing and waits and not fits else "",
        seconds=tuple(name(second.member) for second in proposal.seconds),
        comments=proposal.comments,
        rivals=tuple((rival, _title(desk, rival)) for rival in found.rivals),
        ballot=found.ballot,
        decision=proposal.decision,
        count=found.tally.sentences if found.tally else (),
    )


def _booklet(desk: Desk, verified: str) -> Paper:
    found = [c for c in cards(desk) if c.stage in _STILL_OPEN and c.proposal.amendment]
    return booklet(
        [motion(desk, c) for c in found],
        provenance(desk, desk.assembly.text, verified=verified),
        desk.assembly.sources,
    )


def _ballot(desk: Desk, prefix: str, verified: str) -> Paper:
    proposal = desk.find(prefix)
    held = desk.assembly.ballot_for(proposal)
    if held is None or held.ballot is None:
        raise Refused(
            "no-ballot",
            f"No ballot is open on {proposal.id}.",
            f"A steward opens it: `manifesto-tui open {proposal.id} --closes 14d`.",
            proposal.folder,
        )
    options = [motion(desk, card(desk, option.amendment)) for option in held.ballot.options]
    return ballot_paper(
        held.title,
        held.ballot,
        options,
        provenance(desk, desk.assembly.text, verified=verified),
        desk.assembly.sources,
    )


def _decisions(desk: Desk, verified: str) -> Paper:
    return record_of_decisions(
        [
            (f"{p.id}: {p.title}", decision, _adopted(desk, p, decision.adopted))
            for p, decision in decisions(desk)
        ],
        provenance(desk, desk.assembly.text, verified=verified),
        desk.assembly.sources,
    )


def _adopted(desk: Desk, proposal: Proposal, adopted: str) -> list[Motion]:
    return [motion(desk, card(desk, adopted))] if adopted in desk.assembly.by_id else []


def _title(desk: Desk, rival: str) -> str:
    found = desk.assembly.by_id.get(rival)
    return found.title if found else ""
