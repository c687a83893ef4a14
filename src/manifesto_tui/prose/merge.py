"""Unites two changes of one text, word by word.

Two people amend the same clause. Where their words stand apart, both changes go in; where they
meet, someone must choose, and the exact words are shown. A merge in which both changed the same
sentence is clean for a machine and not yet an agreement: it is called touched.

    >>> merge("We may share data.", "We must share data.", "We may share open data.").state
    'touched'

The outcome does not depend on who is ours and who is theirs.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Literal

from manifesto_tui.prose.hunks import raw_hunks, settle
from manifesto_tui.prose.sentence import sentence_starts
from manifesto_tui.prose.tokens import LONG_TEXT, tokenize_both
from manifesto_tui.prose.words import changed_spans


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
    if base in (ours, theirs):
        return Merge(theirs if ours == base else ours, "clean")
    mine, yours = _edits(base, ours), _edits(base, theirs)
    pieces: list[str] = []
    conflicts: list[Conflict] = []
    at = 0
    for start, end, left, right in _regions(mine, yours):
        pieces.append(base[at:start])
        at = end
        here = _with(base, start, end, left or right)
        there = _with(base, start, end, right) if left and right else here
        if here == there:
            pieces.append(here)
        else:
            conflicts.append(Conflict(base[start:end], here, there))
    if conflicts:
        return Merge(None, "conflict", tuple(conflicts))
    pieces.append(base[at:])
    text = "".join(pieces)
    return Merge(text, "touched" if _touched(base, mine, yours) else "clean")


def _edits(base: str, changed: str) -> tuple[_Edit, ...]:
    """Returns how `changed` differs from `base`; an amendment meets many others, so it is kept."""
    if len(base) + len(changed) > LONG_TEXT:
        return _find_edits(base, changed)
    return _remembered_edits(base, changed)


def _find_edits(base: str, changed: str) -> tuple[_Edit, ...]:
    old, new = tokenize_both(base, changed)
    hunks = settle(raw_hunks(old, new), old, new)
    pieces = changed_spans(old, new, hunks)
    return tuple([_Edit(a1, a2, changed[b1:b2]) for a1, a2, b1, b2 in pieces])


_remembered_edits = lru_cache(maxsize=4096)(_find_edits)


def _regions(
    ours: Sequence[_Edit], theirs: Sequence[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Yields the stretches of the base that either side changed, edits that touch together."""
    edits = sorted(
        [(e.start, e.end, 0, e) for e in ours] + [(e.start, e.end, 1, e) for e in theirs],
        key=itemgetter(0),
    )
    at = 0
    while at < len(edits):
        start, end = edits[at][:2]
        sides: tuple[list[_Edit], list[_Edit]] = ([], [])
        while at < len(edits) and edits[at][0] <= end:
            _, until, side, edit = edits[at]
            sides[side].append(edit)
            end = max(end, until)
            at += 1
        yield start, end, *sides


def _with(base: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """Returns a stretch of the base with edits made."""
    pieces = []
    for edit in edits:
        pieces += [base[start : edit.start], edit.text]
        start = edit.end
    pieces.append(base[start:end])
    return "".join(pieces)


def _touched(base: str, ours: Sequence[_Edit], theirs: Sequence[_Edit]) -> bool:
    """Whether some sentence was changed by both sides, and not in the same way."""
    starts = sentence_starts(base)
    shared = set(ours).intersection(theirs)
    mine = _sentences([edit for edit in ours if edit not in shared], starts)
    yours = _sentences([edit for edit in theirs if edit not in shared], starts)
    return not mine.isdisjoint(yours)


def _sentences(edits: Sequence[_Edit], starts: tuple[int, ...]) -> set[int]:
    """Returns which sentences edits fall into."""
    found: set[int] = set()
    for edit in edits:
        last = max(edit.start, edit.end - 1)
        found.update(range(bisect_right(starts, edit.start), bisect_right(starts, last) + 1))
    return found
