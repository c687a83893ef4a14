"""Reads: the outline, the numbered text, and what is proposed on the selected clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.prose import Clause, ClauseChange
from manifesto_tui.tui.draw.cards import clause_rows
from manifesto_tui.tui.draw.text import clauses_by_key, outline_rows, section_of, text_rows
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

MEASURE = 84


class Reading(Container):
    """The first screen: what the manifesto says, and where it is disputed."""

    @dataclass
    class ClausePicked(Message):
        """Another clause is selected."""

        clause: Clause | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.outline = Rows(id="outline")
        self.text = Rows(id="text", measure=MEASURE)
        self.life = Rows(id="life", picks=False)
        self.view: View | None = None
        self.compact = False
        self.clauses: dict[str, tuple[str, Clause]] = {}
        self.changes: dict[str, Sequence[ClauseChange]] = {}

    def compose(self) -> ComposeResult:
        """Yields the three panes; the style sheet hides the third where there is no room."""
        yield Pane("Outline", self.outline, id="outline-pane")
        yield Pane("Text", self.text, id="text-pane")
        yield Pane("This clause", self.life, id="life-pane")

    def show(self, view: View) -> None:
        """Shows what was read, keeping the place."""
        self.view = view
        text = view.assembly.text
        self.clauses = clauses_by_key(text)
        self.changes = {}
        rows = text_rows(view, text)
        empty = [
            Passage(words("There is no text yet.", "strong"), key="empty"),
            Passage(words("Press e to write the first words.", "quiet"), above=1),
        ]
        with self.prevent(Rows.Moved):
            self.text.show(rows or empty)
            self.outline.show(outline_rows(view, self.compact))
        self._tell()

    def lay_out(self, compact: bool) -> None:
        """Draws the outline in one line a heading, or lets headings wrap."""
        if compact != self.compact:
            self.compact = compact
            if self.view:
                with self.prevent(Rows.Moved):
                    self.outline.show(outline_rows(self.view, compact))

    @property
    def place(self) -> tuple[str, Clause] | None:
        """Path and clause that are selected."""
        return self.clauses.get(self.text.key)

    def go(self, key: str) -> bool:
        """Selects a clause by its key."""
        return self.text.select(key)

    def learn(self, id: str, changes: Sequence[ClauseChange]) -> None:
        """Takes in the changes of an amendment that were worked out meanwhile."""
        self.changes[id] = changes
        self._show_life()

    def wanted(self) -> list[str]:
        """Returns the amendments on the selected clause whose changes are not known yet."""
        place = self.place
        if self.view is None or place is None:
            return []
        cards = self.view.on_clause.get(place[1].anchor or "", ())
        return [c.id for c in cards if c.id not in self.changes and c.kind != "ballot"]

    def _show_life(self) -> None:
        place = self.place
        if self.view is None or place is None:
            self.life.show([])
            return
        clause = place[1]
        pane = self.query_one("#life-pane", Pane)
        pane.tell(f"Clause {clause.number}" if clause.number else "This clause")
        rows = clause_rows(self.view, clause.anchor or "", clause.number, self.changes)
        self.life.show(rows, top=True)

    def _tell(self) -> None:
        self._show_life()
        place = self.place
        if self.view and place:
            section = section_of(self.view.assembly.text, self.text.key)
            with self.prevent(Rows.Moved):
                self.outline.select(section)
        self.post_message(self.ClausePicked(place[1] if place else None))

    @on(Rows.Moved, "#text")
    def _clause_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell()

    @on(Rows.Moved, "#outline")
    def _section_moved(self, event: Rows.Moved) -> None:
        event.stop()
        with self.prevent(Rows.Moved):
            self.text.select(event.key, top=True)
        self._show_life()
        place = self.place
        self.post_message(self.ClausePicked(place[1] if place else None))

    @on(Rows.Chosen, "#outline")
    def _section_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.text.focus()
