"""Unites two changes of one text, word by word.

Two people amend the same clause. Where their words stand apart, both changes go in; where they
meet, someone must choose, and the exact words are shown. A merge in which both changed the same
sentence is clean for a machine and not yet an agreement: it is called touched.

    >>> merge("We may share data.", "We must share data.", "We may share open data.").state
    'touched'

The outcome does not depend on who is ours and who is theirs.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from manifesto_tui.prose.hunks import raw_hunks, settle
from manifesto_tui.prose.sentence import sentence_spans
from manifesto_tui.prose.tokens import tokenize_both
from manifesto_tui.prose.words import spans


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words that both sides changed, each in its own way."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of two changes; `text` is None in a conflict."""

    text: str | None
    state: Literal["clean", "touched", "conflict"]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters of the base from `start` to `end`, and what stands there instead."""

    start: int
    end: int
    text: str


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Unites the changes from `base` to `ours` and to `theirs`."""
    if ours == theirs or theirs == base:
        return Merge(ours, "clean")
    if ours == base:
        return Merge(theirs, "clean")
    mine, yours = _edits(base, ours), _edits(base, theirs)
    pieces: list[str] = []
    conflicts: list[Conflict] = []
    at = 0
    for start, end, left, right in _regions(mine, yours):
        pieces.append(base[at:start])
        at = end
        here = _with(base, start, end, left)
        there = _with(base, start, end, right)
        if not right or here == there:
            pieces.append(here)
        elif not left:
            pieces.append(there)
        else:
            conflicts.append(Conflict(base[start:end], here, there))
    if conflicts:
        return Merge(None, "conflict", tuple(conflicts))
    pieces.append(base[at:])
    text = "".join(pieces)
    return Merge(text, "touched" if _touched(base, mine, yours) else "clean")


def _edits(base: str, changed: str) -> list[_Edit]:
    """Returns how `changed` differs from `base`, in characters of `base`."""
    before, after = tokenize_both(base, changed)
    hunks = settle(raw_hunks(before, after), before, after)
    return [
        _Edit(a1, a2, changed[b1:b2])
        for (a1, a2), (b1, b2), same in spans(before, after, hunks)
        if not same
    ]


def _regions(
    ours: list[_Edit], theirs: list[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Yields the stretches of the base that either side changed, edits that touch together."""
    i = j = 0
    while i < len(ours) or j < len(theirs):
        left: list[_Edit] = []
        right: list[_Edit] = []
        first = min(edits[k].start for edits, k in ((ours, i), (theirs, j)) if k < len(edits))
        start = end = first
        grown = True
        while grown:
            grown = False
            while i < len(ours) and (ours[i].start <= end):
                end = max(end, ours[i].end)
                left.append(ours[i])
                i += 1
                grown = True
            while j < len(theirs) and (theirs[j].start <= end):
                end = max(end, theirs[j].end)
                right.append(theirs[j])
                j += 1
                grown = True
        yield start, end, left, right


def _with(base: str, start: int, end: int, edits: list[_Edit]) -> str:
    """Returns a stretch of the base with edits made."""
    pieces = []
    for edit in edits:
        pieces += [base[start : edit.start], edit.text]
        start = edit.end
    pieces.append(base[start:end])
    return "".join(pieces)


def _touched(base: str, ours: list[_Edit], theirs: list[_Edit]) -> bool:
    """Whether some sentence was changed by both sides, and not in the same way."""
    shared = set(ours) & set(theirs)
    starts = [start for start, _ in sentence_spans(base)]
    mine = _sentences([edit for edit in ours if edit not in shared], starts)
    yours = _sentences([edit for edit in theirs if edit not in shared], starts)
    return not mine.isdisjoint(yours)


def _sentences(edits: list[_Edit], starts: list[int]) -> set[int]:
    """Returns which sentences edits fall into."""
    found: set[int] = set()
    for edit in edits:
        last = max(edit.start, edit.end - 1)
        found.update(range(bisect_right(starts, edit.start), bisect_right(starts, last) + 1))
    return found
