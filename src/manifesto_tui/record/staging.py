"""Makes git's index with new files in it, without starting git.

What is recorded is nearly always a new file, and git adds one in milliseconds that are mostly its
own start. Only the ordinary index is understood here: whole, of a known version, not too long,
without a conflict, and with no extension but git's cache of trees. Any other is left to git, which
makes the very same bytes of this one. Laid down at https://git-scm.com/docs/index-format.
"""

import mmap
import os
import re
import struct
from bisect import bisect_left
from collections.abc import Mapping
from hashlib import sha1, sha256

from manifesto_tui.record.objects import PLAIN, Entry

LARGEST = 1 << 18
"""So many bytes of an index are read here while git reads the tree, and sooner than git starts."""

_HEAD = struct.Struct(">4sII")
_KNOWN = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")  # Of version 4, names are kept in part only.
_EXTENSION = struct.Struct(">4sI")
# Of a file: its times, device and number, its mode, owner and size; then come id and flags.
_FACTS = struct.Struct(">24xI12x")
_LONGEST = 0xFFF
_CONFLICT = 0x3000
_MORE_FLAGS = 0x4000
_TREE = re.compile(rb"([^\0]*)\0(-?)\d+ (\d+)\n")


def with_new_files(index: bytes, files: Mapping[str, Entry | None], length: int) -> bytes | None:
    """Returns an index with plain files added that it lacks, None where that is left to git.

    `length` is that of an object's id. What git knows of a file's times and size is not filled in,
    as `git update-index --index-info` leaves it.
    """
    width = length // 2
    try:
        version, names, starts = _entries(index, width)
        added = {os.fsencode(path): _entry(path, entry) for path, entry in files.items()}
        trees = _trees(index[starts[-1] : -width])
        _refuse_what_is_in_the_way(names, added)
        parts = [_HEAD.pack(b"DIRC", version, len(names) + len(added))]
        done = _HEAD.size
        for name in sorted(added):
            place = starts[bisect_left(names, name)]
            parts += [index[done:place], added[name]]
            done = place
            trees = _without(trees, name, width)
    except (ValueError, struct.error):
        return None
    parts.append(index[done : starts[-1]])
    if trees:
        parts += [_EXTENSION.pack(b"TREE", len(trees)), trees]
    made = b"".join(parts)
    return made + _hashed(made, width)


def is_whole(index: bytes | mmap.mmap, width: int) -> bool:
    """Tells whether an index is of a version that is known here, and its checksum right.

    `width` is how many bytes an object's id has.
    """
    if index[:8] not in _KNOWN:
        return False
    with memoryview(index) as view, view[:-width] as content:
        return _hashed(content, width) == index[-width:]


def _entries(index: bytes, width: int) -> tuple[int, list[bytes], list[int]]:
    """Returns the version, the names in order and where each entry starts, and the end of all."""
    if not is_whole(index, width):
        raise ValueError("no index that is known here")
    _, version, count = _HEAD.unpack_from(index)
    names, starts, at = [], [], _HEAD.size
    behind = _FACTS.size + width
    end = len(index) - width
    for _ in range(count):
        name = at + behind + 2
        if name > end:
            raise ValueError("an index that is cut short")
        flags = index[name - 2] << 8 | index[name - 1]
        size = flags & _LONGEST
        if flags & _CONFLICT or size == _LONGEST:
            raise ValueError("an entry that git should see to")
        if flags & _MORE_FLAGS:
            name += 2
        names.append(index[name : name + size])
        starts.append(at)
        # Behind a name stand as many zeros, one at least, as make the entry a multiple of eight.
        at += (name + size - at) // 8 * 8 + 8
    return version, names, [*starts, at]


def _entry(path: str, entry: Entry | None) -> bytes:
    name = os.fsencode(path)
    if entry is None or entry.mode != PLAIN or len(name) >= _LONGEST:
        raise ValueError("no new file")
    facts = _FACTS.pack(int(PLAIN, 8)) + bytes.fromhex(entry.id) + struct.pack(">H", len(name))
    return facts + name + b"\0" * (8 - (len(facts) + len(name)) % 8)


def _refuse_what_is_in_the_way(names: list[bytes], added: Mapping[bytes, object]) -> None:
    """Raises ValueError where something has a new file's name, lies below it or is its folder."""
    known = {*names, *added}
    for name in added:
        folders = {name[:at] for at, letter in enumerate(name) if letter == ord("/")}
        at, below = bisect_left(names, name), bisect_left(names, name + b"/")
        beside = [*names[at : at + 1], *names[below : below + 1]]
        within = any(each == name or each.startswith(name + b"/") for each in beside)
        if within or not known.isdisjoint(folders):
            raise ValueError("something is in the way")


def _trees(extensions: bytes) -> bytes:
    """Returns git's cache of trees, empty where there is none; raises where there is more."""
    if not extensions:
        return b""
    name, size = _EXTENSION.unpack_from(extensions)
    if name != b"TREE" or _EXTENSION.size + size != len(extensions):
        raise ValueError("an extension that is not known here")
    return extensions[_EXTENSION.size :]


def _without(trees: bytes, name: bytes, width: int) -> bytes:
    """Returns git's cache of trees without the ids of those that hold a file.

    Each tree stands there as its name, how many files it has (-1 where that is not known), how many
    trees follow that are in it, and its id where the former is known.
    """
    if not trees:
        return trees
    parts, done = [], 0
    tree, at = _tree(trees, 0, width)
    for folder in name.split(b"/")[:-1]:
        parts += [trees[done : tree.end(1)], b"\0-1 %b\n" % tree[3]]
        done = at
        for _ in range(int(tree[3])):
            tree, within = _tree(trees, at, width)
            if tree[1] == folder:
                at = within
                break
            at = _next(trees, at, width)
        else:
            return b"".join([*parts, trees[done:]])
    parts += [trees[done : tree.end(1)], b"\0-1 %b\n" % tree[3]]
    return b"".join([*parts, trees[at:]])


def _tree(trees: bytes, at: int, width: int) -> tuple[re.Match[bytes], int]:
    """Returns what stands of one tree, and where that ends."""
    tree = _TREE.match(trees, at)
    if tree is None:
        raise ValueError("a damaged cache of trees")
    return tree, tree.end() + (0 if tree[2] else width)


def _next(trees: bytes, at: int, width: int) -> int:
    """Returns where one tree ends, with all that are in it."""
    pending = 1
    while pending:
        tree, at = _tree(trees, at, width)
        pending += int(tree[3]) - 1
    return at


def _hashed(content: bytes | memoryview, width: int) -> bytes:
    hashed = sha256() if width == 32 else sha1(usedforsecurity=False)
    hashed.update(content)
    return hashed.digest()
