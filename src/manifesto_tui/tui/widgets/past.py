"""Shows decisions and editions in the order of time, and the text as it then read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.cards import heading
from manifesto_tui.tui.draw.nothing import nothing_rows
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.draw.text import text_rows
from manifesto_tui.tui.draw.when import day, minute
from manifesto_tui.tui.row import Divider, Later, Passage, Row
from manifesto_tui.tui.safe import Part, Told, join, line, plain, words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.governance.edition import Edition
    from manifesto_tui.prose import Text
    from manifesto_tui.workflow.card import Card

_SIGNS = {True: ("✓", "good"), False: ("✗", "bad")}


class Past(Container):
    """What was decided, when, and by how many; and which editions were made of it."""

    @dataclass
    class Asked(Message):
        """The text as it read with a decision, or as an edition, is wanted."""

        id: str

    @dataclass
    class Picked(Message):
        """Another decision is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.list = Rows(id="decisions", stacked=8)
        self.detail = Rows(id="then", picks=False, measure=84)
        self.view: View | None = None
        self._is_listed = False

    def compose(self) -> ComposeResult:
        """Yields the list and the detail."""
        yield Pane("Decisions", self.list, id="decisions-pane")
        yield Pane("Then", self.detail, id="then-pane")

    def show(self, view: View) -> None:
        """Shows what was decided, the latest first, once somebody looks."""
        self.view = view
        self._is_listed = False
        if self.display:
            self.list_all()

    def list_all(self) -> None:
        """Lists what was decided, where that was not done since it was read."""
        view = self.view
        if view is None or self._is_listed:
            return
        self._is_listed = True
        with self.prevent(Rows.Moved):
            self.list.show(_rows(view, settings_of(self).told))
        self.query_one("#decisions-pane", Pane).tell(f"Decisions {len(_decided(view))}")
        self._show_detail()

    def wanted(self) -> list[str]:
        """Returns the selected amendment where its votes or signatures are not at hand yet."""
        return [self.card.id] if self.card and not self.card.is_at_hand else []

    def wanted_next(self) -> list[str]:
        """Returns those that the next key may select, where those are not at hand yet."""
        by_id = self.view.by_id if self.view else {}
        beside = [by_id[key] for key in self.list.near()[:2] if key in by_id]
        return [card.id for card in beside if not card.is_at_hand]

    def learn(self, found: Mapping[str, object]) -> None:
        """Shows the selected amendment again where its votes have come."""
        if self.card and self.card.id in found:
            self._show_detail()

    @property
    def card(self) -> Card | None:
        """The decision that is selected, as the card of its amendment."""
        return self.view.by_id.get(self.list.key) if self.view else None

    @property
    def edition(self) -> Edition | None:
        """The edition that is selected."""
        from manifesto_tui.governance.edition import edition_named

        return edition_named(self.view.assembly.editions, self.list.key) if self.view else None

    def show_text(self, id: str, text: Text) -> None:
        """Shows the text as it read with a decision."""
        if self.list.key == id:
            told = self.edition.number if self.edition else ""
            said = f"The text of edition {told}" if told else f"The text when {id} was decided"
            self.query_one("#then-pane", Pane).tell(said)
            self.detail.show(text_rows(None, text), top=True)
            self.detail.focus()

    def _show_detail(self) -> None:
        from manifesto_tui.tui.draw.editions import edition_rows

        card, edition, told = self.card, self.edition, settings_of(self).told
        if self.view and edition:
            self.query_one("#then-pane", Pane).tell(f"Edition {edition.number}")
            self.detail.show(edition_rows(edition, self.view.assembly, told), top=True)
            return
        if card is None or self.view is None:
            self.detail.show([])
            return
        self.query_one("#then-pane", Pane).tell(card.id)
        rows = heading(card, self.view.assembly, told)
        decision = card.proposal.decision
        if decision:
            came = f"Decided {minute(decision.decided)} by {decision.decider}: {decision.outcome}."
            rows.append(Passage(line(came), above=1))
        if card.is_counted and card.tally:
            rows += tally_rows(card.tally)
        rows.append(Passage(told("{list.enter} shows the text as it then read.", "quiet"), above=1))
        self.detail.show(rows, top=True)

    @on(Rows.Moved, "#decisions")
    def _decision_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._show_detail()
        self.post_message(self.Picked())

    @on(Rows.Chosen, "#decisions")
    def _decision_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Asked(event.key))


def _decided(view: View) -> list[Card]:
    return [card for card in view.cards if card.proposal.decision]


def _when(card: Card) -> str:
    return card.proposal.decision.decided if card.proposal.decision else ""


def _rows(view: View, told: Told) -> list[Row]:
    cards, editions = _decided(view), view.assembly.editions
    if not cards and not editions:
        return nothing_rows(
            "Nothing has been decided yet.",
            "Decisions come here once a ballot has closed and was counted.",
            "{mode.amendments} lists what is proposed.",
            told=told,
        )
    # The latest first; what was decided at the time of an edition is in it.
    entries = [(_when(card), 0, _decision_row(card)) for card in cards]
    entries += [(edition.made, 1, _edition_row(edition)) for edition in editions]
    rows: list[Row] = []
    month = ""
    for at, _, row in sorted(entries, key=lambda entry: entry[:2], reverse=True):
        if at[:7] != month:
            month = at[:7]
            rows.append(Divider(words(day(at).partition(" ")[2], "quiet"), above=1 if rows else 0))
        rows.append(row)
    return rows


def _decision_row(card: Card) -> Row:
    return Later(card.id, plain(*_decided_so(card)), len(card.id) + 3, _drawn, card)


def _drawn(card: Card) -> Passage:
    sign, role = _SIGNS[_has_carried(card)]
    lead = join((f"{sign} ", role), line(card.id, "key"), " ")
    return Passage(join(*_decided_so(card)), key=card.id, lead=lead)


def _decided_so(card: Card) -> list[Part]:
    outcome = card.proposal.decision.outcome if card.proposal.decision else ""
    if _has_carried(card) and card.modified_by:
        outcome = f"carried as modified, with the wording of {', '.join(card.modified_by)}"
    role = _SIGNS[_has_carried(card)][1]
    when = (f" · {day(_when(card))}", "quiet")
    return [line(card.title, "strong"), "\n", (outcome, role), when]


def _has_carried(card: Card) -> bool:
    return card.proposal.decision is not None and card.proposal.decision.outcome == "carried"


def _edition_row(edition: Edition) -> Row:
    body = join(
        line(f"Edition {edition.number}", "strong"),
        "\n",
        line(f"by {edition.steward} · {day(edition.made)}", "quiet"),
    )
    return Passage(body, key=edition.tag, lead=words("● ", "mark"))
