"""Narrows a list of amendments (state, author, principle, words, needs), and puts it in order."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.budget import principles
from manifesto_tui.governance.lifecycle import STAGES
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.attention import needs_me
from manifesto_tui.workflow.card import NEEDS, Card


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; what is empty narrows nothing.

    `state` is one of STAGES, `needs` one of NEEDS. `by` is a handle or part of a name,
    `principle` its number, its anchor or the start of its title. Each word of `find` has to stand
    somewhere in the amendment: title, reasons, words, proposer.
    """

    state: str = ""
    by: str = ""
    principle: str = ""
    find: str = ""
    mine: bool = False
    needs: str = ""
    needs_me: bool = False


def _closing(card: Card) -> int:
    """Returns when a ballot closes, later than any for what is not at the ballot."""
    if card.stage != "at the ballot" or card.score is None or card.score.closes < 0:
        return sys.maxsize
    return card.score.closes


ORDERS: dict[str, Callable[[Card], Any]] = {
    "title": lambda card: card.title.casefold(),
    "author": lambda card: card.proposer,
    "newest": lambda card: card.filed,
    "oldest": lambda card: card.filed,
    "closing": _closing,
}
"""What a list may be sorted by; those that are equal keep their order."""


class Sieve:
    """Narrows one list again and again while somebody types; what is looked in is kept ready.

    What is typed are words, and `by:anna`, `in:2` (a principle), `state:open` and `needs:vote`,
    each of which may be begun: `state:o`. `needs:me` and `by:me` are the reader's own. `sort:` with
    one of ORDERS puts what is left in that order.
    """

    def __init__(self, cards: Iterable[Card], assembly: Assembly, handle: str | None) -> None:
        self._assembly = assembly
        self._handle = handle
        self._cards = tuple(cards)
        self._within = [words_of(card) for card in self._cards]
        self._by = [card.proposer for card in self._cards]
        self._states = [card.stage for card in self._cards]
        self._under: dict[str, list[int]] = {}
        self._ranks: dict[str, list[int]] = {}
        for at, card in enumerate(self._cards):
            for anchor in touched(card):
                self._under.setdefault(anchor, []).append(at)

    def keep(self, typed: str) -> list[Card]:
        """Returns the cards that what was typed leaves, in their order or the one it names."""
        left: Iterable[int] = range(len(self._cards))
        rank: list[int] = []
        for word in typed.casefold().split():
            name, colon, value = word.partition(":")
            if colon and name == "in":
                touching = self._touching(value)
                left = [at for at in left if at in touching]
            elif colon and name == "sort":
                rank = self._rank(value) or rank
            elif colon and name in ("by", "state", "needs"):
                left = self._tested(left, name, value)
            else:
                left = [at for at in left if word in self._within[at]]
        if rank:
            left = sorted(left, key=rank.__getitem__)
        return [self._cards[at] for at in left]

    def _rank(self, begun: str) -> list[int]:
        """Returns the place of each card in the order of that name, none for one there is not."""
        name = next((name for name in ORDERS if begun and name.startswith(begun)), "")
        if name and name not in self._ranks:
            key = ORDERS[name]
            at_all = range(len(self._cards))
            places = sorted(at_all, key=lambda at: key(self._cards[at]), reverse=name == "newest")
            ranks = self._ranks[name] = [0] * len(places)
            for rank, at in enumerate(places):
                ranks[at] = rank
        return self._ranks.get(name, [])

    def _touching(self, principle: str) -> frozenset[int]:
        try:
            under = anchors_under(self._assembly, principle)
        except BadInput:
            return frozenset()
        return frozenset(at for anchor in under for at in self._under.get(anchor, ()))

    def _tested(self, left: Iterable[int], name: str, value: str) -> list[int]:
        """Returns those of the cards whose author, state or needs are as wanted.

        Each author and each state is looked at once, however many cards have it.
        """
        if name == "needs":
            test = self._needed(value)
            return [at for at in left if test(self._cards[at])]
        of, is_it = (self._by, self._is_by) if name == "by" else (self._states, _is_state)
        wanted = {each for each in set(of) if is_it(each, value)}
        return [at for at in left if of[at] in wanted]

    def _is_by(self, proposer: str, value: str) -> bool:
        if value == "me":
            return proposer == self._handle
        return proposer.startswith(value) or _is_named(proposer, value, self._assembly)

    def _needed(self, value: str) -> Callable[[Card], bool]:
        if value == "me":
            return lambda card: needs_me(card, self._assembly, self._handle)
        return lambda card: any(need.startswith(value) for need in card.asks)


def narrowed(
    cards: Iterable[Card], wanted: Wanted, assembly: Assembly, handle: str | None
) -> tuple[Card, ...]:
    """Returns the cards that are wanted, in their order.

    Raises BadInput for a state, a need or a principle that there is not.
    """
    _known("state", wanted.state, STAGES)
    _known("need", wanted.needs, NEEDS)
    under = anchors_under(assembly, wanted.principle) if wanted.principle else frozenset()
    words = wanted.find.casefold().split()
    return tuple(
        card
        for card in cards
        if (not wanted.state or card.stage == wanted.state)
        and (not wanted.by or _is_named(card.proposer, wanted.by.casefold(), assembly))
        and (not wanted.principle or not under.isdisjoint(touched(card)))
        and (not wanted.mine or (handle is not None and card.proposer == handle))
        and (not wanted.needs or wanted.needs in card.asks)
        and (not wanted.needs_me or needs_me(card, assembly, handle))
        and (not words or _has(card, words))
    )


def anchors_under(assembly: Assembly, named: str) -> frozenset[str]:
    """Returns the anchors of a principle; BadInput "principle-unknown" where there is none."""
    wanted = named.removeprefix("#").casefold()
    found = principles(assembly.text)
    for key, principle in found.items():
        if wanted in (key, principle.number) or principle.title.casefold().startswith(wanted):
            return frozenset(clause.anchor for clause in principle.clauses if clause.anchor)
    titles = "; ".join(f"{p.number} {p.title}" for p in found.values())
    raise BadInput("principle-unknown", f"No principle is “{named}”.", f"There are: {titles}.")


def touched(card: Card) -> frozenset[str]:
    """Returns the anchors that an amendment changes, or puts something after."""
    amendment = card.proposal.amendment
    changes = amendment.changes if amendment else ()
    places = (place for c in changes for place in (c.clause, c.after, c.move_after))
    return frozenset(place for place in places if place)


def words_of(card: Card) -> str:
    """Returns everything in an amendment that one may look for, in small letters."""
    amendment = card.proposal.amendment
    said = [card.id, card.title, card.proposer, card.stage]
    if amendment:
        said.append(amendment.rationale)
        said += (words for c in amendment.changes for words in (c.was, c.now) if words)
    return "\n".join(said).casefold()


def _has(card: Card, words: list[str]) -> bool:
    within = words_of(card)
    return all(word in within for word in words)


def _is_named(handle: str, wanted: str, assembly: Assembly) -> bool:
    member = assembly.roll.by_handle.get(handle)
    return wanted == handle or (member is not None and wanted in member.name.casefold())


def _is_state(stage: str, begun: str) -> bool:
    return stage.replace(" ", "-").startswith(begun.replace(" ", "-"))


def _known(what: str, word: str, words: tuple[str, ...]) -> None:
    if word and word not in words:
        raise BadInput(
            f"{what}-unknown", f"“{word}” is not a {what}.", f"There are: {', '.join(words)}."
        )
