"""A whole document of 20,000 words at once, as when a text without clauses was pasted."""

import random
from collections.abc import Callable, Iterator

from benchmarks import words_peers as peers
from benchmarks.measure import Section, memory, ratio, shown, side_by_side
from benchmarks.words_made import clause, edit, written
from manifesto_tui.prose import word_diff
from manifesto_tui.prose.hunks import clean_hunks
from manifesto_tui.prose.tokens import tokenize_both

WORDS = 20_000


def run() -> Iterator[Section]:
    """Yields the table of long texts."""
    dice = random.Random(3)
    made = edit(dice, clause(dice, WORDS), 400)
    was, now = written(made.old), written(made.new)
    a, b = peers.tokens(was), peers.tokens(now)
    old, new = tokenize_both(was, now)
    old.words, old.starts, new.words, new.starts  # noqa: B018
    cydifflib, patience, dmp = peers.by_cydifflib(), peers.by_patience(), peers.by_fast_dmp()
    ways: dict[str, Callable[[], object] | None] = {
        "difflib on tokens": lambda: peers.by_difflib(a, b),
        "cydifflib on tokens": (lambda: cydifflib(a, b)) if cydifflib else None,
        "patiencediff on tokens": (lambda: patience(a, b)) if patience else None,
        "diff-match-patch, C++": (lambda: dmp(was, now)) if dmp else None,
        "ours, to cleaned hunks": lambda: clean_hunks(old, new),
        "ours, from text to marked words": lambda: word_diff(was, now),
    }
    section = Section(
        f"{WORDS:,} words, 400 edits",
        "100× difflib or more; under 10 MB",
        ("way", "time", "against difflib", "memory at most"),
    )
    # difflib takes most of a minute here: it runs once.
    slow = side_by_side({"difflib on tokens": lambda: peers.by_difflib(a, b)}, rounds=1)
    others = {name: way for name, way in ways.items() if way and name not in slow}
    times = {**slow, **side_by_side(others, rounds=5)}
    for name, way in ways.items():
        if way is None:
            section.add(name, peers.ABSENT, "", "")
            continue
        most = "" if name in slow else f"{memory(way):.1f} MB"
        section.add(name, shown(times[name]), ratio(slow["difflib on tokens"], times[name]), most)
    yield section
