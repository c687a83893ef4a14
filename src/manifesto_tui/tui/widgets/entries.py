"""Lines of entries that can be clicked: the modes, the tabs of a detail, the keys in the footer."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from manifesto_tui.tui.actions import BY_ID, Action
from manifesto_tui.tui.appearance import palette_of, settings_of
from manifesto_tui.tui.draw.paint import paint
from manifesto_tui.tui.safe import join, words
from manifesto_tui.tui.state import MODES, Mode


class Entries(Widget):
    """One line of entries; a click on one of them picks what it means.

    `present` is the meaning of the one that stays in sight, however little room there is.
    """

    DEFAULT_CSS = "Entries { height: 1; }"
    before, between = "", ""
    present = ""

    @dataclass
    class Picked(Message):
        """An entry was clicked: an action's id, or the name of a tab."""

        meaning: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._places: list[tuple[int, int, str]] = []

    def entries(self) -> Iterator[tuple[Content, str]]:
        """Yields what stands on the line, from the left, and what a click on it means."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        self._places.clear()
        content = Content(self.before)
        for entry, meaning in self._in_sight():
            start = content.cell_length
            content = content + entry
            self._places.append((start, content.cell_length, meaning))
            content = content + Content(self.between)
        return paint(content, self.size.width, self.visual_style, palette_of(self))

    def _in_sight(self) -> list[tuple[Content, str]]:
        """Returns the entries from the first one on from which the present one is in sight."""
        found = list(self.entries())
        here = next((at for at, (_, meaning) in enumerate(found) if meaning == self.present), 0)
        ends = [entry.cell_length + len(self.between) for entry, _ in found]
        first, room = 0, self.size.width - len(self.before)
        while first < here and sum(ends[first : here + 1]) > room:
            first += 1
        return found[first:]

    def on_click(self, event: events.Click) -> None:
        """Picks the entry under the mouse."""
        for start, end, meaning in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(meaning))


class Modes(Entries):
    """The four modes, the present one marked."""

    before, between = " ", " "
    mode: Mode = "read"
    counted: Mapping[Mode, str] = MappingProxyType({})

    def tell(self, mode: Mode, counted: Mapping[Mode, str]) -> None:
        """Shows the mode and what waits in the others."""
        if (mode, counted) != (self.mode, self.counted):
            self.mode, self.counted = mode, counted
            self.present = f"mode.{mode}"
            self.refresh()

    def entries(self) -> Iterator[tuple[Content, str]]:
        """Yields the modes with their keys."""
        for mode in MODES:
            action = BY_ID[f"mode.{mode}"]
            more = self.counted.get(mode, "")
            key = settings_of(self).first_key(action)
            name = f" {key} {action.title}{' ' + more if more else ''} "
            yield words(name, "tab" if mode == self.mode else ""), action.id


class Tabs(Entries):
    """A few named tabs, the present one in brackets: `[Diff] Reasons Votes`."""

    counts: Mapping[str, int] = MappingProxyType({})

    def __init__(self, names: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names = names
        self.active = self.present = names[0]

    def pick(self, name: str) -> None:
        """Marks another tab."""
        if name != self.active:
            self.active = self.present = name
            self.refresh()

    def turn(self, by: int) -> None:
        """Marks the next tab, or the one before."""
        self.pick(self.names[(self.names.index(self.active) + by) % len(self.names)])

    def tell(self, counts: Mapping[str, int]) -> None:
        """Shows how much stands in each tab."""
        if counts != self.counts:
            self.counts = counts
            self.refresh()

    def entries(self) -> Iterator[tuple[Content, str]]:
        """Yields the tabs."""
        for name in self.names:
            count = self.counts.get(name, 0)
            shown = f"{name} {count}" if count else name
            on = name == self.active
            yield words(f"[{shown}]" if on else f" {shown} ", "key" if on else "quiet"), name


class Footer(Entries):
    """At most seven keys, in brackets those that cannot act now; help is never left out."""

    before, between = " ", "  "
    actions: tuple[Action, ...] = ()
    cannot: Collection[str] = ()

    def tell(self, actions: tuple[Action, ...], cannot: Collection[str] = ()) -> None:
        """Shows other actions; `cannot` are the ids of those that cannot act now."""
        if (actions[:7], cannot) != (self.actions, self.cannot):
            self.actions, self.cannot = actions[:7], cannot
            self.refresh()

    def entries(self) -> Iterator[tuple[Content, str]]:
        """Yields the actions that there is room for, the last one in any case."""
        if not self.actions:
            return
        *others, last = self.actions
        room = self.size.width - len(self.before) - self._width(last)
        for action in others:
            if self._width(action) - len(self.between) <= room:
                room -= self._width(action)
                yield self._entry(action), action.id
        yield self._entry(last), last.id

    def _width(self, action: Action) -> int:
        return self._entry(action).cell_length + len(self.between)

    def _entry(self, action: Action) -> Content:
        key, name = settings_of(self).first_key(action), action.label or action.title
        if action.id in self.cannot:
            return words(f"({key} {name})", "quiet")
        return join((key, "key"), (f" {name}", "quiet"))
