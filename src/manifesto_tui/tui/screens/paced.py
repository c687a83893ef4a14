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

    @property
    def _has_to_wait(self) -> bool:
        behind: bool = getattr(self.app._driver, "is_behind", False)
        return behind or self.app._batch_count > 0

    def _compositor_refresh(self) -> None:
        if not self._has_to_wait:
            super()._compositor_refresh()
        elif not self._waits:
            self._waits = True
            self.set_timer(_AGAIN, self._draw_what_waits)

    def _draw_what_waits(self) -> None:
        self._waits = False
        if not self._has_to_wait:
            # What has changed since comes along, laid out where it has to be: drawing forgets
            # which widgets asked for it, and one that has no place yet would never be drawn.
            Screen._on_timer_update(self)
        self._compositor_refresh()
