"""Breaks styled words into lines, between words, by the cells they take on a terminal."""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

Span = tuple[str, str]


def wrapped(spans: Sequence[Span], width: int | None, indent: str = "") -> Iterator[list[Span]]:
    """Yields lines of at most `width` cells, the indent counted; whole ones without a width.

    A word longer than a line stands alone in it, unbroken. Line breaks in the text are kept.
    """
    room = max(20, width - cell_len(indent)) if width else None
    line: list[Span] = []
    used = 0
    for style, piece in _pieces(spans):
        if piece == "\n":
            yield line
            line, used = [], 0
            continue
        shown = piece
        if room and used and used + cell_len(piece.rstrip()) > room:
            yield line
            line, used = [], 0
            shown = piece.lstrip(" ")
        line.append((style, shown))
        used += cell_len(shown)
    yield line


def _pieces(spans: Sequence[Span]) -> Iterator[Span]:
    """Yields words, each with the spaces before it, and line breaks by themselves."""
    for style, text in spans:
        for piece in re.findall(r"\n| *[^ \n]+| +", text):
            yield style, piece
