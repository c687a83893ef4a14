"""Keeps maps that many states share.

A replay holds the state at many commits at once, each of which differs from its parent in a file
or two. Changing a shared map copies a few dozen slots, whatever its size, and two maps that come
from one are compared in the time of their differences. What was there before a replay began may
lie under a map: it is asked for a key at a time, and never copied.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

V = TypeVar("V")
Held = TypeVar("Held", covariant=True)

_FAN = 64
_Bucket = dict[str, V | None]


class Under(Protocol[Held]):
    """What lies under a map: a dictionary, or something that looks values up when asked."""

    def get(self, key: str, /) -> Held | None:
        """Returns the value, or None where there is none."""

    def items(self) -> Iterable[tuple[str, Held]]:
        """Yields every entry, which may take long."""


class SharedMap(Generic[V]):
    """An immutable map from strings, cheap to change and to compare.

    Two levels of 64 slots lead to small dictionaries, so that a map of a million entries still
    copies only some 250 at a change. A None in a bucket hides what lies under the map.
    """

    __slots__ = ("_root", "_size", "_under")

    def __init__(self, under: Under[V] | None = None, size: int = 0) -> None:
        self._root: tuple[tuple[_Bucket[V], ...] | None, ...] = (None,) * _FAN
        self._under = under
        self._size = size

    @classmethod
    def over(cls, values: Mapping[str, V]) -> "SharedMap[V]":
        """Returns a map over a dictionary that nobody changes."""
        return cls(values, len(values))

    def __len__(self) -> int:
        return self._size

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> V | None:
        """Returns the value, or None where there is none; None is never a value."""
        at = hash(key)
        branch = self._root[at % _FAN]
        if branch is not None:
            bucket = branch[at // _FAN % _FAN]
            if key in bucket:
                return bucket[key]
        return None if self._under is None else self._under.get(key)

    def put(self, key: str, value: V | None) -> "SharedMap[V]":
        """Returns the map with this value, or without the key where it is None."""
        at = hash(key)
        outer, inner = at % _FAN, at // _FAN % _FAN
        branch = self._root[outer] or _EMPTY
        bucket = dict(branch[inner])
        below = self._under.get(key) if self._under is not None else None
        had = bucket.get(key, below)
        if value is None and below is None:
            bucket.pop(key, None)
        else:
            bucket[key] = value
        made: SharedMap[V] = SharedMap(
            self._under, self._size - (had is not None) + (value is not None)
        )
        branch = (*branch[:inner], bucket, *branch[inner + 1 :])
        made._root = (*self._root[:outer], branch, *self._root[outer + 1 :])
        return made

    def items(self) -> Iterator[tuple[str, V]]:
        """Yields every entry, in no order that anything may rest on."""
        hidden = set()
        for key, value in self.own():
            hidden.add(key)
            if value is not None:
                yield key, value
        for key, below in self._under.items() if self._under is not None else ():
            if key not in hidden:
                yield key, below

    def own(self) -> Iterator[tuple[str, V | None]]:
        """Yields what differs from what lies under the map, None for what is gone."""
        for branch in self._root:
            for bucket in branch or ():
                yield from bucket.items()

    @property
    def under(self) -> Under[V] | None:
        """What lies under the map."""
        return self._under

    def differences(self, other: "SharedMap[V]") -> Iterator[tuple[str, V | None, V | None]]:
        """Yields each key whose value differs, with this map's value and the other's."""
        for key in self._changed(other) if self._under is other._under else self._all(other):
            before, after = self.get(key), other.get(key)
            if before is not after and before != after:
                yield key, before, after

    def _all(self, other: "SharedMap[V]") -> Iterator[str]:
        yield from dict.fromkeys(key for shared in (self, other) for key, _ in shared.items())

    def _changed(self, other: "SharedMap[V]") -> Iterator[str]:
        for mine, theirs in zip(self._root, other._root, strict=True):
            if mine is theirs:
                continue
            for ours, others in zip(mine or _EMPTY, theirs or _EMPTY, strict=True):
                if ours is not others:
                    yield from ours.keys() | others.keys()


_EMPTY: tuple[dict[str, Any], ...] = tuple({} for _ in range(_FAN))
