"""Says what an amendment would do to the text, and does it.

An amendment names the words it found (`was`) and the words it wants (`now`). Where the text has
moved on since, it is *clean* (each clause still reads so), *drifted* (the words that others
changed are elsewhere, and both changes go in), *touched* (both are in one sentence: they go in,
but nobody has agreed to that sentence), in *conflict* (the same words), or *moot* (there is
nothing left to do).

The effect is what people vote on: the clauses as they would read. Its digest stands on the
ballot and in each vote.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rewriting import Rewriting, Unplaced
from manifesto_tui.governance.rules import rules_digest
from manifesto_tui.governance.wording import called, read, written
from manifesto_tui.prose import Block, Text, conceal, merge, shortened, write_block

StandingState = Literal["clean", "drifted", "touched", "conflict", "moot"]

_UNWRITABLE = (
    "In Markdown these clauses cannot stand where they are put: they would read otherwise."
)
_WORST: tuple[StandingState, ...] = ("clean", "drifted", "touched", "conflict")


@dataclass(frozen=True, slots=True)
class ChangeStanding:
    """How one change stands towards the text, why in one sentence, and what the clause becomes.

    `block` is None where the clause goes or nothing can be done. `is_done` marks a moot change
    that the text already reads like, rather than one whose clause is gone.
    """

    change: Change
    state: StandingState
    why: str
    block: Block | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Standing:
    """How an amendment stands towards the text: as its worst change does.

    It is moot where every change is; where only some clauses are gone it is in conflict, since
    what was proposed can no longer be had as a whole, and where Markdown cannot say it any more.
    """

    state: StandingState
    each: tuple[ChangeStanding, ...]
    is_unwritable: bool
    _draft: Rewriting = field(repr=False, compare=False)

    @cached_property
    def text(self) -> Text | None:
        """The text with the amendment in it; None where it is in conflict."""
        return None if self.state == "conflict" else self._draft.write()

    @property
    def can_be_enacted(self) -> bool:
        """Whether it is clean or drifted, or all in the text already."""
        done = self.state == "moot" and all(each.is_done for each in self.each)
        return done or self.state in ("clean", "drifted")

    @property
    def effect(self) -> str:
        """What `effect_of` returns, where the changes can be made."""
        lines = sorted(map(_effect_line, self.each))
        return "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def reads_as_wanted(self) -> bool:
        """Whether the text, once written, reads as the changes mean it to."""
        return self.text is not None and self._draft.reads_as_noted(self.text)

    @property
    def why(self) -> str:
        """The sentences of the changes that are not clean."""
        said = [each.why for each in self.each if each.state != "clean"]
        return " ".join([*said, *([_UNWRITABLE] if self.is_unwritable else [])])


def standing(text: Text, changes: Sequence[Change]) -> Standing:
    """Says how an amendment's changes stand towards a text, and what they would make of it.

    Changes take effect in the order given, so that a later one may stand after an earlier one's
    insertion; deletions come last, so that anything may stand where a deleted clause stood.
    """
    draft = Rewriting(text)
    each = [_apply(draft, change) for change in changes]
    for change in each:
        if change.change.verb == "delete" and change.state == "clean":
            draft.delete(change.change.clause)
    raised = draft.raise_what_stands_too_deep()
    each = [_raised(e, raised[e.change.target]) if e.change.target in raised else e for e in each]
    state = _worst(each)
    unwritable = state in ("clean", "drifted") and not draft.can_be_written()
    return Standing("conflict" if unwritable else state, tuple(each), unwritable, draft)


def _raised(each: ChangeStanding, block: Block) -> ChangeStanding:
    if each.state != "clean":
        return replace(each, block=block)
    why = f"What “{_short(block)}” was to stand in is gone, so it stands less deep."
    return replace(each, state="drifted", why=why, block=block)


def _worst(each: Sequence[ChangeStanding]) -> StandingState:
    moot = [change for change in each if change.state == "moot"]
    if moot and len(moot) == len(each):
        return "moot"
    if any(not change.is_done for change in moot):
        return "conflict"
    return _WORST[max((_WORST.index(c.state) for c in each if c.state != "moot"), default=0)]


def enact(text: Text, changes: Sequence[Change]) -> Text:
    """Returns the text with the changes in it, touching the bytes of no other clause.

    Raises Refused with code `text-conflict`, naming the clause and the words, unless the changes
    are clean or drifted, or all in the text already; `text-unwritable` where Markdown cannot say
    what they mean.
    """
    found = standing(text, changes)
    if found.is_unwritable:
        raise _unwritable(changes)
    if found.text is None or not found.can_be_enacted:
        stuck = next(e for e in found.each if e.state not in ("clean", "drifted") and not e.is_done)
        raise Refused(
            "text-conflict",
            stuck.why,
            "A new revision on the text as it stands now can be voted on.",
            stuck.change.target,
        )
    if not found.reads_as_wanted:
        raise _unwritable(changes)
    return found.text


def _unwritable(changes: Sequence[Change]) -> Refused:
    hint = "Put them elsewhere, or set them as another kind of block."
    return Refused("text-unwritable", _UNWRITABLE, hint, changes[0].target)


def effect_of(text: Text, changes: Sequence[Change]) -> str:
    """Returns "sha256:…" over the clauses as they would read: what a vote is on.

    One line of JSON for each change, in the order of anchors: the clause, where it goes if it is
    new or moved, its kind, depth and words; or that it is deleted. Other clauses, numbers and
    the amendment's title are not in it.

    Raises Refused with code `text-conflict` where the changes cannot be made.
    """
    found = standing(text, changes)
    if found.state == "conflict" or any(e.state == "moot" and not e.is_done for e in found.each):
        enact(text, changes)
    return found.effect


def amendment_effect(text: Text, amendment: Amendment) -> str:
    """Returns what a vote on an amendment is on: its effect on the text, or the rules it wants."""
    return rules_digest(amendment.rules) if amendment.rules else effect_of(text, amendment.changes)


def text_digest(text: Text) -> str:
    """Returns "sha256:…" of a whole text, as two common commands do.

    It is what `sha256sum FILE… | sha256sum` prints for the text's files in reading order, named
    from the root of the repository.
    """
    lines = "".join(
        f"{hashlib.sha256(outline.source.encode('utf-8', 'surrogateescape')).hexdigest()}  {path}\n"
        for path, outline in text.documents
    )
    return "sha256:" + hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _effect_line(each: ChangeStanding) -> str:
    change, block = each.change, each.block
    line: dict[str, object] = {"clause": change.target}
    if change.verb == "delete" or block is None:
        line["deleted"] = True
    else:
        place = change.after or change.move_after
        if place:
            line["after"] = place
        line |= {"kind": block.kind, "depth": block.depth, "ordered": block.ordered}
        line["text"] = block.text
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n"


def _apply(draft: Rewriting, change: Change) -> ChangeStanding:
    """Makes one change in the draft and says how it stood; a deletion is only judged."""
    try:
        if change.verb == "insert":
            return _insert(draft, change)
        current = draft.block(change.clause)
        if current is None:
            name = called(draft.text, change.clause, change.was)
            return ChangeStanding(change, "moot", f"Clause {name} is gone from the text.")
        found = _reword(current, change, called(draft.text, change.clause))
        if change.verb == "move" and found.state not in ("conflict",):
            found = _move(draft, found)
        elif change.verb == "replace" and found.block and found.state != "moot":
            draft.replace(change.clause, found.block)
    except Unplaced:
        goes = called(draft.text, change.target, change.now)
        why = f"The clause after which {goes} is to stand is gone from the text."
        return ChangeStanding(change, "conflict", why)
    except ValueError as wrong:
        return ChangeStanding(change, "conflict", str(wrong))
    return found


def _insert(draft: Rewriting, change: Change) -> ChangeStanding:
    block = read(change.now or "")
    there = draft.block(change.id)
    if there == block:
        why = f"The text already has {called(draft.text, change.id)} with these words."
        return ChangeStanding(change, "moot", why, block, is_done=True)
    if there is not None or not change.id:
        why = f"Another clause is already called {change.id}: “{_short(there)}”."
        return ChangeStanding(change, "conflict", why, block)
    draft.insert(change.after, change.id, block)
    return ChangeStanding(change, "clean", "The clause is new.", block)


def _reword(current: Block, change: Change, name: str) -> ChangeStanding:
    """Judges the words that a replacement, a deletion or a move finds and wants."""
    # An amendment names by tokens what hides in the text.
    said, wanted = (words and conceal(words, current.text) for words in (change.was, change.now))
    was = read(said or "", current)
    unchanged = said == written(current) or same_words(was, current)
    if wanted is None:
        if unchanged:
            return ChangeStanding(change, "clean", f"Clause {name} reads as it did.", current)
        if change.verb == "move":
            why = f"Clause {name} has changed since, and moves as it now reads."
            return ChangeStanding(change, "drifted", why, current)
        why = f"Clause {name} is to go, but it has changed since and now reads “{_short(current)}”."
        return ChangeStanding(change, "conflict", why)
    now = read(wanted, current, said or "")
    if unchanged:
        return ChangeStanding(change, "clean", f"Clause {name} reads as it did.", now)
    if same_words(now, current):
        why = f"Clause {name} already reads so."
        return ChangeStanding(change, "moot", why, current, is_done=True)
    merged = merge(was.text, current.text, now.text)
    shape = now if _shape(now) != _shape(was) else current
    if merged.text is None or (_shape(was) != _shape(current) and shape is now):
        words = "".join(found.ours for found in merged.conflicts[:1]).strip() or current.text
        now_read = shortened(words, 80)
        why = f"The same words of clause {name} have changed since; they now read “{now_read}”."
        return ChangeStanding(change, "conflict", why)
    block = Block(shape.kind, merged.text, shape.depth, shape.ordered)
    if merged.state == "touched":
        why = f"Both changes are in one sentence of {name}, which would read “{_short(block)}”."
        return ChangeStanding(change, "touched", why, block)
    return ChangeStanding(change, "drifted", f"Other words of clause {name} have changed.", block)


def _move(draft: Rewriting, found: ChangeStanding) -> ChangeStanding:
    change, block = found.change, found.block
    assert block is not None
    stood_there = draft.stands_after(change.clause, change.move_after)
    draft.move(change.clause, change.move_after, block)
    if stood_there and (change.now is None or found.state == "moot"):
        why = f"Clause {called(draft.text, change.clause)} already stands there."
        return ChangeStanding(change, "moot", why, block, is_done=True)
    if found.state == "moot":
        why = f"Clause {called(draft.text, change.clause)} already reads so."
        return ChangeStanding(change, "clean", why, block)
    return found


def same_words(a: Block, b: Block) -> bool:
    """Says whether two blocks read the same and are set the same."""
    return write_block(a) == write_block(b) and _shape(a) == _shape(b)


def _shape(block: Block) -> tuple[str, int, bool]:
    return block.kind, block.depth, block.ordered


def _short(block: Block | None) -> str:
    return shortened(block.text if block else "", 80)
