"""Lays an act that waits beside those that were sent first, for somebody to choose between them.

(choice,) = choices(desk)
choice.why                          # 'Both sides edited the text. The same words …'
choice.mine.changes, choice.theirs.changes
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from manifesto_tui.governance.paths import RULES, kind_of
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import describe
from manifesto_tui.prose import ClauseChange, Text, compare_texts, reveal
from manifesto_tui.record import history, log
from manifesto_tui.record.objects import read_file
from manifesto_tui.record.remaking import unsent_at
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.remaking import Maker
from manifesto_tui.workflow.settling import Kept, waiting

_Lines = tuple[tuple[str, str], ...]
_LOOKED_AT = 50  # Of the acts that came in, the newest: a choice is not long after a sync.


@dataclass(frozen=True, slots=True)
class Side:
    """What one side did: its acts, the newest first, and what it made of what both changed.

    An act is its author's name and what it says of itself. `changes` are those of the text,
    `lines` those of settings: "-" or "+", and a sentence of the rules or a line of the file.
    """

    acts: tuple[tuple[str, str], ...]
    changes: tuple[ClauseChange, ...] = ()
    lines: _Lines = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that waits, why it cannot stand beside what was sent first, and both of them."""

    kept: Kept
    why: str
    mine: Side
    theirs: Side


def choices(desk: Desk) -> tuple[Choice, ...]:
    """Returns what somebody has to choose between, the oldest act first."""
    return tuple(_choice(desk, kept) for kept in waiting(desk))


def _choice(desk: Desk, kept: Kept) -> Choice:
    was, tip = f"{kept.commit}^", desk.assembly.commit
    mine, its = _changed(desk, kept, was, kept.commit), _changed(desk, kept, was, tip)
    old = {at for change in mine for at in change.old_at}
    met = tuple(change for change in its if old & set(change.old_at))
    lines, their_lines = _lines(desk, kept, was, kept.commit, tip)
    author = log.commit(desk.repo, kept.commit).author[0]
    return Choice(
        kept,
        _why(desk, kept),
        Side(((reveal(author), kept.subject),), mine, lines),
        Side(_acts(desk, kept, {c.clause for c in met}, set(their_lines)), met, their_lines),
    )


def _why(desk: Desk, kept: Kept) -> str:
    """Returns why both cannot stand; "" where by now they can."""
    try:
        Maker(desk).united(unsent_at(desk.repo, kept.commit, f"{kept.commit}^"), desk)
    except Refused as met:
        return met.sentence
    return ""


def _acts(
    desk: Desk, kept: Kept, clauses: set[str | None], lines: set[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Returns the acts since that did to these clauses and lines what is there now."""
    tip = desk.assembly.commit
    since = history.between(desk.repo, f"{kept.commit}^", tip)
    found = []
    for entry in log.entries(desk.repo, kept.paths)[:_LOOKED_AT]:
        if entry.commit in since:
            before = f"{entry.commit}^"
            did = {c.clause for c in _changed(desk, kept, before, entry.commit)}
            said = set(_lines(desk, kept, before, entry.commit, entry.commit)[0])
            if did & clauses or said & lines:
                found.append((entry.author.partition(" <")[0], entry.subject))
    return tuple(found)


def _changed(desk: Desk, kept: Kept, before: str, after: str) -> tuple[ClauseChange, ...]:
    was, now = (_text(desk, kept, commit) for commit in (before, after))
    return compare_texts(was, now) if was and now else ()


def _text(desk: Desk, kept: Kept, commit: str) -> Text | None:
    text = desk.text_at(commit)
    return text if any(path in text.sources for path in kept.paths) else None


def _lines(desk: Desk, kept: Kept, was: str, mine: str, its: str) -> tuple[_Lines, _Lines]:
    """Returns what either side changed in settings, of theirs what stands where ours does."""
    ours: list[tuple[str, str]] = []
    theirs: list[tuple[str, str]] = []
    for path in kept.paths:
        if kind_of(path) in (None, "signature"):
            continue
        before, here, there = (_worded(desk, path, commit) for commit in (was, mine, its))
        places = [place for place, _ in _parts(before, here)]
        ours += [pair for _, pairs in _parts(before, here) for pair in pairs]
        theirs += [
            pair
            for (start, end), pairs in _parts(before, there)
            for pair in pairs
            if any(start <= last and first <= end for first, last in places)
        ]
    return tuple(ours), tuple(theirs)


def _parts(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[tuple[int, int], _Lines]]:
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what != "equal":
            gone = tuple(("-", line) for line in was[a:b])
            yield (a, b), gone + tuple(("+", line) for line in now[c:d])


def _worded(desk: Desk, path: str, commit: str) -> tuple[str, ...]:
    """Returns settings as people read them: rules in sentences, others in the lines of the file."""
    if path == RULES:
        return tuple(describe(desk.assembly_at(commit).rules))
    data = read_file(desk.repo, desk.resolve(commit), path) or b""
    return tuple(reveal(data.decode("utf-8", "replace")).splitlines())
