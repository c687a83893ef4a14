"""Sets old and new words in one reading order: the model behind every redline.

A comparison lists what changed; a reader wants the whole text with the changes in place. A
redline is that: passages in the order of the new text, what was deleted standing where it
stood. Every format renders these passages, so that all of them say the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from manifesto_tui.prose import Clause, ClauseChange, Text

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause of a redline, or the several that one change split or merged.

    `kind` is "same" or the kind of the change; a clause that moved appears as "moved-away" at
    its old place and as "moved" at its new one. `clause` is the new one, the old one where the
    words go. `spans` are ("=" | "-" | "+", words): over all passages, "=" and "-" give the old
    text, "=" and "+" the new one. What a move changed in the words is in `change.words`.
    """

    kind: str
    path: str
    clause: Clause
    spans: tuple[Span, ...]
    change: ClauseChange | None = None


def redline(old: Text, new: Text, changes: Iterable[ClauseChange]) -> tuple[Passage, ...]:
    """Returns the new text as passages with `changes` in place.

    `changes` must come from comparing these two texts. What stays keeps its order in both, so
    the passages that leave are told before the next one that stays, and those that come after.
    """
    changes = tuple(changes)
    before = _Stream(old, {id(c): change for change in changes for c in change.old})
    after = _Stream(new, {id(c): change for change in changes for c in change.new})
    return tuple(_woven(before, after))


def _woven(before: "_Stream", after: "_Stream") -> Iterator[Passage]:
    while True:
        for path, clause, change in before.passing():
            kind = "moved-away" if change.new else "deleted"
            yield Passage(kind, path, clause, (("-", clause.text),), change)
        for path, clause, change in after.passing():
            kind = "moved" if change.old else "inserted"
            yield Passage(kind, path, clause, (("+", clause.text),), change)
        before.stays()
        stayed = after.stays()
        if stayed is None:
            return
        path, clause, kept = stayed
        if kept is None:
            yield Passage("same", path, clause, (("=", clause.text),))
        else:
            yield Passage(kept.kind, path, clause, tuple(kept.words), kept)


class _Stream:
    """Reads one text clause by clause, telling what passes from what stays."""

    def __init__(self, text: Text, changes: dict[int, ClauseChange]):
        self._clauses = [(path, c, changes.get(id(c))) for path, c in text]
        self._next = 0

    def passing(self) -> Iterator[tuple[str, Clause, ClauseChange]]:
        """Yields the clauses up to the next one that stays."""
        while self._next < len(self._clauses):
            path, clause, change = self._clauses[self._next]
            # What was split or merged on its way to another place passes like a move.
            if change is None or (change.old and change.new and change.in_place):
                return
            self._next += 1
            yield path, clause, change

    def stays(self) -> tuple[str, Clause, ClauseChange | None] | None:
        """Returns the next clause that stays, and passes over the rest of its change."""
        if self._next >= len(self._clauses):
            return None
        found = self._clauses[self._next]
        self._next += 1
        change = found[2]
        while change is not None and self._next < len(self._clauses):
            if self._clauses[self._next][2] is not change:
                break
            self._next += 1
        return found
