"""Draws changes with the clauses around them: as few as the reader wants, or the whole text.

What is folded away is told in one line, which unfolds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manifesto_tui.governance.phrases import counted
from manifesto_tui.tui.draw.changes import Style, body_rows, headline, marked, sign_of
from manifesto_tui.tui.draw.text import body_of, bullet_of
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
    def keeps_order(self) -> bool:
        """Whether changes stand as the text has them: so they do in the whole text."""
        return self.in_text_order or self.context == WHOLE

    @property
    def before(self) -> int:
        """How many clauses before a change come in sight with it."""
        return min(self.context, 3)

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
    from manifesto_tui.prose import by_weight

    found = {id(place.change): place.change for place in places if place.change}
    changes = list(found.values())
    return changes if around.keeps_order else [*by_weight(changes)]


def around_rows(
    places: Sequence[Place], around: Around, told: Told, opens: bool = False
) -> list[Row]:
    """Returns the rows; those of a change have its place in `ordered` as their key.

    `opens` says that a fold can be entered, which shows what is in it.
    """
    changes = ordered(places, around)
    keys = {id(change): str(at) for at, change in enumerate(changes)}
    if around.keeps_order:
        return list(_in_text_order(places, keys, around, told, opens))
    stands: dict[int, list[int]] = {}
    for i, place in enumerate(places):
        if place.change and place.kind != "moved-away":
            stands.setdefault(id(place.change), []).append(i)
    rows: list[Row] = []
    for change in changes:
        at = stands[id(change)]
        if rows and around.context:
            rows.append(Passage(words("⋯", "quiet"), above=1))
        before = places[max(at[0] - around.context, 0) : at[0]]
        rows += [
            _beside(place, around.style, flush=not (rows or nth))
            for nth, place in enumerate(before)
        ]
        rows.append(headline(change, above=1 if rows else 0, key=keys[id(change)]))
        rows += body_rows(change, around.style)
        after = places[at[-1] + 1 : at[-1] + 1 + around.context]
        rows += [_beside(place, around.style) for place in after]
    return rows


def _in_text_order(
    places: Sequence[Place], keys: dict[int, str], around: Around, told: Told, opens: bool
) -> Iterator[Row]:
    changed = [i for i, place in enumerate(places) if place.change]
    reach = range(-around.context, around.context + 1)
    is_whole = around.context == WHOLE
    near = range(len(places)) if is_whole else {i + by for i in changed for by in reach}
    folded: list[int] = []
    first = True
    for at, place in enumerate(places):
        if at not in near:
            folded.append(at)
            continue
        yield from _fold(places, folded, around, told, opens)
        folded = []
        if place.change is None or place.kind == "moved-away":
            yield _beside(place, around.style)
        else:
            yield headline(place.change, above=0 if first else 1, key=keys[id(place.change)])
            yield from body_rows(place.change, around.style)
        first = False
    yield from _fold(places, folded, around, told, opens)


def _fold(
    places: Sequence[Place], folded: list[int], around: Around, told: Told, opens: bool
) -> Iterator[Row]:
    if not folded or not around.context:
        return
    key = f"{FOLD}{folded[0]}"
    if key in around.opened:
        yield from (_beside(places[at], around.style) for at in folded)
        return
    them = "them" if len(folded) > 1 else "it"
    unfolds = f"; {{list.enter}} shows {them}" if opens else "; {diff.context} shows more"
    many = words(f"⋯ {counted(len(folded), 'clause')} as before", "quiet")
    yield Passage(join(many, told(unfolds, "quiet")), key=key, above=1)


def _beside(place: Place, style: Style, flush: bool = False) -> Row:
    """Returns a clause beside a change; one that changes too bears its mark.

    No blank line stands above one that is `flush`.
    """
    clause, change = place.clause, place.change
    above = 0 if flush or (change is None and clause.kind == "item") else 1
    if change is None:
        lead = join(line(f"{clause.number} ", "quiet"), bullet_of(clause))
        body = line(clause.text, "title") if clause.kind == "heading" else body_of(clause)
        return Passage(body, lead=lead, above=above)
    if place.kind == "moved-away":
        told = f"→ what stood here has moved to {change.number or 'another place'}"
        return Passage(words(told, "quiet"), above=above)
    lead = join(sign_of(change), line(f"{change.number or clause.number} ", "number"))
    body = words(change.now) if style == "clean" and change.now else marked(change.words)
    return Passage(body, lead=lead, above=above)
