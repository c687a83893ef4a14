"""Draws a screen once, when the terminal has taken what was drawn before.

On a slow line a key that is held down would be followed long after it was let go, frame by frame.
What changes meanwhile is noted, and drawn at once when the terminal has come so far.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.screen import Screen

from manifesto_tui.tui.appearance import app_of

_AGAIN = 0.03  # Seconds after which the terminal may have come so far.
_SOON = 0.002  # Seconds after which all may be there that is to be drawn together.

R = TypeVar("R")


class Paced(Screen[R], Generic[R]):
    """A screen that leaves out the frames for which there is no time."""

    _waits = False
    _then: Callable[[], object] | None = None

    def once_drawn(self, then: Callable[[], object]) -> None:
        """Does something once what is being put together is drawn, which it would hold up."""
        if self._waits:
            self._then = then
        else:
            then()

    @property
    def _pause(self) -> float:
        """After how many seconds a frame may be drawn; 0 for now."""
        if app_of(self).holds_back or getattr(self.app._driver, "is_behind", False):
            return _AGAIN
        return _SOON if self.app._batch_count else 0.0

    def _on_timer_update(self) -> None:
        if app_of(self).holds_back:
            return  # Until all has come that a key changes: it would be drawn piece by piece.
        if self._layout_required and self._repaint_required:
            # In the frame of what is laid out, not in another one after it.
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        pause = self._pause
        if not pause:
            super()._compositor_refresh()
        elif not self._waits:
            self._waits = True
            self.set_timer(pause, self._draw_what_waits)

    def _draw_what_waits(self) -> None:
        self._waits = False
        if not self._pause:
            # What has changed since comes along, laid out where it has to be: drawing forgets
            # which widgets asked for it, and one that has no place yet would never be drawn.
            Paced._on_timer_update(self)
        self._compositor_refresh()
        if self._then and not self.app._batch_count:  # Nobody waits for a slow terminal.
            then, self._then = self._then, None
            then()
