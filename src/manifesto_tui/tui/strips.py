"""Lets a line that was drawn go as soon as nothing shows it any more.

A strip remembers the pieces that it was cut into, and one that was not cut, itself. Nothing but a
search through all of memory then finds that it may go: after some thirty keys there were 20,000
such objects, and one key more took 40 ms.
"""

from collections.abc import Iterable, Sequence

from textual.strip import Strip

_divide = Strip.divide


def _divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    within = [cut for cut in cuts if cut <= strip.cell_length]
    return [strip] if within == [strip.cell_length] else _divide(strip, within)


def let_go() -> None:
    """Has strips remember only what they are not."""
    Strip.divide = _divided  # type: ignore[assignment, method-assign]
