"""Shows decisions in the order of time, and the text as it then read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.prose import Text
from manifesto_tui.tui.draw.cards import heading
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.draw.text import text_rows
from manifesto_tui.tui.draw.when import day, moment
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.workflow.reading import Card


class Past(Container):
    """What was decided, when, and by how many."""

    @dataclass
    class Asked(Message):
        """The text as it read after a decision is wanted."""

        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.list = Rows(id="decisions")
        self.detail = Rows(id="then", picks=False, measure=84)
        self.view: View | None = None

    def compose(self) -> ComposeResult:
        """Yields the list and the detail."""
        yield Pane("Decisions", self.list, id="decisions-pane")
        yield Pane("Then", self.detail, id="then-pane")

    def show(self, view: View) -> None:
        """Shows what was decided, the latest first."""
        self.view = view
        with self.prevent(Rows.Moved):
            self.list.show(_rows(view))
        self.query_one("#decisions-pane", Pane).tell(f"Decisions {len(_decided(view))}")
        self._show_detail()

    @property
    def card(self) -> Card | None:
        """The decision that is selected, as the card of its amendment."""
        return self.view.by_id.get(self.list.key) if self.view else None

    def show_text(self, id: str, text: Text) -> None:
        """Shows the text as it read with a decision."""
        if self.card and self.card.id == id:
            self.query_one("#then-pane", Pane).tell(f"The text as decided by {id}")
            self.detail.show(text_rows(None, text), top=True)
            self.detail.focus()

    def _show_detail(self) -> None:
        card = self.card
        if card is None or self.view is None:
            self.detail.show([])
            return
        self.query_one("#then-pane", Pane).tell(card.id)
        rows = heading(card, self.view.assembly)
        decision = card.proposal.decision
        if decision:
            told = f"Decided {moment(decision.decided)} by {decision.decider}: {decision.outcome}."
            rows.append(Passage(line(told), above=1))
        if card.tally:
            rows += tally_rows(card.tally)
        rows.append(Passage(words("enter shows the text as it then read.", "quiet"), above=1))
        self.detail.show(rows, top=True)

    @on(Rows.Moved, "#decisions")
    def _decision_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._show_detail()

    @on(Rows.Chosen, "#decisions")
    def _decision_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Asked(event.key))


def _decided(view: View) -> list[Card]:
    found = [card for card in view.cards if card.proposal.decision]
    return sorted(found, key=lambda c: _when(c), reverse=True)


def _when(card: Card) -> str:
    return card.proposal.decision.decided if card.proposal.decision else ""


def _rows(view: View) -> list[Row]:
    cards = _decided(view)
    if not cards:
        return [
            Passage(words("Nothing has been decided yet.", "strong")),
            Passage(
                words("Decisions come here once a ballot has closed and was counted.", "quiet"),
                above=1,
            ),
        ]
    rows: list[Row] = []
    month = ""
    for card in cards:
        at = _when(card)
        if at[:7] != month:
            month = at[:7]
            rows.append(Divider(words(day(at).partition(" ")[2], "quiet"), above=1 if rows else 0))
        outcome = card.proposal.decision.outcome if card.proposal.decision else ""
        sign, role = ("✓", "good") if outcome == "carried" else ("✗", "bad")
        body = join(line(card.title, "strong"), "\n", (outcome, role), (f" · {day(at)}", "quiet"))
        rows.append(
            Passage(body, key=card.id, lead=join((f"{sign} ", role), line(card.id, "key"), " "))
        )
    return rows
