"""Sets clauses out as a document again, touching as little as can be.

A new text is a row of pieces: clauses kept from the old source, byte for byte, and blocks put
between or in place of them. Where two pieces were neighbours before, the bytes between them stay;
elsewhere blank lines and list indentation follow from what stands around. What is laid out is
read again and compared with what was wanted; if the old bytes do not allow it (an item's marker
grew, a list was cut in two), the pieces are written anew in canonical form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from manifesto_tui.prose.clause import Block, Clause, Outline
from manifesto_tui.prose.lines import LINE_END, Lines, newline_of
from manifesto_tui.prose.marks import FOOTNOTE
from manifesto_tui.prose.outline import parse
from manifesto_tui.prose.write import block_lines, stands_alone

_MARKER = re.compile(r"([-+*]|[0-9]{1,9}[.)])([ \t]*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause of the text to be.

    `at` is the clause of the old outline that is kept, or replaced in its place, or None for a
    new one. `block` is None where the old bytes stay.
    """

    at: int | None
    block: Block | None = None
    anchor: str | None = None


def lay_out(old: Outline, pieces: Sequence[Piece], known: Outline | None = None) -> Outline:
    """Returns a document that reads as `pieces`, as near to the bytes of `old` as can be.

    `known` is a document that may read so already; it is the last resort for texts so twisted
    that no canonical form of theirs reads the same.
    """
    wanted = [_wanted(old, piece) for piece in pieces]
    result = parse(_Sheet(old, faithful=True).write(pieces))
    if reading(result.clauses) == wanted:
        return result
    anew = parse(_Sheet(old, faithful=False).write(pieces))
    if reading(anew.clauses) == wanted:
        return anew
    blocks = [block for block, _ in wanted]
    for other in (result, anew):
        if [clause.block for clause in other.clauses] == blocks:
            return other
    if known is not None and [clause.block for clause in known.clauses] == blocks:
        return known
    return result


def reading(clauses: Sequence[Clause]) -> list[tuple[Block, str | None]]:
    """Returns what people read of clauses, and the names they have."""
    return [(clause.block, clause.anchor) for clause in clauses]


def _wanted(old: Outline, piece: Piece) -> tuple[Block, str | None]:
    if piece.block is not None:
        return piece.block, piece.anchor
    assert piece.at is not None
    clause = old.clauses[piece.at]
    return clause.block, clause.anchor


def depths_in_lists(blocks: Sequence[Block]) -> list[int]:
    """Returns how many lists each block stands in.

    The depth of a heading says nothing of lists: it stands where what follows needs it to stand.
    """
    depths: list[int] = []
    needed = 0
    for block in reversed(blocks):
        if block.kind != "heading":
            needed = block.depth
            depths.append(needed)
            needed -= block.kind == "item"
        else:
            depths.append(needed)
    depths.reverse()
    return depths


class _Sheet:
    """A document being written, and the lists that are open in it."""

    def __init__(self, old: Outline, faithful: bool) -> None:
        self.source = old.source
        self.old = old.clauses
        self.faithful = faithful
        self.lines: Lines | None = None
        self.newline = newline_of(old.source)
        self.loose = _is_loose(old)
        self.out: list[str] = []
        # For each open list: the columns of its markers and of its words, and its last marker.
        self.lists: list[tuple[int, int, str]] = []
        self.settled = 0  # The first gap of the old text that is not yet dealt with.
        self.debts: list[str] = []  # What stood in gaps that are gone: rules and definitions.

    def write(self, pieces: Sequence[Piece]) -> str:
        before: Piece | None = None
        above: Block | None = None
        self._head(pieces)
        depths = depths_in_lists([self._block(piece) for piece in pieces])
        for piece, depth in zip(pieces, depths, strict=True):
            self._put(piece, depth, before, above)
            before, above = piece, self._block(piece)
        self._tail(bool(pieces))
        written = "".join(self.out)
        if written.startswith("\ufeff") and not self.source.startswith("\ufeff"):
            written = self.newline + written  # At the very start it would be no part of the words.
        return written

    def _head(self, pieces: Sequence[Piece]) -> None:
        """Writes what stands before the first clause: front matter, definitions."""
        if self.old:
            first = self.old[0]
            self.out.append(self.source[: first.start - _indent(self.source, first)])
            return
        self.out.append(self.source)
        if pieces and self.source.strip("\ufeff \t\r\n"):
            self.out.append(self.newline * (1 if self.source.endswith(("\n", "\r")) else 2))

    def _tail(self, any_piece: bool) -> None:
        """Writes what stands behind the last clause, and what is still owed."""
        if not self.old:
            self.out.append(self.newline if any_piece else "")
            return
        self._owe(len(self.old) - 1)
        tail = self.source[self.old[-1].end :]
        if self.debts:
            self.out.append(self.newline * 2 if any_piece else "")
            self.out.append(self.newline.join(self.debts))
            tail = tail or self.newline
        self.out.append(tail if any_piece or self.debts else tail.lstrip(" \t\r\n"))

    def _owe(self, until: int) -> None:
        """Notes what stood in the gaps behind the old clauses from `settled` to `until`."""
        for at in range(self.settled, until):
            gap = self.source[self.old[at].end : self.old[at + 1].start]
            if gap.strip():
                lines = LINE_END.split(gap)
                self.debts += [line for line in lines if line.strip() and "<!--" not in line]
        self.settled = max(self.settled, until)

    def _block(self, piece: Piece) -> Block:
        if piece.block is not None:
            return piece.block
        assert piece.at is not None
        return self.old[piece.at].block

    def _put(self, piece: Piece, depth: int, before: Piece | None, above: Block | None) -> None:
        """Writes one piece, that stands in `depth` lists."""
        clause = self.old[piece.at] if piece.at is not None else None
        block = self._block(piece)
        gap = self._gap(piece, before)
        if piece.at is not None:
            self._owe(piece.at)
        if gap is not None and clause is not None:
            self.out.append(gap)
            column = self._column(clause)
        else:
            column = self._begin(block, depth, above)
        if piece.block is None and clause is not None and self._stays(clause, depth, column):
            self.out.append(self.source[clause.start : clause.end])
            self._enter_kept(clause, depth, column)
            return
        marker = self._marker(block, depth, clause)
        anchor = piece.anchor if piece.block is not None else clause.anchor if clause else None
        lines = block_lines(block, anchor, marker)
        margin = self.newline + " " * column
        self.out.append(lines[0])
        self.out += [margin + line if line else self.newline for line in lines[1:]]
        self._enter(depth, column, marker)

    def _gap(self, piece: Piece, before: Piece | None) -> str | None:
        """Returns the old bytes before a piece, where it stands behind its old neighbour."""
        if piece.at is None or not self.faithful:
            return None
        clause = self.old[piece.at]
        if before is None and piece.at == 0:
            return self.source[clause.start - _indent(self.source, clause) : clause.start]
        if before is None or before.at is None or piece.at != before.at + 1:
            return None
        self.settled = max(self.settled, piece.at)
        return self.source[self.old[before.at].end : clause.start]

    def _column(self, clause: Clause) -> int:
        """Returns the column at which a clause stood."""
        if self.lines is None:
            self.lines = Lines(self.source)
        return self.lines.column(clause.start)

    def _stays(self, clause: Clause, depth: int, column: int) -> bool:
        """Whether the old bytes of a clause can stand at `column`."""
        if not self.faithful:
            return depth == 0 and column == 0
        return column == self._column(clause)

    def _enter_kept(self, clause: Clause, depth: int, column: int) -> None:
        found = _MARKER.match(self.source, clause.start, clause.end)
        if clause.kind != "item" or found is None:
            self._enter(depth, column, None)
            return
        space = len(found[2].expandtabs(4)) if found.end() < clause.end else 1
        words = column + len(found[1]) + (space if space < 5 else 1)
        del self.lists[clause.depth - 1 :]
        self.lists.append((column, words, found[1]))

    def _enter(self, depth: int, column: int, marker: str | None) -> None:
        if marker is not None:
            del self.lists[depth - 1 :]
            self.lists.append((column, column + len(marker) + 1, marker))
        else:
            del self.lists[depth:]

    def _marker(self, block: Block, depth: int, clause: Clause | None) -> str | None:
        """Returns the marker of an item: its own, or the next of the list it is put into."""
        if block.kind != "item":
            return None
        if clause is not None and clause.kind == "item" and clause.ordered == block.ordered:
            found = _MARKER.match(self.source, clause.start, clause.end)
            if found and self.faithful:
                return found[1]
        if len(self.lists) >= depth:
            last = self.lists[depth - 1][2]
            if block.ordered and last[:-1].isdigit():
                return f"{min(int(last[:-1]) + 1, 999999999)}{last[-1]}"
            if not block.ordered and not last[:-1].isdigit():
                return last
        return "1." if block.ordered else "-"

    def _begin(self, block: Block, depth: int, above: Block | None) -> int:
        """Writes blank lines and indentation before a piece; returns its column."""
        if depth == 0 or not self.lists:
            column = 0
        elif block.kind == "item":
            known = len(self.lists) >= depth
            column = self.lists[depth - 1][0] if known else self.lists[-1][1]
        else:
            column = self.lists[min(depth, len(self.lists)) - 1][1]
        owed = bool(self.debts) and depth == 0
        if above is not None:
            if owed:
                self.out.append(self.newline * 2)
            tight = not owed and not self.loose and _are_tight(above, block)
            code = block.kind == "code" and block.text[:1] in " \t"
            if code and not owed and _takes_in_code(above):
                # Without it the code would go on with what stands above.
                self.out.append(self.newline * 2 + " " * column + "<!-- -->")
        if owed:
            self.out.append(self.newline.join(self.debts))
            self.debts = []
        if above is not None or owed:
            self.out.append(self.newline * (1 if above is not None and tight else 2))
        self.out.append(" " * column)
        return column


def _takes_in_code(above: Block) -> bool:
    """Whether indented code below a block would be taken for part of it, or of its list."""
    if above.kind == "heading":
        return False
    footnote = above.kind == "paragraph" and FOOTNOTE.match(above.text) is not None
    return above.depth > 0 or above.kind == "code" or footnote


def _are_tight(above: Block, below: Block) -> bool:
    """Whether two blocks stand without a blank line between them."""
    if not above.kind == below.kind == "item":
        return False
    return not stands_alone(above.text) and not above.text.startswith(">")


def _is_loose(outline: Outline) -> bool:
    """Whether a text parts its list items with blank lines."""
    loose = [
        len(LINE_END.findall(outline.source[above.end : below.start])) > 1
        for above, below in pairwise(outline.clauses)
        if above.kind == below.kind == "item"
    ]
    return sum(loose) * 2 > len(loose)


def _indent(source: str, clause: Clause) -> int:
    """Returns how much blank stands before a clause on its line."""
    at = clause.start
    while at and source[at - 1] in " \t":
        at -= 1
    return clause.start - at
