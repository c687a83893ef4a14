"""Makes up an assembly to try everything in, and tells its story while it is played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from manifesto_tui.tui.actions import BY_ID, Action
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session


class Trying(Dialog[bool]):
    """Leaves with whether the assembly stands; esc stops making it up."""

    actions: tuple[Action, ...] = (replace(BY_ID["dialog.cancel"], label="stop"),)

    @dataclass
    class Played(Message):
        """One more scene was played."""

        title: str

    def __init__(self, session: Session) -> None:
        super().__init__("A made-up assembly, to try everything in")
        self.session = session
        self.scenes: list[str] = []
        self.stopped = Event()

    def inside(self) -> ComposeResult:
        """Yields the story so far."""
        yield Rows(id="told", picks=False, still=True, fit=12)

    def on_mount(self) -> None:
        """Begins to play."""
        super().on_mount()
        self.work("Playing its story", self._play, self.leave)

    def _play(self) -> bool:
        from manifesto_tui.workflow.demo import play

        here = self.session
        for scene in play(here.directory, here.environment, here.clock()):
            if self.stopped.is_set():
                return False
            self.post_message(self.Played(scene.title))
        return True

    @on(Played)
    def _tell(self, event: Played) -> None:
        event.stop()
        self.scenes.append(event.title)
        rows: list[Row] = [
            Passage(line(title), lead=words("✓ ", "good"), clip=True) for title in self.scenes
        ]
        self.query_one("#told", Rows).show(rows)

    def action_cancel(self) -> None:
        """Stops once the scene that is being played is over: no file is written after that."""
        self.stopped.set()
        self.busy("Stopping")
