"""Lists amendments, what needs the reader first, beside the detail of the selected one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.around import Around, around_rows
from manifesto_tui.tui.draw.cards import (
    DRAFT,
    TABS,
    card_row,
    discussion_rows,
    draft_row,
    heading,
    life_rows,
    reason_rows,
    with_length,
)
from manifesto_tui.tui.draw.changes import change_rows
from manifesto_tui.tui.draw.nothing import nothing_rows
from manifesto_tui.tui.draw.rules import rules_rows
from manifesto_tui.tui.draw.tally import vote_rows
from manifesto_tui.tui.lately import Lately
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import EMPTY, Told, join, line, words
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.entries import Tabs
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.publish.redline import Passage as Place
    from manifesto_tui.workflow.card import Card


class Amendments(Container):
    """What is proposed, what is at the ballot, and what became of the rest."""

    @dataclass
    class CardPicked(Message):
        """Another amendment is selected."""

        card: Card | None

    @dataclass
    class DraftChosen(Message):
        """One of the reader's own drafts was entered."""

        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.drafts: list[tuple[str, str, str]] = []
        self.list = Rows(id="cards", stacked=8)
        self.tabs = Tabs(TABS, id="tabs")
        self.detail = Rows(id="detail", picks=False, measure=110)
        self.view: View | None = None
        self.needle = ""
        self.around = Around()
        self.compact = False
        self.changes: Lately[Sequence[ClauseChange]] = Lately()
        self.places: Lately[Sequence[Place]] = Lately()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        """Yields the list and the detail."""
        yield Pane("Amendments", self.list, id="cards-pane")
        yield Pane("Detail", self.tabs, self.detail, id="detail-pane")

    def on_mount(self) -> None:
        """Takes over what the reader chose."""
        self.draw(settings_of(self).around)

    def draw(self, around: Around) -> None:
        """Draws differences otherwise."""
        self.around = around
        self._show_detail(top=False)

    # What it shows

    def show(self, view: View, key: str | None = None) -> None:
        """Shows what was read, keeping the selection where it is still listed."""
        self.view = view
        self.changes.clear()
        self.places.clear()
        self.chosen = [name for name in self.chosen if name in view.by_id]
        self._list(key)

    def show_drafts(self, drafts: list[tuple[str, str, str]]) -> None:
        """Lists the reader's own drafts first: id, what each is about, its words."""
        if drafts != self.drafts:
            self.drafts = drafts
            self._list()

    def filter(self, needle: str) -> int:
        """Narrows the list to what was typed, see `narrowing.Sieve`; returns how many are left."""
        self.needle = needle
        return self._list()

    def lay_out(self, compact: bool) -> None:
        """Draws the list in one line an amendment, or in two."""
        if compact != self.compact:
            self.compact = compact
            self._list()
            if self.view:
                self.view.rows.pop(not compact, None)

    def _row(self, card: Card) -> Row:
        """Returns a card's row; a list of thousands is narrowed at every letter."""
        assert self.view is not None
        if card.id in self.chosen:
            number = self.chosen.index(card.id) + 1
            return card_row(card, self.view.handle, self.compact, self.view.now, number)
        drawn = self.view.rows.setdefault(self.compact, {})
        known = drawn.get(card.id)
        if known is None:
            known = drawn[card.id] = card_row(card, self.view.handle, self.compact, self.view.now)
        return known

    def choose(self) -> int:
        """Takes the selected amendment into the set of a what-if, or out; returns how many are."""
        card = self.card
        if card and card.id in self.chosen:
            self.chosen.remove(card.id)
        elif card:
            self.chosen.append(card.id)
        self._list()
        return len(self.chosen)

    def _list(self, key: str | None = None) -> int:
        if self.view is None:
            return 0
        wanted = self.needle.strip()
        cards = self.view.sieve.keep(wanted) if wanted else self.view.ordered
        rows = [] if wanted else [draft_row(key, about, text) for key, about, text in self.drafts]
        drawn = {} if self.chosen else self.view.rows.get(self.compact, {})
        rows += [drawn.get(card.id) or self._row(card) for card in cards]
        if not rows:
            rows = _nothing(bool(self.needle), settings_of(self).told)
        with self.prevent(Rows.Moved):
            self.list.show(rows, key)
        waiting = len(self.view.for_me)
        note = words(f"! {waiting} for you", "mark") if waiting else ""
        # What the list is narrowed to always stands above it.
        of = f" of {len(self.view.cards)} · {line(wanted).plain}" if wanted else " · all"
        self.query_one("#cards-pane", Pane).tell(f"Amendments {len(cards)}{of}", note)
        self._tell(top=False)
        return len(cards)

    @property
    def card(self) -> Card | None:
        """The selected amendment."""
        return self.view.by_id.get(self.list.key) if self.view else None

    def after_vote(self, voted: Card) -> str:
        """Returns which amendment to select once this one is voted on: the next that needs it."""
        if self.view is None or voted.id not in self.view.by_id:
            return voted.id
        listed = [row.key for row in self.list.rows]
        at = listed.index(voted.id) + 1 if voted.id in listed else 0
        others = (self.view.by_id.get(key) for key in (*listed[at:], *listed[:at]))
        return next(
            (
                card.id
                for card in others
                if card and card.needs_my_vote and card.ballot != voted.ballot
            ),
            voted.id,
        )

    def learn(self, found: Mapping[str, Sequence[ClauseChange]]) -> None:
        """Takes in the changes of amendments that were worked out; lets go of the oldest."""
        for name in self.changes.take(found):
            if self.view and (gone := self.view.by_id.get(name)):
                gone.let_go()
        if self.card and not found.keys().isdisjoint((self.card.id, *self.card.rivals)):
            self._show_detail(top=False)

    def wanted(self) -> list[str]:
        """Returns the selected amendment where its changes or its votes are not at hand.

        Of a ballot between rivals, those too.
        """
        shown = [self.card, *self._rivals(self.card)] if self.card else []
        return [c.id for c in shown if not (self.changes.again(c.id) and c.is_at_hand)]

    def _rivals(self, card: Card) -> list[Card]:
        """Returns the rivals that are ranked on a ballot between them."""
        known = self.view.by_id if self.view and card.kind == "ballot" else {}
        return [known[name] for name in card.rivals if name in known]

    def wanted_next(self) -> list[str]:
        """Returns those that the next key may select, where their changes are not known yet."""
        known = self.view.by_id if self.view else {}
        return [key for key in self.list.near() if key in known and key not in self.changes]

    def wanted_around(self) -> str:
        """Returns the selected amendment where the text around its changes is to be shown."""
        card = self.card
        plain = not self.around.context and not self.around.in_text_order
        if card is None or plain or not card.is_on_the_text or card.id in self.places:
            return ""
        return card.id

    def learn_around(self, found: Mapping[str, Sequence[Place]]) -> None:
        """Takes in the text around the changes of amendments that was worked out meanwhile."""
        self.places.take(found)
        if self.card and self.card.id in found:
            self._show_detail(top=False)

    def turn(self, by: int) -> None:
        """Shows the next tab, or the one before."""
        self.tabs.turn(by)
        self._show_detail()

    def open_tab(self, name: str) -> None:
        """Shows a tab by its name."""
        self.tabs.pick(name)
        self._show_detail()

    def _tell(self, top: bool = True) -> None:
        self._show_detail(top)
        self.post_message(self.CardPicked(self.card))

    def _show_detail(self, top: bool = True) -> None:
        card = self.card
        pane = self.query_one("#detail-pane", Pane)
        if card is None or self.view is None:
            pane.tell("Detail")
            self.tabs.tell({})
            self.detail.show(_draft_told(self.list.key, self.drafts, settings_of(self).told))
            return
        pane.tell(card.id)
        self.tabs.tell(
            {
                "Discussion": len(card.discussion) + len(card.proposal.seconds),
                "Votes": len(card.tally.counted) if card.is_counted and card.tally else 0,
            }
        )
        head = heading(card, self.view.assembly, settings_of(self).told)
        body = self._body(card)
        self.detail.show([*head, Passage(EMPTY), *body], top=top)

    def _body(self, card: Card) -> list[Row]:
        assert self.view is not None
        match self.tabs.active:
            case "Diff" | "Reasons" if card.kind == "ballot":
                return self._each_rival(card)
            case "Diff" | "Reasons" | "Votes" if card.kind == "unreadable":
                return []
            case "Diff":
                return self._diff(card)
            case "Reasons":
                return reason_rows(card, self.view.assembly)
            case "Votes":
                return vote_rows(card, self.view.now, settings_of(self).told)
            case "Discussion" | "History" if not card.is_judged:
                return [Passage(words("Looking at the signatures …", "quiet"))]
            case "Discussion":
                return discussion_rows(card, self.view.assembly.text, settings_of(self).told)
            case _:
                return life_rows(card)

    def _each_rival(self, card: Card) -> list[Row]:
        rows: list[Row] = [Passage(words("Rivals, ranked against the text without them:"))]
        for rival in self._rivals(card):
            named = join(line(f"{rival.id} ", "key"), line(rival.title, "title"))
            rows += [Divider(named, above=1), *self._body(rival)]
        return rows

    def _diff(self, card: Card) -> list[Row]:
        if card.rules:
            return rules_rows(card.rules)
        changes = self.changes.get(card.id)
        if changes is None:
            return [Passage(words("Working out what it changes …", "quiet"))]
        places = self.places.get(card.id)
        if places is None:
            rows = change_rows(changes, self.around.style)
        else:
            rows = around_rows(places, self.around, settings_of(self).told)
        return with_length(rows, card, changes, self.view) if self.view else rows

    @on(Rows.Moved, "#cards")
    def _card_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell()

    @on(Rows.Chosen, "#cards")
    def _card_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key.startswith(DRAFT):
            self.post_message(self.DraftChosen(event.key.removeprefix(DRAFT)))
        else:
            self.detail.focus()

    @on(Tabs.Picked)
    def _tab_picked(self, event: Tabs.Picked) -> None:
        event.stop()
        self.open_tab(event.meaning)


def _draft_told(key: str, drafts: list[tuple[str, str, str]], told: Told) -> list[Row]:
    for name, about, text in drafts:
        if key == DRAFT + name:
            return [
                Passage(join(("Your draft on ", "quiet"), line(about, "strong"))),
                Passage(told("Nobody else sees it. {list.enter} goes on with it.", "quiet")),
                Passage(words(text), above=1),
            ]
    return []


def _nothing(filtered: bool, told: Told) -> list[Row]:
    if filtered:
        return [Passage(told("No amendment matches; {back} shows all again.", "quiet"))]
    then = "Press {mode.read} to read, then {amend} on a clause to amend it."
    return nothing_rows("Nothing has been proposed yet.", then, told=told)
