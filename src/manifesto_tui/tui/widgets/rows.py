"""Shows a long list or text, and moves in it by keys and clicks.

Everything long in the app is one of these: the text, the outline, the amendments, a diff. Which
of its lines are drawn, and how, is the business of `drawn`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message

from manifesto_tui.tui.actions import bindings
from manifesto_tui.tui.row import Divider, Row
from manifesto_tui.tui.widgets.drawn import Drawn


class Rows(Drawn, can_focus=True):
    """A scrolling view of rows, one of which may be selected.

    `picks` tells a list, in which keys move the selection, from a text, in which they scroll; one
    that is `still` never has the focus. One that `offers` takes the first click on a row for
    entering it. The rest is as for `Drawn`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]

    @dataclass
    class Moved(Message):
        """Another row is selected."""

        rows: "Rows"
        key: str

        @property
        def control(self) -> "Rows":
            return self.rows

    @dataclass
    class Chosen(Message):
        """The selected row was entered, by key or by a second click."""

        rows: "Rows"
        key: str

        @property
        def control(self) -> "Rows":
            return self.rows

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        picks: bool = True,
        measure: int = 0,
        fit: int = 0,
        stacked: int = 0,
        still: bool = False,
        offers: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes, measure=measure, fit=fit, stacked=stacked)
        self.picks = picks
        self.offers = offers
        self.can_focus = not still
        self.cursor = -1
        self.needle = ""

    def is_picked(self, index: int) -> bool:
        """Says whether a row is to be marked as the selected one."""
        return self.picks and index == self.cursor

    # What it shows

    def show(self, rows: Sequence[Row], key: str | None = None, top: bool = False) -> None:
        """Shows other rows; keeps the selection and the place where `key` or the old key is."""
        wanted = self.key if key is None else key
        at = self.scroll_offset.y
        self.rows = rows
        self.cursor = self._index_of(wanted)
        self._laid_for = -1
        # Keys may arrive before the first layout: until then no row has a height.
        self._starts = [0] * (len(rows) + 1)
        self._lay()
        if self._laid_for < 0:  # It has no place yet, or is hidden: what it was drawn as is past.
            self.redraw()
        if top:
            self.scroll_to(y=0, animate=False)
        elif self.cursor >= 0 and self.picks:
            self._reveal()
        else:
            self.scroll_to(y=min(at, self.max_scroll_y), animate=False)

    @property
    def key(self) -> str:
        """The key of the selected row, "" where none is."""
        return self.rows[self.cursor].key if 0 <= self.cursor < len(self.rows) else ""

    def select(self, key: str, top: bool = False, below: int = 0) -> bool:
        """Selects the row with `key` and brings it on the screen; says whether there is one.

        `top` puts it on the first line, as when one goes to a chapter, or `below` so many rows
        before it, where they leave it room.
        """
        index = self._index_of(key)
        if index < 0 or self.rows[index].key != key:
            return False
        self._move_to(index)
        if top and self._laid_for > 0:
            first, room = index, self.scrollable_content_region.height // 2
            while first > max(index - below, 0):
                if self._starts[index] - self._starts[first - 1] > room:
                    break
                first -= 1
            above = getattr(self.rows[first], "above", 0)
            self.scroll_to(y=min(self._starts[first] + above, self.max_scroll_y), animate=False)
        return True

    def near(self) -> list[str]:
        """Returns the keys of the rows that the next key may select: beside it, and a page on."""
        if not 0 <= self.cursor < len(self.rows) or self._laid_for <= 0:
            return []
        page = self.scrollable_content_region.height // 2
        lines = (self._starts[self.cursor] + by for by in (page, -page))
        last = len(self.rows) - 1
        beside = (self.cursor + 1, self.cursor - 1, *map(self.row_at, lines))
        return [key for at in beside if 0 <= at <= last and (key := self.rows[at].key)]

    def _index_of(self, key: str) -> int:
        first = -1
        for index, row in enumerate(self.rows):
            if row.key:
                if row.key == key:
                    return index
                if first < 0:
                    first = index
        return first if self.picks else -1

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Wraps again for another width before anything is drawn for it."""
        top = self.row_at(self.scroll_offset.y)
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        if resized and not self.fit:
            self._wrap_again(top)
        return resized

    def on_resize(self) -> None:
        """Wraps again what is as tall as its rows, once that is known."""
        if self.fit:
            self._wrap_again(self.row_at(self.scroll_offset.y))

    def _wrap_again(self, top: int) -> None:
        """Keeps the row at the top at the top."""
        before = self._laid_for
        self._lay()
        if before > 0 and before != self._laid_for and 0 < top < len(self.rows):
            self.scroll_to(y=self._starts[top], animate=False)
        if self.picks and self.cursor >= 0:
            self._reveal()

    # Moving

    def _move_to(self, index: int) -> None:
        if index == self.cursor:
            return
        for changed in (self.cursor, index):
            if 0 <= changed < len(self.rows):
                begin, end = self._starts[changed], self._starts[changed + 1]
                for line in range(begin, end):
                    self._drawn.pop(line, None)
                self.refresh_lines(begin, end - begin)
        self.cursor = index
        self._reveal()
        self.post_message(self.Moved(self, self.key))

    def _reveal(self) -> None:
        """Scrolls so that the selected row is on the screen, with a line to spare."""
        if self._laid_for <= 0 or not 0 <= self.cursor < len(self.rows):
            return
        begin, end = self._starts[self.cursor], self._starts[self.cursor + 1]
        height = self.scrollable_content_region.height
        first = next((i for i, row in enumerate(self.rows) if row.key), 0)
        if self.cursor <= first:
            begin = 0
        self.scroll_to_region(
            Region(0, begin, 1, min(end - begin, height)), animate=False, force=True
        )

    def step(self, by: int) -> None:
        """Moves the selection by rows, or scrolls a text by lines."""
        if not self.picks or self.cursor < 0:
            self.scroll_relative(y=by, animate=False)
            return
        begin, end = self._starts[self.cursor], self._starts[self.cursor + 1]
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        # A row longer than the screen is read to its end before the next one; where nothing is in
        # sight yet, since the keys came with the one that shows it, there is nothing to read.
        if by > 0 and height > 0 and end > top + height:
            self.scroll_relative(y=min(height // 2, end - top - height), animate=False)
            return
        if by < 0 and height > 0 and begin < top:
            self.scroll_relative(y=-min(height // 2, top - begin), animate=False)
            return
        index = self.cursor
        while 0 <= (index := index + (1 if by > 0 else -1)) < len(self.rows):
            if self.rows[index].key:
                self._move_to(index)
                return
        self.scroll_relative(y=by, animate=False)

    def action_step(self, by: int) -> None:
        """Moves one row."""
        self.step(by)

    def action_page(self, part: float) -> None:
        """Moves by a part of the screen's height."""
        by = int(self.scrollable_content_region.height * part)
        if not self.picks or self.cursor < 0:
            self.scroll_relative(y=by, animate=False)
            return
        line = min(max(self._starts[self.cursor] + by, 0), self._starts[-1] - 1)
        before = self.cursor
        self._nearest(self.row_at(line), 1 if by > 0 else -1)
        if self.cursor == before:
            # What cannot be selected may still stand there to be read.
            self.scroll_relative(y=by, animate=False)

    def action_edge(self, last: bool) -> None:
        """Moves to the first or the last row."""
        if not self.picks or self.cursor < 0:
            self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)
            return
        found = [index for index, row in enumerate(self.rows) if row.key]
        self._move_to(found[-1 if last else 0])
        if last and not self.rows[-1].key:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def _nearest(self, index: int, way: int) -> None:
        for step in (way, -way):
            at = index
            while 0 <= at < len(self.rows):
                if self.rows[at].key and (at != self.cursor or step == -way):
                    self._move_to(at)
                    return
                at += step

    def action_choose(self) -> None:
        """Enters the selected row."""
        if self.key:
            self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """Selects the row under the mouse; enters it where it was selected already, or offered."""
        line = event.y + self.scroll_offset.y
        if not self.picks or line >= self._starts[-1]:
            return
        index = self.row_at(line)
        if not self.rows[index].key:
            return
        entered = self.offers or index == self.cursor
        self._move_to(index)
        if entered:
            self.action_choose()

    # Finding

    def find(self, needle: str) -> int:
        """Points out `needle` in every row and goes to the first; returns how many rows have it."""
        self.needle = needle
        self._needle = re.compile(re.escape(needle), re.IGNORECASE) if needle else None
        self.redraw()
        if self._needle is None:
            return 0
        found = sum(1 for row in self.rows if self._needle.search(row.plain))
        if found:
            self.find_next(1, here=True)
        return found

    def next_divider(self, way: int) -> bool:
        """Scrolls to the next headline in a text, or the one before; says whether there is one."""
        here = self.row_at(self.scroll_offset.y)
        index = here + way
        while 0 <= index < len(self.rows):
            row = self.rows[index]
            if isinstance(row, Divider):
                # What is in sight already, as far as it goes, is no place to go to.
                place = min(self._starts[index] + row.above, self.max_scroll_y)
                if place != self.scroll_offset.y:
                    self.scroll_to(y=place, animate=False)
                    return True
            index += way
        return False

    def find_next(self, way: int, here: bool = False) -> bool:
        """Goes to the next row with what was last looked for, round the end if need be."""
        if self._needle is None or not self.rows:
            return False
        count = len(self.rows)
        begin = self.cursor if self.picks else self.row_at(self.scroll_offset.y)
        for step in range(0 if here else 1, count + 1):
            index = (begin + way * step) % count
            row = self.rows[index]
            if self._needle.search(row.plain) and (row.key or not self.picks):
                if self.picks:
                    self._move_to(index)
                else:
                    self.scroll_to(y=self._starts[index], animate=False)
                return True
        return False
