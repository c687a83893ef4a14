"""Draws the lines of a long list or text that are on the screen, and no others.

It keeps where each row begins, finds the row under a line by bisection, and remembers the lines
it drew last until the rows, the width, the selection or the colours change.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from manifesto_tui.tui.appearance import palette_of
from manifesto_tui.tui.draw.paint import paint, point_out
from manifesto_tui.tui.row import Row
from manifesto_tui.tui.themes import Palette

MARGIN = 2
_KEPT = 200  # So many lines that were drawn are remembered: some screenfuls.


class Drawn(ScrollView):
    """A scrolling view of rows.

    `measure` is the widest that lines of reading get, 0 for as wide as there is room; `fit`
    makes the view as tall as its rows, up to so many lines, and `stacked` does where panes stand
    above one another.
    """

    DEFAULT_CSS = """
    Drawn { overflow-x: hidden; overflow-y: auto; height: 1fr; }
    /* Always room for a bar: else one that comes or goes has all wrapped and laid out anew. */
    Drawn { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        measure: int = 0,
        fit: int = 0,
        stacked: int = 0,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.measure = measure
        self.fit = fit
        self.stacked = stacked
        self.rows: Sequence[Row] = ()
        self._starts: list[int] = [0]
        self._laid_for = -1
        self._extent = 0
        self._drawn: dict[int, Strip] = {}
        self._needle: re.Pattern[str] | None = None

    def is_picked(self, index: int) -> bool:
        """Says whether a row is to be marked as the selected one."""
        return False

    # Where things are

    def _lay(self) -> None:
        width = self._room
        if width <= 0 or self._laid_for == width:
            return
        self._laid_for = width
        self._starts = [0, *accumulate(row.height(width) for row in self.rows)]
        self._drawn.clear()
        size = Size(self.scrollable_content_region.width, self._starts[-1])
        if self.fit:
            self.virtual_size = size
            self.styles.height = max(min(self._starts[-1], self.fit), 1)
        else:
            # Setting it would have the whole screen laid out and drawn again, though nothing else
            # moves; a scroll bar that comes or goes asks for that by itself.
            self.set_reactive(Drawn.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)  # While its bar is told of it.
            self._scroll_update(size)
        if self.stacked:
            low = self.screen.has_class("-stacked")
            self.styles.height = max(min(size.height, self.stacked), 2) if low else "1fr"
        self._refresh_on_screen(max(self._extent, self._starts[-1]))  # Below nothing changes.
        self._extent = self._starts[-1]

    def _refresh_on_screen(self, end: int) -> None:
        """Has the lines up to `end` drawn again that are on the screen.

        Textual notes each line that it is told of; of tens of thousands that would stay.
        """
        top = self.scroll_offset.y
        if (count := min(end - top, self.size.height)) > 0:
            self.refresh_lines(top, count)

    @property
    def _room(self) -> int:
        room = self.scrollable_content_region.width - MARGIN - 1
        return min(room, self.measure) if self.measure else room

    def refit(self, most: int) -> None:
        """Takes so many lines at most from now on, where it takes as many as it has rows for."""
        if self.fit and self.fit != most:
            self.fit = most
            self._laid_for = -1
            self._lay()

    def row_at(self, line: int) -> int:
        """Returns the index of the row that a line belongs to."""
        return bisect_right(self._starts, line) - 1

    # Drawing

    def redraw(self) -> None:
        """Draws everything again, as after a change of colours."""
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn.clear()

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """Returns one line of the screen."""
        self._lay()
        line = y + self.scroll_offset.y
        if line < self._starts[-1] and (strip := self._drawn.get(line)) is not None:
            return strip
        width = self.scrollable_content_region.width
        ground = self.visual_style
        if line >= self._starts[-1]:
            return Strip([Segment(" " * width, ground.rich_style)], width)
        index = self.row_at(line)
        strip = self._draw(index, line - self._starts[index], width, ground)
        if len(self._drawn) >= _KEPT:
            self._drawn.clear()
        self._drawn[line] = strip
        return strip

    def _draw(self, index: int, within: int, width: int, ground: Style) -> Strip:
        row = self.rows[index]
        palette: Palette = palette_of(self)
        content = row.line(within, self._room)
        picked = self.is_picked(index)
        above = getattr(row, "above", 0)
        end = self._starts[index + 1] - self._starts[index] - getattr(row, "below", 0)
        if self._needle:
            content = point_out(content, self._needle)
        if picked and above <= within < end:
            ground = ground + palette["picked" if self.has_focus else "picked-blurred"]
            margin = Content.styled("▌", "mark") + Content(" ")
        else:
            margin = Content("  ")
        return paint(margin + content, width, ground, palette)
