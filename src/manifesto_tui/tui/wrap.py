"""Finds where lines break, quickly enough to wrap a whole manifesto before the next frame.

Only offsets are computed here; the words of a line are cut out when it is drawn. Text in
which every character is one cell wide, nearly all text, is wrapped without measuring it.

    >>> breaks("Publish every interface.", 14)
    ((0, 13), (14, 24))
"""

import re
from functools import lru_cache

from rich.cells import split_graphemes

Breaks = tuple[tuple[int, int], ...]

# One cell each, no combining marks, no joiners: Latin, Greek, Cyrillic, common punctuation.
_SINGLE = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc\u27e6\u27e7]*"
)
# What acts on the character before it: the zero-width joiner and the emoji selector.
_JOINERS = "\u200d\ufe0f"


@lru_cache(maxsize=1024)
def breaks(text: str, width: int) -> Breaks:
    """Returns start and end of each line of `text` in `width` cells; at least one line.

    Lines break at spaces, which are then not drawn, and inside a word only where it is wider
    than the line. Remembered of some screenfuls: each line that is drawn asks for all.
    """
    return tuple(_found(text, width))


def height(text: str, width: int) -> int:
    """Returns how many lines `breaks` finds; of a whole manifesto nothing is remembered."""
    return len(_found(text, width))


def _found(text: str, width: int) -> list[tuple[int, int]]:
    width = max(width, 1)
    found: list[tuple[int, int]] = []
    wrap = _wrap_single if _SINGLE.fullmatch(text) else _wrap_measured
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            wrap(text, start, len(text), width, found)
            return found
        wrap(text, start, end, width, found)
        start = end + 1


def _wrap_single(text: str, start: int, end: int, width: int, found: list[tuple[int, int]]) -> None:
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            found.append((start, start + width))
            start += width
        else:
            found.append((start, cut))
            start = cut + 1
    found.append((start, end))


def _wrap_measured(
    text: str, start: int, end: int, width: int, found: list[tuple[int, int]]
) -> None:
    # Joiners with nothing before them join nothing; left in, they would hide the next character.
    first = end - len(text[start:end].lstrip(_JOINERS))
    spans, _ = split_graphemes(text[first:end])
    begin, used, space, after = start, 0, -1, 0
    for a, b, cells in spans:
        at = first + a
        # A space that carries an accent is a character, not a place to break.
        gap = text[at : first + b] == " "
        if gap:
            space, after = at, used + 1
        # A character of two cells may start a line of its own, as Chinese and Japanese do.
        while used and used + cells > width and not gap:
            if space > begin:
                found.append((begin, space))
                begin, used, space = space + 1, used - after, -1
            else:
                found.append((begin, at))
                begin, used, space = at, 0, -1
        used += cells
    found.append((begin, end))
