"""Does what actions ask for between clones: sends, fetches, and chooses where two acts met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.remedies import remedy
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import join, line
from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.screens.enacting import Enacting
from manifesto_tui.tui.screens.sharing import Naming
from manifesto_tui.tui.screens.together import Heard, Together, Transfer

if TYPE_CHECKING:
    from manifesto_tui.workflow.desk import Desk
    from manifesto_tui.workflow.syncing import Progress, Synced
    from manifesto_tui.workflow.weighing import Choice

SYNCING = "Sending and fetching"


class Sending(Enacting):
    """The part of the main screen that speaks with the shared place."""

    transfer: Transfer

    def do_sync(self) -> None:
        """Fetches what others recorded and sends what was recorded here; shows what goes on.

        Where nobody has named the shared place yet, that is asked first.
        """
        from manifesto_tui.workflow import syncing

        if self.view and not self.view.place:
            then = "Then sends what was recorded here."
            self.app.push_screen(Naming(self.session, "", then), self._place_named)
            return
        going = SYNCING in self.under_way
        transfer = self.transfer = self.transfer if going else Transfer()
        self.app.push_screen(Together(transfer), self._after_sync)
        if going:
            return

        def send(desk: Desk) -> Synced:
            self.post_message(Heard(transfer, waits=syncing.waiting(desk).lines))
            watch = syncing.Watch(self._hear(transfer), transfer.stop)
            return syncing.sync(desk, watch)

        self.work(SYNCING, lambda: self.session.apart(send), self._synced, self._not_synced)

    def _place_named(self, place: str | None) -> None:
        if place and self.view:
            self.view = replace(self.view, place=place)
            self.do_sync()

    def _hear(self, transfer: Transfer) -> Callable[[Progress], None]:
        def hear(progress: Progress) -> None:
            self.post_message(Heard(transfer, progress.sentence))

        return hear

    @on(Heard)
    def _heard(self, event: Heard) -> None:
        event.transfer.step = event.step
        event.transfer.waits = event.waits or event.transfer.waits
        self.tell()
        if shown := self._shown_transfer():
            shown.tell()

    def _shown_transfer(self) -> Together | None:
        return next((s for s in self.app.screen_stack if isinstance(s, Together)), None)

    def _synced(self, done: Synced) -> None:
        self.load(join(("✓ ", "good"), line(" ".join(done.told))))
        if shown := self._shown_transfer():
            shown.finish(done)
        elif done.said:
            self.app.push_screen(Together(self.transfer, done), self._after_sync)

    def _after_sync(self, id: str | None) -> None:
        if id:
            self.act(id)

    def do_choose(self) -> None:
        """Lays what was recorded here beside what was sent first, and asks which shall stand."""
        from manifesto_tui.tui.screens.choosing import Choosing
        from manifesto_tui.workflow import weighing

        def ask(found: tuple[Choice, ...]) -> None:
            if found:
                self.app.push_screen(Choosing(self.session, found[0]), chosen)

        def chosen(said: Content | None) -> None:
            if said is not None:
                self.load(said)

        self.work(
            "Comparing yours with theirs",
            lambda: self.session.call(weighing.choices),
            ask,
            opens=True,
        )

    def _not_synced(self, problem: ManifestoError) -> None:
        # Others' acts may have come in, even where nothing could be sent.
        self.load(join(line(f"{problem.sentence} ", "warn"), remedy(problem, settings_of(self))))
        if shown := self._shown_transfer():
            shown.dismiss(None)
        if isinstance(problem, Refused) and problem.code != "stopped":
            # It waits for people, and one line is too short for what they have to know.
            rows: list[Row] = [
                Passage(line(problem.sentence, "warn")),
                Passage(remedy(problem, settings_of(self)), above=1),
            ]
            self.app.push_screen(Report("Nothing was sent", rows))

    def on_unmount(self) -> None:
        """Stops what goes on over a network, so that leaving never waits for it."""
        self.transfer.stop.set()
