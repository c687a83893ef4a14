"""Draws a screen when the terminal has taken what was drawn before.

On a slow line a key that is held down would be followed long after it was let go, frame by frame.
What changes meanwhile is noted, and drawn at once when the terminal has come so far.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import Screen

_AGAIN = 0.03  # Seconds after which the terminal may have come so far.

R = TypeVar("R")


class Paced(Screen[R], Generic[R]):
    """A screen that leaves out the frames for which there is no time."""

    _waits = False

    def _compositor_refresh(self) -> None:
        if not getattr(self.app._driver, "is_behind", False):
            super()._compositor_refresh()
        elif not self._waits:
            self._waits = True
            self.set_timer(_AGAIN, self._draw_what_waits)

    def _draw_what_waits(self) -> None:
        self._waits = False
        # Drawing forgets which widgets asked for it: what has changed since comes along.
        self._compositor.update_widgets(self._dirty_widgets)
        self._compositor_refresh()
