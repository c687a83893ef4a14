"""Makes git's index with new files in it, without starting git.

What is recorded is nearly always a new file, and git adds one in milliseconds that are mostly its
own start, or the reading of a long index from its start. Only the ordinary index is understood
here: whole, of a known version, without a conflict, and with no extension but git's cache of
trees. Any other is left to git, which makes the very same bytes of this one.
"""

import os
import struct
from collections.abc import Mapping, Sequence

from manifesto_tui.record import cachedtrees
from manifesto_tui.record.entries import (
    FACTS,
    HEAD,
    LONGEST,
    hashed,
    is_whole,
    look_up_places,
    read_places,
)
from manifesto_tui.record.objects import PLAIN, Entry

LARGEST = 1 << 26
"""An index of more bytes is left to git, since it is held in memory."""

SMALL = 1 << 18
"""So many bytes of an index are read while git reads the tree, and sooner than git starts."""

FEW = 16
"""So many files are looked up in a large index."""


def with_new_files(
    index: bytes, files: Mapping[str, Entry | None], length: int
) -> Sequence[bytes | memoryview] | None:
    """Returns the parts of an index with plain files added that it lacks.

    `length` is that of an object's id. What git knows of a file's times and size is not filled in,
    as `git update-index --index-info` leaves it. None says that it is left to git.
    """
    width = length // 2
    try:
        added = {os.fsencode(path): _entry(path, entry) for path, entry in files.items()}
        names = sorted(added)
        if len(index) <= SMALL:
            places, end = read_places(index, names, width)
        elif len(names) <= FEW:
            places, end = look_up_places(index, names, width)
        else:
            return None
        trees = cachedtrees.in_extensions(index[end:-width])
        for name in names:
            trees = cachedtrees.without(trees, name, width)
        if not is_whole(index, width):
            return None
    except (ValueError, struct.error, StopIteration):
        return None
    _, version, count = HEAD.unpack_from(index)
    parts: list[bytes | memoryview] = [HEAD.pack(b"DIRC", version, count + len(names))]
    view, done = memoryview(index), HEAD.size
    for name, place in zip(names, places, strict=True):
        parts += [view[done:place], added[name]]
        done = place
    parts += [view[done:end], cachedtrees.as_extension(trees)]
    return [*parts, hashed(parts, width)]


def _entry(path: str, entry: Entry | None) -> bytes:
    name = os.fsencode(path)
    if entry is None or entry.mode != PLAIN or len(name) >= LONGEST:
        raise ValueError("no new file")
    facts = FACTS.pack(int(PLAIN, 8)) + bytes.fromhex(entry.id) + struct.pack(">H", len(name))
    return facts + name + b"\0" * (8 - (len(facts) + len(name)) % 8)
