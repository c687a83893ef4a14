"""Finds the blocks of a Markdown document, in one pass and linear time.

A Markdown library would give a tree of everything; a manifesto needs its blocks with their exact
places, so that a change touches the bytes of one clause and no other. The scanner reads line by
line, keeps the stack of lists that are open, and hands back one `Found` for each block.

Two simplifications keep a clause a clause: a quotation is one block whatever is in it, and so is
what begins a list item (a heading or a table there is the item's words). An underlined line in a
list is no heading.
"""

import re
from dataclasses import dataclass

from manifesto_tui.prose.anchor import ONLY_ANCHORS, take_anchors, take_last_anchor
from manifesto_tui.prose.clause import Kind
from manifesto_tui.prose.definition import definition_end
from manifesto_tui.prose.leaf import Leaf, fenced, html, indented, quote, table
from manifesto_tui.prose.lines import Lines, left_of, width
from manifesto_tui.prose.marks import (
    CLOSING_HASHES,
    FENCE,
    FOOTNOTE,
    FRONT_MATTER,
    HEADING,
    ITEM,
    RULE,
    SETEXT,
    STARTERS,
    begins_table,
    html_end,
    interrupts,
)

DEEPEST = 32  # Lists nested deeper are read as words, so that indentation stays bounded.


@dataclass(slots=True)
class Found:
    """A block as it was found: where it stands and its words, not yet numbered."""

    kind: Kind
    depth: int
    ordered: bool
    start: int
    end: int
    line: int
    text: str = ""
    anchor: str | None = None


@dataclass(slots=True)
class _Holder:
    """An open list item or footnote: what is indented to `column` stands in it."""

    column: int
    is_list: bool


def scan(source: str) -> list[Found]:
    """Returns the blocks of a document, in reading order."""
    return _Scanner(source).run()


class _Scanner:
    """The state of one pass over one document."""

    def __init__(self, source: str) -> None:
        self.lines = Lines(source)
        self.starts = self.lines.starts
        self.ends = self.lines.ends
        self.found: list[Found] = []
        self.holders: list[_Holder] = []
        self.depth = 0
        self.pending: Found | None = None  # An item whose first words are still to come.
        self.open: Found | None = None  # A paragraph that the next line may continue.
        self.words: list[str] = []  # The lines of `open`.
        self.is_footnote = False
        # The last line of the block before, for an anchor right below it.
        self.last_line: int | None = None

    def run(self) -> list[Found]:
        """Reads all lines."""
        index = self._front_matter()
        count = len(self.lines)
        while index < count:
            index = self._line(index)
        self._close()
        return self.found

    def _front_matter(self) -> int:
        """Returns the first line behind the front matter."""
        if len(self.lines) < 3:
            return 0
        fence = self.lines[0].rstrip(" \t")
        pattern = FRONT_MATTER.get(fence)
        # A rule above prose opens nothing; only a first key tells data from words.
        if pattern is None or not pattern.match(self.lines[1]):
            return 0
        closers = ("---", "...") if fence == "---" else ("+++",)
        for index in range(2, len(self.lines)):
            if self.lines[index].rstrip(" \t") in closers:
                return index + 1
        return 0

    def _line(self, index: int) -> int:
        """Reads one line, and the others of its block; returns the next to be read."""
        text = self.lines[index]
        rest = text.lstrip(" \t")
        if not rest or rest.isspace():
            self._blank()
            return index + 1
        gap = len(text) - len(rest)
        column = width(text[:gap], 0)
        if self.open is not None:
            if self._continues(index, rest, column):
                return index + 1
            self._close()
        self._leave(column)
        return self._block(index, gap, column)

    def _blank(self) -> None:
        self._close()
        if self.pending is not None:  # An item may begin with one line end, not with a blank line.
            self.pending = None
            self._drop()

    def _base(self) -> int:
        return self.holders[-1].column if self.holders else 0

    def _drop(self) -> None:
        self.depth -= self.holders.pop().is_list

    def _leave(self, column: int) -> None:
        """Leaves the lists that a line at `column` does not stand in."""
        while self.holders and column < self.holders[-1].column:
            self.pending = None
            self._drop()

    def _continues(self, index: int, rest: str, column: int) -> bool:
        """Takes a line into the open paragraph, if it belongs there."""
        assert self.open is not None
        lazy = column < self._base()
        inner = column - self._base() if not lazy else self._rest_column(column)
        if rest[0] in STARTERS and inner < 4:
            if not lazy and SETEXT.match(rest):
                if self.depth == 0:
                    self.open.kind = "heading"
                    self.open.depth = 1 if rest[0] == "=" else 2
                    self.open.end = self.ends[index]
                    self.last_line = index
                    self._close()
                    return True
                self._add(index, rest)
                if rest[0] == "-":
                    self._close()
                return True
            if interrupts(rest, sibling=lazy):
                return False
            if self.is_footnote and FOOTNOTE.match(rest):
                return False
        if inner < 4 and "|" in rest and self._begins_table(index, rest):
            return False
        self._add(index, rest)
        return True

    def _rest_column(self, column: int) -> int:
        """Returns how far a lazy line is indented within the list that it would stand in."""
        for holder in reversed(self.holders):
            if holder.column <= column:
                return column - holder.column
        return column

    def _add(self, index: int, rest: str) -> None:
        assert self.open is not None
        self.words.append(rest)
        self.open.end = self.ends[index]
        self.last_line = index

    def _close(self) -> None:
        """Ends the open paragraph and settles its words."""
        block = self.open
        if block is None:
            return
        self.open = None
        self.is_footnote = False
        text = "\n".join(self.words).rstrip(" \t")
        block.text = text
        if "<!--" in text:
            for take in (take_anchors, take_last_anchor):
                bare, anchor = take(text)
                if _stays_words(bare):
                    block.text, block.anchor = bare, anchor or block.anchor
                    break
        # The spaces that end a line say nothing at the end of a block.
        trailing = self.lines.source[block.start : block.end]
        block.end -= len(trailing) - len(trailing.rstrip(" \t"))

    def _block(self, index: int, gap: int, column: int) -> int:
        """Reads the block that begins `gap` characters into a line; returns the next line."""
        text = self.lines[index]
        while True:
            rest = text[gap:]
            inner = column - self._base()
            if inner >= 4:
                return self._indented(index, rest, column)
            if rest[0] not in STARTERS:
                break
            if RULE.match(rest):
                self.pending = None
                self.last_line = None
                return index + 1
            marker = ITEM.match(rest) if self.depth < DEEPEST else None
            if marker is None:
                break
            behind = self._item(index, gap, column, marker)
            if behind is None:
                return index + 1
            gap, column = behind
        return self._leaf(index, gap, column, rest)

    def _item(
        self, index: int, gap: int, column: int, marker: re.Match[str]
    ) -> tuple[int, int] | None:
        """Begins a list item; returns where its words begin, or None if the line has none."""
        at = self.starts[index] + gap
        self.depth += 1
        block = Found("item", self.depth, marker[1] is not None, at, at + marker.end(), index + 1)
        self.found.append(block)
        self.last_line = index
        after = column + marker.end()
        text = self.lines[index]
        words = gap + marker.end()
        rest = text[words:].lstrip(" \t")
        self.pending = block
        if not rest or rest.isspace():
            self.holders.append(_Holder(after + 1, True))
            return None
        first = len(text) - len(rest)
        landing = width(text[words:first], after)
        if landing - after >= 5:  # Code, indented within the item.
            self.holders.append(_Holder(after + 1, True))
            return words, landing
        self.holders.append(_Holder(landing, True))
        return first, landing

    def _new(self, kind: Kind, start: int, index: int) -> Found:
        """Begins a block, or goes on with the item that has no words yet."""
        block = self.pending
        self.pending = None
        if block is None:
            block = Found(kind, self.depth, False, start, start, index + 1)
            self.found.append(block)
        return block

    def _kept(self, block: Found, leaf: Leaf) -> int:
        """Gives a block that is kept as it stands its text and its end; returns the next line."""
        block.text = "\n".join(leaf.lines).rstrip(" \t\n")
        block.end = self.ends[leaf.last]
        self.last_line = leaf.last
        return leaf.next

    def _indented(self, index: int, rest: str, column: int) -> int:
        base = self._base()
        start = self.starts[index] + left_of(self.lines[index], base)
        block = self._new("code", start, index)
        return self._kept(block, indented(self.lines, index, rest, column, base))

    def _leaf(self, index: int, gap: int, column: int, rest: str) -> int:
        """Reads any block but an item and indented code."""
        first = rest[0]
        if first in STARTERS:
            if HEADING.match(rest):
                return self._heading(index, gap, rest)
            if fence := FENCE.match(rest):
                return self._fenced(index, gap, column, fence[1])
            if first == ">":
                return self._quote(index, gap)
            if end := html_end(rest, interrupting=False):
                return self._html(index, gap, rest, end)
            if first == "[" and (behind := self._definition(index, rest)):
                return behind
        if "|" in rest and self._begins_table(index, rest):
            return self._table(index, gap)
        block = self._new("paragraph", self.starts[index] + gap, index)
        if first == "[" and block.kind == "paragraph" and self.depth == 0 and FOOTNOTE.match(rest):
            self.is_footnote = True
            self.holders.append(_Holder(self._base() + 4, False))
        self.open = block
        self.words = [rest]
        block.end = self.ends[index]
        self.last_line = index
        return index + 1

    def _heading(self, index: int, gap: int, rest: str) -> int:
        block = self._new("heading", self.starts[index] + gap, index)
        text, anchor = take_anchors(rest.rstrip(" \t"))
        block.anchor = anchor or block.anchor
        text = text.rstrip(" \t")
        if block.kind == "item":
            block.text = text
        else:
            block.depth = len(text) - len(text.lstrip("#"))
            text = CLOSING_HASHES.sub("", text[block.depth :]).strip(" \t")
            block.text, inner = take_anchors(text)
            block.anchor = block.anchor or inner
        block.end = self.starts[index] + gap + len(rest.rstrip(" \t"))
        self.last_line = index
        return index + 1

    def _fenced(self, index: int, gap: int, column: int, fence: str) -> int:
        block = self._new("code", self.starts[index] + gap, index)
        rest = self.lines[index][gap:]
        leaf = fenced(self.lines, index, rest, column, self._base(), fence)
        self._kept(block, leaf)
        # An anchor written below code whose fence was never closed.
        if ONLY_ANCHORS.match(leaf.lines[leaf.last - index].strip(" \t")):
            _take_last(block)
        return leaf.next

    def _quote(self, index: int, gap: int) -> int:
        block = self._new("quote", self.starts[index] + gap, index)
        columns = [holder.column for holder in self.holders]
        rest = self.lines[index][gap:]
        leaf = quote(self.lines, index, rest, columns, marked=block.kind == "item")
        self._kept(block, leaf)
        block.text, anchor = take_anchors(block.text)
        block.anchor = anchor or block.anchor
        block.end = self.starts[leaf.last] + len(self.lines[leaf.last].rstrip(" \t"))
        return leaf.next

    def _html(self, index: int, gap: int, rest: str, end: re.Pattern[str]) -> int:
        bare = rest.strip(" \t")
        if bare.startswith("<!--") and ONLY_ANCHORS.match(bare):
            return self._lone_anchor(index, bare)
        block = self._new("html", self.starts[index] + gap, index)
        following = self._kept(block, html(self.lines, index, rest, self._base(), end))
        _take_last(block)
        return following

    def _lone_anchor(self, index: int, bare: str) -> int:
        """Gives an anchor on a line of its own to the block that ends right above it."""
        _, anchor = take_anchors(bare)
        if self.pending is not None:
            block = self.pending
            if not bare.removeprefix("<!--").lstrip(" \t").startswith("#"):
                self.pending = None  # An empty comment holds the item open for what follows.
        elif self.found and self.last_line == index - 1:
            block = self.found[-1]
        else:
            return index + 1
        if anchor is not None and block.anchor is None:
            block.anchor = anchor
            block.end = self.starts[index] + len(self.lines[index].rstrip(" \t"))
            self.last_line = index
        return index + 1

    def _definition(self, index: int, rest: str) -> int:
        """Passes over the reference definition at `index`; returns 0 where there is none."""
        following = definition_end(self.lines, index, rest)
        if following:
            self.pending = None
            self.last_line = None
        return following

    def _begins_table(self, index: int, rest: str) -> bool:
        if index + 1 >= len(self.lines):
            return False
        below, column = self.lines.words(index + 1)
        return 0 <= column - self._base() < 4 and begins_table(rest, below)

    def _table(self, index: int, gap: int) -> int:
        block = self._new("table", self.starts[index] + gap, index)
        rest = self.lines[index][gap:]
        following = self._kept(block, table(self.lines, index, rest, self._base()))
        _take_last(block)
        return following


def _take_last(block: Found) -> None:
    """Takes the anchor that ends a block out of its text."""
    block.text, anchor = take_last_anchor(block.text)
    block.anchor = anchor or block.anchor


def _stays_words(text: str) -> bool:
    """Whether words whose anchor was taken away would still be read as words."""
    first = text.partition("\n")[0]
    return (
        first != ""
        and not interrupts(first, sibling=True)
        and html_end(first, interrupting=False) is None
        and not definition_end(Lines(text), 0, first)
    )
