"""Gives each key to what the one before it opened, however fast somebody types.

Textual hands a key to whatever has the focus when the key arrives. A key that opens a field, a
dialog or the editor has not been answered by then, so that the letters typed after it would go
to the list behind and run what they mean there. Here a key waits until the one before it was
answered, with all that came of it. Only then is the screen drawn, once, and at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from time import monotonic

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.worker import Worker

_HELD = 0.05  # Seconds for which drawing waits for that, at most.
_ROUNDS = 2  # The key goes from the focus up to the app; then so does what was said on its way.


class InOrder(App[int]):
    """An app that answers one key after the other."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._answering = False  # A key was given out, and not all that came of it has happened.
        self._passing = False  # On the way to find out.
        self._given = 0.0  # When the first was whose answer is not drawn yet.
        self._typed = 0.0  # When the last came.
        self._opening: list[Worker[None]] = []
        self._at_once: frozenset[str] = frozenset()

    async def on_event(self, event: events.Event) -> None:
        """Takes an event; a key or what is pasted waits for its turn."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._ahead.append(event)
            self._typed = monotonic()
            if not self._answering:
                await self._answer_next()
            elif not self._passing:
                self._pass_on(1)  # What was to open may have gone, with nobody left to say so.
        else:
            await super().on_event(event)

    @property
    def is_answering(self) -> bool:
        """Whether not all has happened yet that comes of what was typed."""
        return self._answering

    @property
    def typed_ago(self) -> float:
        """How many seconds ago a key came."""
        return monotonic() - self._typed

    @property
    def holds_back(self) -> bool:
        """Whether more of what is to be drawn is about to come."""
        return self._given > 0 and monotonic() - self._given < _HELD

    def wait_for(self, worker: Worker[None], at_once: Iterable[str] = ()) -> None:
        """Keeps what is typed until the work has opened what it opens.

        The keys `at_once` do not wait, unless something was typed before them that does.
        """
        self._answering = True
        self._opening.append(worker)
        self._at_once = frozenset(at_once)

    def forget_ahead(self, worker: Worker[None]) -> bool:
        """Drops what was typed for what the work does not open; tells whether anything was."""
        if worker not in self._opening or not self._ahead:
            return False
        self._ahead.clear()
        return True

    def opened(self, worker: Worker[None]) -> None:
        """Goes on with what was typed for what the work opens: it is there, or never will be."""
        if worker in self._opening:
            self._opening.remove(worker)
            if not self._passing:
                self._pass_on(_ROUNDS)

    async def _answer_next(self) -> None:
        self._answering = bool(self._ahead)
        if self._ahead:
            self._given = self._given or monotonic()
            await super().on_event(self._ahead.popleft())
            self._pass_on(_ROUNDS)

    def _pass_on(self, rounds: int) -> None:
        """Goes from the focus to the app behind all that was said before, a few times."""
        screen, focus = self.screen, self.focused
        way: list[MessagePump] = list((focus or screen).ancestors_with_self)
        self._passing = True

        async def go(place: int) -> None:
            for at in range(place, len(way)):
                if way[at].call_later(go, at + 1):
                    return  # Else it has gone meanwhile.
            if rounds > 1:
                self._pass_on(rounds - 1)
            elif (screen, focus) != (self.screen, self.focused):
                self._pass_on(1)
            elif not self._opening:
                if not (self._ahead and self.holds_back):
                    self._draw()
                self._passing = False
                await self._answer_next()
            elif all(worker.is_finished for worker in self._opening):
                self._opening.clear()
                self._pass_on(_ROUNDS)
            else:
                self._draw()
                self._passing = False
                if self._ahead and getattr(self._ahead[0], "key", "") in self._at_once:
                    await self._answer_next()

        self.call_later(go, 0)

    def _draw(self) -> None:
        """Draws what came of what was typed, not only at the next sixtieth of a second."""
        self._given = 0.0
        self.screen._on_timer_update()
