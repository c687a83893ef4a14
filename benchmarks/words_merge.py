"""Two changes of one clause united: how fast, and whether git would have written the same."""

import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import words_peers as peers
from benchmarks.measure import Section, ratio, shown, side_by_side
from benchmarks.words_made import clause, edit, written
from manifesto_tui.prose import merge
from manifesto_tui.prose.merge import _remembered_edits
from manifesto_tui.prose.tokens import words_of

COUNT = 200
PEER = "merge3 with patiencediff, text to text"


def run() -> Iterator[Section]:
    """Yields the tables of merging."""
    dice = random.Random(7)
    cases = []
    for _ in range(COUNT):
        base = clause(dice, 60)
        ours, theirs = edit(dice, base, 2).new, edit(dice, base, 2).new
        cases.append((written(base), written(ours), written(theirs)))
    yield _speed(cases)
    yield _agreement(cases)


def _speed(cases: list[tuple[str, str, str]]) -> Section:
    section = Section(
        "Three-way merge of a clause",
        "4× merge3 with patiencediff",
        ("way", "a clause", "against merge3 with patiencediff"),
    )
    merge3, patience = peers.module("merge3"), peers.module("patiencediff")
    cut = [tuple(peers.tokens(text) for text in case) for case in cases]

    def afresh() -> None:
        _remembered_edits.cache_clear()
        for case in cases:
            merge(*case)

    ways: dict[str, Callable[[], object]] = {
        "ours, text to text": afresh,
        "ours, each change compared before": lambda: [merge(*case) for case in cases],
    }
    if merge3:
        ways["merge3 with difflib"] = lambda: [
            list(merge3.Merge3(*case).merge_regions()) for case in cut
        ]
    if merge3 and patience:
        matcher = patience.PatienceSequenceMatcher

        def from_text(*case: str) -> str:
            cut = [peers.tokens(text) for text in case]
            return "".join(merge3.Merge3(*cut, sequence_matcher=matcher).merge_lines())

        ways["merge3 with patiencediff, tokens to regions"] = lambda: [
            list(merge3.Merge3(*case, sequence_matcher=matcher).merge_regions()) for case in cut
        ]
        ways[PEER] = lambda: [from_text(*case) for case in cases]
    times = side_by_side(ways)
    base = times.get(PEER)
    for name in dict.fromkeys(("merge3 with difflib", PEER, *ways)):
        taken = times.get(name)
        if taken is None:
            section.add(name, peers.ABSENT, "")
        else:
            section.add(name, shown(taken / COUNT), ratio(base, taken) if base else "")
    return section


def _agreement(cases: list[tuple[str, str, str]]) -> Section:
    """Asks git the same, one word a line."""
    section = Section(
        "The same text as `git merge-file`, one word a line",
        "the same wherever both are clean",
        ("what", "cases"),
    )
    both = same = ours_only = git_only = touched = 0
    for case in cases:
        mine = merge(*case)
        gits = _by_git(*case)
        touched += mine.state == "touched"
        if mine.text is not None and gits is not None:
            both += 1
            same += words_of(mine.text) == gits
        ours_only += mine.text is not None and gits is None
        git_only += mine.text is None and gits is not None
    section.add("both clean", both)
    section.add("… and the same words", same)
    section.add("clean by ours alone", ours_only)
    section.add("clean by git alone", git_only)
    section.add("clean, but both changed one sentence (touched)", touched)
    return section


def _by_git(base: str, ours: str, theirs: str) -> list[str] | None:
    """Returns the words that git merges to, or None in a conflict."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            lines = "".join(word + "\n" for word in words_of(text))
            (Path(folder) / name).write_text(lines, encoding="utf-8")
        found = subprocess.run(
            ["git", "merge-file", "-p", "ours", "base", "theirs"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return found.stdout.splitlines() if found.returncode == 0 else None
