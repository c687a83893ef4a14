"""Drives the running app by its keys and reads what stands on its screen."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from types import TracebackType
from typing import Any

from rich.segment import Segment
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from manifesto_tui.tui.app import ManifestoApp
from manifesto_tui.tui.widgets.entries import Entries

_CHARACTERS = {
    "space": " ",
    "enter": "\r",
    "tab": "\t",
    "slash": "/",
    "at": "@",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "exclamation_mark": "!",
}
# A commit as it is shown, and what a dialog leaves to be seen of one at the screen's edge.
_COMMIT = re.compile(r"\b[0-9a-f]{12}\b|\b[0-9a-f]{7}\b|(?<=[╯│])[0-9a-f]{1,6}$", re.MULTILINE)


def _is_waiting(screen: Screen[object]) -> bool:
    asked = screen._layout_required or screen._dirty_widgets or screen._callbacks
    return bool(asked or getattr(screen, "_then", None))


class Driven:
    """An app that runs for a test. `frame` is the screen as text."""

    def __init__(self, app: ManifestoApp, size: tuple[int, int]) -> None:
        self.app = app
        self._running: AbstractAsyncContextManager[Pilot[int]] = app.run_test(size=size)
        self.pilot: Pilot[int] = None  # type: ignore[assignment]

    async def __aenter__(self) -> "Driven":
        self.pilot = await self._running.__aenter__()
        await self.settle()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Any:
        return await self._running.__aexit__(kind, error, trace)

    async def until(self, come: Callable[[], bool]) -> None:
        """Waits until something is so, while work goes on behind; fails where it never is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + 120
        while not come():
            assert loop.time() < end, self.frame
            await self.pilot._wait_for_screen()
            # What goes on behind runs in threads, which want the processor.
            await asyncio.sleep(0.002)

    async def settle(self) -> None:
        """Waits until every message was handled, no work is under way and all is drawn.

        Waits for what happens, never for a time: a slow machine changes nothing.
        """
        quiet = turns = 0
        while quiet < 3 and not self.app._exit:
            turns += 1
            assert turns < 5_000, "the screen never came to rest"
            # What threads and the terminal send arrives in the next turns of the loop.
            for _ in range(4):
                await asyncio.sleep(0)
            await self.pilot._wait_for_screen()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            if running:
                # A dialog that goes when its work is done takes the worker with it, whose thread
                # may not have come to its last line.
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete(running)
            behind = [screen for screen in self.app._background_screens if _is_waiting(screen)]
            for screen in behind:  # Laid out and drawn now, not when its own timer says so.
                screen._on_timer_update()
            resizing = self.app._resize_event is not None  # Told to the screen a moment later.
            drawing = behind or resizing or _is_waiting(self.app.screen)
            busy = self.app.is_answering or running or drawing
            # Nobody goes on from here: what waits for that begins now.
            # What waits until nobody goes on does so behind a dialog, too.
            stack = () if busy else self.app.screen_stack
            resting = [screen for screen in stack if getattr(screen, "resting", None)]
            for screen in resting:
                screen.rested()  # type: ignore[attr-defined]
            quiet = 0 if busy or resting else quiet + 1

    async def press(self, *keys: str) -> "Driven":
        """Presses keys one after another, each seen through to its end."""
        for key in keys:
            self._send(key)
            await self.settle()
        return self

    async def write(self, text: str) -> "Driven":
        """Types letters."""
        for letter in text:
            self._send(letter)
        await self.settle()
        return self

    def _send(self, key: str) -> None:
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        name = _character_to_key(key) if len(key) == 1 else key
        driver = self.app._driver
        assert driver is not None
        event = events.Key(name, character)
        event.set_sender(self.app)
        driver.send_message(event)

    def places(self, line: str = "#footer") -> list[tuple[int, int, str]]:
        """What can be clicked on a line of entries: from where, to where, and its meaning."""
        return list(self.app.screen.query_one(line, Entries)._places)

    async def click(self, line: str, at: int, row: int = 0) -> None:
        """Clicks into a line or a list, so many cells from its left and lines from its top."""
        await self.pilot.click(line, offset=(at, row))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Changes the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def home(self) -> None:
        """Leaves every dialog and goes back to the first screen."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()
            await self.settle()
        await self.press("1", "g")

    def _drawn(self) -> Any:
        screen = self.app.screen
        screen._set_dirty()  # A dialog keeps a picture of what shows behind it.
        return screen._compositor.render_update(
            full=True, screen_stack=self.app._background_screens
        )

    def in_front(self) -> Iterator[Segment]:
        """Yields what stands on the screen, of a dialog what stands in its box."""
        boxes = self.app.screen.query("#box")
        front = boxes.first().region if boxes else self.app.screen.region
        for y, line in enumerate(self._drawn().strips):
            x = 0
            for segment in (segment for strip in line for segment in strip):
                if front.contains(x, y):
                    yield segment
                x += segment.cell_length

    @property
    def frame(self) -> str:
        """What stands on the screen, commits and digests aside."""
        lines = ["".join(strip.text for strip in line).rstrip() for line in self._drawn().strips]
        return _COMMIT.sub(lambda found: "·" * len(found[0]), "\n".join(lines)) + "\n"

    @property
    def status(self) -> str:
        """What the status line says, however many lines that takes."""
        found = self.app.screen.query("#status")
        many = found.first().size.height if found else 1
        return " ".join(line.strip() for line in self.frame.splitlines()[-1 - many : -1])
