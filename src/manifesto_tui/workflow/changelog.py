"""Makes the changelog from the record: of one edition, of the next, or of all."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from manifesto_tui.governance.edition import Edition, find_edition
from manifesto_tui.governance.moment import day
from manifesto_tui.governance.next_edition import Planned, adopted_since
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.signatory import by_constituency, under
from manifesto_tui.publish.changelog import Chapter, Entry, changelog_paper
from manifesto_tui.publish.markdown import markdown_paper
from manifesto_tui.publish.paper import Paper
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.editions import planned
from manifesto_tui.workflow.motions import motion
from manifesto_tui.workflow.publishing import provenance


def changelog(desk: Desk, chapters: Iterable[Chapter] | None = None, verified: str = "") -> Paper:
    """Returns the changelog of all editions, the latest first, or these chapters of it."""
    source = provenance(desk, desk.assembly.text, verified=verified)
    return changelog_paper(chapters or _all(desk), source, desk.assembly.sources)


def changelog_of(desk: Desk, number: str = "") -> str:
    """Returns the changelog of one edition as Markdown; without a number, of the one to come.

    Raises BadInput "edition-unknown", and what `planned` raises.
    """
    if number:
        chapter = chapter_of(desk, find_edition(desk.assembly.editions, number))
    else:
        chapter = chapter_of_next(desk, planned(desk))
    return markdown_paper(changelog(desk, [chapter]))


def chapter_of(desk: Desk, edition: Edition) -> Chapter:
    """Returns what one edition brought."""
    told = [f"Made on {day(edition.made)} by {edition.steward}. Text digest: {edition.text}."]
    names = by_constituency(under(desk.assembly.signatories, edition.number))
    if names:
        told.append(f"Names under it: {counts(names)}.")
    return Chapter(f"Edition {edition.number}", told, _entries(desk, edition.decisions))


def chapter_of_next(desk: Desk, planned: Planned) -> Chapter:
    """Returns what the next edition would bring."""
    ids = [each.amendment.id for each in planned.adopted]
    before = f" It follows edition {planned.before.number}." if planned.before else ""
    told = [f"Not made yet. The number would be {planned.number}: {planned.why}.{before}"]
    told += (each.sentence for each in planned.stale)
    return Chapter(f"Edition {planned.number}, to come", told, _entries(desk, ids))


def counts(names: dict[str, int]) -> str:
    """Returns numbers by constituency in one line: `clinicians 3, managers 1`."""
    return ", ".join(f"{name or 'in no constituency'} {count}" for name, count in names.items())


def _all(desk: Desk) -> Iterator[Chapter]:
    editions = desk.assembly.editions
    if editions:
        # Refused means that nothing has been decided since.
        with suppress(Refused):
            yield chapter_of_next(desk, planned(desk))
    elif adopted := adopted_since(desk.assembly):
        ids = [each.amendment.id for each in adopted]
        yield Chapter("In no edition yet", (), _entries(desk, ids))
    for edition in reversed(editions):
        yield chapter_of(desk, edition)


def _entries(desk: Desk, ids: Iterable[str]) -> list[Entry]:
    found = []
    for name in ids:
        proposal = desk.assembly.by_id.get(name)
        held = desk.assembly.ballot_for(proposal) if proposal else None
        if proposal and held and held.decision:
            found.append(Entry(motion(desk, proposal), held.decision))
    return found
