"""Reads the blocks that are kept as they stand: code, HTML, tables, quotations.

Each reader takes the lines, the first of the block, and `base`, the column that the list around
it begins its words at; it hands back the block's own lines, which is the last of them, and where
reading goes on.
"""

import re
from itertools import dropwhile
from typing import NamedTuple

from manifesto_tui.prose.lines import Lines, dedent
from manifesto_tui.prose.marks import FENCE, HEADING, UNTIL_BLANK, interrupts


class Leaf(NamedTuple):
    """What a block says, line by line, its last line, and the next to be read."""

    lines: list[str]
    last: int
    next: int


def indented(source: Lines, index: int, rest: str, column: int, base: int) -> Leaf:
    """Reads indented code that begins at `column`."""
    lines = [" " * (column - base) + rest.lstrip(" \t")]
    last = index
    blanks = 0
    for at in range(index + 1, len(source)):
        words, width = source.words(at)
        if not words:
            blanks += 1
            continue
        if width - base < 4:
            break
        lines += [""] * blanks
        blanks = 0
        lines.append(" " * (width - base) + words)
        last = at
    return Leaf(lines, last, last + 1)


def fenced(source: Lines, index: int, rest: str, column: int, base: int, fence: str) -> Leaf:
    """Reads code between fences; the last may be missing."""
    lines = [rest.rstrip(" \t")]
    last = index
    at = index + 1
    while at < len(source):
        text = source[at]
        bare = text.strip(" \t")
        if not bare:
            lines.append("")
            at += 1
            continue
        width = source.indent(at)
        if width < base:
            break
        lines.append(dedent(text, column))
        last = at
        at += 1
        closes = len(bare) >= len(fence) and not bare.strip(fence[0])
        if closes and width - base < 4:
            break
    return Leaf(lines, last, at)


def html(source: Lines, index: int, rest: str, base: int, end: re.Pattern[str]) -> Leaf:
    """Reads HTML up to what ends it."""
    lines = [rest.rstrip(" \t")]
    last = index
    at = index + 1
    if end.search(rest):
        return Leaf(lines, last, at)
    while at < len(source):
        words, width = source.words(at)
        if not words:
            if end is UNTIL_BLANK:
                break
            lines.append("")
        elif width < base:
            break
        else:
            lines.append(dedent(source[at], base))
            last = at
        at += 1
        if words and end.search(words):
            break
    return Leaf(lines, last, at)


def table(source: Lines, index: int, rest: str, base: int) -> Leaf:
    """Reads a table, whose head and rule are known to be one."""
    lines = [rest.rstrip(" \t")]
    at = index + 1
    while at < len(source):
        words, width = source.words(at)
        if not words or width < base:
            break
        if width - base < 4 and interrupts(words, sibling=True):
            break
        lines.append(words.rstrip(" \t"))
        at += 1
    return Leaf(lines, at - 1, at)


def quote(source: Lines, index: int, rest: str, columns: list[int], marked: bool) -> Leaf:
    """Reads a quotation, with the lines that go on in it without a mark.

    `columns` are those of the open lists, the innermost last. `marked` keeps the marks.
    """
    base = columns[-1] if columns else 0
    lines: list[str] = []
    at = index
    fence = ""
    has_mark = True
    while True:
        if has_mark:
            words = _unmarked(rest)
            fence, lazy = _state(words.lstrip("> \t"), fence)
            lines.append(rest if marked else words if words.strip() else "")
        else:
            lines.append(rest)
        at += 1
        if at >= len(source):
            break
        rest, width = source.words(at)
        if not rest:
            break
        has_mark = rest[0] == ">" and base <= width < base + 4
        if has_mark:
            continue
        inside = width - next((column for column in reversed(columns) if column <= width), 0)
        if not lazy or (inside < 4 and interrupts(rest, sibling=True)):
            break
    return Leaf([*dropwhile(lambda line: not line, lines)], at - 1, at)


def _unmarked(rest: str) -> str:
    words = rest[1:]
    if words.startswith(" "):
        return words[1:]
    return "  " + words[1:] if words.startswith("\t") else words


def _state(inner: str, fence: str) -> tuple[str, bool]:
    """Returns the fence that is open in a quotation, and whether its words may go on lazily."""
    if fence:
        closes = inner.startswith(fence) and not inner.strip(f"{fence} \t")
        return ("" if closes else fence), False
    mark = FENCE.match(inner)
    if mark:
        return mark[1], False
    bare = inner.strip()
    return "", bool(bare) and not bare.startswith("<!--") and not HEADING.match(inner)
