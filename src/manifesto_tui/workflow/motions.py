"""Gathers what papers and pages show of an amendment."""

from dataclasses import replace

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.countering import modified_by, rivals_of
from manifesto_tui.governance.discussion import discussion
from manifesto_tui.governance.effect import standing, text_digest
from manifesto_tui.governance.lifecycle import STILL_OPEN, stage
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.prose import compare_texts
from manifesto_tui.publish.meeting import Motion
from manifesto_tui.publish.redline import Passage, redline
from manifesto_tui.workflow.counting import tally_of
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import before_and_after


def motion(desk: Desk, proposal: Proposal) -> Motion:
    """Returns an amendment as papers and pages show it."""
    assembly = desk.assembly
    amendment = proposal.amendment
    held = assembly.ballot_for(proposal)
    reached = stage(assembly, proposal, desk.now())
    passages: tuple[Passage, ...] = ()
    place = 0
    fits = against = ""
    if amendment:
        before, after = before_and_after(desk, proposal)
        against = text_digest(before)
        every = redline(before, after, compare_texts(before, after))
        changed = [at for at, passage in enumerate(every) if passage.change]
        place = changed[0] if changed else len(every)
        passages = tuple(every[at] for at in changed)
        if reached in STILL_OPEN:
            fits = standing(assembly.text, amendment.changes).why
    return Motion(
        id=proposal.id,
        title=proposal.title,
        proposer=_name(desk, amendment.proposer if amendment else ""),
        filed=proposal.revisions[0].filed if amendment else "",
        stage=reached,
        kind=amendment.kind if amendment else "ballot",
        passages=passages,
        place=place,
        rationale=amendment.rationale if amendment else "",
        standing=fits,
        seconds=tuple(_name(desk, second.member) for second in proposal.seconds),
        comments=_shown(desk, proposal),
        rivals=tuple((rival, _title(desk, rival)) for rival in rivals_of(desk.assembly, proposal)),
        ballot=held.ballot if held else None,
        decision=held.decision if held else None,
        count=_count(desk, held) if held and not held.decision else (),
        against=against,
        modified_by=tuple(_name(desk, author) for author in modified_by(proposal)),
    )


def _shown(desk: Desk, proposal: Proposal) -> tuple[Comment, ...]:
    """Returns the comments as pages show them: of one that is hidden, by whom and why."""
    text = desk.assembly.text
    return tuple(
        replace(
            said.comment,
            clause=said.comment.clause and text.number_of(said.comment.clause),
            quote="" if said.hidden else said.comment.quote,
            text=f"(hidden by {said.hidden.member}: {said.hidden.text})"
            if said.hidden
            else said.comment.text,
        )
        for said in discussion(proposal.comments, desk.assembly.roll)
    )


def _count(desk: Desk, held: Proposal) -> tuple[str, ...]:
    try:
        return tally_of(desk, held).sentences
    except ManifestoError as problem:
        return (problem.sentence,)


def _name(desk: Desk, handle: str) -> str:
    member = desk.assembly.roll.by_handle.get(handle)
    return member.name if member else handle


def _title(desk: Desk, rival: str) -> str:
    found = desk.assembly.by_id.get(rival)
    return found.title if found else ""
