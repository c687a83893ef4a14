"""Sets a text, or a redline of two, as blocks of marked words: what every format renders.

A redline's passages speak of the Markdown source; readers see bold words and links. Here the
spans over the source become pieces over what is seen, in paragraphs that end, as Word's do,
with a mark that itself may have come or gone:

    old text   every piece that is kept or removed, broken where a mark was kept or removed
    new text   every piece that is kept or added, broken where a mark was kept or added

So one paragraph split in two is its words, kept, and one added mark. `side` reads either text
back, and a test holds every format to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from manifesto_tui.prose import Clause, ClauseChange, Kind, Text, reveal
from manifesto_tui.publish.inlines import (
    PLAIN,
    Shown,
    Style,
    joined,
    link_targets,
    runs,
    shown,
    verbatim,
)
from manifesto_tui.publish.redline import Passage

Op = Literal["=", "-", "+"]
VERBATIM = ("table", "code", "html")
_LABELS = {
    "inserted": "Added",
    "deleted": "Removed",
    "moved": "Moved to here",
    "moved-away": "Moved from here",
}
_KINDS: dict[Kind, str] = {"html": "HTML", "code": "code", "quote": "a quotation"}
_BREAK: Shown = ("\0", PLAIN)
_NOTHING: Shown = ("", PLAIN)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one style that were kept ("="), removed ("-") or added ("+")."""

    op: Op
    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item, quotation, table or piece of code, with its changes.

    `depth` is the level of a heading or the nesting of an item. `change` is "same" or the kind
    of the change, "moved-away" where a clause left its place. `end` says whether the break
    behind it was kept, removed or added. `move` is the same on both ends of a move, 0 for none.
    `note` says how a clause was or is set, where that is what changed.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    depth: int = 0
    ordered: bool = False
    number: str = ""
    anchor: str = ""
    change: str = "same"
    end: Op = "="
    move: int = 0
    note: str = ""

    @property
    def label(self) -> str:
        """What became of the whole of it, in a few words; "" where the marks say enough."""
        return self.note or _LABELS.get(self.change, "")

    @property
    def words(self) -> str:
        """The words as they stand in the new text, or the removed ones where it is gone."""
        gone = self.end == "-" and all(piece.op == "-" for piece in self.pieces)
        return "".join(piece.text for piece in self.pieces if gone or piece.op != "-")

    @property
    def is_whole(self) -> bool:
        """Whether it is kept, removed or added as a whole."""
        return all(piece.op == self.end for piece in self.pieces)


def plain_block(kind: Kind, text: str, depth: int = 0, ordered: bool = False) -> Block:
    """Returns a block of words that are no Markdown: a name, a count, a date."""
    words = reveal(text)
    return Block(kind, (Piece("=", words),) if words else (), depth, ordered)


def text_blocks(text: Text) -> tuple[Block, ...]:
    """Returns the clauses of a text as they read."""
    return tuple(clause_block(clause) for _, clause in text)


def clause_block(clause: Clause) -> Block:
    """Returns one clause as it reads."""
    return _whole(clause, "=")


def redline_blocks(passages: Iterable[Passage], raw: bool = False) -> tuple[Block, ...]:
    """Returns a redline's passages as blocks; `raw` keeps the Markdown of each clause as it is.

    A clause that became another kind of block, such as an item that became a heading, is told
    as one that goes and one that comes: no format could say it more exactly.
    """
    moves: dict[int, int] = {}
    return tuple(block for passage in passages for block in _blocks(passage, moves, raw))


def is_reset(change: ClauseChange) -> bool:
    """Whether a clause became another kind of block, or came to stand on another level."""
    return len({(c.kind, c.depth, c.ordered) for c in (*change.old, *change.new)}) > 1


def setting(clause: Clause) -> str:
    """Returns what a clause is set as: `a paragraph`, `a heading of level 2`, `a list item`."""
    if clause.kind == "heading":
        return f"a heading of level {clause.depth}"
    if clause.kind == "item":
        deep = f", {clause.depth} levels deep" if clause.depth > 1 else ""
        return f"a {'numbered' if clause.ordered else 'list'} item{deep}"
    return _KINDS.get(clause.kind, f"a {clause.kind}")


def side(blocks: Iterable[Block], op: Op) -> list[tuple[Kind, str]]:
    """Returns the paragraphs of the old text ("-") or the new one ("+"): kind and words."""
    found: list[tuple[Kind, str]] = []
    words: list[str] = []
    for block in blocks:
        words += [piece.text for piece in block.pieces if piece.op in ("=", op)]
        if block.end in ("=", op):
            found.append((block.kind, "".join(words)))
            words = []
    return found


def _blocks(passage: Passage, moves: dict[int, int], raw: bool) -> Iterator[Block]:
    change = passage.change
    if change is None:
        yield _whole(passage.clause, "=", raw=raw)
    elif passage.kind in ("deleted", "moved-away", "inserted", "moved"):
        op: Op = "-" if passage.kind in ("deleted", "moved-away") else "+"
        move = 0
        if passage.kind in ("moved-away", "moved") and len(change.old) == len(change.new) == 1:
            move = moves.setdefault(id(change), len(moves) + 1)
        yield _whole(passage.clause, op, passage.kind, move, raw)
    elif is_reset(change):
        for clause in change.old:
            yield replace(_whole(clause, "-", "deleted", raw=raw), note=f"Was {setting(clause)}")
        for clause in change.new:
            yield replace(_whole(clause, "+", "inserted", raw=raw), note=f"Now {setting(clause)}")
    else:
        yield from _paragraphs(passage, change.old, change.new, raw)


def _whole(clause: Clause, op: Op, change: str = "same", move: int = 0, raw: bool = False) -> Block:
    as_is = raw or clause.kind in VERBATIM
    found = [(clause.text, PLAIN)] if as_is else runs(clause.text)
    pieces = tuple(Piece(op, reveal(words), style) for words, style in found if words)
    return _of(clause, pieces, change, op, move)


def _of(clause: Clause, pieces: tuple[Piece, ...], change: str, end: Op, move: int = 0) -> Block:
    return Block(
        clause.kind,
        pieces,
        clause.depth,
        clause.ordered,
        "" if end == "-" or _is_typed(clause) else clause.number,
        clause.anchor or "",
        change,
        end,
        move,
    )


def _is_typed(clause: Clause) -> bool:
    """Whether the author has typed a heading's number, which need not stand there twice."""
    return clause.kind == "heading" and clause.text.startswith(
        (f"{clause.number}.", f"{clause.number} ", f"{clause.number})")
    )


def _paragraphs(
    passage: Passage, old: Sequence[Clause], new: Sequence[Clause], raw: bool
) -> Iterator[Block]:
    moved = [target for c in old for target in link_targets(c.text)]
    targets = moved != [target for c in new for target in link_targets(c.text)]
    left, right = _entries(old, targets, raw), _entries(new, targets, raw)
    clauses, pieces = list(new), []
    for op, words, style in _woven(passage, left, right):
        *before, last = words.split("\0")
        for part in before:
            pieces += [Piece(op, reveal(part), style)] if part else []
            # A break that is removed ends no clause of the new text.
            clause = clauses[0] if op == "-" or len(clauses) == 1 else clauses.pop(0)
            yield _of(clause, tuple(pieces), passage.kind, op)
            pieces = []
        pieces += [Piece(op, reveal(last), style)] if last else []
    yield _of(clauses[0], tuple(pieces), passage.kind, "=")


def _entries(clauses: Sequence[Clause], targets: bool, raw: bool) -> list[Shown]:
    entries: list[Shown] = []
    for place, clause in enumerate(clauses):
        if place:
            entries += [_BREAK, _NOTHING]
        as_is = raw or clause.kind in VERBATIM
        entries += verbatim(clause.text) if as_is else shown(clause.text, targets)
    return entries


def _woven(
    passage: Passage, old: Sequence[Shown], new: Sequence[Shown]
) -> Iterator[tuple[Op, str, Style]]:
    """Yields what is seen of each span: kept where both texts show the same there."""
    kept: list[Shown] = []
    gone: list[Shown] = []
    come: list[Shown] = []
    i = j = 0
    for op, words in passage.spans:
        for _ in words:
            here = old[i] if op != "+" else _NOTHING
            there = new[j] if op != "-" else _NOTHING
            i += op != "+"
            j += op != "-"
            if op == "=" and here == there:
                if here[0]:
                    if gone or come:
                        yield from _told(kept, gone, come)
                        kept, gone, come = [], [], []
                    kept.append(here)
                continue
            gone += [here] if here[0] else []
            come += [there] if there[0] else []
    yield from _told(kept, gone, come)


def _same_space(here: Shown, there: Shown) -> bool:
    return here == there and here[0].isspace()


def _told(
    kept: list[Shown], gone: list[Shown], come: list[Shown]
) -> Iterator[tuple[Op, str, Style]]:
    """Yields kept words, then what was removed and added, less what both sides still share."""
    # Only white space, where a broken line became a blank: words were told apart by `word_diff`.
    first = 0
    while first < min(len(gone), len(come)) and _same_space(gone[first], come[first]):
        first += 1
    last = 0
    while last < min(len(gone), len(come)) - first and _same_space(
        gone[-1 - last], come[-1 - last]
    ):
        last += 1
    end = len(gone) - last
    yield from (("=", text, style) for text, style in joined(kept + gone[:first]))
    yield from (("-", text, style) for text, style in joined(gone[first:end]))
    yield from (("+", text, style) for text, style in joined(come[first : len(come) - last]))
    yield from (("=", text, style) for text, style in joined(gone[end:]))
