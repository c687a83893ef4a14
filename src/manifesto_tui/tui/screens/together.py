"""Shows what is sent and fetched while it goes on, and lets one stop it or read on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from manifesto_tui.tui.actions import BY_ID, Action, leading
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.dialog import Leading
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


class Together(Leading):
    """What waits, how far it has come, and at the end what came in.

    Esc stops what goes on and leaves everything as it was; enter leaves it going. With `done` it
    is over already.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*leading("choose")]
    actions = (
        replace(BY_ID["dialog.send"], label="read on"),
        replace(BY_ID["dialog.cancel"], label="stop"),
    )

    def __init__(self, transfer: Transfer, done: Synced | None = None) -> None:
        super().__init__("Send and fetch")
        self.transfer = transfer
        self.done = done

    def inside(self) -> ComposeResult:
        """Yields the rows."""
        yield Rows(id="found", picks=False, fit=self.most())

    def on_mount(self) -> None:
        """Shows what waits."""
        super().on_mount()
        self.query_one("#found", Rows).focus()
        if self.done:
            self.finish(self.done)
        self.tell()

    def tell(self) -> None:
        """Shows how far it has come."""
        if not self.done:
            rows: list[Row] = [Passage(line(told)) for told in self.transfer.waits]
            self.query_one("#found", Rows).show(rows)
            self.busy(self.transfer.step or "Sending and fetching")

    def finish(self, done: Synced) -> None:
        """Shows what came of it; leaves where the status line says it all."""
        if not (done.came or done.said):
            self.dismiss(None)
            return
        self.done = done
        self.busy("")
        self.query_one("#keys", Footer).tell(after(done))
        self.query_one("#found", Rows).show(report(done))

    def on_key(self, event: events.Key) -> None:
        """Lets enter leave it."""
        if event.key in settings_of(self).names_of(BY_ID["list.enter"]):
            event.stop()
            self.dismiss(None)

    def action_lead(self, id: str) -> None:
        """Leaves to choose, once it is over."""
        if self.done and self.done.choose:
            super().action_lead(id)

    def action_send(self) -> None:
        """Leaves it going."""
        self.dismiss(None)

    def action_cancel(self) -> None:
        """Stops it, where it still goes on."""
        if not self.done:
            self.transfer.stop.set()
        self.dismiss(None)


def after(done: Synced) -> tuple[Action, ...]:
    """Returns what one may do after reading what came of it."""
    choose = (replace(BY_ID["choose"], label="choose between them"),) if done.choose else ()
    return (*choose, BY_ID["dialog.cancel"])


def report(done: Synced) -> list[Row]:
    """Returns the rows that say what came of it: first what people must know."""
    rows: list[Row] = [Passage(line(said), lead=words("! ", "mark"), below=1) for said in done.said]
    rows += [Passage(line(sentence)) for sentence in done.told if sentence not in done.said]
    rows += [Passage(line(act), lead=join(("  + ", "good"))) for act in done.came]
    return rows
