"""Mends how lines that were drawn are cut: what is joined stays whole, and goes when it may.

A strip remembers the pieces that it was cut into, and one that was not cut, itself. Nothing but a
search through all of memory then finds that it may go: after some thirty keys there were 20,000
such objects, and one key more took 40 ms.

Rich cuts between characters, though a picture may be joined from several, and an accent belongs
to its letter: what stands beside a dialog then got the rest of a picture, and moved by a cell.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from rich.cells import cell_len, split_text
from rich.segment import Segment
from textual.strip import Strip

_divide = Strip.divide
_split_cells = Segment._split_cells


def _divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    within = [cut for cut in cuts if cut <= strip.cell_length]
    return [strip] if within == [strip.cell_length] else _divide(strip, within)


def _split(segment: Segment, cut: int) -> tuple[Segment, Segment]:
    text, style, control = segment
    # A joiner that joins nothing is measured in two ways.
    with suppress(IndexError, ZeroDivisionError):
        before, after = split_text(text, cut)
        if (cell_len(before), cell_len(after)) == (cut, segment.cell_length - cut):
            return Segment(before, style, control), Segment(after, style, control)
    return _split_cells(segment, cut)


def mend() -> None:
    """Has strips remember only what they are not, and segments cut between what is joined."""
    Strip.divide = _divided  # type: ignore[assignment, method-assign]
    Segment._split_cells = staticmethod(_split)  # type: ignore[assignment, method-assign]
