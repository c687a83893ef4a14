"""Finds where new files belong among the entries of git's index.

A small index is read from its start. A large one has a hundred thousand entries, of which those
in the folder of a new file are looked up by that folder's name. Laid down at
https://git-scm.com/docs/index-format.
"""

import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha1, sha256

from manifesto_tui.record import cachedtrees

HEAD = struct.Struct(">4sII")
# Of a file: its times, device and number, its mode, owner and size; then come id and flags.
FACTS = struct.Struct(">24xI12x")
LONGEST = 0xFFF
"""A name as long as this, or longer, is not told its length."""

_KNOWN = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")  # Of version 4, names are kept in part only.
_MODES = {0o100644, 0o100755, 0o120000, 0o160000}
_CONFLICT = 0x3000
_MORE_FLAGS = 0x4000


def is_whole(index: bytes | mmap.mmap, width: int) -> bool:
    """Tells whether an index is of a version that is known here, and its checksum right.

    `width` is how many bytes an object's id has.
    """
    if index[:8] not in _KNOWN:
        return False
    with memoryview(index) as view, view[:-width] as content:
        return hashed((content,), width) == index[-width:]


def hashed(parts: Iterable[bytes | memoryview], width: int) -> bytes:
    """Returns the checksum that stands behind an index of these parts."""
    checksum = sha256() if width == 32 else sha1(usedforsecurity=False)
    for part in parts:
        checksum.update(part)
    return checksum.digest()


def read_places(index: bytes, new: Sequence[bytes], width: int) -> tuple[list[int], int]:
    """Returns where each new name belongs, and where the entries end, having read all of them.

    The names stand in order; `width` is how many bytes an object's id has. Raises ValueError where
    something has such a name, lies below it or is its folder, or is not understood here.
    """
    names, starts, end = [], [], HEAD.size
    entries = _entries(index, HEAD.size, len(index) - width, width)
    for _ in range(HEAD.unpack_from(index)[2]):
        start, name, end = next(entries)
        names.append(name)
        starts.append(start)
    starts.append(end)
    known = {*names, *new}
    for name in new:
        at, below = bisect_left(names, name), bisect_left(names, name + b"/")
        beside = [*names[at : at + 1], *names[below : below + 1]]
        within = any(each == name or each.startswith(name + b"/") for each in beside)
        if within or not known.isdisjoint(_folders(name)):
            raise _in_the_way()
    return [starts[bisect_left(names, name)] for name in new], end


def look_up_places(index: bytes, new: Sequence[bytes], width: int) -> tuple[list[int], int]:
    """Returns what `read_places` does, having read what lies in the same folders.

    Raises ValueError besides where that folder is new at the top, or the index has no cache of
    trees, which tells where the entries end.
    """
    end = cachedtrees.begins(index, width)
    beside = set(new)
    for name in new:
        if not beside.isdisjoint(_folders(name)):
            raise _in_the_way()
    return [_look_up(index, name, width, end) for name in new], end


def _look_up(index: bytes, new: bytes, width: int, end: int) -> int:
    folders = _folders(new)
    place = end
    for start, name, _ in _entries(index, _first(index, folders, width, end), end, width):
        if name == new or name in folders or name.startswith(new + b"/"):
            raise _in_the_way()
        if name > new:
            place = min(place, start)
            if not name.startswith(new):
                break
    return place


def _first(index: bytes, folders: Sequence[bytes], width: int, end: int) -> int:
    """Returns where the first entry starts of the nearest folder that has any.

    What has the folder's name in it and is no entry (a part of a longer name, or bytes of an id)
    does not stand where an entry of a known kind with a name of just that length would.
    """
    behind = FACTS.size + width
    for folder in reversed(folders):
        name = index.find(folder + b"/", HEAD.size, end)
        if name < 0:
            continue
        start = name - behind - 2
        flags = index[name - 2] << 8 | index[name - 1]
        size = flags & LONGEST
        sure = start >= HEAD.size and (start - HEAD.size) % 8 == 0 and not flags & _MORE_FLAGS
        sure = sure and FACTS.unpack_from(index, start)[0] in _MODES
        if not sure or index.find(b"\0", name, end) != name + size:
            break
        return start
    raise ValueError("no entry that is surely one")


def _entries(index: bytes, at: int, end: int, width: int) -> Iterator[tuple[int, bytes, int]]:
    """Yields where each entry starts, its name, and where the next one starts."""
    behind = FACTS.size + width
    while at < end:
        name = at + behind + 2
        if name > end:
            raise ValueError("an index that is cut short")
        flags = index[name - 2] << 8 | index[name - 1]
        size = flags & LONGEST
        if flags & _CONFLICT or size == LONGEST:
            raise ValueError("an entry that git should see to")
        if flags & _MORE_FLAGS:
            name += 2
        # Behind a name stand as many zeros, one at least, as make the entry a multiple of eight.
        after = at + (name + size - at) // 8 * 8 + 8
        yield at, index[name : name + size], after
        at = after


def _folders(name: bytes) -> list[bytes]:
    return [name[:at] for at, letter in enumerate(name) if letter == ord("/")]


def _in_the_way() -> ValueError:
    return ValueError("something is in the way")
