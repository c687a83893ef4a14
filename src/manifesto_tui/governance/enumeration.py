"""Finds words that promise another number of things than there are.

"The five points" over four points, or "our five principles" in a text that has six, is the mistake
that an amendment makes by adding or deleting one. English only: other languages count in other
words.

    >>> promised("The five points")
    Promise(number=5, words='five points')
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manifesto_tui.governance.budget import principles
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
_NUMBER = rf"{'|'.join(_NUMBERS[2:])}|[2-9]|1\d|20"
_PROMISE = re.compile(
    rf"\b({_NUMBER})\s+(?:[\w’'-]+\s+){{0,2}}?({'|'.join(_THINGS)})\b",
    re.IGNORECASE,
)


_OURS = re.compile(
    rf"\b(?:our|these|the|all|all of the)\s+(({_NUMBER})\s+principles)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """How many things some words promise."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class WrongCount:
    """Words that promise one number of things where there is another.

    `path` is "" and `line` 0 for the manifesto's title. `of_all` says that the whole text was
    counted, not what follows the words.
    """

    path: str
    line: int
    promise: Promise
    found: int
    of_all: bool = False

    @property
    def sentence(self) -> str:
        """What is promised and what was counted, in one sentence."""
        number = in_words(self.found)
        if self.of_all:
            return f"“{self.promise.words}” are promised, and the text has {number}."
        return f"“{self.promise.words}” is followed by {number}."


def promised(words: str) -> Promise | None:
    """Returns the first promise of a number of things in some words, or None."""
    match = _PROMISE.search(plain(words))
    return _promise(match[1], match[0]) if match else None


def _promise(number: str, words: str) -> Promise:
    value = int(number) if number.isdigit() else _NUMBERS.index(number.lower())
    return Promise(value, " ".join(words.split()))


def in_words(number: int) -> str:
    """Returns a small number in words, a larger one in figures."""
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else str(number or "none")


def wrong_counts(text: Text, title: str = "") -> Iterator[WrongCount]:
    """Yields each promise that is not kept, in the text and in the manifesto's title.

    Under a heading, its subheadings or the items of its lists are counted, whichever comes
    nearer to the promise, and its paragraphs where it has neither; after a paragraph that ends
    in a colon, the items of the list that follows. Where there is nothing to count, nothing is
    promised of it. "Our five principles" are those of the whole text, wherever that is said.
    """
    everything = list(text)
    clauses = [clause for _, clause in everything]
    for at, (path, clause) in enumerate(everything):
        if clause.kind == "heading":
            found = [n for n in _under_heading(clauses, at) if n]
        elif clause.kind == "paragraph" and clause.text.rstrip().endswith(":"):
            found = [n for n in (_list_after(clauses, at),) if n]
        else:
            found = []
        promise = promised(clause.text)
        if promise and found and promise.number not in found:
            nearest = min(found, key=lambda n: abs(n - promise.number))
            yield WrongCount(path, clause.line, promise, nearest)
    yield from _of_all(text, title)


def _of_all(text: Text, title: str) -> Iterator[WrongCount]:
    total = len(principles(text))
    said = [("", 0, title)]
    said += [(path, c.line, plain(c.text)) for path, c in text if c.kind not in ("heading", "code")]
    for path, line, words in said:
        match = _OURS.search(words if path else f"the {words}")
        promise = _promise(match[2], match[1]) if match else None
        if promise and total > 1 and promise.number != total:
            yield WrongCount(path, line, promise, total, of_all=True)


def _under_heading(clauses: Sequence[Clause], at: int) -> tuple[int, ...]:
    """Counts what a heading heads: subheadings, items of lists, and items of its first list.

    Where it has none of these, its paragraphs: with and without one that opens them.
    """
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
    if not subheadings and not items:
        paragraphs = sum(clause.kind == "paragraph" for clause in own)
        return (paragraphs, paragraphs - 1) if paragraphs > 1 else ()
    return subheadings, items, 0 if first is None else _list_after(own, first - 1)


def _list_after(clauses: Sequence[Clause], at: int) -> int:
    items = 0
    for clause in clauses[at + 1 :]:
        if clause.kind != "item":
            break
        items += clause.depth == 1
    return items
