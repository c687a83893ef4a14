"""Puts a name above a view."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget

from manifesto_tui.tui.safe import Part
from manifesto_tui.tui.widgets.chrome import Title


class Pane(Vertical):
    """A titled part of the screen."""

    DEFAULT_CSS = "Pane { height: 1fr; width: 1fr; }"

    def __init__(self, name: str, *inside: Widget, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heading = Title(name)
        self.inside = inside

    def compose(self) -> ComposeResult:
        """Yields the name and what stands under it."""
        yield self.heading
        yield from self.inside

    def tell(self, name: str, note: Part = "") -> None:
        """Shows another name and note."""
        self.heading.tell(name, note)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Marks the pane that has the focus; says so to what is beside it."""
        self.heading.refresh()
        if isinstance(self.parent, Widget):
            self.parent.set_class(self is not self.parent.children[0], "-beside")

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Takes the mark away."""
        self.heading.refresh()
