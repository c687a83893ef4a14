"""Compares two sequences: exactly where they are short, by landmarks where they are long.

An exact comparison needs memory for the square of the length. So a long sequence is first cut at
what stands exactly once on both sides and in the same order there (patience, as Bram Cohen
described it), by whole runs up to a stop and then by single elements; only what lies between two
landmarks is compared exactly. What is long and has no landmark at all counts as rewritten.

Sequences are strings, one character an element.
"""

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from rapidfuzz.distance import Indel

Hunk = tuple[int, int, int, int]  # From and until in the old, from and until in the new.

Opcode = tuple[str, int, int, int, int]

EXACT = 1_600
# Elements of old times new that may be compared exactly where there are no landmarks.
LARGEST = 16_000_000
# So many elements that differ can be told apart; surrogates serve as well as any character.
CHARACTERS = sys.maxunicode


def differences(old: str, new: str, stops: Callable[[], str] = str) -> list[Hunk]:
    """Returns where two sequences differ, in order; `stops` gives the elements that end a run."""
    start, tail = _affixes(old, new)
    old, new = old[start : len(old) - tail], new[start : len(new) - tail]
    finer = [*dict.fromkeys([stops(), ""])]
    return touching_joined(_between(old, new, start, start, finer))


def _by_landmarks(old: str, new: str, at: int, to: int, finer: list[str]) -> Iterator[Hunk]:
    """Compares two long sequences between their landmarks: runs up to stops, or elements."""
    stops, *finer = finer
    if stops:
        pattern = re.compile(f"[^{stops}]*+[{stops}]+|[^{stops}]++")
        marks = _run_landmarks(pattern.findall(old), pattern.findall(new))
    else:
        marks = [(i, j, 1) for i, j in unique_in_order(old, new)]
    i = j = 0
    for mark_i, mark_j, size in marks:
        yield from _between(old[i:mark_i], new[j:mark_j], at + i, to + j, finer)
        i, j = mark_i + size, mark_j + size
    yield from _between(old[i:], new[j:], at + i, to + j, finer)


def _between(old: str, new: str, at: int, to: int, finer: list[str]) -> Iterator[Hunk]:
    """Compares what lies between two landmarks, by finer ones where it is long."""
    if old == new:
        return
    if not old or not new:
        yield at, at + len(old), to, to + len(new)
    elif max(len(old), len(new)) <= EXACT:
        yield from _exact(old, new, at, to)
    elif finer:
        yield from _by_landmarks(old, new, at, to, finer)
    else:
        start, tail = _affixes(old, new)
        at, to = at + start, to + start
        old, new = old[start : len(old) - tail], new[start : len(new) - tail]
        if len(old) * len(new) <= LARGEST:
            yield from _exact(old, new, at, to)
        else:
            yield at, at + len(old), to, to + len(new)


def _exact(old: str, new: str, at: int, to: int) -> list[Hunk]:
    """Compares by a longest common subsequence."""
    steps = cast("list[Opcode]", Indel.opcodes(old, new).as_list())
    return touching_joined(
        [(i1 + at, i2 + at, j1 + to, j2 + to) for tag, i1, i2, j1, j2 in steps if tag != "equal"]
    )


def touching_joined(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Returns differences with nothing equal between them as one."""
    joined: list[Hunk] = []
    end: int | None = None
    for i1, i2, j1, j2 in hunks:
        if i1 == end:  # What is equal is as long on one side as on the other.
            joined[-1] = (joined[-1][0], i2, joined[-1][2], j2)
        else:
            joined.append((i1, i2, j1, j2))
        end = i2
    return joined


def _run_landmarks(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Returns where equal runs begin, and how long they are, in elements."""
    marks = []
    i = j = at = to = 0
    for mark_i, mark_j in unique_in_order(old, new):
        i += sum(map(len, old[at:mark_i]))
        j += sum(map(len, new[to:mark_j]))
        at, to = mark_i, mark_j
        marks.append((i, j, len(old[at])))
    return marks


def unique_in_order(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Returns what stands once on either side and in the same order on both."""
    in_old, in_new = Counter(old), Counter(new)
    once = {element for element, count in in_old.items() if count == 1 and in_new[element] == 1}
    if not once:
        return []
    places = {element: i for i, element in enumerate(old) if element in once}
    return increasing([(places[element], j) for j, element in enumerate(new) if element in once])


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the most of some pairs whose first parts increase, as their second parts do."""
    ends: list[int] = []
    chosen: list[int] = []
    previous: list[int | None] = []
    for index, (i, _) in enumerate(pairs):
        at = bisect_left(ends, i)
        ends[at : at + 1] = [i]
        chosen[at : at + 1] = [index]
        previous.append(chosen[at - 1] if at else None)
    found = []
    last = chosen[-1] if chosen else None
    while last is not None:
        found.append(pairs[last])
        last = previous[last]
    found.reverse()
    return found


def _affixes(old: str, new: str) -> tuple[int, int]:
    """Returns how many elements two sequences share at their beginning and at their end."""
    start = _shared(old, new)
    return start, _shared(old[start:][::-1], new[start:][::-1])


def _shared(old: str, new: str) -> int:
    """Returns the length of the common beginning, by halving."""
    lengths = range(min(len(old), len(new)))
    return bisect_left(lengths, True, key=lambda at: not old.startswith(new[: at + 1]))
