"""Compares two texts word by word.

    >>> word_diff("Suppliers document interfaces.", "Every supplier documents interfaces.")
    [('-', 'Suppliers document'), ('+', 'Every supplier documents'), ('=', ' interfaces.')]

Joining what is kept ("=") and taken ("-") gives the old text, kept and added ("+") the new one, to
the character. White space has no say in which words belong together; what changes in it is shown
as a change of white space.
"""

from manifesto_tui.prose.hunks import clean_hunks
from manifesto_tui.prose.sequence import Hunk
from manifesto_tui.prose.tokens import Tokens, tokenize_both


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """Returns what is kept ("="), taken away ("-") and added ("+"), in reading order."""
    if old == new:
        return [("=", old)] if old else []
    if not old or not new:
        return [("-", old)] if old else [("+", new)]
    before, after = tokenize_both(old, new)
    out = _Marked()
    for (a1, a2), (b1, b2), same in spans(before, after, clean_hunks(before, after)):
        if same:
            out.keep(old[a1:a2])
        else:
            out.change(old[a1:a2], new[b1:b2])
    return out.finish()


Span = tuple[tuple[int, int], tuple[int, int], bool]


def spans(old: Tokens, new: Tokens, hunks: list[Hunk]) -> list[Span]:
    """Returns the characters of both texts piece by piece, and whether the pieces are equal.

    A changed piece does not begin or end with white space that stands in both.
    """
    found: list[Span] = []
    a = b = 0  # What is settled, in characters.
    i = j = 0  # And in words.
    for i1, i2, j1, j2 in [*hunks, (len(old.code), len(old.code), len(new.code), len(new.code))]:
        _same(old, new, (i, i1), (j, j1), (a, b), found)
        if i < i1:
            a, b = old.ends[i1], new.ends[j1]
        i, j = i2, j2
        if i1 == i2 and j1 == j2 and old.text[a:] == new.text[b:]:
            if a < len(old.text):
                found.append(((a, len(old.text)), (b, len(new.text)), True))
            break
        a2, b2 = old.starts[i2], new.starts[j2]
        _changed(old.text, new.text, (a, a2), (b, b2), found)
        a, b = a2, b2
    return found


def _same(
    old: Tokens,
    new: Tokens,
    words: tuple[int, int],
    others: tuple[int, int],
    at: tuple[int, int],
    found: list[Span],
) -> None:
    """Adds equal words; the white space between them may differ."""
    (i, i_end), (j, j_end) = words, others
    if i == i_end:
        return
    a, b = at
    a_end, b_end = old.ends[i_end], new.ends[j_end]
    if old.text[a:a_end] == new.text[b:b_end]:
        found.append(((a, a_end), (b, b_end), True))
        return
    for step in range(i_end - i):
        a2, b2 = old.starts[i + step], new.starts[j + step]
        if old.text[a:a2] != new.text[b:b2]:
            _changed(old.text, new.text, (a, a2), (b, b2), found)
            a, b = a2, b2
        a2, b2 = old.ends[i + step + 1], new.ends[j + step + 1]
        found.append(((a, a2), (b, b2), True))
        a, b = a2, b2


def _changed(
    old: str, new: str, taken: tuple[int, int], added: tuple[int, int], found: list[Span]
) -> None:
    """Adds a changed piece, without the white space at its ends that stands in both."""
    (a, a_end), (b, b_end) = taken, added
    start_a, start_b = a, b
    while a < a_end and b < b_end and old[a] == new[b] and old[a].isspace():
        a += 1
        b += 1
    if a > start_a:
        found.append(((start_a, a), (start_b, b), True))
    tail = 0
    while (
        a_end - tail > a
        and b_end - tail > b
        and old[a_end - tail - 1] == new[b_end - tail - 1]
        and old[a_end - tail - 1].isspace()
    ):
        tail += 1
    if a < a_end - tail or b < b_end - tail:
        found.append(((a, a_end - tail), (b, b_end - tail), False))
    if tail:
        found.append(((a_end - tail, a_end), (b_end - tail, b_end), True))


class _Marked:
    """Gathers pieces into as few marks as there can be."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.kept: list[str] = []
        self.taken: list[str] = []
        self.added: list[str] = []

    def keep(self, text: str) -> None:
        if self.taken or self.added:
            self._settle()
        self.kept.append(text)

    def change(self, taken: str, added: str) -> None:
        if self.kept:
            self.done.append(("=", "".join(self.kept)))
            self.kept = []
        if taken:
            self.taken.append(taken)
        if added:
            self.added.append(added)

    def _settle(self) -> None:
        if self.taken:
            self.done.append(("-", "".join(self.taken)))
        if self.added:
            self.done.append(("+", "".join(self.added)))
        self.taken, self.added = [], []

    def finish(self) -> list[tuple[str, str]]:
        self._settle()
        if self.kept:
            self.done.append(("=", "".join(self.kept)))
        return self.done
