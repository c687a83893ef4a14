"""Says who brought and who took which words, where several changed one clause in turn.

    >>> [(c.op, c.text, c.by) for c in contributions(["Say it.", "Say it now.", "Do it now."])]
    [('-', 'Say', 1), ('+', 'Do', 1), ('=', ' it', -1), ('+', ' now', 0), ('=', '.', -1)]

What one brings and another takes away again is in neither the first text nor the last: it is
left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from manifesto_tui.prose.words import word_diff


@dataclass(frozen=True, slots=True)
class Contribution:
    """Words that stayed ("="), went ("-") or came ("+"), and in which step: -1 for none."""

    op: str
    text: str
    by: int = -1


def contributions(steps: Sequence[str]) -> tuple[Contribution, ...]:
    """Returns the words of the first and the last of some texts, each of which follows the other.

    "=" and "-" join to the first text, "=" and "+" to the last, to the character.
    """
    woven = [Contribution("=", steps[0])] if steps and steps[0] else []
    for step, (before, after) in enumerate(pairwise(steps)):
        if before != after:
            woven = _woven(woven, word_diff(before, after), step)
    return tuple(_joined(woven))


def _woven(
    woven: Sequence[Contribution], changes: Sequence[tuple[str, str]], step: int
) -> list[Contribution]:
    """Lays one step's changes over the words that stand; what has gone stays where it was."""
    made: list[Contribution] = []
    waiting = list(reversed(woven))
    for op, text in changes:
        if op == "+":
            made.append(Contribution("+", text, step))
            continue
        left = len(text)
        while left:
            piece = waiting.pop()
            if piece.op == "-":
                made.append(piece)
                continue
            if len(piece.text) > left:
                waiting.append(Contribution(piece.op, piece.text[left:], piece.by))
                piece = Contribution(piece.op, piece.text[:left], piece.by)
            left -= len(piece.text)
            if op == "=":
                made.append(piece)
            elif piece.op == "=":
                made.append(Contribution("-", piece.text, step))
    return [*made, *reversed(waiting)]


def _joined(pieces: Sequence[Contribution]) -> list[Contribution]:
    """Joins neighbours of one kind and one origin."""
    kinds = groupby(pieces, key=attrgetter("op", "by"))
    return [Contribution(op, "".join([p.text for p in same]), by) for (op, by), same in kinds]
