"""Keeps maps that many states share.

A replay holds the state at many commits at once, each of which differs from its parent in a file
or two. Changing a shared map copies a few dozen slots, whatever its size, and two maps that come
from one are compared in the time of their differences.
"""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

V = TypeVar("V")

_FAN = 64
_Bucket = dict[str, V]


class SharedMap(Generic[V]):
    """An immutable map from strings, cheap to change and to compare.

    Two levels of 64 slots lead to small dictionaries, so that a map of a million entries still
    copies only some 250 at a change.
    """

    __slots__ = ("_root", "_size")

    def __init__(
        self, _root: tuple[tuple[_Bucket[V], ...] | None, ...] | None = None, _size: int = 0
    ) -> None:
        self._root = _root or (None,) * _FAN
        self._size = _size

    def __len__(self) -> int:
        return self._size

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> V | None:
        """Returns the value, or None where there is none; None is never a value."""
        at = hash(key)
        branch = self._root[at % _FAN]
        return None if branch is None else branch[at // _FAN % _FAN].get(key)

    def put(self, key: str, value: V | None) -> "SharedMap[V]":
        """Returns the map with this value, or without the key where it is None."""
        at = hash(key)
        outer, inner = at % _FAN, at // _FAN % _FAN
        branch = self._root[outer] or _EMPTY
        bucket = dict(branch[inner])
        size = self._size - (key in bucket)
        if value is None:
            bucket.pop(key, None)
        else:
            bucket[key] = value
            size += 1
        branch = (*branch[:inner], bucket, *branch[inner + 1 :])
        return SharedMap((*self._root[:outer], branch, *self._root[outer + 1 :]), size)

    def items(self) -> Iterator[tuple[str, V]]:
        """Yields every entry, in no order that anything may rest on."""
        for branch in self._root:
            for bucket in branch or ():
                yield from bucket.items()

    def differences(self, other: "SharedMap[V]") -> Iterator[tuple[str, V | None, V | None]]:
        """Yields each key whose value differs, with this map's value and the other's."""
        for mine, theirs in zip(self._root, other._root, strict=True):
            if mine is theirs:
                continue
            for ours, others in zip(mine or _EMPTY, theirs or _EMPTY, strict=True):
                if ours is others:
                    continue
                for key in ours.keys() | others.keys():
                    before, after = ours.get(key), others.get(key)
                    if before is not after and before != after:
                        yield key, before, after


_EMPTY: tuple[dict[str, Any], ...] = tuple({} for _ in range(_FAN))
