"""Makes a meeting's papers from the record: booklet, ballot paper, record of decisions."""

from manifesto_tui.governance.lifecycle import STILL_OPEN, stage
from manifesto_tui.publish.meeting import Motion, ballot_paper, booklet, record_of_decisions
from manifesto_tui.publish.paper import Paper
from manifesto_tui.publish.render import Tell, render, untold
from manifesto_tui.workflow.changelog import changelog
from manifesto_tui.workflow.counting import held_by
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.history import decisions
from manifesto_tui.workflow.motions import motion
from manifesto_tui.workflow.publishing import Progress, check_format, counted, provenance, unheard

PAPERS = ("booklet", "ballot", "decisions", "changelog")


def meeting_paper(
    desk: Desk,
    name: str,
    format: str,
    ballot: str | None = None,
    verified: str = "",
    tell: Tell = untold,
    progress: Progress = unheard,
) -> bytes:
    """Returns one of PAPERS in a format; the ballot paper needs to know of which ballot.

    `tell` hears where the file is less than its format promises.

    Raises Refused "no-ballot" where none is open on what `ballot` names.
    """
    check_format(format, papers=True)
    match name:
        case "booklet":
            paper = _booklet(desk, verified, progress)
        case "decisions":
            paper = _decisions(desk, verified, progress)
        case "changelog":
            progress("Comparing", 0, 0)
            paper = changelog(desk, verified=verified)
        case _:
            paper = _ballot(desk, ballot or "", verified)
    progress(f"Setting {len(paper.blocks)} paragraphs as {format}", 0, 0)
    return render(paper, format, tell)


def _booklet(desk: Desk, verified: str, progress: Progress) -> Paper:
    assembly, now = desk.assembly, desk.now()
    still_open = [
        proposal
        for proposal in assembly.proposals
        if proposal.amendment and stage(assembly, proposal, now) in STILL_OPEN
    ]
    return booklet(
        [motion(desk, each) for each in counted(still_open, "Comparing", progress)],
        provenance(desk, assembly.text, verified=verified),
        assembly.sources,
    )


def _ballot(desk: Desk, prefix: str, verified: str) -> Paper:
    held = held_by(desk, prefix)
    assert held.ballot is not None, "a held ballot has been opened"
    options = [motion(desk, desk.find(option.amendment)) for option in held.ballot.options]
    return ballot_paper(
        held.title,
        held.ballot,
        options,
        provenance(desk, desk.assembly.text, verified=verified),
        desk.assembly.sources,
    )


def _decisions(desk: Desk, verified: str, progress: Progress) -> Paper:
    return record_of_decisions(
        [
            (f"{p.id}: {p.title}", decision, _adopted(desk, decision.adopted))
            for p, decision in counted(decisions(desk), "Comparing", progress)
        ],
        provenance(desk, desk.assembly.text, verified=verified),
        desk.assembly.sources,
    )


def _adopted(desk: Desk, adopted: str) -> list[Motion]:
    return [motion(desk, desk.find(adopted))] if adopted in desk.assembly.by_id else []
