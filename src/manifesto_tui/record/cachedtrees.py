"""Reads and changes git's cache of trees, which stands at the end of an index.

Each tree stands there as its name, how many files it has (-1 where that is not known), how many
trees follow that are in it, and its id where the former is known. Laid down at
https://git-scm.com/docs/index-format#_cache_tree.
"""

import re
import struct
from functools import cache

EXTENSION = struct.Struct(">4sI")
_NAME = b"TREE"


def begins(index: bytes, width: int) -> int:
    """Returns where the cache begins in an index that has no other extension.

    `width` is how many bytes an object's id has. Whatever else reads as one to its last byte would
    have to consist of nothing but trees. Raises ValueError where there is none.
    """
    end = at = len(index) - width
    while (at := index.rfind(_NAME, 0, at)) >= 0:
        if at + EXTENSION.size < end:
            size = EXTENSION.unpack_from(index, at)[1]
            if at + EXTENSION.size + size == end and _all(width).fullmatch(
                index, at + EXTENSION.size, end
            ):
                return at
    raise ValueError("no cache of trees")


def in_extensions(extensions: bytes) -> bytes:
    """Returns the cache of trees, empty where there is none; raises where there is more."""
    if not extensions:
        return b""
    name, size = EXTENSION.unpack_from(extensions)
    if name != _NAME or EXTENSION.size + size != len(extensions):
        raise ValueError("an extension that is not known here")
    return extensions[EXTENSION.size :]


def as_extension(trees: bytes) -> bytes:
    """Returns the cache as it stands in an index."""
    return EXTENSION.pack(_NAME, len(trees)) + trees if trees else b""


def without(trees: bytes, path: bytes, width: int) -> bytes:
    """Returns the cache without the ids of those trees that hold a file.

    `width` is how many bytes an object's id has. Raises ValueError where it is damaged.
    """
    if not trees:
        return trees
    parts, done = [], 0
    tree = _tree(trees, 0, width)
    for folder in path.split(b"/")[:-1]:
        parts += [trees[done : tree.end(1)], _forgotten(tree)]
        done = at = tree.end()
        for _ in range(_count(tree)):
            tree = _tree(trees, at, width)
            if tree[1] == folder:
                break
            at = _behind(trees, at, width)
        else:
            return b"".join([*parts, trees[done:]])
    parts += [trees[done : tree.end(1)], _forgotten(tree)]
    return b"".join([*parts, trees[tree.end() :]])


@cache
def _one(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"(?s:([^\0]*)\0(?:-\d+ (\d+)\n|\d+ (\d+)\n.{%d}))" % width)


@cache
def _all(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"(?s:(?:[^\0]*+\0(?:-\d++ \d++\n|\d++ \d++\n.{%d}))++)" % width)


def _tree(trees: bytes, at: int, width: int) -> re.Match[bytes]:
    tree = _one(width).match(trees, at)
    if tree is None:
        raise ValueError("a damaged cache of trees")
    return tree


def _count(tree: re.Match[bytes]) -> int:
    return int(tree[tree.lastindex or 0])


def _forgotten(tree: re.Match[bytes]) -> bytes:
    return b"\0-1 %d\n" % _count(tree)


def _behind(trees: bytes, at: int, width: int) -> int:
    """Returns where one tree ends, with all that are in it."""
    pending = 1
    # One straight behind the other, however many thousand there are.
    for tree in iter(_one(width).scanner(trees, at).match, None):  # type: ignore[attr-defined]
        pending += int(tree[tree.lastindex]) - 1
        if not pending:
            return int(tree.end())
    raise ValueError("a damaged cache of trees")
