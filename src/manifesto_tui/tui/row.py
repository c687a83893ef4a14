"""Says what one entry of a long list or text is, before anything is drawn.

A view is a sequence of rows. A row knows its words and how they break at a width; which of
its lines are on the screen, and what is selected, is the business of the widget.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from textual.content import Content

from manifesto_tui.tui.safe import EMPTY
from manifesto_tui.tui.wrap import breaks, height


class Row(Protocol):
    """One entry. `key` is what choosing it means; a row without a key cannot be selected."""

    @property
    def key(self) -> str: ...

    @property
    def plain(self) -> str:
        """The words to search in."""
        ...

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        ...

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        ...


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that wrap, with a margin that hangs: a number, a mark.

    `above` and `below` are blank lines around it; `tail` stands at the right end of the first
    line. A clipped passage takes one line and is cut with "…".
    """

    body: Content
    key: str = ""
    lead: Content = EMPTY
    tail: Content = EMPTY
    above: int = 0
    below: int = 0
    clip: bool = False
    indent: int = field(default=-1)

    @property
    def plain(self) -> str:
        """The words to search in."""
        return self.body.plain

    def _hang(self) -> int:
        return self.lead.cell_length if self.indent < 0 else self.indent

    def _room(self, width: int) -> int:
        tail = self.tail.cell_length + 1 if self.tail else 0
        return max(width - self._hang() - tail, 4)

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        if self.clip:
            return self.above + 1 + self.below
        return self.above + height(self.body.plain, self._room(width)) + self.below

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        index -= self.above
        if index < 0:
            return EMPTY
        room = self._room(width)
        if self.clip:
            words = self.body.truncate(room, ellipsis=True)
        else:
            lines = breaks(self.body.plain, room)
            if index >= len(lines):
                return EMPTY
            start, end = lines[index]
            words = self.body[start:end] if end > start else EMPTY
        if index:
            return _blank(self._hang()) + words
        begin = self.lead
        if (short := self._hang() - begin.cell_length) > 0:
            begin = begin + _blank(short)
        if not self.tail:
            return begin + words
        gap = width - begin.cell_length - words.cell_length - self.tail.cell_length
        return begin + words + _blank(gap) + self.tail


_UNKNOWN = (-1, 0)
_KNOWN: dict[tuple[int, int], tuple[int, int]] = {}  # One of each width and height, for all rows.


@dataclass(slots=True)
class Later:
    """A passage that is drawn when it comes on the screen: of thousands, few ever do.

    `plain` are the words of its body and `hang` the cells before them, from which its height
    follows; `draw` returns the passage for what the row is `of`. The height is remembered for the
    two widths it was last asked for, those with a scroll bar and without: a list is laid out again
    at every letter that narrows it.
    """

    key: str
    plain: str
    hang: int
    draw: Callable[[Any], Passage] = field(repr=False, compare=False)
    of: object = field(repr=False, compare=False)
    below: int = 0
    clip: bool = False
    _last: tuple[int, int] = field(default=_UNKNOWN, init=False, repr=False, compare=False)
    _before: tuple[int, int] = field(default=_UNKNOWN, init=False, repr=False, compare=False)

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        if self.clip:
            return 1 + self.below
        if width != self._last[0]:
            self._last, self._before = self._before, self._last
            if width != self._last[0]:
                lines = height(self.plain, max(width - self.hang, 4)) + self.below
                self._last = _KNOWN.setdefault((width, lines), (width, lines))
        return self._last[1]

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        return self.draw(self.of).line(index, width)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages side by side, as old and new wording."""

    left: Content
    right: Content
    key: str = ""
    above: int = 0

    @property
    def plain(self) -> str:
        """The words to search in."""
        return f"{self.left.plain}\n{self.right.plain}"

    def _lines(self, width: int) -> tuple[int, tuple[Content, ...], tuple[Content, ...]]:
        half = max((width - 3) // 2, 4)
        sides = tuple(
            tuple(side[a:b] if b > a else EMPTY for a, b in breaks(side.plain, half))
            for side in (self.left, self.right)
        )
        return half, sides[0], sides[1]

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        half = max((width - 3) // 2, 4)
        return self.above + max(height(self.left.plain, half), height(self.right.plain, half))

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        index -= self.above
        if index < 0:
            return EMPTY
        half, left, right = self._lines(width)
        before = left[index] if index < len(left) else EMPTY
        after = right[index] if index < len(right) else EMPTY
        bar = Content.styled(" │ ", "rule")
        return before + _blank(half - before.cell_length) + bar + after


@dataclass(frozen=True, slots=True)
class Roomy:
    """One of several rows that are drawn alike: as large as each of them takes one line.

    `rows` holds for each what it may be drawn as, the largest first; `at` is this one's place.
    """

    rows: tuple[tuple[Passage, ...], ...]
    at: int
    key: str = ""

    @property
    def plain(self) -> str:
        """The words to search in."""
        return self.rows[self.at][-1].plain

    def _fitting(self, width: int) -> Passage:
        for size, drawn in enumerate(self.rows[self.at]):
            if all(row[size].height(width) <= row[size].above + 1 for row in self.rows):
                return drawn
        return self.rows[self.at][-1]

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        return self._fitting(width).height(width)

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        return self._fitting(width).line(index, width)


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across, with a few words in it."""

    label: Content = EMPTY
    above: int = 0
    key: str = ""

    @property
    def plain(self) -> str:
        """The words to search in."""
        return self.label.plain

    def height(self, width: int) -> int:
        """Returns how many lines the row takes."""
        return self.above + 1

    def line(self, index: int, width: int) -> Content:
        """Returns one of its lines."""
        if index < self.above:
            return EMPTY
        label = self.label.truncate(max(width - 4, 1), ellipsis=True)
        if not label:
            return Content.styled("─" * width, "rule")
        rest = "─" * max(width - label.cell_length - 1, 0)
        return label + Content.styled(" " + rest, "rule")


def _blank(cells: int) -> Content:
    return Content(" " * cells) if cells > 0 else EMPTY
