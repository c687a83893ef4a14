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
from manifesto_tui.prose.marks import (
    ADDRESS,
    CLOSING_HASHES,
    DEFINITION,
    FENCE,
    FOOTNOTE,
    FRONT_MATTER,
    HEADING,
    ITEM,
    RULE,
    SETEXT,
    STARTERS,
    TITLE,
    UNTIL_BLANK,
    begins_table,
    html_end,
    interrupts,
)

DEEPEST = 32  # Lists nested deeper are read as words, so that indentation stays bounded.

_LINE_END = re.compile(r"\r\n|\n|\r")


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
        self.source = source
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for match in _LINE_END.finditer(source):
            self.starts.append(at)
            self.ends.append(match.start())
            at = match.end()
        if at < len(source):
            self.starts.append(at)
            self.ends.append(len(source))
        if source.startswith("\ufeff"):
            self.starts[0] = 1
        self.found: list[Found] = []
        self.holders: list[_Holder] = []
        self.depth = 0
        self.pending: Found | None = None  # An item whose first words are still to come.
        self.open: Found | None = None  # A paragraph that the next line may continue.
        self.words: list[str] = []  # The lines of `open`.
        self.is_footnote = False
        self.last_line = -2  # The last line of the block before, for an anchor right below it.

    def run(self) -> list[Found]:
        """Reads all lines."""
        index = self._front_matter()
        count = len(self.starts)
        while index < count:
            index = self._line(index)
        self._close()
        return self.found

    def _front_matter(self) -> int:
        """Returns the first line behind the front matter."""
        if len(self.starts) < 2:
            return 0
        fence = self._text(0).rstrip(" \t")
        pattern = FRONT_MATTER.get(fence)
        # A rule above prose opens nothing; only a first key tells data from words.
        if pattern is None or not pattern.match(self._text(1)):
            return 0
        closers = ("---", "...") if fence == "---" else ("+++",)
        for index in range(1, len(self.starts)):
            if self._text(index).rstrip(" \t") in closers:
                return index + 1
        return 0

    def _text(self, index: int) -> str:
        return self.source[self.starts[index] : self.ends[index]]

    def _line(self, index: int) -> int:
        """Reads one line, and the others of its block; returns the next to be read."""
        text = self._text(index)
        rest = text.lstrip(" \t")
        if not rest or rest.isspace():
            self._blank()
            return index + 1
        gap = len(text) - len(rest)
        column = gap if "\t" not in text[:gap] else _width(text[:gap], 0)
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
                    self._close(setext=True)
                    return True
                if rest[0] == "-":
                    self._add(index, rest)
                    self._close()
                    return True
                self._add(index, rest)
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

    def _close(self, setext: bool = False) -> None:
        """Ends the open paragraph and settles its words."""
        block = self.open
        if block is None:
            return
        self.open = None
        self.is_footnote = False
        text = self.words[0] if len(self.words) == 1 else "\n".join(self.words)
        text = text.rstrip(" \t")
        block.text = text
        if "<!--" in text:
            for take in (take_anchors, take_last_anchor):
                bare, anchor = take(text)
                if _stays_words(bare):
                    block.text, block.anchor = bare, anchor or block.anchor
                    break
        if not setext:
            # The spaces that end a line say nothing at the end of a block.
            trailing = self.source[block.start : block.end]
            block.end -= len(trailing) - len(trailing.rstrip(" \t"))

    def _block(self, index: int, gap: int, column: int) -> int:
        """Reads the block that begins `gap` characters into a line; returns the next line."""
        text = self._text(index)
        while True:
            rest = text[gap:]
            inner = column - self._base()
            if inner >= 4:
                return self._indented(index, gap, column)
            if rest[0] not in STARTERS:
                break
            if rest[0] in "*-_" and RULE.match(rest):
                self.pending = None
                self.last_line = -2
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
        text = self._text(index)
        words = gap + marker.end()
        rest = text[words:].lstrip(" \t")
        self.pending = block
        if not rest or rest.isspace():
            self.holders.append(_Holder(after + 1, True))
            return None
        first = len(text) - len(rest)
        landing = _width(text[words:first], after)
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

    def _indented(self, index: int, gap: int, column: int) -> int:
        """Reads indented code."""
        base = self._base()
        text = self._text(index)
        words = text[gap:].lstrip(" \t")
        lines = [" " * (column - base) + words]
        block = self._new("code", self.starts[index] + self._skip(index, base), index)
        last = index
        blanks = 0
        at = index + 1
        while at < len(self.starts):
            text = self._text(at)
            words = text.lstrip(" \t")
            if not words or words.isspace():
                blanks += 1
            else:
                width = _width(text[: len(text) - len(words)], 0)
                if width - base < 4:
                    break
                lines.extend([""] * blanks)
                blanks = 0
                lines.append(" " * (width - base) + words)
                last = at
            at += 1
        self._settle(block, lines, last)
        return last + 1

    def _skip(self, index: int, column: int) -> int:
        """Returns how many characters of a line stand left of `column`."""
        width = 0
        for at, character in enumerate(self._text(index)):
            if width >= column or character not in " \t":
                return at
            width += 1 if character == " " else 4 - width % 4
        return 0

    def _settle(self, block: Found, lines: list[str], last: int) -> None:
        """Gives a block that is kept as it stands its text and its end."""
        text = "\n".join(lines).rstrip(" \t\n")
        block.text = text
        block.end = self.ends[last]
        self.last_line = last

    def _leaf(self, index: int, gap: int, column: int, rest: str) -> int:
        """Reads any block but an item and indented code."""
        first = rest[0]
        if first in STARTERS:
            if first == "#" and HEADING.match(rest):
                return self._heading(index, gap, rest)
            if first in "`~" and (fence := FENCE.match(rest)):
                return self._fenced(index, gap, column, fence[1])
            if first == ">":
                return self._quote(index, gap)
            if first == "<" and (end := html_end(rest, interrupting=False)):
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
        base = self._base()
        block = self._new("code", self.starts[index] + gap, index)
        lines = [self._text(index)[gap:].rstrip(" \t")]
        last = index
        at = index + 1
        while at < len(self.starts):
            text = self._text(at)
            words = text.lstrip(" \t")
            if not words:
                lines.append("")
                at += 1
                continue
            width = _width(text[: len(text) - len(words)], 0)
            if width < base:
                break
            lines.append(_dedent(text, column))
            last = at
            at += 1
            bare = words.rstrip(" \t")
            if (
                width - base < 4
                and bare[0] == fence[0]
                and len(bare) >= len(fence)
                and not bare.strip(fence[0])
            ):
                self._settle(block, lines, last)
                return at
        self._settle(block, lines, last)
        # An anchor written below code whose fence was never closed.
        if last > index and ONLY_ANCHORS.match(lines[last - index].strip(" \t")):
            _take_last(block)
        return at

    def _quote(self, index: int, gap: int) -> int:
        base = self._base()
        block = self._new("quote", self.starts[index] + gap, index)
        as_item = block.kind == "item"
        lines: list[str] = []
        last = index
        at = index
        rest = self._text(index)[gap:]
        fenced = ""
        lazy = False
        while True:
            if rest.startswith(">"):
                words = rest[1:]
                if words.startswith(" "):
                    words = words[1:]
                elif words.startswith("\t"):
                    words = "  " + words[1:]
                inner = words.lstrip("> \t")
                mark = FENCE.match(inner)
                if fenced:
                    if inner.startswith(fenced) and not inner.strip(fenced[0] + " \t"):
                        fenced = ""
                    lazy = False
                elif mark:
                    fenced, lazy = mark[1], False
                else:
                    bare = inner.strip()
                    lazy = bool(bare) and not bare.startswith("<!--")
                    lazy = lazy and not HEADING.match(inner)
                lines.append(rest if as_item else words if words.strip() else "")
            else:
                lines.append(rest)
            last = at
            at += 1
            if at >= len(self.starts):
                break
            text = self._text(at)
            rest = text.lstrip(" \t")
            if not rest or rest.isspace():
                break
            width = _width(text[: len(text) - len(rest)], 0)
            if rest[0] == ">" and base <= width < base + 4:
                continue
            if not lazy:
                break
            inside = width - base if width >= base else self._rest_column(width)
            if inside < 4 and interrupts(rest, sibling=True):
                break
        while len(lines) > 1 and not lines[-1]:
            lines.pop()
        while len(lines) > 1 and not lines[0]:
            del lines[0]
        text = "\n".join(lines).rstrip(" \t\n")
        block.text, anchor = take_anchors(text)
        block.anchor = anchor or block.anchor
        trailing = self._text(last)
        block.end = self.starts[last] + len(trailing.rstrip(" \t"))
        self.last_line = last
        return last + 1

    def _html(self, index: int, gap: int, rest: str, end: re.Pattern[str]) -> int:
        bare = rest.strip(" \t")
        if bare.startswith("<!--") and ONLY_ANCHORS.match(bare):
            return self._lone_anchor(index, bare)
        base = self._base()
        block = self._new("html", self.starts[index] + gap, index)
        lines = [rest.rstrip(" \t")]
        last = index
        at = index + 1
        if not end.search(rest):
            until_blank = end is UNTIL_BLANK
            while at < len(self.starts):
                text = self._text(at)
                words = text.lstrip(" \t")
                if not words or words.isspace():
                    if until_blank:
                        break
                    lines.append("")
                else:
                    if _width(text[: len(text) - len(words)], 0) < base:
                        break
                    lines.append(_dedent(text, base))
                    last = at
                at += 1
                if words and end.search(words):
                    break
        self._settle(block, lines, last)
        _take_last(block)
        return at

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
            block.end = self.starts[index] + len(self._text(index).rstrip(" \t"))
            self.last_line = index
        return index + 1

    def _definition(self, index: int, rest: str) -> int:
        """Returns the line behind the reference definition at `index`, or 0 if there is none."""
        match = DEFINITION.match(rest)
        if match is None:
            return 0
        at = index + 1
        tail = match[2]
        if match[1] is None:
            if tail.strip(" \t") or at >= len(self.starts):
                return 0
            address = ADDRESS.match(self._text(at).strip(" \t"))
            if address is None:
                return 0
            tail = address[1]
            at += 1
        if tail.strip(" \t"):
            if not TITLE.match(tail) or tail[0] not in " \t":
                return 0
        elif at < len(self.starts) and TITLE.match(self._text(at)):
            at += 1
        self.pending = None
        self.last_line = -2
        return at

    def _begins_table(self, index: int, rest: str) -> bool:
        if index + 1 >= len(self.starts):
            return False
        text = self._text(index + 1)
        below = text.lstrip(" \t")
        inner = _width(text[: len(text) - len(below)], 0) - self._base()
        return 0 <= inner < 4 and begins_table(rest, below)

    def _table(self, index: int, gap: int) -> int:
        base = self._base()
        block = self._new("table", self.starts[index] + gap, index)
        lines = [self._text(index)[gap:].rstrip(" \t")]
        at = index + 1
        while at < len(self.starts):
            text = self._text(at)
            rest = text.lstrip(" \t")
            if not rest or rest.isspace():
                break
            width = _width(text[: len(text) - len(rest)], 0)
            if width < base or (at > index + 1 and width - base < 4 and _ends_table(rest)):
                break
            lines.append(rest.rstrip(" \t"))
            at += 1
        self._settle(block, lines, at - 1)
        _take_last(block)
        return at


def _take_last(block: Found) -> None:
    """Takes the anchor that ends a block out of its text."""
    block.text, anchor = take_last_anchor(block.text)
    block.anchor = anchor or block.anchor


def _stays_words(text: str) -> bool:
    """Whether words whose anchor was taken away would still be read as words."""
    first, _, rest = text.partition("\n")
    return (
        first != ""
        and not interrupts(first, sibling=True)
        and html_end(first, interrupting=False) is None
        and not _defines(first, rest.partition("\n")[0])
    )


def _defines(first: str, second: str) -> bool:
    """Whether two lines begin with a reference definition."""
    match = DEFINITION.match(first)
    if match is None:
        return False
    tail = match[2]
    if match[1] is None:
        address = ADDRESS.match(second.strip(" \t"))
        if tail.strip(" \t") or address is None:
            return False
        tail = address[1]
    return not tail.strip(" \t") or bool(TITLE.match(tail))


def _ends_table(rest: str) -> bool:
    return interrupts(rest, sibling=True)


def _width(blank: str, column: int) -> int:
    """Returns the column behind `blank`, spaces and tabs that begin at `column`."""
    if "\t" not in blank:
        return column + len(blank)
    for character in blank:
        column += 1 if character == " " else 4 - column % 4
    return column


def _dedent(text: str, columns: int) -> str:
    """Takes up to `columns` columns of white space from the beginning of a line."""
    if not columns:
        return text
    width = 0
    for at, character in enumerate(text):
        if width >= columns or character not in " \t":
            return " " * max(0, width - columns) + text[at:]
        width += 1 if character == " " else 4 - width % 4
    return ""
