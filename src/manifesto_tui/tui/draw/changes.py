"""Draws what changes: word by word in line, old beside new, or the new words alone.

Marks come first and colours second: `[-removed-]` and `{+added+}` are there in every theme,
and `~ + - →` say what happened to a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from textual.content import Content

from manifesto_tui.tui.row import Divider, Pair, Passage, Row
from manifesto_tui.tui.safe import EMPTY, join, opening, words

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange

Style = Literal["inline", "side by side", "clean"]
STYLES: tuple[Style, ...] = ("inline", "side by side", "clean")

_MARKS = {
    "replaced": ("~", "reworded", "mark"),
    "inserted": ("+", "new clause", "good"),
    "deleted": ("-", "deleted", "bad"),
    "moved": ("→", "moved", "mark"),
    "split": ("÷", "split in two", "mark"),
    "merged": ("∪", "joined into one", "mark"),
}
_WEIGHTS = {
    "title": "a title",
    "commitment": "a commitment",
    "modality": "must, should or may",
    "scope": "whom or what it covers",
    "wording": "wording",
    "spelling": "spelling or punctuation",
    "layout": "layout only",
}


def change_rows(
    changes: Sequence[ClauseChange], style: Style = "inline", keyed: bool = False
) -> list[Row]:
    """Returns the rows for some changes in the order given; each begins with a headline."""
    rows: list[Row] = []
    for index, change in enumerate(changes):
        rows.append(headline(change, above=1 if rows else 0, key=str(index) if keyed else ""))
        rows.extend(body_rows(change, style))
    return rows


def sign_of(change: ClauseChange) -> Content:
    """Returns the mark of what happened to a clause."""
    mark, _, role = _MARKS.get(change.kind, ("~", change.kind, "mark"))
    return words(f"{mark} ", role)


def headline(change: ClauseChange, above: int = 0, key: str = "") -> Divider:
    """Returns the line that says what happened to which clause, and how much it matters."""
    said = _said(change)
    where = change.number or change.clause or ""
    weight = _WEIGHTS.get(change.weight, change.weight)
    label = join(sign_of(change), (where, "number"), " " if where else "", said)
    return Divider(join(label, (f" · {weight}", "quiet")), above=above, key=key)


def summary(change: ClauseChange) -> Content:
    """Returns one line on a change, for lists."""
    where = change.number or change.clause or ""
    told = opening(change.now or change.was)
    return join(sign_of(change), (f"{where} ", "number"), (f"{_said(change)}: ", "quiet"), told)


def _said(change: ClauseChange) -> str:
    return _MARKS[change.kind][1] if change.kind in _MARKS else change.kind


def body_rows(change: ClauseChange, style: Style) -> list[Row]:
    """Returns the rows for the words of a change."""
    if style == "clean":
        gone = change.kind == "deleted"
        return [Passage(words("(no longer there)", "quiet") if gone else words(change.now))]
    if change.was == change.now:
        return [Passage(words(change.now))]
    if style == "side by side":
        return [Pair(_side(change.words, "-"), _side(change.words, "+"))]
    return [Passage(marked(change.words))]


def marked(pieces: Iterable[tuple[str, str]], whose: str = "") -> Content:
    """Returns old and new words in one run, every change marked.

    `whose` is the role of the amendment that they are of, where several stand in one text.
    """
    return join(*(piece(op, text, whose) for op, text in pieces if text))


def piece(op: str, text: str, whose: str = "", sign: str = "") -> Content:
    """Returns words that stay, come or go, marked as such, a sign right behind the mark."""
    if op == "=":
        return words(text)
    # Space around the words stands outside the marks: no line begins or ends with a bare mark.
    inner = text.strip(" \n") or text
    before, _, after = text.partition(inner)
    begin, end = ("{+", "+}") if op == "+" else ("[-", "-]")
    role = "added" if op == "+" else "deleted"
    mark, role = (whose, f"{whose}-{role}") if whose else (f"{role}-mark", role)
    return join(before, (begin, mark), (inner, role), (end + sign, mark), after)


def _side(pieces: Iterable[tuple[str, str]], op: str) -> Content:
    own = [piece for piece in pieces if piece[0] in ("=", op)]
    return marked(own) if own else EMPTY
