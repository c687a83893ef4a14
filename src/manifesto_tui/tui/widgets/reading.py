"""Reads: the outline, the numbered text, and what is proposed on the selected clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.clause import clause_rows
from manifesto_tui.tui.draw.text import clauses_by_key, outline_rows, section_of, text_rows
from manifesto_tui.tui.lately import Lately
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.prose import Clause, ClauseChange
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.life import Wording

MEASURE = 84


class Reading(Container):
    """The first screen: what the manifesto says, and where it is disputed."""

    @dataclass
    class ClausePicked(Message):
        """Another clause is selected."""

        clause: Clause | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.outline = Rows(id="outline", stacked=6)
        self.text = Rows(id="text", measure=MEASURE)
        self.life = Rows(id="life", picks=False)
        self.beside = Pane("This clause", self.life, id="life-pane")
        self.view: View | None = None
        self.compact = False
        self.marked = False
        self.clauses: dict[str, tuple[str, Clause]] = {}
        self.changes: Lately[Sequence[ClauseChange]] = Lately()
        self.wordings: Lately[Sequence[Wording] | None] = Lately()

    def compose(self) -> ComposeResult:
        """Yields the three panes; the style sheet hides the third where there is no room."""
        yield Pane("Outline", self.outline, id="outline-pane")
        yield Pane("Text", self.text, id="text-pane")
        yield self.beside

    def show(self, view: View) -> None:
        """Shows what was read, keeping the place."""
        self.view = view
        text = view.assembly.text
        self.clauses = clauses_by_key(text)
        self.changes.clear()
        self.wordings.clear()
        self._show_text()
        with self.prevent(Rows.Moved):
            self.outline.show(outline_rows(view, self.compact))
        self._tell()

    @property
    def detail(self) -> Rows:
        """What is read beside the selection: the life of the clause, else the text."""
        return self.life if self.beside.display else self.text

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

    def learn(self, found: Mapping[str, Sequence[ClauseChange]]) -> None:
        """Takes in the changes of amendments that were worked out meanwhile."""
        if self.marked:  # All that are open stand in the text, however many.
            self.changes.update(found)
            self._show_text()
        else:
            self.changes.take(found)
        if any(card.id in found for card in self._told(self.text.key)):
            self._show_life()

    def mark(self) -> bool:
        """Shows the text with what is proposed in place, or without; says which."""
        self.marked = not self.marked
        self._show_text()
        return self.marked

    def next_amended(self, way: int) -> bool:
        """Goes to the next clause that an open amendment touches; says whether there is one."""
        if self.view is None or not self.clauses:
            return False
        keys = list(self.clauses)
        begin = keys.index(self.text.key) if self.text.key in self.clauses else 0
        for step in range(1, len(keys) + 1):
            key = keys[(begin + way * step) % len(keys)]
            if any(c.is_still_open for c in self.view.on_clause.get(key, ())):
                return self.text.select(key)
        return False

    def _show_text(self) -> None:
        if self.view is None:
            return
        shown = self.changes if self.marked else None
        rows = text_rows(self.view, self.view.assembly.text, shown)
        pane = self.query_one("#text-pane", Pane)
        pane.tell("Text, with what is proposed" if self.marked else "Text")
        with self.prevent(Rows.Moved):
            self.text.show(rows or self._nothing())

    def _nothing(self) -> list[Row]:
        begin = settings_of(self).told("Press {edit} to write the first words.", "quiet")
        return [
            Passage(words("There is no text yet.", "strong"), key="empty"),
            Passage(begin, above=1),
        ]

    def wanted(self) -> list[str]:
        """Returns the amendments on the selected clause whose changes are not known yet."""
        place = self.place
        if self.view is None or place is None:
            return []
        if self.marked:
            return [
                card.id
                for card in self.view.cards
                if card.is_still_open and card.is_amendment and card.id not in self.changes
            ]
        told = self._told(self.text.key)
        return [c.id for c in told if c.is_amendment and not self.changes.again(c.id)]

    def wanted_next(self) -> list[str]:
        """Returns those on the clauses that the next key may select, where theirs are not known."""
        beside = () if self.marked else self.text.near()[:2]
        told = {card.id: card.is_amendment for key in beside for card in self._told(key)}
        return [each for each in told if told[each] and each not in self.changes]

    def _told(self, key: str) -> tuple[Card, ...]:
        """Returns the amendments that are told whole on a clause, by its key."""
        if self.view is None or key not in self.clauses:
            return ()
        return self.view.told_on(self.clauses[key][1].anchor or "")[0]

    def wanted_life(self) -> str:
        """Returns the anchor of the selected clause where its life is shown and not known yet."""
        anchor = (self.place[1].anchor if self.place else "") or ""
        shown = self.view is not None and self.detail is self.life
        return anchor if shown and not self.wordings.again(anchor) else ""

    def learn_life(self, anchor: str, wordings: Sequence[Wording] | None) -> None:
        """Takes in every wording that a clause has had, None where they take long to find."""
        self.wordings.take({anchor: wordings})
        if wordings is not None and self.place and self.place[1].anchor == anchor:
            self._show_life(top=False)

    def _show_life(self, top: bool = True) -> None:
        place = self.place
        if self.view is None or place is None:
            self.life.show([])
            return
        clause = place[1]
        self.beside.tell(f"Clause {clause.number}" if clause.number else "This clause")
        anchor = clause.anchor or ""
        told, wordings = settings_of(self).told, self.wordings.get(anchor)
        rows = clause_rows(self.view, anchor, clause.number, self.changes, told, wordings)
        self.life.show(rows, top=top)

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
