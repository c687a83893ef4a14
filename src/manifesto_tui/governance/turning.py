"""Finds what would change the outcome of a ballot on one text that is still open.

The answers are the smallest numbers there are, in whole votes: of members who have not voted
yet, of members who would have to answer otherwise, and, where neither is enough by itself, of
those who would have to even if all others voted for it. One vote more for a text never harms it,
and one more against never helps it, so each least number is found by halving; what the
constituencies need adds up, and what is asked in all comes on top.

    >>> [way.said for way in turning(counts, ballot, rules, carries=False)]
    ['3 more votes for it would carry it, at least 2 of them from patients.']
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.phrases import listed
from manifesto_tui.governance.rules import NO_OBJECTION, Rules, Threshold

Answer = Literal["for", "against", "object"]


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one constituency, or of those in none; `missing` have not voted."""

    for_: int = 0
    against: int = 0
    abstain: int = 0
    object: int = 0
    missing: int = 0

    @property
    def opposed(self) -> int:
        """Votes against, objections among them."""
        return self.against + self.object

    @property
    def cast(self) -> int:
        """Votes of any kind."""
        return self.for_ + self.opposed + self.abstain

    def __add__(self, other: "Group") -> "Group":
        return Group(
            self.for_ + other.for_,
            self.against + other.against,
            self.abstain + other.abstain,
            self.object + other.object,
            self.missing + other.missing,
        )


_DOES = {"carried": "carry it", "not carried": "stop it"}
_TOLD = {"for": "vote{} for it", "against": "vote{} against it", "object": "objection{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(ABC):
    """One way in which the outcome would be another: so many votes more, so many changed.

    `further` come from members who have not voted, `changed` from members who answered otherwise.
    `constituencies` says how many at least have to come from where, by name: of those changed,
    if any. Where they may all come from any one of several constituencies, `any_of` names these.
    """

    further: int = 0
    changed: int = 0
    constituencies: Mapping[str, int] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()

    @property
    @abstractmethod
    def said(self) -> str:
        """The way in one sentence."""

    def told(self, more: str, into: str, does: str) -> str:
        """Tells the way: what a vote `more` is, with {} for its plural, what one turns `into`."""
        further, changed = self.further, self.changed
        parts = f"{further} more {more.format(_s(further))}" if further else ""
        parts += ", all there are, and " if further and changed else ""
        parts += f"{changed} vote{_s(changed)} changed to {into}" if changed else ""
        return f"{parts}{self._from_where()} would {does}."

    def _from_where(self) -> str:
        least = self.constituencies
        if self.any_of:
            return f" from any one of {listed(self.any_of, 'or')}"
        if list(least.values()) == [self.changed or self.further]:
            return f" from {next(iter(least))}"
        each = ", ".join(f"{count} from {name}" for name, count in least.items())
        return f", at least {each}," if least else ""

    def as_dict(self) -> dict[str, Any]:
        """Returns the way as `tally --json` prints it; each kind adds what it is to and by."""
        return {
            "further": self.further,
            "changed": self.changed,
            "constituencies": dict(self.constituencies),
            "any_of": list(self.any_of),
            "sentence": self.said,
        }


@dataclass(frozen=True, slots=True)
class Turning(Way):
    """A way to another outcome on one text: `to` is that outcome, `answer` what the votes say."""

    to: Literal["carried", "not carried"]
    answer: Answer

    @property
    def said(self) -> str:
        """The way in one sentence."""
        return self.told(_TOLD[self.answer], f"“{self.answer}”", _DOES[self.to])

    def as_dict(self) -> dict[str, Any]:
        """Returns the way as `tally --json` prints it."""
        return {"to": self.to, "answer": self.answer, **Way.as_dict(self)}


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def turning(
    groups: Mapping[str, Group], ballot: Ballot, rules: Rules, *, carries: bool
) -> tuple[Turning, ...]:
    """Returns the ways in which an open ballot on one text would come out otherwise.

    `groups` holds the answers by constituency, "" for members in none. `carries` says whether
    the votes so far carry the text. Empty where no number of votes would be enough. What would
    put another of several rivals first is for `overtaking` to say.
    """
    asked = _Asked(ballot, rules)
    return _to_stop(groups, asked) if carries else _to_carry(groups, asked)


class _Asked:
    """What a ballot asks of the answers, in all and of each constituency."""

    def __init__(self, ballot: Ballot, rules: Rules) -> None:
        self.silent = ballot.threshold == NO_OBJECTION
        self.may_object = "object" in ballot.choices and not self.silent
        self._quorum = Threshold.parse(ballot.quorum)
        self._share = None if self.silent else Threshold.parse(ballot.threshold)
        self._each = Threshold.parse(ballot.each) if ballot.each else None
        self._each_quorum = None if self.silent else rules.each_quorum
        self._outvotes = rules.objections

    def quorum(self, answers: Group) -> bool:
        return answers.cast >= self._quorum.needed(answers.cast + answers.missing)

    def share(self, answers: Group) -> bool:
        return not answers.opposed if self._share is None else _reached(self._share, answers)

    def agrees(self, answers: Group) -> bool:
        """Whether a constituency with these answers has agreed, and enough of it have voted."""
        members = answers.cast + answers.missing
        if self._each_quorum and answers.cast < self._each_quorum.needed(members):
            return False
        return self._each is None or _reached(self._each, answers)

    def outvoted(self, answers: Group) -> bool:
        """Whether objections, where there are any, would be outvoted."""
        return self._outvotes is not None and _reached(self._outvotes, answers)

    def falls_short(self, answers: Group) -> bool:
        return not self.share(answers)

    def refuses(self, answers: Group) -> bool:
        return not self.agrees(answers)

    def is_blocked(self, answers: Group) -> bool:
        return answers.object > 0 and not self.outvoted(answers)


def _reached(threshold: Threshold, answers: Group) -> bool:
    of = {
        "votes cast": answers.cast,
        "for and against": answers.for_ + answers.opposed,
        "members": answers.cast + answers.missing,
    }[threshold.of]
    return answers.for_ >= max(1, threshold.needed(of))


def _to_carry(groups: Mapping[str, Group], asked: _Asked) -> tuple[Turning, ...]:
    further = _carrying(groups, asked, _with_more, _missing)
    changed = _carrying(groups, asked, _with_changed, _not_for)
    ways = []
    if further:
        ways.append(Turning("carried", "for", further=further[0], constituencies=further[1]))
    if changed:
        ways.append(Turning("carried", "for", changed=changed[0], constituencies=changed[1]))
    if not ways and any(group.missing for group in groups.values()):
        everyone = {name: _with_more(group, group.missing) for name, group in groups.items()}
        left = _carrying(everyone, asked, _with_changed, _not_for)
        if left:
            missing = sum(group.missing for group in groups.values())
            turned, where = left
            ways.append(
                Turning("carried", "for", further=missing, changed=turned, constituencies=where)
            )
    return tuple(ways)


Turn = Callable[[Group, int], Group]
Most = Callable[[Group], int]


def _carrying(
    groups: Mapping[str, Group], asked: _Asked, turn: Turn, most: Most
) -> tuple[int, dict[str, int]] | None:
    """Returns the least votes that carry a text, and how many of them at least from where.

    Either every objection is turned, or those that stay are outvoted: the cheaper of the two.
    """
    found = [
        way
        for clears in (True, False)
        if (way := _carrying_if(groups, asked, turn, most, clears)) is not None
    ]
    return min(found, key=lambda way: way[0], default=None)


def _carrying_if(
    groups: Mapping[str, Group], asked: _Asked, turn: Turn, most: Most, clears: bool
) -> tuple[int, dict[str, int]] | None:
    least: dict[str, int] = {}
    for name, group in groups.items():
        wanted = first(most(group), _agrees(asked, turn, group)) if name else 0
        if clears and group.object:
            # Only its own member turns an objection; a further vote leaves it standing.
            wanted = max(wanted, group.object if turn is _with_changed else most(group) + 1)
        if wanted > most(group):
            return None
        least[name] = wanted
    begun = sum((turn(group, least[name]) for name, group in groups.items()), Group())

    def enough(extra: int) -> bool:
        then = turn(begun, extra)
        outvoted = clears or not then.object or asked.outvoted(then)
        return asked.quorum(then) and asked.share(then) and outvoted

    extra = first(most(begun), enough)
    if extra > most(begun):
        return None
    return sum(least.values()) + extra, {name: k for name, k in least.items() if name and k}


def _agrees(asked: _Asked, turn: Turn, group: Group) -> Callable[[int], bool]:
    return lambda votes: asked.agrees(turn(group, votes))


def _to_stop(groups: Mapping[str, Group], asked: _Asked) -> tuple[Turning, ...]:
    whole = sum(groups.values(), Group())
    refusals: list[tuple[Answer, Callable[[Group], bool], str, Group]] = [
        ("against", asked.falls_short, "", whole),
        *([("object", asked.is_blocked, "", whole)] if asked.may_object else []),  # type: ignore[list-item]
        *(("against", asked.refuses, name, group) for name, group in groups.items() if name),
    ]
    ways = []
    for turn, most in ((_opposing, _missing), (_turned, _not_opposed)):
        found = []
        for answer, fails, name, group in refusals:
            least = first(most(group), _fails(fails, turn, group, answer))
            if least <= most(group):
                found.append((least, answer, name))
        if found:
            least, answer, name = min(found, key=lambda way: way[0])
            # From anywhere goes before: then it matters to no constituency by itself.
            alike = tuple(where for votes, _, where in found if votes == least) if name else ()
            ways.append(
                Turning(
                    "not carried",
                    answer,
                    further=least if turn is _opposing else 0,
                    changed=0 if turn is _opposing else least,
                    constituencies={name: least} if len(alike) == 1 else {},
                    any_of=alike if len(alike) > 1 else (),
                )
            )
    return tuple(ways)


def _fails(
    fails: Callable[[Group], bool],
    turn: Callable[[Group, int, Answer], Group],
    group: Group,
    answer: Answer,
) -> Callable[[int], bool]:
    return lambda votes: fails(turn(group, votes, answer))


def _missing(group: Group) -> int:
    return group.missing


def _not_opposed(group: Group) -> int:
    return group.for_ + group.abstain


def _not_for(group: Group) -> int:
    return group.opposed + group.abstain


def _with_more(group: Group, votes: int) -> Group:
    return replace(group, for_=group.for_ + votes, missing=group.missing - votes)


def _with_changed(group: Group, votes: int) -> Group:
    """Turns answers into votes for it: objections first, then votes against, then abstentions."""
    objecting = min(votes, group.object)
    against = min(votes - objecting, group.against)
    abstaining = votes - objecting - against
    return Group(
        group.for_ + votes,
        group.against - against,
        group.abstain - abstaining,
        group.object - objecting,
        group.missing,
    )


def _opposing(group: Group, votes: int, answer: Answer) -> Group:
    objecting = votes if answer == "object" else 0
    return replace(
        group,
        against=group.against + votes - objecting,
        object=group.object + objecting,
        missing=group.missing - votes,
    )


def _turned(group: Group, votes: int, answer: Answer) -> Group:
    """Turns votes for it, then abstentions, into votes against it or objections."""
    objecting = votes if answer == "object" else 0
    abstaining = max(0, votes - group.for_)
    return Group(
        group.for_ + abstaining - votes,
        group.against + votes - objecting,
        group.abstain - abstaining,
        group.object + objecting,
        group.missing,
    )


def first(most: int, holds: Callable[[int], bool]) -> int:
    """Returns the least number up to `most` for which something holds from there on, else more."""
    return bisect_left(range(most + 1), True, key=holds)
