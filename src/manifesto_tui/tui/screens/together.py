"""Shows what is sent and fetched while it goes on, and lets one stop it or read on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.widgets.entries import Footer
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.workflow.syncing import Synced


@dataclass
class Transfer:
    """One sending and fetching that goes on: what waits, how far it has come, how to stop it."""

    waits: tuple[str, ...] = ()
    step: str = ""
    stop: Event = field(default_factory=Event)


@dataclass
class Heard(Message):
    """A transfer has come further; `waits`, where given, are the acts that it is to send."""

    transfer: Transfer
    step: str = ""
    waits: tuple[str, ...] = ()


class Together(Dialog[str]):
    """What waits, how far it has come, and at the end what came in.

    Esc stops what goes on and leaves everything as it was; enter leaves it going.
    """

    actions = (
        replace(BY_ID["dialog.send"], label="read on"),
        replace(BY_ID["dialog.cancel"], label="stop"),
    )

    def __init__(self, transfer: Transfer) -> None:
        super().__init__("Send and fetch")
        self.transfer = transfer
        self.is_done = False

    def inside(self) -> ComposeResult:
        """Yields the rows."""
        yield Rows(id="found", picks=False, fit=max(self.app.size.height - 10, 3))

    def on_mount(self) -> None:
        """Shows what waits."""
        super().on_mount()
        self.query_one("#found", Rows).focus()
        self.tell()

    def tell(self) -> None:
        """Shows how far it has come."""
        if not self.is_done:
            rows: list[Row] = [Passage(line(told)) for told in self.transfer.waits]
            self.query_one("#found", Rows).show(rows)
            self.busy(self.transfer.step or "Sending and fetching")

    def finish(self, done: Synced) -> None:
        """Shows what came of it; leaves where the status line says it all."""
        if not (done.came or done.said):
            self.dismiss(None)
            return
        self.is_done = True
        self.busy("")
        self.query_one("#keys", Footer).tell((BY_ID["dialog.cancel"],))
        self.query_one("#found", Rows).show(report(done))

    def on_key(self, event: events.Key) -> None:
        """Lets enter leave it."""
        if event.key == "enter":
            event.stop()
            self.dismiss(None)

    def action_send(self) -> None:
        """Leaves it going."""
        self.dismiss(None)

    def action_cancel(self) -> None:
        """Stops it, where it still goes on."""
        if not self.is_done:
            self.transfer.stop.set()
        self.dismiss(None)


def report(done: Synced) -> list[Row]:
    """Returns the rows that say what came of it: first what people must know."""
    rows: list[Row] = [Passage(line(said), lead=words("! ", "mark"), below=1) for said in done.said]
    rows += [Passage(line(sentence)) for sentence in done.sentences if sentence not in done.said]
    rows += [Passage(line(act), lead=join(("  + ", "good"))) for act in done.came]
    return rows
