"""Derives an amendment from a text that somebody edited freely.

People rewrite, paste, split and reorder; what they vote on are changes to named clauses. The new
text may have kept the anchors or lost every one: clauses are paired by `prose.compare`, and what
it finds becomes changes whose precondition is the old wording. Making those changes gives the
edited text, clause for clause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.rewriting import START
from manifesto_tui.governance.wording import written
from manifesto_tui.prose import (
    ClauseChange,
    Text,
    compare_texts,
    conceal,
    next_anchor,
    principle_slug,
    reveal,
    slug_of,
)


def derive_changes(old: Text, new: Text, taken: Iterable[str] = ()) -> tuple[Change, ...]:
    """Returns the changes that make one text read as the other, in the new text's order.

    `taken` are anchors that new clauses must not get: all that were ever used. A new clause
    keeps an anchor that its author gave it where nobody had it before. Every clause of `old`
    needs an anchor; those without one cannot be amended and are passed over.
    """
    return tuple(_Derivation(old, new, taken).changes())


def split_changes(text: Text, changes: Sequence[Change]) -> tuple[tuple[Change, ...], ...]:
    """Splits an amendment's changes to a text into groups, as near to one a clause as can be.

    Changes stay together where one stands after a clause that another inserts, and where
    Markdown could not say one without the other: an item goes with those that stand in it.
    """
    groups = _one_a_clause(text, changes)
    if len(groups) == 1:
        return groups
    standing_alone: list[tuple[Change, ...]] = []
    together: tuple[Change, ...] = ()
    for group in groups:
        together += group
        if _stands_alone(text, together):
            standing_alone.append(together)
            together = ()
    while together and standing_alone and not _stands_alone(text, together):
        together = standing_alone.pop() + together
    return (*standing_alone, together) if together else tuple(standing_alone)


def _stands_alone(text: Text, changes: Sequence[Change]) -> bool:
    found = standing(text, changes)
    return found.text is not None and found.reads_as_wanted


def _one_a_clause(text: Text, changes: Sequence[Change]) -> tuple[tuple[Change, ...], ...]:
    """Groups changes by clause; what became of one clause, or made one, is one group."""
    key: dict[str, int] = {}
    found = compare_texts(text, standing(text, changes).text or text)
    for number, became in enumerate(found):
        if became.kind in ("split", "merged"):
            key |= {clause.anchor or "": number for clause in (*became.old, *became.new)}
    groups: dict[object, list[Change]] = {}
    group_of: dict[str, object] = {}
    inserted = {change.id for change in changes if change.verb == "insert"}
    for change in changes:
        place = change.after or change.move_after
        group: object = key.get(change.target, change.target)
        if place in inserted and place in group_of:
            group = group_of[place]
        group_of[change.target] = group
        groups.setdefault(group, []).append(change)
    return tuple(tuple(group) for group in groups.values())


def anchors_used(assembly: Assembly) -> frozenset[str]:
    """Returns every anchor that the text or any proposal has ever named.

    A clause deleted while drafting leaves no trace in the record: whoever has the history at
    hand adds the anchors found there.
    """
    named = set(assembly.text.by_anchor)
    for proposal in assembly.proposals:
        for revision in proposal.revisions:
            named |= {change.target for change in revision.changes}
    return frozenset(named)


class _Derivation:
    """Two texts, how their clauses are paired, and the names that new clauses get."""

    def __init__(self, old: Text, new: Text, taken: Iterable[str]) -> None:
        self._old = old
        self._new = new
        self._before = [clause for _, clause in old]
        self._after = [clause for _, clause in new]
        self._taken = {*taken, *old.by_anchor}
        self._changes = compare_texts(old, new)
        self._source: dict[int, int] = {}
        self._change_at: dict[int, ClauseChange] = {}
        self._pair()
        self._names = self._name()

    def changes(self) -> list[Change]:
        """Makes the changes, in the new text's order, deletions after what they followed."""
        made: list[tuple[int, int, Change]] = []
        for at, change in self._change_at.items():
            derived = self._derive(at, change)
            if derived:
                made.append((at, 0, derived))
        kept = set(self._source.values())
        new_place = {source: at for at, source in self._source.items()}
        place = -1
        for at, clause in enumerate(self._before):
            if at in kept:
                place = new_place[at]
            elif clause.anchor:
                gone = Change(clause=clause.anchor, was=reveal(written(clause.block)))
                made.append((place, 1 + at, gone))
        made.sort(key=lambda entry: entry[:2])
        return _needed(self._old, [change for _, _, change in made])

    def _pair(self) -> None:
        """Finds for each new clause the old one that it was.

        What `compare` leaves out is unchanged and in the same order on both sides.
        """
        changed_old = {at for change in self._changes for at in change.old_at}
        for change in self._changes:
            for at in change.new_at:
                self._change_at[at] = change
            if change.old_at and change.new_at:
                self._source[change.new_at[0]] = change.old_at[0]
        unchanged = zip(
            (at for at in range(len(self._after)) if at not in self._change_at),
            (at for at in range(len(self._before)) if at not in changed_old),
            strict=True,
        )
        self._source.update(unchanged)

    def _name(self) -> list[str]:
        """Gives each new clause the anchor it had, or was given, or a fresh one."""
        names: list[str] = []
        slug = ""
        beside = ""  # The clause of the old text that stands before, where no new title does.
        for at, clause in enumerate(self._after):
            source = self._source.get(at)
            name = self._before[source].anchor if source is not None else clause.anchor
            if source is None and (name is None or name in self._taken):
                if clause.kind == "heading":
                    slug, beside = slug_of(clause.text), ""
                    name = slug if slug not in self._taken else next_anchor(slug, self._taken)
                else:
                    slug = principle_slug(self._old, beside) if beside else slug
                    name = next_anchor(slug or "clause", self._taken)
            name = name or ""
            self._taken.add(name)
            names.append(name)
            beside = name if name in self._old.by_anchor else beside
        return names

    def _derive(self, at: int, change: ClauseChange) -> Change | None:
        block = self._after[at].block
        source = self._source.get(at)
        after = next((name for name in reversed(self._names[:at]) if name), START)
        if source is None:
            return Change(after=after, id=self._names[at], now=written(block))
        clause = self._before[source]
        if clause.anchor is None:
            return None
        # What came back from elsewhere has tokens where the text hides something.
        block = replace(block, text=conceal(block.text, clause.text))
        was = reveal(written(clause.block))
        reworded = written(block) if block != clause.block else None
        if not change.in_place:
            return Change(clause=clause.anchor, was=was, move_after=after, now=reworded)
        return Change(clause=clause.anchor, was=was, now=reworded) if reworded else None


def _needed(old: Text, changes: list[Change]) -> list[Change]:
    """Leaves out moves to where the clause stands already, if at the end of another file."""
    if not any(change.verb == "move" for change in changes):
        return changes
    each = standing(old, changes).each
    return [e.change for e in each if e.change.verb != "move" or e.state != "moot"]
