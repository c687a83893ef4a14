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
    before, after = tokenize_both(old, new)
    marked: list[tuple[str, str]] = []
    at = 0
    taken = added = ""
    for a1, a2, b1, b2 in changed_spans(before, after, clean_hunks(before, after)):
        if at < a1:
            _mark(marked, taken, added)
            taken = added = ""
            marked.append(("=", old[at:a1]))
        taken += old[a1:a2]
        added += new[b1:b2]
        at = a2
    _mark(marked, taken, added)
    if at < len(old):
        marked.append(("=", old[at:]))
    return marked


def _mark(marked: list[tuple[str, str]], taken: str, added: str) -> None:
    if taken:
        marked.append(("-", taken))
    if added:
        marked.append(("+", added))


def changed_spans(old: Tokens, new: Tokens, hunks: list[Hunk]) -> list[Hunk]:
    """Returns the characters that differ, of both texts; in between they are equal.

    No piece begins or ends with white space that stands on both sides. Where words are equal and
    the white space between them is not, that white space is a piece.
    """
    found: list[Hunk] = []
    a_text, b_text = old.text, new.text
    a_starts, a_ends, b_starts, b_ends = old.starts, old.ends, new.starts, new.ends
    a = b = i = j = 0  # What is settled: characters, and words.
    for i1, i2, j1, j2 in [*hunks, (len(old.code), len(old.code), len(new.code), len(new.code))]:
        if i < i1:
            a_end, b_end = a_ends[i1], b_ends[j1]
            if a_text[a:a_end] != b_text[b:b_end]:
                _respaced(old, new, (i, i1, j), (a, b), found)
            a, b = a_end, b_end
        a_end, b_end = a_starts[i2], b_starts[j2]
        piece = _without_shared_space(a_text, b_text, a, a_end, b, b_end)
        if piece is not None:
            found.append(piece)
        a, b, i, j = a_end, b_end, i2, j2
    return found


def _respaced(
    old: Tokens, new: Tokens, words: tuple[int, int, int], at: tuple[int, int], found: list[Hunk]
) -> None:
    """Adds the white space that differs between equal words."""
    i, until, j = words
    a, b = at
    for step in range(until - i):
        a_end, b_end = old.starts[i + step], new.starts[j + step]
        piece = _without_shared_space(old.text, new.text, a, a_end, b, b_end)
        if piece is not None:
            found.append(piece)
        a, b = old.ends[i + step + 1], new.ends[j + step + 1]


def _without_shared_space(
    old: str, new: str, a: int, a_end: int, b: int, b_end: int
) -> Hunk | None:
    """Returns a changed piece without the white space at its ends that stands on both sides."""
    while a < a_end and b < b_end and old[a] == new[b] and old[a].isspace():
        a += 1
        b += 1
    while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1] and old[a_end - 1].isspace():
        a_end -= 1
        b_end -= 1
    return (a, a_end, b, b_end) if a < a_end or b < b_end else None
