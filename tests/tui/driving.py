"""Drives the running app by its keys and reads what stands on its screen."""

import re
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any

from textual.pilot import Pilot

from manifesto_tui.tui.app import ManifestoApp


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

    async def settle(self) -> None:
        """Waits until no work is under way and everything is drawn."""
        await self.pilot.pause()
        for _ in range(50):
            running = [w for w in self.app.workers if w.is_running or not w.is_finished]
            if not running:
                break
            await self.app.workers.wait_for_complete(running)
            await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> "Driven":
        """Presses keys one after another, each seen through to its end."""
        for key in keys:
            await self.pilot.press(key)
            if any(not worker.is_finished for worker in self.app.workers):
                await self.settle()
        await self.settle()
        return self

    async def home(self) -> None:
        """Leaves every dialog and goes back to the first screen."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()
            await self.settle()
        await self.press("1", "g")

    async def write(self, text: str) -> "Driven":
        """Types letters."""
        names = {" ": "space", ".": "full_stop", ",": "comma", "-": "minus", "/": "slash"}
        await self.pilot.press(*(names.get(letter, letter) for letter in text))
        await self.settle()
        return self

    async def resize(self, width: int, height: int) -> None:
        """Changes the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def frame(self) -> str:
        """What stands on the screen, commits and digests aside."""
        strips = self.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
        return re.sub(r"\b[0-9a-f]{7}\b", "·······", "\n".join(lines)) + "\n"

    @property
    def status(self) -> str:
        """The status line."""
        return self.frame.splitlines()[-2].strip()
