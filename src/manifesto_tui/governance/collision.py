"""Says how two amendments stand to each other.

Most are *independent*: either may carry, in any order, and the other is as it was. Where the
*order* matters, both may carry, but the second to be adopted lands in another place or must be
confirmed by its proposer. *Exclusive* ones cannot both be had as they stand. *Duplicates* want
the same thing. Each clause that two amendments share is judged by itself; the pair is what the
gravest of its clauses is.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.rewriting import START
from manifesto_tui.governance.wording import called, in_one_line, read
from manifesto_tui.prose import Block, Text, merge, shortened, word_diff

Relation = Literal["order", "exclusive", "duplicate"]
_Edits = set[tuple[int, str, str]]

_KINDS = {
    "heading": "a heading",
    "paragraph": "a paragraph",
    "item": "an item",
    "quote": "a quotation",
    "code": "code",
    "table": "a table",
    "html": "raw HTML",
}
_GRAVITY: dict[Relation, int] = {"order": 0, "duplicate": 1, "exclusive": 2}


@dataclass(frozen=True, slots=True)
class Overlap:
    """How two amendments meet in one clause, with the very words that each wants there."""

    clause: str
    relation: Relation
    why: str
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True)
class Collision:
    """Two amendments that are not independent, by id, and each clause in which they meet."""

    a: str
    b: str
    relation: Relation
    each: tuple[Overlap, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses in which they meet."""
        return tuple(dict.fromkeys(overlap.clause for overlap in self.each))

    @property
    def why(self) -> str:
        """One sentence for each clause, the gravest first."""
        gravest = sorted(self.each, key=lambda o: -_GRAVITY[o.relation])
        return " ".join(overlap.why for overlap in gravest)


def relation(text: Text, a: Amendment, b: Amendment) -> Collision | None:
    """Returns how two amendments to a text collide, or None where they are independent."""
    overlaps: list[Overlap] = []
    mine, theirs = Footprint(a), Footprint(b)
    for clause in mine.worded:
        if clause in theirs.worded:
            overlaps += _same_clause(text, clause, mine.worded[clause], theirs.worded[clause])
    inserted = _same_insertions(mine, theirs)
    overlaps += inserted
    overlaps += _same_place(text, mine, theirs, inserted)
    overlaps += _lost_place(text, mine, theirs, swapped=False)
    overlaps += _lost_place(text, theirs, mine, swapped=True)
    if not overlaps:
        return None
    gravest = max((o.relation for o in overlaps), key=_GRAVITY.__getitem__)
    return Collision(a.id, b.id, gravest, tuple(overlaps))


class Footprint:
    """What an amendment touches: clauses it words anew, what it inserts, and where."""

    def __init__(self, amendment: Amendment) -> None:
        self.worded = {c.clause: c for c in amendment.changes if c.clause}
        self.inserted = [c for c in amendment.changes if c.verb == "insert"]
        self._own = {c.id: c.after for c in self.inserted}
        self.placed: dict[str, list[Change]] = defaultdict(list)
        for change in amendment.changes:
            place = change.after or change.move_after
            if place:
                self.placed[self.place_of(change)].append(change)

    @property
    def keys(self) -> set[str]:
        """What another amendment must share for the two to meet."""
        placed = {"@" + place for place in self.placed}
        # A clause stands for its place too, since deleting or moving it moves what follows it.
        gone = {"@" + c.clause for c in self.worded.values() if c.verb in ("delete", "move")}
        words = {"=" + _words(change.now) for change in self.inserted}
        return {*self.worded, *self._own, *words, *placed, *gone}

    def place_of(self, change: Change) -> str:
        """Follows a chain of the amendment's own insertions to a clause that the text has."""
        seen: set[str] = set()
        place = change.after or change.move_after
        while place in self._own and place not in seen:
            seen.add(place)
            place = self._own[place]
        return place


def _same_clause(text: Text, clause: str, a: Change, b: Change) -> list[Overlap]:
    found = text.by_anchor.get(clause)
    like = found[1].block if found else None
    name = called(text, clause, a.was)

    def overlap(relation: Relation, why: str) -> Overlap:
        return Overlap(clause, relation, why, a.now or "", b.now or "")

    if "delete" in (a.verb, b.verb):
        if a.verb == b.verb:
            return [overlap("duplicate", f"Both delete {name}.")]
        one, verb = (a, "moves") if b.verb == "delete" else (b, "moves")
        verb = "rewords" if one.now is not None else verb
        return [overlap("exclusive", f"One deletes {name}, the other {verb} it.")]
    found_overlaps = []
    if a.verb == b.verb == "move":
        if a.move_after == b.move_after:
            found_overlaps.append(overlap("duplicate", f"Both move {name} to the same place."))
        else:
            found_overlaps.append(overlap("exclusive", f"They move {name} to different places."))
    if a.now is not None and b.now is not None:
        found_overlaps += _same_words(clause, name, like, a, b)
    return found_overlaps


def _same_words(clause: str, name: str, like: Block | None, a: Change, b: Change) -> list[Overlap]:
    was, ours, theirs = (_read(words or "", like) for words in (a.was, a.now, b.now))
    at = (a.now or "", b.now or "")
    if _words(ours.text) == _words(theirs.text) and ours.kind == theirs.kind:
        why = f"Both give {name} the same words: “{shortened(ours.text, 80)}”."
        return [Overlap(clause, "duplicate", why, *at)]
    merged = merge(was.text, ours.text, theirs.text)
    if merged.text is None:
        first = merged.conflicts[0] if merged.conflicts else None
        mine, yours = (first.ours, first.theirs) if first else (ours.text, theirs.text)
        why = f"Both change the same words of {name}: {_said(mine)} or {_said(yours)}."
        return [Overlap(clause, "exclusive", why, *at)]
    if ours.kind != was.kind and theirs.kind != was.kind:
        why = f"One makes {name} {_KINDS[ours.kind]}, the other {_KINDS[theirs.kind]}."
        return [Overlap(clause, "exclusive", why, *at)]
    if _share(_edits(was.text, ours.text), _edits(was.text, theirs.text)):
        differ = _differences(ours.text, theirs.text)
        why = f"Both make the same change in {name}, and differ in {differ}."
        return [Overlap(clause, "duplicate", why, *at)]
    if merged.state == "touched":
        why = (
            f"Both change one sentence of {name}, in different words; the second to be adopted "
            f"would make it read “{shortened(merged.text, 80)}”, and must be confirmed."
        )
        return [Overlap(clause, "order", why, *at)]
    return []


def _edits(was: str, now: str) -> _Edits:
    """Returns what was changed: where in the old words, what went and what came."""
    found, at = set(), 0
    gone = come = ""
    for sign, words in [*word_diff(was, now), ("=", "")]:
        if sign == "=":
            if gone or come:
                found.add((at - len(gone), gone, come))
            gone = come = ""
        elif sign == "-":
            gone += words
        else:
            come += words
        at += len(words) if sign != "+" else 0
    return {(at, gone.strip(), come.strip()) for at, gone, come in found}


def _share(ours: _Edits, theirs: _Edits) -> bool:
    """Says whether two sets of edits that merge cleanly make one change in common."""
    for at, gone, come in ours:
        for other_at, other_gone, other_come in theirs:
            end = min(at + len(gone), other_at + len(other_gone))
            if max(at, other_at) < end or (at, gone, come) == (other_at, other_gone, other_come):
                return True
    return False


def _differences(ours: str, theirs: str) -> str:
    edits = sorted(_edits(ours, theirs))
    return "; ".join(f"{_said(gone)} or {_said(come)}" for _, gone, come in edits)


def _are_alike(ours: str, theirs: str) -> bool:
    """Says whether four fifths of two wordings are the same."""
    kept = sum(len(words) for sign, words in word_diff(ours, theirs) if sign == "=")
    return 5 * 2 * kept >= 4 * (len(ours) + len(theirs))


def _same_insertions(mine: Footprint, theirs: Footprint) -> list[Overlap]:
    found = []
    for a in mine.inserted:
        for b in theirs.inserted:
            ours, others = a.now or "", b.now or ""
            if _words(ours) == _words(others):
                relation: Relation = "duplicate"
                why = f"Both insert “{shortened(ours, 80)}”."
            elif mine.place_of(a) == theirs.place_of(b) and _are_alike(ours, others):
                relation = "duplicate"
                differ = _differences(ours, others)
                why = f"Both insert nearly the same words here, and differ in {differ}."
            elif a.id == b.id:
                relation = "exclusive"
                why = f"Both call a new clause {a.id}, and mean different ones."
            else:
                continue
            found.append(Overlap(a.id, relation, why, ours, others))
    return found


def _same_place(
    text: Text, mine: Footprint, theirs: Footprint, judged: Sequence[Overlap]
) -> list[Overlap]:
    """Finds where both put a clause; those that were judged as the same are left out."""
    found = []
    same = {_words(words) for overlap in judged for words in (overlap.a, overlap.b)}
    for place in mine.placed:
        ours, others = mine.placed[place], theirs.placed.get(place, [])
        moved = {c.clause for c in ours if c.clause} & {c.clause for c in others if c.clause}
        ours = [c for c in ours if _words(c.now) not in same]
        others = [c for c in others if _words(c.now) not in same]
        if ours and others and not moved:
            where = "at the start" if place == START else f"after {called(text, place)}"
            why = f"Both put a clause {where}; the second to be adopted comes first there."
            found.append(Overlap(place, "order", why, ours[0].now or "", others[0].now or ""))
    return found


def _lost_place(text: Text, goes: Footprint, stays: Footprint, *, swapped: bool) -> list[Overlap]:
    found = []
    for clause, change in goes.worded.items():
        placed = [c for c in stays.placed.get(clause, []) if c.clause != clause]
        if not placed or change.verb == "replace":
            continue
        verb = "deletes" if change.verb == "delete" else "moves"
        name = called(text, clause, change.was)
        why = f"One {verb} {name}, after which the other puts a clause."
        words = (change.now or "", placed[0].now or "")
        found.append(Overlap(clause, "order", why, *(words[::-1] if swapped else words)))
    return found


def _read(markdown: str, like: Block | None) -> Block:
    try:
        return read(markdown, like)
    except ValueError:
        return Block("paragraph", markdown)


def _words(markdown: str | None) -> str:
    return in_one_line(markdown).casefold()


def _said(words: str) -> str:
    return f"“{shortened(words, 80)}”" if words.strip() else "nothing"
