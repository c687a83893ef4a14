"""Finds where lines break, quickly enough to wrap a whole manifesto before the next frame.

Only offsets are computed here; the words of a line are cut out when it is drawn. Text in
which every character is one cell wide, nearly all text, is wrapped without measuring it.

    >>> breaks("Publish every interface.", 14)
    ((0, 13), (14, 24))
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size

Breaks = tuple[tuple[int, int], ...]

# One cell each, no combining marks, no joiners: Latin, Greek, Cyrillic, common punctuation.
_SINGLE = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u25fc\u27e6\u27e7]*"
)
# What acts on the character before it: the zero-width joiner, which takes the next one in as well,
# and the emoji selector, which makes some narrow signs wide.
_JOINER, _SELECTOR = "\u200d", "\ufe0f"
_JOINERS = re.compile(f"[{_JOINER}{_SELECTOR}]")


class _Cells(dict[str, int]):
    """How wide each character is that was met so far."""

    def __missing__(self, character: str) -> int:
        found = self[character] = get_character_cell_size(character)
        return found


_CELLS = _Cells()


@lru_cache(maxsize=1024)
def breaks(text: str, width: int) -> Breaks:
    """Returns start and end of each line of `text` in `width` cells; at least one line.

    Lines break at spaces, which are then not drawn, and inside a word only where it is wider
    than the line. Remembered of some screenfuls: each line that is drawn asks for all.
    """
    return tuple(_found(text, width))


def height(text: str, width: int) -> int:
    """Returns how many lines `breaks` finds; of a whole manifesto nothing is remembered."""
    if not _is_single(text):
        return len(_found(text, width))
    width = max(width, 1)
    if "\n" in text:
        return sum(_count_single(line, width) for line in text.split("\n"))
    return _count_single(text, width)


def _is_single(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or _SINGLE.fullmatch(text) is not None


def _found(text: str, width: int) -> list[tuple[int, int]]:
    width = max(width, 1)
    found: list[tuple[int, int]] = []
    wrap = _wrap_single if _is_single(text) else _wrap_measured
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


def _count_single(text: str, width: int) -> int:
    """Returns how many lines `_wrap_single` finds, in half the time."""
    start, last, lines = 0, len(text) - width, 1
    while start < last:
        cut = text.rfind(" ", start, start + width + 1)
        start = cut + 1 if cut > start else start + width
        lines += 1
    return lines


def _wrap_measured(
    text: str, start: int, end: int, width: int, found: list[tuple[int, int]]
) -> None:
    words = text[start:end]
    cells = _widths(words)
    up_to = [0, *accumulate(cells)]
    begin, last = 0, len(words)
    while up_to[last] - up_to[begin] > width:
        # As far as there is room, with what takes none behind it.
        most = bisect_right(up_to, up_to[begin] + width, begin + 1) - 1
        cut = words.rfind(" ", begin + 1, most + 1)
        while cut > begin and not _parts(cells, cut):
            cut = words.rfind(" ", begin + 1, cut)
        if cut > begin:
            found.append((start + begin, start + cut))
            begin = cut + 1
            continue
        if most == begin:  # Even the first character is wider than the line.
            most = bisect_right(up_to, up_to[begin + 1], begin + 1) - 1
        found.append((start + begin, start + most))
        begin = most
    found.append((start + begin, end))


def _parts(cells: list[int], at: int) -> bool:
    """Says whether a space parts words; one that carries an accent is a character."""
    return cells[at] == 1 and (at + 1 == len(cells) or cells[at + 1] > 0)


def _widths(words: str) -> list[int]:
    """Returns the cells of each character, those of joined ones all at the first of them."""
    cells = [*map(_CELLS.__getitem__, words)]
    taken = -1
    for match in _JOINERS.finditer(words):
        at = match.start()
        if at == taken:
            continue
        cells[at] = 0
        first = next((i for i in range(at - 1, -1, -1) if cells[i]), -1)
        if first < 0:
            continue  # With nothing before it, it joins nothing.
        if match[0] == _JOINER and at + 1 < len(words):
            taken = at + 1
            cells[taken] = 0
        elif match[0] == _SELECTOR and cells[first] < cell_len(words[first] + _SELECTOR):
            cells[first] += 1
    return cells
