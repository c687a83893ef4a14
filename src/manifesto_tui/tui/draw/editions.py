"""Draws an edition, and whose names stand under which."""

from collections.abc import Sequence

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.next_edition import Planned
from manifesto_tui.governance.signatory import (
    Signatory,
    Stale,
    by_constituency,
    stale,
    standing,
    under,
)
from manifesto_tui.tui.draw.when import minute
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, Told, join, line, opening
from manifesto_tui.tui.state import View

_LISTED = 5  # So many amendments are named beside the editions; the list has all.


def edition_rows(edition: Edition, assembly: Assembly, told: Told) -> list[Row]:
    """Returns when an edition was made, what it comprises, and who signed it."""
    rows: list[Row] = [
        Passage(line(f"Made {minute(edition.made)} by {edition.steward}.")),
        *_adopted(edition.decisions, assembly),
    ]
    rows += signatory_rows(under(assembly.signatories, edition.number))
    rows.append(Passage(told("{list.enter} shows the text as it then read.", "quiet"), above=1))
    return rows


def planned_rows(planned: Planned) -> tuple[Row, ...]:
    """Returns what the next edition would be, before it is made."""
    before = f", after {planned.before.number}" if planned.before else ""
    rows: list[Row] = [
        Passage(
            join(line(f"Edition {planned.number}{before}: ", "strong"), line(f"{planned.why}."))
        )
    ]
    rows += [
        Passage(join(line(f"{each.amendment.id} ", "key"), line(each.amendment.title)))
        for each in planned.adopted
    ]
    return (*rows, *_stale(planned.stale))


def comparable_rows(view: View) -> tuple[Row, ...]:
    """Returns what can be named in a comparison: every edition, and the amendments one may want."""
    numbers = ", ".join(each.number for each in view.assembly.editions)
    rows = [Passage(line(f"Editions: {numbers}.", "quiet"))] if numbers else []
    cards = [card for card in view.ordered if card.is_on_the_text]
    parts: list[Part] = [("Amendments: ", "quiet")]
    for at, card in enumerate(cards[:_LISTED]):
        parts += [
            (", " if at else "", "quiet"),
            line(card.id, "key"),
            opening(f" {card.title}", "quiet", of=40),
        ]
    more = len(cards) - _LISTED
    parts.append((f", and {more} more." if more > 0 else ".", "quiet"))
    return (*rows, Passage(join(*parts))) if cards else tuple(rows)


def names_rows(assembly: Assembly) -> list[Row]:
    """Returns whose names stand, by constituency, and which under words that have changed."""
    names = standing(assembly.signatories)
    return [*signatory_rows(names), *_stale(stale(names, assembly.editions))]


def signatory_rows(names: Sequence[Signatory]) -> list[Row]:
    """Returns names under their constituencies, each with how many it has."""
    rows: list[Row] = []
    for constituency, count in by_constituency(names).items():
        told = constituency or "in no constituency"
        rows.append(Divider(join(line(f"signed: {told}", "key"), (f" {count}", "quiet")), above=1))
        rows += [
            Passage(join(line(name.about, "strong"), line(f"  edition {name.edition}", "quiet")))
            for name in names
            if name.constituency == constituency
        ]
    return rows


def _stale(names: Sequence[Stale]) -> list[Row]:
    return [Passage(line(f"! {each.sentence}", "warn"), above=1) for each in names]


def _adopted(decisions: Sequence[str], assembly: Assembly) -> list[Row]:
    known = assembly.by_id
    return [
        Passage(join(line(f"{name} ", "key"), line(known[name].title if name in known else "")))
        for name in decisions
    ]
