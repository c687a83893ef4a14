"""Holds what was looked at last, so that thousands take no more room than a few."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")

MOST = 48


class Lately(dict[str, T]):
    """What was taken in last, by name: `MOST` at most after each time."""

    def take(self, found: Mapping[str, T]) -> list[str]:
        """Takes in some more; returns the names of what it let go for them, the oldest first."""
        for name, value in list(found.items()):
            self.pop(name, None)
            self[name] = value
        gone = list(self)[: max(len(self) - MOST, 0)]
        for name in gone:
            del self[name]
        return gone

    def again(self, name: str) -> bool:
        """Says whether it is held; it then counts as looked at last."""
        if name not in self:
            return False
        self.take({name: self[name]})
        return True
