"""Compares two states of the text: the list of changes by weight beside the clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.around import FOLD, Around, around_rows, ordered
from manifesto_tui.tui.draw.changes import summary
from manifesto_tui.tui.draw.nothing import nothing_rows
from manifesto_tui.tui.row import Divider, Passage
from manifesto_tui.tui.safe import line, words
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.publish.redline import Passage as Place
    from manifesto_tui.workflow.comparing import Comparison
    from manifesto_tui.workflow.whatif import WhatIf


class Compare(Container):
    """What differs between two editions, commits or amendments."""

    class Picked(Message):
        """Another change is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.list = Rows(id="changes", stacked=8)
        self.diff = Rows(id="compared", measure=110)
        self.comparison: Comparison | None = None
        self.whatif: WhatIf | None = None
        self.places: Sequence[Place] = ()
        self.changes: Sequence[ClauseChange] = ()
        self.around = Around()

    def compose(self) -> ComposeResult:
        """Yields the list and the clauses."""
        yield Pane("Changes", self.list, id="changes-pane")
        yield Pane("Compare", self.diff, id="compared-pane")

    def draw(self, around: Around) -> None:
        """Draws differences otherwise; the change that is selected stays so, and in sight."""
        self.around = around
        if self.comparison and self.whatif is None:
            self._draw()
            with self.prevent(Rows.Moved):
                self.diff.select(self.list.key, top=True, below=around.before)

    def on_mount(self) -> None:
        """Says what can be done here while nothing is compared."""
        self.draw(settings_of(self).around)
        then = "Press {compare.choose} to choose editions, commits or amendments."
        told = settings_of(self).told
        self.diff.show(nothing_rows("Nothing is compared yet.", then, told=told))

    def show(self, comparison: Comparison) -> None:
        """Shows the changes between two texts."""
        self.comparison = comparison
        self.whatif = None
        from manifesto_tui.publish.redline import redline

        self.places = redline(comparison.before, comparison.after, comparison.changes)
        self.around = replace(self.around, opened=())
        self._tell(comparison, line(f"{comparison.from_} → {comparison.to}").plain)
        self._draw(top=True)

    def _tell(self, comparison: Comparison, title: str) -> None:
        stat = comparison.stat
        note = words(f"+{stat['words_added']} -{stat['words_removed']} words", "quiet")
        self.query_one("#compared-pane", Pane).tell(title, note)

    def _draw(self, top: bool = False) -> None:
        """Draws the changes: from the `top`, else the one that was selected stays so."""
        selected = None if top else self.change
        changes = self.changes = ordered(self.places, self.around)
        key = next((str(at) for at, each in enumerate(changes) if each is selected), "0")
        self.query_one("#changes-pane", Pane).tell(f"Changes {len(changes)}")
        told = settings_of(self).told
        if changes:
            rows = around_rows(self.places, self.around, told, opens=True)
        else:
            then = "{compare.choose} compares other editions, commits or amendments."
            rows = nothing_rows("Both read the same.", then, told=told)
        with self.prevent(Rows.Moved):
            self.list.show(
                [Passage(summary(c), key=str(i), clip=True) for i, c in enumerate(changes)], key
            )
            self.diff.show(rows, key, top=top)
        self.post_message(self.Picked())

    @property
    def change(self) -> ClauseChange | None:
        """The selected change, None where none is selected and in a what-if."""
        key = self.list.key
        return self.changes[int(key)] if self.whatif is None and key.isdigit() else None

    @property
    def words(self) -> str:
        """The words of the selected change, "" where none is selected."""
        return (self.change.now or self.change.was) if self.change else ""

    @property
    def anchors(self) -> tuple[str, ...]:
        """The anchor of the clause whose change is selected, none where it has none."""
        if self.whatif:
            kind, _, found = self.list.key.partition(":")
            return () if found.isdigit() or kind == "part" else (found,)
        clauses = (*self.change.new, *self.change.old) if self.change else ()
        return tuple(clause.anchor for clause in clauses if clause.anchor)[:1]

    def show_whatif(self, found: WhatIf) -> None:
        """Shows the text as it would read with several amendments, each word by whose it is."""
        self.comparison = found.comparison
        self.whatif = found
        fit = [part for part in found.parts if part.fits]
        self.query_one("#changes-pane", Pane).tell(
            f"What if · {len(fit)} of {len(found.parts)} fit"
        )
        from manifesto_tui.tui.draw.whatif import changed_rows, consolidated_rows, legend_rows

        self._tell(found.comparison, "The text as it would read")
        changed = Divider(words("what changes", "quiet"), above=1)
        with self.prevent(Rows.Moved):
            self.list.show([*legend_rows(found), changed, *changed_rows(found)])
            self.diff.show(consolidated_rows(found), top=True)
        self.post_message(self.Picked())

    def step(self, way: int) -> bool:
        """Goes to the next change, or the one before; says whether there is one."""
        before = (self.list.key, self.list.scroll_offset)
        self.list.step(way)
        return (self.list.key, self.list.scroll_offset) != before

    @on(Rows.Moved, "#changes")
    def _change_moved(self, event: Rows.Moved) -> None:
        event.stop()
        with self.prevent(Rows.Moved):
            self.diff.select(event.key, top=True, below=self.around.before)
        self.post_message(self.Picked())

    @on(Rows.Chosen, "#compared")
    def _unfolded(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key.startswith(FOLD):
            # One reads on where the fold was.
            self.around = replace(self.around, opened={*self.around.opened, event.key})
            self._draw()

    @on(Rows.Moved, "#compared")
    def _clause_moved(self, event: Rows.Moved) -> None:
        event.stop()
        with self.prevent(Rows.Moved):
            self.list.select(event.key)
        self.post_message(self.Picked())

    @on(Rows.Chosen, "#changes")
    def _change_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.diff.focus()
