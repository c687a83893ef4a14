"""Holds the proposals' folders as the cache keeps them, of which a screen shows a few.

There may be ten thousand. Their paths are taken apart at once, since they say how many there are;
the ids of their trees only when all of them are wanted. One by itself is looked for among the
paths, which are in order.
"""

from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import cached_property


class Listing(Mapping[str, str]):
    """The id of each folder's tree by the folder's path, in the order of the paths.

    `trees` are the ids in bytes, one after the other; `since` are folders among these whose tree
    is another one now. Raises ValueError where it is not the same number of both.
    """

    def __init__(self, paths: list[str], trees: bytes, since: Mapping[str, str]) -> None:
        self._paths = paths
        self._trees = trees
        self._since = since
        self._width, more = divmod(len(trees), len(paths) or 1)
        if more:
            raise ValueError("paths without a tree")

    @cached_property
    def _whole(self) -> dict[str, str]:
        # Told what to split at, Python need not look at each letter: there are half a million.
        ids = self._trees.hex(" ", self._width).split(" ") if self._paths else ()
        return {**dict(zip(self._paths, ids, strict=True)), **self._since}

    def __getitem__(self, path: str) -> str:
        if "_whole" in self.__dict__:
            return self._whole[path]
        if path in self._since:
            return self._since[path]
        place = bisect_left(self._paths, in_order(path), key=in_order)
        if self._paths[place : place + 1] != [path]:
            raise KeyError(path)
        return self._trees[place * self._width : (place + 1) * self._width].hex()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def items(self) -> ItemsView[str, str]:
        """Returns all of them, each with its id."""
        return self._whole.items()

    def values(self) -> ValuesView[str]:
        """Returns the ids of all of them."""
        return self._whole.values()


def in_order(folder: str) -> str:
    """Returns what folders are ordered by, as git does that: as if each ended in a slash."""
    return f"{folder}/"
