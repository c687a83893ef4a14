"""Mends what Textual and Rich get wrong about drawing, and one thing about keys.

A strip remembers the pieces that it was cut into, and one that was not cut, itself. Nothing but a
search through all of memory then finds that it may go: after some thirty keys there were 20,000
such objects, and one key more took 40 ms.

Rich cuts between characters, though a picture may be joined from several, and an accent belongs
to its letter: what stands beside a dialog then got the rest of a picture, and moved by a cell.

Whoever asks where a widget stands may have all of them placed anew. What is placed in another way
than before is drawn only where laying out finds that by itself, which then finds nothing new: a
pane that was shown at that moment stayed blank, or as it had been.

A terminal sends esc and a key typed right after it as it sends that key with alt, which nothing
here is called by: whoever types fast lost the one, the other, or got a “£”. Where something of the
terminal's own came right behind, esc was taken for a “^”.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from rich.cells import cell_len, split_text
from rich.segment import Segment
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import Compositor, CompositorMap
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message
from textual.strip import Strip

_divide = Strip.divide
_split_cells = Segment._split_cells
_full_map = Compositor.__dict__["full_map"].fget
_keys = XTermParser._sequence_to_key_events
_ESC = "\x1b"
_CARET = "_".join(("circumflex", "accent"))  # Equal to what Textual makes of esc, and not it.
_BEGINS = "[]O"  # With esc before, what begins a key that no list has, or an answer.


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


def _placed(compositor: Compositor) -> CompositorMap:
    before = compositor._full_map
    found: CompositorMap = _full_map(compositor)
    if found is not before:
        others = (place for _, place in found.items() ^ before.items())
        regions = (place.clip.intersection(place.region) for place in others)
        compositor._dirty_regions.update(filter(None, regions))
    return found


def _apart(parser: XTermParser, sequence: str, alt: bool = False) -> Iterator[Key]:
    if len(sequence) == 2 and isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str):
        sequence, alt = sequence[1], True
    if alt and sequence not in _BEGINS:
        yield Key("escape", _ESC)
    for key in _keys(parser, sequence):
        yield Key(_CARET, key.character) if key.character == "^" else key


def as_typed(message: Message) -> Message:
    """Returns a key as it was typed: esc, where a “^” was made of that."""
    if isinstance(message, Key) and message.character == "^" and message.key is not _CARET:
        return Key("escape", _ESC)
    return message


def mend() -> None:
    """Mends all four, for as long as the program runs."""
    XTermParser._sequence_to_key_events = _apart  # type: ignore[assignment, method-assign]
    Strip.divide = _divided  # type: ignore[assignment, method-assign]
    Segment._split_cells = staticmethod(_split)  # type: ignore[assignment, method-assign]
    Compositor.full_map = property(_placed)  # type: ignore[assignment, method-assign]
