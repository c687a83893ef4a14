"""Compares two texts clause by clause, and makes the changes on the old one.

>>> from manifesto_tui.prose import parse
>>> old = parse("# Open\\n\\nPublish it.\\n\\nShare it.\\n")
>>> new = parse("# Open\\n\\nPublish it soon.\\n")
>>> [(c.kind, c.number, c.weight) for c in compare(old, new)]
[('replaced', '1.1', 'wording'), ('deleted', '1.2', 'commitment')]
>>> apply(old, compare(old, new)).source
'# Open\\n\\nPublish it soon.\\n'
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from manifesto_tui.prose.align import Aligner, in_order
from manifesto_tui.prose.change import ChangeKind, ClauseChange
from manifesto_tui.prose.clause import Clause, Outline, Text
from manifesto_tui.prose.gather import Group, gather
from manifesto_tui.prose.layout import Piece, lay_out
from manifesto_tui.prose.weight import weigh


def compare(old: Outline, new: Outline) -> tuple[ClauseChange, ...]:
    """Returns what changed from one document to another, in the order of the text."""
    if old.source == new.source:
        return ()
    was_in, is_in = [""] * len(old.clauses), [""] * len(new.clauses)
    return _compare(old.clauses, new.clauses, was_in, is_in, new)


def compare_texts(old: Text, new: Text) -> tuple[ClauseChange, ...]:
    """Returns what changed from one text to another; a clause may move to another file."""
    same = _untouched(old, new)
    before = [(at, path, clause) for at, (path, clause) in enumerate(old) if path not in same]
    after = [(at, path, clause) for at, (path, clause) in enumerate(new) if path not in same]
    if not before and not after:
        return ()
    changes = _compare(
        [clause for _, _, clause in before],
        [clause for _, _, clause in after],
        [path for _, path, _ in before],
        [path for _, path, _ in after],
        None,
    )
    if not same:
        return changes
    ends = _ends(old, new, same)
    old_at, new_at = [at for at, _, _ in before], [at for at, _, _ in after]

    def after_of(change: ClauseChange) -> int:
        place = old_at[change.after] if change.after >= 0 else change.after
        return place if change.in_place else max(place, ends[change.path])

    return tuple(
        replace(
            change,
            old_at=tuple(old_at[at] for at in change.old_at),
            new_at=tuple(new_at[at] for at in change.new_at),
            after=after_of(change),
        )
        for change in changes
    )


def _untouched(old: Text, new: Text) -> frozenset[str]:
    """Returns the documents that read the same in both texts, where they stand in one order."""
    was = old.sources
    same = [path for path, source in new.sources.items() if was.get(path) == source]
    return frozenset(same) if same == [path for path in was if path in set(same)] else frozenset()


def _ends(old: Text, new: Text, same: frozenset[str]) -> dict[str, int]:
    """Returns for each document of a text the old clause that those before it end with."""
    place, last_of = -1, {}
    for path, outline in old.documents:
        place += len(outline.clauses)
        last_of[path] = place
    ends, last = {}, -1
    for path, outline in new.documents:
        ends[path] = last
        last = last_of[path] if path in same and outline.clauses else last
    return ends


def _compare(
    old: Sequence[Clause],
    new: Sequence[Clause],
    old_paths: Sequence[str],
    new_paths: Sequence[str],
    target: Outline | None,
) -> tuple[ClauseChange, ...]:
    aligner = Aligner(old, new)
    pairs = aligner.run()
    groups = gather(aligner, pairs)
    renamed = _renamed(pairs, old_paths, new_paths)

    def strayed(i: int, j: int) -> bool:
        return renamed.get(old_paths[i], old_paths[i]) != new_paths[j]

    leads = {g.old[0]: g.new[0] for g in groups if not strayed(g.old[0], g.new[0])}
    spine = dict(in_order(leads))
    places = sorted(spine)
    after_of = _afters(spine, len(new))
    changes: list[tuple[tuple[int, bool, tuple[int, ...]], ClauseChange]] = []

    def note(
        kind: ChangeKind, lefts: tuple[int, ...], rights: tuple[int, ...], placed: bool
    ) -> None:
        ours, theirs = [old[i] for i in lefts], [new[j] for j in rights]
        was = "\n\n".join(clause.text for clause in ours)
        now = "\n\n".join(clause.text for clause in theirs)
        lead = theirs[0] if theirs else ours[0]
        named = ours[0] if ours else theirs[0]
        path = new_paths[rights[0]] if rights else old_paths[lefts[0]]
        place = rights[0] if rights else _place_of_lost(lefts[0], spine, places)
        after = lefts[0] if placed else after_of[rights[0]]
        change = ClauseChange(
            kind,
            lead.kind,
            named.anchor,
            path,
            lead.number,
            weigh(ours, theirs, was, now),
            was,
            now,
            tuple(ours),
            tuple(theirs),
            lefts,
            rights,
            after,
            placed,
            target,
        )
        # What is gone stands before what is there now.
        changes.append(((place, bool(rights), lefts), change))

    seen_old: set[int] = set()
    seen_new: set[int] = set()
    for group in groups:
        seen_old.update(group.old)
        seen_new.update(group.new)
        placed = spine.get(group.old[0]) == group.new[0]
        kind = _kind(group, placed)
        same = len(group.old) == len(group.new) == 1 and (
            old[group.old[0]].block == new[group.new[0]].block
        )
        if not (placed and same):
            note(kind, group.old, group.new, placed)
    for i in range(len(old)):
        if i not in seen_old:
            note("deleted", (i,), (), True)
    for j in range(len(new)):
        if j not in seen_new:
            note("inserted", (), (j,), False)
    changes.sort(key=lambda entry: entry[0])
    return tuple(change for _, change in changes)


def _kind(group: Group, placed: bool) -> ChangeKind:
    if len(group.old) > 1:
        return "merged"
    if len(group.new) > 1:
        return "split"
    return "replaced" if placed else "moved"


def _renamed(
    pairs: dict[int, int], old_paths: Sequence[str], new_paths: Sequence[str]
) -> dict[str, str]:
    """Returns the files that are gone, and the file where most of each went."""
    gone = set(old_paths) - set(new_paths)
    fresh = set(new_paths) - set(old_paths)
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for i, j in pairs.items():
        if old_paths[i] in gone and new_paths[j] in fresh:
            went[old_paths[i]][new_paths[j]] += 1
    return {path: max(counts, key=counts.__getitem__) for path, counts in went.items()}


def _afters(spine: dict[int, int], count: int) -> list[int]:
    """Returns for each new place the old clause, in its place on both sides, that it follows."""
    placed = {j: i for i, j in spine.items()}
    afters = []
    last = -1
    for j in range(count):
        last = placed.get(j, last)
        afters.append(last)
    return afters


def _place_of_lost(i: int, spine: dict[int, int], places: list[int]) -> int:
    """Returns the new place before which a deleted clause would stand."""
    at = bisect_left(places, i) - 1
    return spine[places[at]] + 1 if at >= 0 else 0


def apply(old: Outline, changes: Iterable[ClauseChange]) -> Outline:
    """Makes changes on a document, all or some; what did not change keeps its bytes.

    With all changes of `compare(old, new)` the result reads as `new`. Clauses keep the anchors
    they had; new ones bring theirs.
    """
    made = list(changes)
    if not made:
        return old
    kept = [clause.anchor for clause in old.clauses]
    gone: set[int] = set()
    instead: dict[int, ClauseChange] = {}
    fresh: dict[int, list[tuple[int, ClauseChange, int]]] = defaultdict(list)
    for change in made:
        gone.update(change.old_at)
        for at, place in enumerate(change.new_at):
            if at == 0 and change.in_place:
                instead[change.old_at[0]] = change
            else:
                fresh[change.after].append((place, change, at))
    used = {anchor for at, anchor in enumerate(kept) if anchor and at not in gone}
    used.update(change.clause for change in made if change.clause and change.old_at)
    pieces: list[Piece] = []
    for at in (-1, *range(len(old.clauses))):
        if at in instead:
            pieces.append(_piece(instead[at], 0, old, used))
        elif at >= 0 and at not in gone:
            pieces.append(Piece(at))
        for _, change, part in sorted(fresh.get(at, ()), key=lambda entry: entry[0]):
            pieces.append(_piece(change, part, old, used))
    return lay_out(old, pieces, made[0].target)


def _piece(change: ClauseChange, part: int, old: Outline, used: set[str]) -> Piece:
    """Returns one clause that a change leaves behind."""
    clause = change.new[part]
    anchor = None
    if part == 0 and change.old_at:
        names = [old.clauses[i].anchor for i in change.old_at]
        anchor = clause.anchor if clause.anchor in names else next(filter(None, names), None)
    if anchor is None and clause.anchor is not None and clause.anchor not in used:
        anchor = clause.anchor
        used.add(anchor)
    at = change.old_at[0] if part == 0 and change.in_place and change.old_at else None
    return Piece(at, clause.block, anchor)
