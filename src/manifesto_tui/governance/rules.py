"""Says who may do what, and what carries.

Thresholds are exact: `Fraction`s and whole votes, never floats. They are written, stored and
printed in one phrase that a meeting can read aloud:

    >>> Threshold.parse("at least 2/3 of for and against").needed(15)
    10
    >>> Threshold.parse("more than 1/2 of members").needed(42)
    22
    >>> Threshold.parse("at least 11 members").needed(42)
    11
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from manifesto_tui.governance.phrases import counted, listed

Base = Literal["votes cast", "for and against", "members"]
Who = Literal["member", "steward"]

_SHARE = re.compile(
    r"(at least|more than) (\d{1,6})(?:/([1-9]\d{0,5}))? of (votes cast|for and against|members)"
)
_NUMBER = re.compile(r"(at least|more than) (\d{1,6}) members?")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be reached, or a number of members.

    `strict` tells "more than" from "at least": 21 of 42 is at least half, and not more than
    half. `of` names what the share is taken of: votes cast (abstentions among them), votes for
    and against, or all members on the ballot's roll. Where `number` is given it is what must be
    reached, whatever there is to take it of, and `share` is 0.
    """

    share: Fraction
    strict: bool
    of: Base
    number: int | None = None

    @classmethod
    def parse(cls, phrase: str) -> "Threshold":
        """Reads a phrase like "at least 2/3 of for and against" or "at least 11 members".

        Raises ValueError with a sentence where the phrase is another.
        """
        counted = _NUMBER.fullmatch(phrase.strip())
        if counted:
            return cls(Fraction(0), counted[1] == "more than", "members", int(counted[2]))
        match = _SHARE.fullmatch(phrase.strip())
        share = Fraction(int(match[2]), int(match[3] or 1)) if match else Fraction(2)
        if match is None or share > 1:
            raise ValueError(
                f"“{phrase}” is no share and no number — expected one like “at least 2/3 of for "
                "and against”, “more than 1/2 of votes cast”, “at least 1/2 of members” or “at "
                "least 11 members”."
            )
        return cls(share, match[1] == "more than", match[4])  # type: ignore[arg-type]

    def __str__(self) -> str:
        if self.number is not None:
            return f"{self._how} {self.number} members"
        return f"{self._how} {self.share.numerator}/{self.share.denominator} of {self.of}"

    @property
    def _how(self) -> str:
        return "more than" if self.strict else "at least"

    @property
    def in_words(self) -> str:
        """The amount without what it is of: `at least two thirds`, `more than half`."""
        if self.number is not None:
            return f"{self._how} {self.number}"
        return f"{self._how} {share_in_words(self.share)}"

    @property
    def sentence_part(self) -> str:
        """The whole phrase as one says it: `at least two thirds of the votes for and against`."""
        if self.number is not None:
            return f"{self.in_words} {'member' if self.number == 1 else 'members'}"
        of = {
            "votes cast": "the votes cast",
            "for and against": "the votes for and against",
            "members": "the members",
        }[self.of]
        return f"{self.in_words} of {of}"

    def needed(self, of: int) -> int:
        """Returns the least whole number of votes that meets this threshold among `of`."""
        if self.number is not None:
            return self.number + self.strict
        exact = self.share * of
        return floor(exact) + 1 if self.strict else ceil(exact)


NO_OBJECTION = "no objection"
"""What a ballot names instead of a threshold where an editorial amendment carries by silence."""


@dataclass(frozen=True, slots=True)
class Entrenched:
    """What takes more to change than the rest: clauses, by their anchors, and the rules themselves.

    A heading stands for its whole principle. `quorum` and `each` are None where they are the
    ordinary ones. `rules` says that the rules change by such a ballot alone once the text is in
    force.
    """

    threshold: Threshold
    clauses: tuple[str, ...] = ()
    rules: bool = False
    quorum: Threshold | None = None
    each: Threshold | None = None

    def __str__(self) -> str:
        parts = [", ".join(self.clauses), "rules" if self.rules else "", f"{self.threshold}"]
        parts += [f"quorum {self.quorum}" if self.quorum else ""]
        parts += [f"each {self.each}" if self.each else ""]
        return "; ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in `manifesto/rules.yaml`.

    `quorum` and `threshold` are for the whole assembly; `each`, where given, must be met within
    every constituency that has members, and `each_quorum` be present in it. `objections` is the
    share that outvotes an objection: while there is one and that share is not for the amendment,
    it is blocked; None where an objection blocks until it is withdrawn. `lapse_days`, where not
    0, lets an editorial amendment carry by that many days without objection. `idle_days`, where
    not 0, lets an amendment lapse on which nobody acts for so long. Days are whole days.
    `proxies` is how many members one member may vote for besides themselves; 0 allows none.
    `entrenched` names what takes more to change, None where nothing does. `change_days` is how
    long after its ballot closed a change of the rules that carried comes into force.
    """

    name: str = "each-constituency"
    propose: Who = "member"
    second: Who = "member"
    open: Who = "steward"
    decide: Who = "member"
    admit: Who = "steward"
    seconders: int = 0
    discussion_days: int = 0
    voting_days: int = 0
    choices: tuple[str, ...] = ("for", "against", "abstain")
    quorum: Threshold = Threshold(Fraction(1, 2), False, "members")
    threshold: Threshold = Threshold(Fraction(2, 3), False, "for and against")
    each: Threshold | None = Threshold(Fraction(1, 2), True, "for and against")
    signatures: Literal["optional", "required"] = "optional"
    each_quorum: Threshold | None = None
    objections: Threshold | None = None
    lapse_days: int = 0
    idle_days: int = 0
    proxies: int = 0
    entrenched: Entrenched | None = None
    change_days: int = 0


_MAJORITY = Threshold(Fraction(1, 2), True, "for and against")
_WITH_OBJECTIONS = ("for", "against", "abstain", "object")

READY: dict[str, Rules] = {
    "simple": Rules(name="simple", threshold=_MAJORITY, each=None),
    "two-thirds": Rules(name="two-thirds", each=None),
    "each-constituency": Rules(),
    "consent": Rules(
        name="consent",
        threshold=_MAJORITY,
        each=None,
        choices=_WITH_OBJECTIONS,
        objections=Threshold(Fraction(3, 4), False, "votes cast"),
    ),
    "lazy": Rules(
        name="lazy", threshold=_MAJORITY, each=None, choices=_WITH_OBJECTIONS, lapse_days=14
    ),
}
"""Rules that can be taken as they are, by name."""

READY_IN_SHORT: dict[str, str] = {
    "simple": "More than half of those who vote for or against carry an amendment.",
    "two-thirds": "Two thirds of those who vote for or against carry an amendment.",
    "each-constituency": "Two thirds carry an amendment, and more than half in each group of "
    "members that has a name of its own, such as patients.",
    "consent": "More than half carry an amendment; one member who objects stops it, unless three "
    "quarters of all votes are for it.",
    "lazy": "More than half carry an amendment; one member who objects stops it, and a mere "
    "correction carries after 14 days if nobody does.",
}
"""What tells each of the ready rules from the others, in one sentence for a newcomer."""

# A rule that a later version adds is left out of the digest while it has its neutral value:
# the rules that older ballots pinned keep the digest that they had.
_LATER = frozenset(
    {
        *("each_quorum", "objections", "lapse_days", "idle_days", "proxies", "entrenched"),
        "change_days",
    }
)


def rules_digest(rules: Rules) -> str:
    """Returns "sha256:…" over one line `name: value` for each rule, in the order of `Rules`."""
    lines = "".join(f"{line}\n" for line in lines_of(rules))
    return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()


def lines_of(rules: Rules) -> Iterator[str]:
    """Yields the line of each rule, `name: value`, but for what has its neutral value."""
    for field in fields(rules):
        value = getattr(rules, field.name)
        if field.name in _LATER and not value:
            continue
        shown = ", ".join(value) if isinstance(value, tuple) else "none" if value is None else value
        yield f"{field.name.replace('_', '-')}: {shown}"


def describe(rules: Rules) -> tuple[str, ...]:
    """Says what the rules say, in plain sentences, in the order in which they come to matter."""
    choices = listed([f"“{choice}”" for choice in rules.choices], "or")
    said = [
        f"These rules are called “{rules.name}”.",
        f"{_may(rules.propose)} propose an amendment.",
        f"{_may(rules.second)} second one; "
        + (
            f"it needs {counted(rules.seconders, 'seconder')} "
            "besides its proposer before it is put to the vote."
            if rules.seconders
            else "none needs a seconder."
        ),
        f"{_may(rules.open)} put an amendment to the vote, "
        + (
            f"{counted(rules.discussion_days, 'day')} after it was filed or later."
            if rules.discussion_days
            else "at any time after it was filed."
        ),
        f"A ballot stays open for at least {counted(rules.voting_days, 'day')}."
        if rules.voting_days
        else "A ballot stays open until the time that is set when it opens.",
        "It is counted by the rules and the roll that were in force when it opened.",
        f"A member answers {choices}, and may answer again until the ballot closes.",
        *what_carries(rules),
    ]
    if rules.idle_days:
        said.append(
            "An amendment that nobody revises, seconds or speaks of for "
            f"{counted(rules.idle_days, 'day')} lapses, until someone does."
        )
    if rules.proxies:
        most = counted(rules.proxies, "member")
        said.append(
            "A member may let another vote for them on a ballot. The other has to accept, votes "
            f"for {most} besides themselves at most, and cannot pass that on; a member’s own vote "
            "goes before."
        )
    if rules.entrenched:
        said += _entrenched(rules.entrenched)
    said += _changing(rules)
    said.append(f"{_may(rules.decide)} record the result once a ballot has closed.")
    said.append(f"{_may(rules.admit)} admit a member.")
    said.append(
        "Every vote must be signed to count."
        if rules.signatures == "required"
        else "Votes may be signed; an unsigned vote counts, and is labelled unsigned."
    )
    return tuple(said)


def what_carries(rules: Rules) -> tuple[str, ...]:
    """Says what an amendment needs to carry: quorum, share, each constituency, no objection."""
    said = [
        f"There is a quorum when {rules.quorum.sentence_part} have voted, whatever they answered.",
        f"An amendment carries with {rules.threshold.sentence_part}.",
    ]
    if rules.each_quorum:
        said.append(
            f"In each constituency that has members, {rules.each_quorum.sentence_part} "
            "must have voted too."
        )
    if rules.each:
        said.append(
            f"Each constituency that has members must agree as well, with "
            f"{rules.each.sentence_part} in it; one in which nobody votes for or against has "
            "not agreed."
        )
    if "object" in rules.choices:
        said.append(
            "An objection counts as a vote against, and blocks the amendment "
            + (
                f"unless {rules.objections.sentence_part} are for it."
                if rules.objections
                else "until it is withdrawn."
            )
        )
    if rules.lapse_days:
        said.append(
            f"An editorial amendment carries after {counted(rules.lapse_days, 'day')} if nobody "
            "objects or votes against it."
        )
    return tuple(said)


def _changing(rules: Rules) -> list[str]:
    """Says how the rules themselves change, and when that takes effect."""
    bound = rules.entrenched is not None and rules.entrenched.rules
    who = "by ballot alone" if bound else "by ballot, or by a steward’s word"
    said = [f"Once the text is in force the rules change {who}."]
    if rules.change_days:
        at_once = "" if bound else "; what a steward changes does at once"
        when = f"{counted(rules.change_days, 'day')} after its ballot{at_once}"
        said.append(f"What carried comes into force {when}.")
    said.append("Changed rules count for ballots that open after the change.")
    return said


def _entrenched(what: Entrenched) -> list[str]:
    """Says what is entrenched, and what it takes to change it."""
    said = []
    if what.clauses:
        one = len(what.clauses) == 1
        names = listed(what.clauses)
        said.append(
            f"{'Clause' if one else 'Clauses'} {names} {'is' if one else 'are'} entrenched; a "
            "heading stands for all that is under it."
        )
    if what.rules:
        said.append("The rules are entrenched.")
    carries = f"What touches that carries with {what.threshold.sentence_part}"
    if what.each:
        carries += f", and with {what.each.sentence_part} in each constituency"
    if what.quorum:
        carries += f"; there is a quorum then when {what.quorum.sentence_part} have voted"
    said.append(f"{carries}.")
    return said


_FRACTIONS = {
    2: ("half", "halves"),
    3: ("third", "thirds"),
    4: ("quarter", "quarters"),
    5: ("fifth", "fifths"),
}
_NUMBERS = ("no", "one", "two", "three", "four")


def share_in_words(share: Fraction) -> str:
    """Says a share: `half`, `two thirds`, `all`; in figures where words would not be shorter."""
    if share == 1:
        return "all"
    if share == Fraction(1, 2):
        return "half"
    if share.denominator in _FRACTIONS:
        one, many = _FRACTIONS[share.denominator]
        return f"{_NUMBERS[share.numerator]} {one if share.numerator == 1 else many}"
    return f"{share.numerator}/{share.denominator}" if share else "none"


def _may(who: Who) -> str:
    return "Any member may" if who == "member" else "Only stewards may"
