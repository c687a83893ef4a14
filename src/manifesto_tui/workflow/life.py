"""Tells the life of one clause: each wording it has had, from the first to the latest.

A clause is followed by its anchor and, before there were anchors, by alignment: through files
that were renamed, through splits, merges and moves. Where it was split off another, its life
before is that of the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.phrases import listed, quoted
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import Clause, ClauseChange, Text, compare_texts, shortened
from manifesto_tui.record import log, snapshot
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.history import rewriting

_AT_ONCE = 6_000  # Clauses that are read in about the time in which nobody notices.


@dataclass(frozen=True, slots=True)
class Wording:
    """How a clause read from one commit on; `words` is None where it was taken out.

    `author` and `when` are what the commit claims. `proposal` is what decided it, or None for an
    edit while drafting. `how` says in a sentence what happened besides new words: that it moved,
    was split off another clause, or joined with one; "" for nothing.
    """

    commit: str
    when: str
    author: str
    message: str
    words: str | None
    proposal: Proposal | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """The text at one commit."""

    entry: log.Entry
    text: Text


def life(desk: Desk, anchor: str) -> tuple[Wording, ...]:
    """Returns every wording that a clause has had, the earliest first.

    Raises BadInput "clause-unknown" where no text has ever had this anchor.
    """
    wanted = anchor.removeprefix("#")
    decided = rewriting(desk)
    told = []
    for state, words, how in _backwards(_states(desk), wanted):
        entry = state.entry
        proposal = decided.get(text_digest(state.text))
        told.append(
            Wording(entry.commit, entry.when, entry.author, entry.subject, words, proposal, how)
        )
    if not told:
        raise BadInput(
            "clause-unknown",
            f"No text here has ever had a clause {anchor}.",
            "`manifesto-tui show --anchors` names them all.",
        )
    return tuple(reversed(told))


def is_quick(desk: Desk) -> bool:
    """Says whether the life of a clause is told at once: the text is short, or seldom changed."""
    _, entries = log.of_text(desk.repo, desk.assembly.manifesto.text)
    return len(entries) * sum(1 for _ in desk.assembly.text) <= _AT_ONCE


def _states(desk: Desk) -> Iterator[_State]:
    """Yields the text at each commit that changed it, the latest first."""
    paths, entries = log.of_text(desk.repo, desk.assembly.manifesto.text)
    texts = snapshot.read_texts_at(desk.repo, [entry.commit for entry in entries], paths)
    yield from map(_State, entries, texts)


def _backwards(states: Iterator[_State], anchor: str) -> Iterator[tuple[_State, str | None, str]]:
    """Yields each state in which the clause came to read otherwise, the latest first."""
    later: _State | None = None
    clause: Clause | None = None
    for state in states:
        if clause is None:
            found = state.text.by_anchor.get(anchor)
            if found is None:
                later = state
                continue
            clause = found[1]
            if later is not None:
                yield later, None, _where_it_went(clause, state.text, later.text)
        else:
            assert later is not None
            before, how = _came_from(clause, state.text, later.text)
            if before is None or how or before.text != clause.text:
                yield later, clause.text, how
            if before is None:
                return
            clause = before
        later = state
    if clause is not None and later is not None:
        yield later, clause.text, ""


def _came_from(clause: Clause, old: Text, new: Text) -> tuple[Clause | None, str]:
    """Returns the clause that one was in the text before, None where it is new there."""
    named = old.by_anchor.get(clause.anchor or "")
    if named and named[1].text == clause.text and _follows(named[1], old) == _follows(clause, new):
        return named[1], ""
    changes = compare_texts(old, new)
    change = next((c for c in changes if any(each is clause for each in c.new)), None)
    if named:
        return named[1], _told(change, named[1]) if change else ""
    if change is None:
        return _unchanged(clause, old, new, changes), ""
    if not change.old:
        return None, ""
    return change.old[0], _told(change, change.old[0])


def _follows(clause: Clause, text: Text) -> str | None:
    """Returns the anchor of the clause before this one, which a move would change."""
    before = None
    for _, each in text:
        if each is clause:
            return before
        before = each.anchor
    return None


def _told(change: ClauseChange, was: Clause) -> str:
    if change.kind == "split":
        return f"It was split off “{shortened(was.text)}”."
    if change.kind == "merged":
        others = listed([quoted(shortened(each.text)) for each in change.old if each is not was])
        return f"It was joined with {others}." if others else ""
    return "" if change.in_place else "It was moved here."


def _where_it_went(clause: Clause, old: Text, new: Text) -> str:
    for change in compare_texts(old, new):
        if change.new and any(each is clause for each in change.old):
            into = change.new[0]
            return f"It went into {into.anchor or into.number}: “{shortened(into.text)}”."
    return ""


def _unchanged(
    clause: Clause, old: Text, new: Text, changes: Sequence[ClauseChange]
) -> Clause | None:
    """Returns the clause that an unchanged one was: what no change names keeps its order."""
    gone = {id(each) for change in changes for each in change.old}
    come = {id(each) for change in changes for each in change.new}
    before = (each for _, each in old if id(each) not in gone)
    after = (each for _, each in new if id(each) not in come)
    return next((was for was, now in zip(before, after, strict=False) if now is clause), None)
