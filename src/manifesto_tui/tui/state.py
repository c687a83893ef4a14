"""Holds what the app shows and what may be done with it, as values.

`View` is everything that was read, made by a worker in one go. `State` is where the reader
stands in it; every question "may I do this now?" is answered from it, without a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from manifesto_tui.governance.assembly import Assembly
    from manifesto_tui.governance.proxy import JudgedProxy
    from manifesto_tui.governance.roll import Member
    from manifesto_tui.prose import Clause
    from manifesto_tui.tui.row import Row
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.narrowing import Sieve

Mode = Literal["read", "amendments", "compare", "history"]
MODES: tuple[Mode, ...] = ("read", "amendments", "compare", "history")


_IN_ORDER = ("closed", "at the ballot", "open", "lapsed", "adopted", "rejected")
_TOLD = 12  # So many amendments on one clause are told whole: more than fit on a screen.
_RANK = {stage: at for at, stage in enumerate(_IN_ORDER)}


@dataclass(frozen=True)
class View:
    """Everything that was read at one commit, and who is reading.

    `place` is where this clone sends and fetches, "" for nowhere yet.
    `choose` counts the acts that met what others sent first and wait for somebody to choose.
    `rows` are those of the list of amendments that are drawn already, by whether they take one
    line, then by id.
    """

    assembly: Assembly
    cards: tuple[Card, ...]
    handle: str | None
    member: Member | None
    now: datetime
    where: str = ""
    unsent: int = 0
    place: str = ""
    choose: int = 0
    rows: dict[bool, dict[str, Row]] = field(default_factory=dict, repr=False, compare=False)

    def is_drawn(self, compact: bool) -> bool:
        """Says whether the list of amendments is drawn, in one line each or in two."""
        return self.by_id.keys() <= self.rows.get(compact, {}).keys()

    @cached_property
    def by_id(self) -> dict[str, Card]:
        """Cards by id."""
        return {card.id: card for card in self.cards}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Which of the cards that are still open each one is, by id."""
        still = (card for card in self.cards if card.is_still_open)
        return {card.id: at for at, card in enumerate(still)}

    @cached_property
    def on_clause(self) -> Mapping[str, tuple[Card, ...]]:
        """Every amendment by the clauses it touches, the open ones first."""
        found: dict[str, dict[str, Card]] = {}
        ranked = sorted(self.cards, key=lambda card: not card.is_still_open)
        for card in ranked:
            amendment = card.proposal.amendment
            for change in amendment.changes if amendment else ():
                found.setdefault(change.clause or change.after, {})[card.slug] = card
        return {anchor: tuple(cards.values()) for anchor, cards in found.items()}

    def told_on(self, anchor: str) -> tuple[tuple[Card, ...], int]:
        """The amendments on a clause that are told whole, and how many others there are.

        The open ones come first, then the latest of those that were decided or taken back.
        """
        cards = self.on_clause.get(anchor, ())
        still = min(sum(card.is_still_open for card in cards), _TOLD)
        told = (*cards[:still], *cards[max(len(cards) - _TOLD + still, still) :])
        return told, len(cards) - len(told)

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        from manifesto_tui.governance.budget import words_of

        return words_of(self.assembly.text)

    @cached_property
    def edition(self) -> tuple[str, bool]:
        """The number of the latest edition, "" where there is none, and whether the text is it."""
        from manifesto_tui.governance.edition import latest
        from manifesto_tui.governance.effect import text_digest

        last = latest(self.assembly.editions)
        return (last.number, last.text == text_digest(self.assembly.text)) if last else ("", False)

    @cached_property
    def sieve(self) -> Sieve:
        """What narrows the list of cards while somebody types."""
        from manifesto_tui.workflow.narrowing import Sieve

        return Sieve(self.ordered, self.assembly, self.handle)

    @cached_property
    def ordered(self) -> tuple[Card, ...]:
        """All cards: what needs the reader first, then what is open, then what is done."""
        mine = {card.slug for card in self.for_me}

        def rank(card: Card) -> int:
            return 0 if card.slug in mine else 1 + _RANK.get(card.stage, len(_RANK))

        newest = sorted(self.cards, key=lambda c: (c.filed, c.id), reverse=True)
        return tuple(sorted(newest, key=rank))

    @cached_property
    def for_me(self) -> tuple[Card, ...]:
        """Amendments that wait for the reader: to vote, confirm, answer, revise or count."""
        from manifesto_tui.workflow.attention import needs_me

        return tuple(card for card in self.cards if needs_me(card, self.assembly, self.handle))

    @cached_property
    def waiting(self) -> tuple[Card, ...]:
        """Amendments that need the reader's vote, and ballots between rivals."""
        return tuple(card for card in self.cards if "vote" in card.asks)


@dataclass(frozen=True, slots=True)
class State:
    """Where the reader stands: what `why_not` of an action is asked of.

    `beside` are all amendments on the selected clause, `card` among them.
    `anchors` name the clauses that the selection is about: one in the text, all that an amendment
    or a decision changes, or the one of a change. `changed` says that in Compare a change is
    selected, `whatif` that a what-if stands there.
    """

    mode: Mode = "read"
    view: View | None = None
    clause: Clause | None = None
    card: Card | None = None
    beside: tuple[Card, ...] = ()
    anchors: tuple[str, ...] = ()
    drafts: int = 0
    chosen: int = 0
    busy: str = ""
    no_undo: str = ""
    terminal: bool = True
    playing: bool = False
    finding: bool = False
    changed: bool = False
    whatif: bool = False
    tried: Mapping[str, str] = field(default_factory=dict)

    @property
    def drafting(self) -> bool:
        """Whether the text may still be edited directly."""
        return self.view is not None and self.view.assembly.manifesto.state == "drafting"

    @property
    def member(self) -> Member | None:
        """The member who reads, where the roll knows them."""
        return self.view.member if self.view else None

    @property
    def offered(self) -> tuple[str, ...]:
        """Who gave the reader their proxy on the selected ballot, and waits for an answer."""
        return tuple(
            judged.proxy.giver
            for judged in self._proxies
            if judged.code == "not-accepted" and judged.proxy.holder == self._handle
        )

    @property
    def given(self) -> str:
        """Who has the reader's proxy on the selected ballot, "" for nobody."""
        mine = (j.proxy.holder for j in self._proxies if j.proxy.giver == self._handle and j.stands)
        return next(mine, "")

    @property
    def _handle(self) -> str | None:
        return self.view.handle if self.view else None

    @property
    def _proxies(self) -> tuple[JudgedProxy, ...]:
        return self.card.tally.proxies if self.card and self.card.tally else ()

    def is_mine(self, card: Card) -> bool:
        """Whether the reader proposed the amendment."""
        return self.view is not None and card.proposer == self.view.handle
