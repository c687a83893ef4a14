"""Draws what a projector shows of one amendment: one clause after the other, why, the count.

How a clause reads and how it would read stand together where there is room for both, with much
space between them; else they are two steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manifesto_tui.tui.draw.cards import standing_rows
from manifesto_tui.tui.draw.inline import inline
from manifesto_tui.tui.draw.rules import rules_rows
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import join, line, words

if TYPE_CHECKING:
    from manifesto_tui.governance.effect import ChangeStanding
    from manifesto_tui.prose import ClauseChange, Text
    from manifesto_tui.workflow.card import Card

BOTH = "before and after"


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


def slides(
    card: Card, changes: Sequence[ClauseChange], text: Text, width: int, lines: int
) -> list[Slide]:
    """Returns the steps that show an amendment on a screen of so many cells and lines.

    `changes` are those that it makes; where it does not fit the text of today (`text`), what its
    clauses say today stands before, and not what they said once.
    """
    notes = standing_rows(card)
    made: list[Slide] = []
    for at, wording in enumerate(_wordings(card, changes, text), 1):
        both = (*notes, *_half(wording, "before", 1), *_half(wording, "after", 3))
        if sum(row.height(width) for row in both) <= lines:
            made.append(Slide(BOTH, both, at))
        else:
            made.append(Slide("before", (*notes, *_half(wording, "before", 1)), at))
            made.append(Slide("after", (*notes, *_half(wording, "after", 1)), at))
    if card.rules:
        made.append(Slide("change", tuple(rules_rows(card.rules))))
    return [*made, Slide("why", tuple(_reasons(card))), Slide("count", tuple(_count(card)))]


def _wordings(card: Card, changes: Sequence[ClauseChange], text: Text) -> list[_Wording]:
    if card.standing and card.misfit:
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


def _half(wording: _Wording, name: str, above: int) -> Iterator[Row]:
    comma = "," if " " in wording.number else ""
    yield Divider(join(line(wording.number, "number"), f"{comma} {name}"), above=above)
    skip, role = ("+", "leaving") if name == "before" else ("-", "added")
    parts = [(said, "" if op == "=" else role) for op, said in wording.pieces if op != skip]
    if any(said for said, _ in parts):
        yield Passage(join(*parts), above=1)
    else:
        none = wording.gone if name == "before" else "taken out"
        yield Passage(words(f"({none})", "quiet"), above=1)
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
