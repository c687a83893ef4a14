"""Draws what a projector shows of one amendment: one clause after the other, why, the count.

How a clause reads and how it would read stand together where there is room for both, beside one
another on a wide screen; else they are two steps. Lines stand apart where there is room for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manifesto_tui.tui.columns import Columns, Spaced
from manifesto_tui.tui.draw.cards import standing_rows
from manifesto_tui.tui.draw.inline import inline
from manifesto_tui.tui.draw.rules import rules_rows
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import EMPTY, join, line, words

if TYPE_CHECKING:
    from manifesto_tui.governance.effect import ChangeStanding
    from manifesto_tui.prose import ClauseChange, Text
    from manifesto_tui.workflow.card import Card

BOTH = "before and after"
RESULT = "result"


@dataclass(frozen=True, slots=True)
class Slide:
    """One step: its name, what it shows, and which of the clauses, from 1; 0 for no clause."""

    step: str
    rows: tuple[Row, ...]
    clause: int = 0


@dataclass(frozen=True, slots=True)
class _Wording:
    """A clause before and after; `gone` says why there is nothing before, `why` what is amiss."""

    number: str
    pieces: Sequence[tuple[str, str]]
    gone: str = "not in the text yet"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The room that there is, in cells and lines; `beside` says for two columns."""

    width: int
    lines: int
    beside: bool = False

    def holds(self, rows: Sequence[Row]) -> bool:
        """Says whether all of them can be seen at once."""
        return sum(row.height(self.width) for row in rows) <= self.lines

    def roomiest(self, *layouts: tuple[Row, ...]) -> tuple[Row, ...]:
        """Returns the first layout that can be seen at once, the last where none can."""
        return next(filter(self.holds, layouts), layouts[-1])


def slides(card: Card, changes: Sequence[ClauseChange], text: Text, page: Page) -> list[Slide]:
    """Returns the steps that show an amendment on a page.

    `changes` are those that it makes; where it does not fit the text of today (`text`), what its
    clauses say today stands before, and not what they said once.
    """
    notes = standing_rows(card)
    made: list[Slide] = []
    for at, wording in enumerate(_wordings(card, changes, text), 1):
        made += _clause(wording, notes, at, page)
    if card.rules:
        made.append(Slide("change", _aside(rules_rows(card.rules), page)))
    reasons = list(_reasons(card))
    return [
        *made,
        Slide("why", page.roomiest(_aside(map(Spaced, reasons), page), _aside(reasons, page))),
        Slide(RESULT if card.has_result else "count", _counted(_count(card), page)),
    ]


def _counted(count: Sequence[Row], page: Page) -> tuple[Row, ...]:
    """Returns the count, and beside it, where there is room, the sentences to read aloud."""
    if not page.beside:
        return tuple(count)
    at = next((at for at, row in enumerate(count) if isinstance(row, Divider)), len(count))
    bars, aloud = (Passage(EMPTY), *count[:at]), count[at:]
    apart = tuple(each for row in aloud for each in (row, Passage(EMPTY)))
    return page.roomiest((Columns(bars, (Passage(EMPTY), *apart)),), (Columns(bars, (*aloud,)),))


def _clause(wording: _Wording, notes: Sequence[Row], at: int, page: Page) -> Iterator[Slide]:
    """Yields one step with both wordings, or two where a narrow page does not hold them."""

    def both(apart: bool) -> tuple[Row, ...]:
        if page.beside:
            before, after = (_half(wording, name, 1, apart) for name in ("before", "after"))
            return (*notes, Columns((*before,), (*after,)))
        return (*notes, *_half(wording, "before", 1, apart), *_half(wording, "after", 3, apart))

    shown = page.roomiest(both(apart=True), both(apart=False))
    if page.beside or page.holds(shown):
        yield Slide(BOTH, shown, at)
        return
    for name in ("before", "after"):
        apart, close = ((*notes, *_half(wording, name, 1, each)) for each in (True, False))
        yield Slide(name, page.roomiest(apart, close), at)


def _aside(rows: Iterable[Row], page: Page) -> tuple[Row, ...]:
    """Returns what needs no more than one column, in the first where there are two."""
    return (Columns((*rows,)),) if page.beside else (*rows,)


def _wordings(card: Card, changes: Sequence[ClauseChange], text: Text) -> list[_Wording]:
    if card.is_still_open and card.standing and card.misfit:
        return [_today(each, text) for each in card.standing.each]
    return [_Wording(change.number, change.words) for change in changes]


def _today(each: ChangeStanding, text: Text) -> _Wording:
    from manifesto_tui.prose import word_diff

    change = each.change
    now = each.block.text if each.block else _plain(change.now or "")
    why = "" if each.state == "clean" else each.why
    _, clause = text.by_anchor.get(change.target, ("", None))
    if clause is None and change.verb == "insert":
        clause = next((other for _, other in text if other.text == now), None)
        why = f"{clause.number or 'Another clause'} reads so already." if clause else why
    was = clause.text if clause else ""
    if change.verb == "move" and change.now is None:
        now = was
    new = change.verb == "insert"
    _, there = text.by_anchor.get(change.after, ("", None))
    place = f"new clause after {there.number}" if there else "new clause" if new else "old clause"
    return _Wording(
        number=clause.number if clause else place,
        pieces=word_diff(was, now),
        gone="not in the text yet" if new else "gone from the text",
        why=why,
    )


def _plain(markdown: str) -> str:
    from manifesto_tui.governance.wording import read

    try:
        return read(markdown).text
    except ValueError:
        return markdown


def _half(wording: _Wording, name: str, above: int, apart: bool) -> Iterator[Row]:
    comma = "," if " " in wording.number else ""
    yield Divider(join(line(wording.number, "number"), f"{comma} {name}"), above=above)
    skip, role = ("+", "leaving") if name == "before" else ("-", "added")
    parts = [(said, "" if op == "=" else role) for op, said in wording.pieces if op != skip]
    none = wording.gone if name == "before" else "taken out"
    said = join(*parts) if any(said for said, _ in parts) else words(f"({none})", "quiet")
    yield Passage(EMPTY)
    yield Spaced(Passage(said)) if apart else Passage(said)
    if wording.why and name == "before":
        yield Passage(line(wording.why, "warn"), above=1)


def _reasons(card: Card) -> Iterator[Row]:
    amendment = card.proposal.amendment
    reasons = amendment.rationale.strip() if amendment else ""
    for part in (reasons or "No reasons were given.").split("\n\n"):
        if part.strip():
            yield Passage(inline(part), above=1)


def _count(card: Card) -> list[Row]:
    if card.tally is None:
        return [Passage(words("No ballot has been opened on it yet."), above=1)]
    return tally_rows(card.tally)
