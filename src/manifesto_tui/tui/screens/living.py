"""Does what actions ask for of one clause: shows what would change it, and what it has read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.timer import Timer

from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Row
from manifesto_tui.tui.safe import Part, join, line
from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.looking import Looking

if TYPE_CHECKING:
    from manifesto_tui.workflow.desk import Desk
    from manifesto_tui.workflow.life import Wording


_REST = 0.25  # Seconds for which a clause stays selected before its history is looked up.


class Living(Looking):
    """The part of the main screen that tells the life of a clause."""

    resting: Timer | None = None
    since: float = 0

    def rest(self) -> None:
        """Has the history of the selected clause looked up once nobody goes on from it."""
        self.since = monotonic()
        if self.resting is None and self.mode == "read" and self.reading.wanted_life():
            self.resting = self.set_timer(_REST, self._due)

    def _due(self) -> None:
        left = self.since + _REST - monotonic()
        if left > 0:  # Somebody went on meanwhile.
            self.resting = self.set_timer(left, self._due)
        else:
            self.rested()

    def rested(self) -> None:
        """Looks up every wording of the selected clause, behind the screen."""
        if self.resting:
            self.resting.stop()
            self.resting = None
        if anchor := self.reading.wanted_life():
            # Nobody asked for these, nor wants to hear why they cannot be had.
            learn = partial(self.reading.learn_life, anchor)
            self.work("", partial(self._wordings, anchor), learn, lambda _: learn(None))

    def _wordings(self, anchor: str) -> Sequence[Wording] | None:
        from manifesto_tui.workflow.life import is_quick, life

        def look(desk: Desk) -> Sequence[Wording] | None:
            return life(desk, anchor) if is_quick(desk) else None

        return self.session.call(look)

    def do_clause_amendments(self) -> None:
        """Shows what the first amendment on the selected clause changes, or the selected one."""
        card = self.state().card
        if card and self.mode != "amendments":
            self.switch("amendments")
            self.amendments.filter("")
            self.amendments.list.select(card.id)
        elif self.amendments.tabs.active == "Diff":
            told = "What it changes stands here already; {diff.style} draws it otherwise."
            self.say(settings_of(self).told(told, "quiet"))
        self.amendments.open_tab("Diff")

    def do_clause_history(self) -> None:
        """Shows every wording of the selected clause, or asks which clause where several are."""
        anchors = self.state().anchors
        if len(anchors) == 1:
            self._show_wordings(anchors[0])
            return
        entries = [Entry(each, join(*self._named(each)), each) for each in anchors]
        finder = Finder("The history of which clause?", entries, "find a clause")
        self.app.push_screen(finder, lambda each: self._show_wordings(each) if each else None)

    def _named(self, anchor: str) -> tuple[Part, ...]:
        by_anchor = self.view.assembly.text.by_anchor if self.view else {}
        if anchor not in by_anchor:
            return (line(anchor, "number"), ("  no longer in the text", "quiet"))
        clause = by_anchor[anchor][1]
        return (line(clause.number or anchor, "number"), "  ", line(clause.text))

    def _show_wordings(self, anchor: str) -> None:
        from manifesto_tui.tui.draw.report import wording_rows
        from manifesto_tui.workflow.explaining import explain

        name = join("The life of clause ", self._named(anchor)[0])

        def read() -> list[Row]:
            return wording_rows(self.session.call(partial(explain, anchor=anchor)))

        def show(rows: list[Row]) -> None:
            self.app.push_screen(Report(name, rows))

        self.work("Reading the history of the clause", read, show)
