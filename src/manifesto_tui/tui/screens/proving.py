"""Replays the history behind a dialog, and shows in it what was proved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from manifesto_tui.governance.problem import Refused
from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.progress import bar
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.widgets.entries import Footer
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.governance.replay import Proof


class Proving(Report):
    """How far a proof has come, then its verdict; leaving it stops what goes on."""

    actions = (replace(BY_ID["dialog.cancel"], label="stop"),)

    @dataclass
    class Came(Message):
        """So many of so many commits are replayed."""

        done: int
        of: int

    def __init__(self, session: Session) -> None:
        super().__init__("Proof", [])
        self.session = session
        self.stop = Event()

    def on_mount(self) -> None:
        """Begins."""
        super().on_mount()
        self.again = settings_of(self).told("{verify} begins it again.").plain
        self.work("Replaying the whole history", self._prove, self._proved)

    def _prove(self) -> Proof:
        from manifesto_tui.workflow.verifying import verify

        # Others read on meanwhile: a proof of a hundred thousand votes takes half a minute.
        return self.session.apart(lambda desk: verify(desk.repo, told=self._told))

    def _told(self, done: int, of: int) -> None:
        if self.stop.is_set():
            raise Refused("stopped", "The proof was stopped.", self.again)
        self.post_message(self.Came(done, of))

    @on(Came)
    def _came_on(self, event: Came) -> None:
        event.stop()
        if not self.rows:
            what = f"Replaying {event.of:,} commits"
            self.query_one("#found", Rows).show([Passage(bar(what, event.done, event.of))])

    def _proved(self, proof: Proof) -> None:
        from manifesto_tui.tui.draw.report import proof_rows

        self.rows: list[Row] = proof_rows(proof)
        self.query_one("#keys", Footer).tell(Report.actions)
        self.query_one("#found", Rows).show(self.rows)

    def action_cancel(self) -> None:
        """Leaves with whether it ended, and stops the proof where it still goes on."""
        self.stop.set()
        self.dismiss(not self.under_way)
