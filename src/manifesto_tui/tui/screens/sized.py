"""Lays a screen out and draws it once when the terminal gets another size.

Textual lays it out and draws it, and only then looks whether that size means another arrangement
of the panes. Each widget that got another size then asks for both again. A long text would be
wrapped for a width that it never has, and shown so.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Sized(Screen[None]):
    """A screen that is arranged for its size before it is laid out, once."""

    def _screen_resized(self, size: Size) -> None:
        if self.app.screen is not self:
            super()._screen_resized(size)  # A dialog stands before it, which sees to itself first.
            return
        before = self._size
        if not self._arrange(size) and size == before:
            return  # It is told of it once more by itself.
        bars = {widget: widget.scrollbars_enabled for widget in self._inside}
        super()._screen_resized(size)
        for widget in self._inside:
            if bars.get(widget) != widget.scrollbars_enabled:
                continue  # A bar came or went: it is laid out once more.
            if size != before:  # All of it is drawn.
                widget._repaint_required = False
            if not isinstance(widget, ScrollView):  # These ask only where they know why.
                widget._layout_required = False

    @property
    def _inside(self) -> list[Widget]:
        """All that it consists of, with the bars of what scrolls."""
        found = self.walk_children(Widget, with_self=True)
        return [*found, *(bar for widget in found for bar in widget._get_virtual_dom())]

    def _arrange(self, size: Size) -> bool:
        """Takes the styles that go with a size, which is laid out next; says whether others."""
        wide, high = self.app.HORIZONTAL_BREAKPOINTS or [], self.app.VERTICAL_BREAKPOINTS or []
        fits = self._get_breakpoint_classes(size.width, wide)
        fits |= self._get_breakpoint_classes(size.height, high)
        before = self.classes
        self.update_classes({name: name in fits for _, name in (*wide, *high)}, animate=False)
        for widget in self._inside:
            if widget._layout_required:
                for ancestor in widget.ancestors_with_self:
                    if isinstance(ancestor, Widget):
                        ancestor._clear_arrangement_cache()
                        ancestor._layout_updates += 1
        return self.classes != before
