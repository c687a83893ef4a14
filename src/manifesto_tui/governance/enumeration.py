"""Finds titles that promise another number of things than follow.

"The five points" over four points is the mistake that an amendment makes by adding or deleting
one. English only: other languages count in other words.

    >>> promised("The five points")
    Promise(number=5, words='five points')
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manifesto_tui.prose import Clause, Text, plain

_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_THINGS = (
    *("points", "principles", "priorities", "commitments", "promises", "pledges", "rules"),
    *("things", "steps", "demands", "aims", "goals", "asks", "values", "reasons", "questions"),
    *("actions", "changes", "recommendations", "requirements", "standards", "parts", "tests"),
    *("ideas", "lessons", "objectives", "measures", "beliefs", "themes", "conditions"),
)
_PROMISE = re.compile(
    rf"\b({'|'.join(_NUMBERS[2:])}|[2-9]|1\d|20)\s+(?:[\w’'-]+\s+){{0,2}}?({'|'.join(_THINGS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """How many things some words promise."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A clause that promises one number of things and is followed by another."""

    path: str
    clause: Clause
    promise: Promise
    found: int

    @property
    def sentence(self) -> str:
        """What is promised and what follows, in one sentence."""
        return f"“{self.promise.words}” is followed by {in_words(self.found)}."


def promised(words: str) -> Promise | None:
    """Returns the first promise of a number of things in some words, or None."""
    match = _PROMISE.search(plain(words))
    if match is None:
        return None
    number = match[1].lower()
    value = int(number) if number.isdigit() else _NUMBERS.index(number)
    return Promise(value, " ".join(match[0].split()))


def in_words(number: int) -> str:
    """Returns a small number in words, a larger one in figures."""
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else str(number or "none")


def wrong_counts(text: Text) -> Iterator[WrongCount]:
    """Yields each heading, or paragraph that ends in a colon, whose promise is not kept.

    Under a heading, its subheadings or the items of its lists are counted, whichever comes
    nearer to the promise; after a paragraph, the items of the list that follows. Where there is
    nothing to count, nothing is promised of it.
    """
    everything = list(text)
    clauses = [clause for _, clause in everything]
    for at, (path, clause) in enumerate(everything):
        if clause.kind == "heading":
            found = [n for n in _under_heading(clauses, at) if n]
        elif clause.kind == "paragraph" and clause.text.rstrip().endswith(":"):
            found = [n for n in (_list_after(clauses, at),) if n]
        else:
            continue
        promise = promised(clause.text)
        if promise and found and promise.number not in found:
            nearest = min(found, key=lambda n: abs(n - promise.number))
            yield WrongCount(path, clause, promise, nearest)


def _under_heading(clauses: Sequence[Clause], at: int) -> tuple[int, int, int]:
    """Counts what a heading heads: subheadings, items of lists, and items of its first list."""
    heading = clauses[at]
    under: list[Clause] = []
    for clause in clauses[at + 1 :]:
        if clause.kind == "heading" and clause.depth <= heading.depth:
            break
        under.append(clause)
    depths = [clause.depth for clause in under if clause.kind == "heading"]
    subheadings = depths.count(min(depths)) if depths else 0
    own: list[Clause] = []
    for clause in under:
        if clause.kind == "heading":
            break
        own.append(clause)
    items = sum(clause.kind == "item" and clause.depth == 1 for clause in own)
    first = next((n for n, clause in enumerate(own) if clause.kind == "item"), None)
    return subheadings, items, 0 if first is None else _list_after(own, first - 1)


def _list_after(clauses: Sequence[Clause], at: int) -> int:
    items = 0
    for clause in clauses[at + 1 :]:
        if clause.kind != "item":
            break
        items += clause.depth == 1
    return items
