"""Says who may do what, and what carries.

Thresholds are exact: `Fraction`s and whole votes, never floats. They are written, stored and
printed in one phrase that a meeting can read aloud:

    >>> Threshold.parse("at least 2/3 of for and against").needed(15)
    10
    >>> Threshold.parse("more than 1/2 of members").needed(42)
    22
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Base = Literal["votes cast", "for and against", "members"]
Who = Literal["member", "steward"]

_PHRASE = re.compile(
    r"(at least|more than) (\d{1,6})(?:/([1-9]\d{0,5}))? of (votes cast|for and against|members)"
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be reached.

    `strict` tells "more than" from "at least": 21 of 42 is at least half, and not more than
    half. `of` names what the share is taken of: votes cast (abstentions among them), votes for
    and against, or all members on the ballot's roll.
    """

    share: Fraction
    strict: bool
    of: Base

    @classmethod
    def parse(cls, phrase: str) -> "Threshold":
        """Reads a phrase like "at least 2/3 of for and against".

        Raises ValueError with a sentence where the phrase is another.
        """
        match = _PHRASE.fullmatch(phrase.strip())
        share = Fraction(int(match[2]), int(match[3] or 1)) if match else Fraction(2)
        if match is None or share > 1:
            raise ValueError(
                f"“{phrase}” is not a threshold; write it like “at least 2/3 of for and against”, "
                "“more than 1/2 of votes cast” or “at least 1/2 of members”."
            )
        return cls(share, match[1] == "more than", match[4])  # type: ignore[arg-type]

    def __str__(self) -> str:
        share = f"{self.share.numerator}/{self.share.denominator}"
        return f"{'more than' if self.strict else 'at least'} {share} of {self.of}"

    def needed(self, of: int) -> int:
        """Returns the least whole number of votes that meets this threshold among `of`."""
        exact = self.share * of
        return floor(exact) + 1 if self.strict else ceil(exact)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in `manifesto/rules.yaml`.

    `quorum` and `threshold` are for the whole assembly; `each`, where given, must be met within
    every constituency that has members. Days are whole days.
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


READY: dict[str, Rules] = {
    "simple": Rules(
        name="simple",
        threshold=Threshold(Fraction(1, 2), True, "for and against"),
        each=None,
    ),
    "two-thirds": Rules(name="two-thirds", each=None),
    "each-constituency": Rules(),
}
