"""Holds the proposals' folders as the cache keeps them, of which a screen shows a few.

There may be ten thousand. How many there are is known at once; what those of a month are called
only when one of them is looked at, and the ids of all their trees when all of those are wanted.
"""

import json
from bisect import bisect_right
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby


@dataclass(frozen=True)
class _Month:
    """The folders of one month: where the first stands among all, and their names."""

    path: str
    first: int
    said: memoryview

    @cached_property
    def names(self) -> list[str]:
        """What they are called, in their order."""
        return str(self.said, "utf-8").split(" ")

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each stands among all folders."""
        return {name: place for place, name in enumerate(self.names, self.first)}


class Listing(Mapping[str, str]):
    """The id of each folder's tree by the folder's path, in the order of the paths.

    `kept` is what `packed` made of them; `since` are folders among these whose tree is another
    one now. Raises ValueError or TypeError for other bytes.
    """

    def __init__(self, kept: bytes, since: Mapping[str, str]) -> None:
        start = kept.index(b"\n") + 1
        width, count, months = json.loads(kept[:start])
        self._width, self._count = int(width), int(count)
        self._since = since
        self._months: dict[str, _Month] = {}
        self._firsts: list[int] = []
        whole = memoryview(kept)
        for path, first, length in months:
            self._months[path] = _Month(path, first, whole[start : start + length])
            self._firsts.append(first)
            start += length
        self._trees = whole[start:]
        if len(self._trees) != self._count * self._width:
            raise ValueError("paths without a tree")

    def at(self, place: int) -> str:
        """Returns the path of the folder that stands at a place among all, from 0."""
        month = [*self._months.values()][bisect_right(self._firsts, place) - 1]
        return f"{month.path}/{month.names[place - month.first]}"

    @cached_property
    def _paths(self) -> list[str]:
        return [f"{month.path}/{name}" for month in self._months.values() for name in month.names]

    @cached_property
    def _whole(self) -> dict[str, str]:
        # Told what to split at, Python need not look at each letter: there are half a million.
        ids = self._trees.hex(" ", self._width).split(" ") if self._count else ()
        return {**dict(zip(self._paths, ids, strict=True)), **self._since}

    def __getitem__(self, path: str) -> str:
        if "_whole" in self.__dict__:
            return self._whole[path]
        if path in self._since:
            return self._since[path]
        above, _, name = path.rpartition("/")
        start = self._months[above].places[name] * self._width
        return self._trees[start : start + self._width].hex()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return self._count

    def items(self) -> ItemsView[str, str]:
        """Returns all of them, each with its id."""
        return self._whole.items()

    def values(self) -> ValuesView[str]:
        """Returns the ids of all of them."""
        return self._whole.values()


def packed(folders: Mapping[str, str]) -> bytes:
    """Returns folders in their order as bytes: the months, the names in each, all trees' ids."""
    trees = bytes.fromhex("".join(folders.values()))
    months: list[tuple[str, int, int]] = []
    named: list[bytes] = []
    count = 0
    for month, paths in groupby(folders, lambda path: path.rpartition("/")[0]):
        names = [path.rpartition("/")[2] for path in paths]
        named.append(" ".join(names).encode())
        months.append((month, count, len(named[-1])))
        count += len(names)
    head = json.dumps([len(trees) // (count or 1), count, months]).encode()
    return b"".join((head, b"\n", *named, trees))


def in_order(folder: str) -> str:
    """Returns what folders are ordered by, as git does that: as if each ended in a slash."""
    return f"{folder}/"
