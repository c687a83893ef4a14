"""Draws changes with the clauses around them: as few as the reader wants, or the whole text.

What is folded away is told in one line, which unfolds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.governance.phrases import counted
from manifesto_tui.tui.draw.changes import Style, body_rows, headline
from manifesto_tui.tui.draw.text import NUMBER, body_of
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Told, join, line, words

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.publish.redline import Passage as Place

WHOLE = 1_000_000
CONTEXTS = (0, 1, 3, WHOLE)
"""How many clauses may stand before and after a change; the last is all of them."""

FOLD = "fold:"


@dataclass(frozen=True, slots=True)
class Around:
    """How changes are shown: in which style and order, with how many clauses around each.

    `in_text_order` puts them as the text has them, else the weightiest stand first. `opened` are
    the keys of folds that the reader has opened.
    """

    style: Style = "inline"
    in_text_order: bool = False
    context: int = 0
    opened: Collection[str] = ()

    @property
    def told(self) -> str:
        """What the reader is told of it."""
        if self.context == WHOLE:
            return "The whole text, with every change in its place."
        order = "in the order of the text" if self.in_text_order else "the weightiest first"
        if not self.context:
            return f"Only what changes, {order}."
        return f"{counted(self.context, 'clause')} before and after each change, {order}."


def ordered(places: Sequence[Place], around: Around) -> list[ClauseChange]:
    """Returns the changes in the order in which they are shown, each once."""
    found = {id(place.change): place.change for place in places if place.change}
    changes = list(found.values())
    from manifesto_tui.prose import by_weight

    return changes if around.in_text_order or around.context == WHOLE else [*by_weight(changes)]


def around_rows(places: Sequence[Place], around: Around, told: Told, unfolds: str) -> list[Row]:
    """Returns the rows; those of a change have its place in `ordered` as their key.

    `unfolds` says how what is folded away is shown.
    """
    changes = ordered(places, around)
    keys = {id(change): str(at) for at, change in enumerate(changes)}
    if around.in_text_order or around.context == WHOLE:
        return list(_in_text_order(places, keys, around, told(f"; {unfolds}", "quiet")))
    rows: list[Row] = []
    for change in changes:
        at = [i for i, place in enumerate(places) if place.change is change]
        rows.append(headline(change, above=1 if rows else 0, key=keys[id(change)]))
        rows += [_kept(place) for place in places[max(at[0] - around.context, 0) : at[0]]]
        rows += body_rows(change, around.style)
        rows += [_kept(place) for place in places[at[-1] + 1 : at[-1] + 1 + around.context]]
    return rows


def _in_text_order(
    places: Sequence[Place], keys: dict[int, str], around: Around, unfolds: Content
) -> Iterator[Row]:
    changed = [i for i, place in enumerate(places) if place.change]
    near = (
        {
            j
            for i in changed
            for j in range(max(i - around.context, 0), min(i + around.context + 1, len(places)))
        }
        if around.context < WHOLE
        else range(len(places))
    )
    folded: list[int] = []
    first = True
    for at, place in enumerate(places):
        if at not in near:
            folded.append(at)
            continue
        yield from _fold(places, folded, around, unfolds)
        folded = []
        if place.change is None:
            yield _kept(place)
        elif place.kind == "moved-away":
            told = f"→ what stood here has moved to {place.change.number or 'another place'}"
            yield Passage(words(told, "quiet"), above=1)
        else:
            yield headline(place.change, above=0 if first else 1, key=keys[id(place.change)])
            yield from body_rows(place.change, around.style)
        first = False
    yield from _fold(places, folded, around, unfolds)


def _fold(
    places: Sequence[Place], folded: list[int], around: Around, unfolds: Content
) -> Iterator[Row]:
    if not folded or not around.context:
        return
    key = f"{FOLD}{folded[0]}"
    if key in around.opened:
        yield from (_kept(places[at]) for at in folded)
        return
    many = words(f"⋯ {counted(len(folded), 'clause')} as before", "quiet")
    yield Passage(join(many, unfolds), key=key, above=1)


def _kept(place: Place) -> Row:
    clause = place.clause
    lead = line(f"{clause.number:<{NUMBER}}".ljust(NUMBER), "quiet")
    head = clause.kind == "heading"
    body = line(clause.text, "title") if head else body_of(clause)
    return Passage(body, lead=join(lead), above=0 if clause.kind == "item" else 1)
