"""Frames the screen: who and what above, what just happened and what can be done below."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from manifesto_tui.tui.actions import BY_ID, Action
from manifesto_tui.tui.appearance import palette_of, settings_of
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.state import MODES, Mode, View
from manifesto_tui.tui.widgets.rows import paint


class Line(Widget):
    """One line of content, with more at its right end where there is room."""

    DEFAULT_CSS = "Line { height: 1; }"
    left: Content = EMPTY
    right: Content = EMPTY

    def show(self, left: Content, right: Content = EMPTY) -> None:
        """Shows other words."""
        self.left, self.right = left, right
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        width = self.size.width
        room = width - self.right.cell_length - (2 if self.right else 0)
        right = self.right
        if room < min(self.left.cell_length, width // 2):
            room, right = width, EMPTY
        left = self.left.truncate(max(room, 1), ellipsis=True)
        gap = width - left.cell_length - right.cell_length
        content = left + Content(" " * max(gap, 0)) + right
        return paint(content, width, self.visual_style, palette_of(self))


_LEAST = 12  # Cells that the title keeps, however little room there is.


class Header(Line):
    """Says which document, in which state, and who is reading."""

    def tell(self, view: View | None, title: str = "") -> None:
        """Shows what was read."""
        if view is None:
            self.show(join((" manifesto-tui ", "title"), (title, "quiet")))
            return
        manifesto = view.assembly.manifesto
        state = "being drafted" if manifesto.state == "drafting" else "in force"
        edition, is_it = view.edition
        if edition:
            state = f"edition {edition}" if is_it else f"{state}, changed since {edition}"
        if view.member:
            roomy = self.app.size.width >= 100
            where = f", {view.member.constituency}" if roomy and view.member.constituency else ""
            steward = ", steward" if roomy and view.member.is_steward else ""
            who = join(
                ("you: ", "quiet"),
                line(view.member.name, "strong"),
                (f"{where}{steward} ", "quiet"),
            )
        else:
            who = words("reading only ", "quiet")
        # A long title gives way to the state: which text this is matters more than its last word.
        room = self.app.size.width - who.cell_length - len(state) - len("    ") - 1
        name = line(manifesto.title, "title").truncate(max(room, _LEAST), ellipsis=True)
        self.show(join(" ", name, (f"  {state}", "quiet")), who)


class Modes(Widget):
    """The four modes, the present one marked; a click changes it."""

    DEFAULT_CSS = "Modes { height: 1; }"
    mode: Mode = "read"
    counted: dict[Mode, str]

    @dataclass
    class Picked(Message):
        """A mode was clicked."""

        action: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.counted = {}
        self._places: list[tuple[int, int, str]] = []

    def tell(self, mode: Mode, counted: dict[Mode, str]) -> None:
        """Shows the mode and what waits in the others."""
        self.mode, self.counted = mode, counted
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        self._places.clear()
        content = Content(" ")
        for mode in MODES:
            action = BY_ID[f"mode.{mode}"]
            start = content.cell_length
            more = self.counted.get(mode, "")
            name = f" {action.keys[0]} {action.title}{' ' + more if more else ''} "
            content = content + words(name, "tab" if mode == self.mode else "")
            self._places.append((start, content.cell_length, action.id))
            content = content + Content(" ")
        return paint(content, self.size.width, self.visual_style, palette_of(self))

    def on_click(self, event: events.Click) -> None:
        """Changes to the mode under the mouse."""
        for start, end, action in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(action))


class Tabs(Widget):
    """A few named tabs, the present one in brackets: `[Diff] Reasons Votes`."""

    DEFAULT_CSS = "Tabs { height: 1; }"

    @dataclass
    class Picked(Message):
        """A tab was clicked."""

        index: int

    def __init__(self, names: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names = names
        self.active = 0
        self.counts: dict[str, int] = {}
        self._places: list[tuple[int, int]] = []

    def pick(self, index: int) -> None:
        """Marks another tab."""
        self.active = index % len(self.names)
        self.refresh()

    def tell(self, counts: dict[str, int]) -> None:
        """Shows how much stands in each tab."""
        self.counts = counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        content = EMPTY
        self._places.clear()
        for index, name in enumerate(self.names):
            count = self.counts.get(name, 0)
            shown = f"{name} {count}" if count else name
            on = index == self.active
            start = content.cell_length
            content = content + words(
                f"[{shown}]" if on else f" {shown} ", "key" if on else "quiet"
            )
            self._places.append((start, content.cell_length))
        return paint(content, self.size.width, self.visual_style, palette_of(self))

    def on_click(self, event: events.Click) -> None:
        """Shows the tab under the mouse."""
        for index, (start, end) in enumerate(self._places):
            if start <= event.x < end:
                self.post_message(self.Picked(index))


class Footer(Widget):
    """At most seven keys that can act now."""

    DEFAULT_CSS = "Footer { height: 1; }"

    @dataclass
    class Picked(Message):
        """An action was clicked."""

        action: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.actions: tuple[Action, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def tell(self, actions: tuple[Action, ...]) -> None:
        """Shows other actions."""
        if actions != self.actions:
            self.actions = actions[:7]
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is; what does not fit is left out, help never."""
        self._places.clear()
        content = Content(" ")
        width = self.size.width
        last = self.actions[-1:]
        reserved = sum(self._entry(action).cell_length + 2 for action in last)
        for action in (*self.actions[:-1], *last):
            entry = self._entry(action)
            spare = 0 if action in last else reserved
            if content.cell_length + entry.cell_length + spare > width:
                continue
            start = content.cell_length
            content = content + entry
            self._places.append((start, content.cell_length, action.id))
            content = content + Content("  ")
        return paint(content, width, self.visual_style, palette_of(self))

    def _entry(self, action: Action) -> Content:
        return join(
            (settings_of(self).first_key(action), "key"),
            (f" {action.label or action.title}", "quiet"),
        )

    def on_click(self, event: events.Click) -> None:
        """Runs the action under the mouse."""
        for start, end, action in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(action))


class Title(Line):
    """The name of a pane, with a rule to its end; marked while the pane has the focus."""

    def __init__(self, name: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = name
        self.note: Part = ""

    def tell(self, name: str, note: Part = "") -> None:
        """Shows another name and a note at the right."""
        self.label, self.note = name, note
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        on = self.parent is not None and self.parent.has_pseudo_class("focus-within")
        width = self.size.width
        name = join(("▸ " if on else "  ", "mark"), (self.label, "key" if on else "quiet"), " ")
        note = join(" ", self.note, " ") if self.note else EMPTY
        if name.cell_length + note.cell_length > width:
            note = EMPTY
        rule = width - name.cell_length - note.cell_length
        content = name + words("─" * max(rule, 0), "rule") + note
        return paint(content, width, self.visual_style, palette_of(self))
