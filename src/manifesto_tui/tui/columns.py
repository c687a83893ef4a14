"""Sets rows beside one another, and lines apart, for who reads from across a room.

2.1 before ─────────────      2.1 after ──────────────

Suppliers document            Every system publishes
their interfaces.             its interfaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from textual.content import Content

from manifesto_tui.tui.row import Row
from manifesto_tui.tui.safe import EMPTY

GAP = 6
"""Cells between two columns."""


@dataclass(frozen=True)
class Columns:
    """Rows beside rows; each side takes half of the width."""

    left: tuple[Row, ...]
    right: tuple[Row, ...] = ()
    key: str = ""

    @cached_property
    def plain(self) -> str:
        """The words to search in."""
        return "\n".join(row.plain for row in (*self.left, *self.right))

    def height(self, width: int) -> int:
        """Returns how many lines the row takes: those of the longer side."""
        half = _half(width)
        return max(sum(row.height(half) for row in side) for side in (self.left, self.right))

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        half = _half(width)
        before = _line(self.left, index, half)
        gap = Content(" " * (half + GAP - before.cell_length))
        return before + gap + _line(self.right, index, half)


@dataclass(frozen=True, slots=True)
class Spaced:
    """A row with a blank line after each of its lines but the last."""

    row: Row
    key: str = ""

    @property
    def plain(self) -> str:
        """The words to search in."""
        return self.row.plain

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        return max(2 * self.row.height(width) - 1, 0)

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        return EMPTY if index % 2 else self.row.line(index // 2, width)


def _half(width: int) -> int:
    return max((width - GAP) // 2, 4)


def _line(rows: tuple[Row, ...], index: int, width: int) -> Content:
    for row in rows:
        lines = row.height(width)
        if index < lines:
            return row.line(index, width)
        index -= lines
    return EMPTY
