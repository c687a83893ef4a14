"""One clause, word by word: how fast, and how close to the edits that were made."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import words_peers as peers
from benchmarks.measure import Section, ratio, shown, side_by_side
from benchmarks.words_made import COMMON, Edited, edited_clauses
from manifesto_tui.prose import word_diff
from manifesto_tui.prose.hunks import clean_hunks
from manifesto_tui.prose.tokens import Tokens, tokenize_both

COUNT = 200
Marks = list[tuple[str, str]]


def run() -> Iterator[Section]:
    """Yields the tables of one clause."""
    made = edited_clauses(COUNT)
    yield _cached(made)
    yield _from_text(made)
    yield _quality(made)
    yield _quality(edited_clauses(COUNT, edits=8, seed=2), "heavy rewrites")


def _section(title: str, reach: str, times: dict[str, float], base: str) -> Section:
    section = Section(title, reach, ("way", "a clause", "against difflib"))
    for name, taken in times.items():
        if taken < 0:
            section.add(name, peers.ABSENT, "")
        else:
            section.add(name, shown(taken / COUNT), ratio(times[base], taken))
    return section


def _timed(ways: dict[str, Callable[[], object] | None]) -> dict[str, float]:
    found = side_by_side({name: way for name, way in ways.items() if way is not None})
    return {name: found.get(name, -1.0) for name in ways}


def _each(
    way: Callable[[Any, Any], object] | None, pairs: list[Any]
) -> Callable[[], object] | None:
    return None if way is None else lambda: [way(a, b) for a, b in pairs]


def _cached(made: list[Edited]) -> Section:
    """Texts already cut: lists of tokens for the peers, remembered codes for ours."""
    cut = [(peers.tokens(one.was), peers.tokens(one.now)) for one in made]
    texts = [(one.was, one.now) for one in made]
    known = [tokenize_both(*pair) for pair in texts]
    for old, new in known:  # What is worked out once for each text is kept with it.
        old.words, old.starts, new.words, new.starts  # noqa: B018
    times = _timed(
        {
            "difflib on tokens": _each(peers.by_difflib, cut),
            "cydifflib on tokens": _each(peers.by_cydifflib(), cut),
            "patiencediff on tokens": _each(peers.by_patience(), cut),
            "diff-match-patch, Python": _each(peers.by_dmp(), texts),
            "diff-match-patch, C++": _each(peers.by_fast_dmp(), texts),
            "ours, to cleaned hunks": _each(clean_hunks, known),
            "ours, to marked words": _each(word_diff, texts),
        }
    )
    size = sum(len(a) for a, _ in cut) // len(cut)
    return _section(
        f"One clause of {size} tokens, text cached",
        "15× difflib or more",
        times,
        "difflib on tokens",
    )


def _from_text(made: list[Edited]) -> Section:
    texts = [(one.was, one.now) for one in made]

    def by_difflib(a: str, b: str) -> Any:
        return peers.by_difflib(peers.tokens(a), peers.tokens(b))

    # Every text is cut anew; the vocabulary is that of the whole text, and stays known.
    table = tokenize_both(*texts[0])[0].table

    def ours(a: str, b: str) -> Any:
        return clean_hunks(Tokens(a, table), Tokens(b, table))

    times = _timed({"difflib": _each(by_difflib, texts), "ours": _each(ours, texts)})
    few = texts[:10]
    for name, command in (
        ("git diff --word-diff", ("git", "diff", "--no-index", "--word-diff")),
        ("wdiff", ("wdiff",)),
    ):
        way = _each(peers.by_process(*command), few)
        taken = side_by_side({name: way}, rounds=3)[name] if way else -1.0
        times[name] = taken * COUNT / len(few)
    return _section("One clause, from text to hunks", "5× difflib or more", times, "difflib")


def _quality(made: list[Edited], what: str = "light edits") -> Section:
    section = Section(
        f"Edits of known truth, {what}",
        "F1 above difflib's, no stray stop words",
        ("way", "F1 of touched words", "stop words stranded, a clause"),
    )
    ways: dict[str, Callable[[str, str], Marks] | None] = {
        "difflib on tokens": _marks_of_difflib,
        "diff-match-patch, semantic clean-up": _marks_of_dmp(),
        "ours": word_diff,
    }
    for name, way in ways.items():
        if way is None:
            section.add(name, peers.ABSENT, "")
            continue
        hits = misses = strays = stranded = 0
        for one in made:
            marks = way(one.was, one.now)
            for truth, words, ops in (
                (one.old_touched, one.old, "=-"),
                (one.new_touched, one.new, "=+"),
            ):
                marked = _touched(marks, words, ops)
                hits += len(marked & truth)
                misses += len(truth - marked)
                strays += len(marked - truth)
            stranded += _stranded(marks)
        score = 2 * hits / (2 * hits + misses + strays)
        section.add(name, f"{score:.4f}", f"{stranded / len(made):.2f}")
    return section


def _marks_of_difflib(was: str, now: str) -> Marks:
    a, b = peers.tokens(was), peers.tokens(now)
    marks: Marks = []
    for tag, i1, i2, j1, j2 in peers.by_difflib(a, b):
        if tag == "equal":
            marks.append(("=", "".join(a[i1:i2])))
        else:
            marks += [("-", "".join(a[i1:i2])), ("+", "".join(b[j1:j2]))]
    return [mark for mark in marks if mark[1]]


def _marks_of_dmp() -> Callable[[str, str], Marks] | None:
    diff = peers.by_dmp()
    if diff is None:
        return None
    return lambda was, now: [("=-+"[op if op >= 0 else 1] if op != 1 else "+", text)
                             for op, text in diff(was, now)]  # fmt: skip


def _touched(marks: Marks, words: list[str], ops: str) -> set[int]:
    """Returns which words of one side are marked, wholly or in part."""
    spans: list[tuple[int, int]] = []
    at = 0
    for op, text in marks:
        if op in ops:
            if op != "=":
                spans.append((at, at + len(text)))
            at += len(text)
    touched = set()
    at = 0
    for index, word in enumerate(words):
        at += 1 if index and word not in ".," else 0
        if any(start < at + len(word) and end > at for start, end in spans):
            touched.add(index)
        at += len(word)
    return touched


def _stranded(marks: Marks) -> int:
    """Counts the stop words kept alone between two rewritten stretches."""
    count = 0
    for before, kept, after in zip(marks, marks[1:], marks[2:], strict=False):
        if kept[0] == "=" and before[0] != "=" and after[0] != "=":
            words = re.findall(r"\w+", kept[1])
            rewritten = len(before[1].split()) > 1 or len(after[1].split()) > 1
            count += rewritten and 0 < len(words) <= 2 and all(w in COMMON for w in words)
    return count
