"""Frames the screen and its panes: who and what above, what just happened, what stands where."""

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from manifesto_tui.tui.appearance import palette_of
from manifesto_tui.tui.draw.paint import paint
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.wrap import Breaks, breaks


class Line(Widget):
    """One line of content, with more at its right end where there is room."""

    DEFAULT_CSS = "Line { height: 1; }"
    left: Content = EMPTY
    right: Content = EMPTY

    def show(self, left: Content, right: Content = EMPTY) -> None:
        """Shows other words."""
        if not (left.is_same(self.left) and right.is_same(self.right)):
            self.left, self.right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns the one line there is."""
        return self._beside(self.left)

    def _beside(self, left: Content) -> Strip:
        width = self.size.width
        room = width - self.right.cell_length - (2 if self.right else 0)
        right = self.right
        if room < min(left.cell_length, width // 2):
            room, right = width, EMPTY
        left = left.truncate(max(room, 1), ellipsis=True)
        gap = width - left.cell_length - right.cell_length
        content = left + Content(" " * max(gap, 0)) + right
        return paint(content, width, self.visual_style, palette_of(self))


class Status(Line):
    """Says what just happened: in one line, or in as many more as that needs to be read whole."""

    def show(self, left: Content, right: Content = EMPTY) -> None:
        """Shows other words."""
        super().show(left, right)
        self._fit()

    def on_resize(self) -> None:
        """Wraps for another width."""
        self._fit()

    @property
    def _lines(self) -> Breaks:
        """Where the lines begin and end; an empty one is added where the right end needs it."""
        found = breaks(self.left.plain, max(self.size.width - 1, 1))
        begin, end = found[-1]
        beside = self.left[begin:end].cell_length + self.right.cell_length + 2
        if self.right and beside > self.size.width and len(found) < _MOST:
            found = (*found, (end, end))
        return found[:_MOST]

    def _fit(self) -> None:
        if self.size.width:
            self.styles.height = len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Returns one of the lines."""
        lines = self._lines
        if y >= len(lines):
            return paint(EMPTY, self.size.width, self.visual_style, palette_of(self))
        begin, end = lines[y]
        here = Content(" " if y else "") + self.left[begin:end]
        if y == len(lines) - 1:
            return self._beside(here)
        return paint(here, self.size.width, self.visual_style, palette_of(self))


_MOST = 4  # Lines that what happened may take.
_LEAST = 12  # Cells that the title keeps, however little room there is.


class Header(Line):
    """Says which document, in which state, which edition, and who is reading."""

    view: View | None = None

    def on_resize(self) -> None:
        """Gives each its room at another width."""
        if self.view:
            self.tell(self.view)

    def tell(self, view: View | None, title: str = "") -> None:
        """Shows what was read."""
        self.view = view
        if view is None:
            self.show(join((" manifesto-tui ", "title"), (title, "quiet")))
            return
        manifesto = view.assembly.manifesto
        state = "being drafted" if manifesto.state == "drafting" else "in force"
        edition, is_it = view.edition
        if edition:
            state += f", edition {edition}" if is_it else f", changed since {edition}"
        who, whole = words("reading only ", "quiet"), EMPTY
        if view.member:
            named = join(("you: ", "quiet"), line(view.member.name, "strong"))
            parts = (view.member.constituency, "steward" if view.member.is_steward else "")
            told = "".join(f", {part}" for part in parts if part)
            who, whole = join(named, " "), join(named, line(f"{told} ", "quiet"))
        # A long title gives way to the state: which text this is matters more than its last word.
        # What one is beside one's name gives way to the title.
        name, taken = line(manifesto.title, "title"), len(state) + len("    ") + 1
        width = self.app.size.width
        if whole and width >= 100 and name.cell_length + taken + whole.cell_length <= width:
            who = whole
        room = width - who.cell_length - taken
        name = name.truncate(max(room, _LEAST), ellipsis=True)
        self.show(join(" ", name, (f"  {state}", "quiet")), who)


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
