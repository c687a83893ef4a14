"""Takes back what a member did last, by the act that is the record's own opposite of it.

Nothing is ever removed: a vote is undone by casting the one before it again, a proposal by
withdrawing it, a comment by hiding it, an edit of a draft by writing the words back. Where the
record knows no opposite, it says so, and what one can do instead.

    undo = find_undo(desk)          # undo.told: 'Casts your vote before it again: against.'
    undo.make(desk)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.governance.validity import sequence
from manifesto_tui.record import history, layout
from manifesto_tui.workflow import (
    deciding,
    discussing,
    editing,
    people,
    representing,
    revising,
    ruling,
    signing_on,
)
from manifesto_tui.workflow.desk import Desk, Recorded

_INSTEAD = {
    "second": ("A second stands.", "Say otherwise in a comment."),
    "withdrawal": ("A withdrawal stands.", "Propose it again."),
    "ballot": ("A ballot stays opened, and ends at its closing time.", "Vote as you mean to."),
    "decision": ("A decision stands.", "Propose the earlier words as an amendment."),
    "acceptance": ("Whom you vote for may take it back, and you may not.", "Ask them to."),
    "edition": ("An edition stands.", "Make another when the text has changed."),
    "manifesto": ("The settings of the manifesto stand.", "A steward changes them in the file."),
    "sources": ("The list of sources stands.", "Change it in its file."),
}


@dataclass(frozen=True, slots=True)
class Undo:
    """What would take the last act back. `of` is that act, as its commit says it."""

    of: str
    told: str
    make: Callable[[Desk], Recorded] = field(repr=False, compare=False)


def find_undo(desk: Desk, commit: str = "") -> Undo:
    """Returns what takes back an act of the member here: of a commit, or of the tip.

    Raises Refused "nothing-to-undo" where it is no act of theirs, and "no-opposite" with what one
    can do instead where the record has none.
    """
    commit = commit or desk.assembly.commit
    act = history.act_of(desk.repo, commit)
    path = next((p for p in act.paths if layout.kind_of(p) not in (None, "signature")), "")
    path = path or next((p for p in act.paths if p in desk.assembly.text.sources), "")
    _refuse_others(desk, act, path)
    folder = layout.folder_of(path)
    named = folder.rpartition("/")[2].partition("-")[0] if folder else ""
    told, make = _opposite(desk, layout.kind_of(path), path, named, act.parents[0])
    return Undo(act.subject, told, make)


def undo(desk: Desk, commit: str = "") -> Recorded:
    """Takes back an act of the member here, as a commit of its own; raises as `find_undo` does."""
    return find_undo(desk, commit).make(desk)


_Way = tuple[str, Callable[[Desk], Recorded]]


def _opposite(desk: Desk, kind: str | None, path: str, id: str, before: str) -> _Way:
    match kind:
        case "vote":
            return _vote(desk, path, id)
        case "comment":
            return _comment(desk, path, id)
        case "amendment":
            return _amendment(desk, path, id)
        case "member":
            return _member(desk, layout.stem(path), before)
        case "signatory":
            return _name(desk, path)
        case "proxy":
            return "Takes your proxy back.", lambda desk: representing.withdraw(desk, id)
        case "rules":
            rules = desk.assembly_at(before).rules
            reason = "Taken back by whoever changed them."
            return "Makes the rules as they were.", lambda desk: ruling.change(desk, rules, reason)
        case None:
            return _words(desk, path, before)
    raise _none(*_INSTEAD[kind])


def _vote(desk: Desk, path: str, id: str) -> _Way:
    votes = desk.find(id).votes
    voter = next((v.voter for v in votes if v.path == path), "")
    mine = sorted((v for v in votes if v.voter == desk.me().handle), key=lambda v: sequence(v) or 0)
    if voter != desk.me().handle:
        raise _others(voter)
    if mine[-1].path != path:
        raise _none("You have voted again since.", "Undo that vote, or vote once more.")
    if len(mine) < 2:
        raise _none(
            "A first vote can be changed and not unsaid.",
            "Vote again until the ballot closes: the last vote counts.",
        )
    former = mine[-2]
    said = ", ".join(former.ranking) or former.choice

    def make(desk: Desk) -> Recorded:
        return deciding.vote(desk, id, former.choice or None, former.ranking, former.reason)

    return f"Casts your vote before it again: {said}.", make


def _comment(desk: Desk, path: str, id: str) -> _Way:
    name = layout.stem(path)
    said = next((c for c in desk.find(id).comments if c.name == name), None)
    if said and said.member != desk.me().handle:
        raise _others(said.member)
    if said is None or said.hides:
        raise _none("What is hidden stays hidden.", "Say it again in another comment.")
    return "Hides your comment; it stays in the record as hidden.", lambda desk: discussing.hide(
        desk, id, name, "Taken back by who said it."
    )


def _amendment(desk: Desk, path: str, id: str) -> _Way:
    revisions = desk.find(id).revisions
    latest = revisions[-1]
    if latest.proposer != desk.me().handle:
        raise _others(latest.proposer)
    if layout.amendment_path(layout.folder_of(path), latest.revision) != path:
        raise _none("There is a later revision.", "Undo that one first.")
    if len(revisions) == 1:
        revising.open_amendment(desk, id)
        return (
            f"Withdraws {id}; it stays in the record as withdrawn.",
            lambda desk: revising.withdraw(desk, id, "Taken back by its proposer."),
        )
    former = revisions[-2]

    def make(desk: Desk) -> Recorded:
        return revising.revise(
            desk, id, changes=former.changes, title=former.title, rationale=former.rationale
        )

    return f"Files the words of revision {former.revision} again, as the next revision.", make


def _member(desk: Desk, handle: str, before: str) -> _Way:
    was = desk.assembly_at(before).roll.by_handle.get(handle)
    now = desk.assembly.roll.by_handle[handle]
    if was is None or (was.retired and not now.retired):
        return (
            f"Retires {now.name}; they stay on the roll for history.",
            lambda desk: people.retire(desk, handle),
        )
    if now.retired and not was.retired:
        return f"Admits {was.name} again.", lambda desk: people.admit(
            desk, handle, was.name, was.constituency, was.is_steward, was.addresses
        )
    if now.is_steward != was.is_steward:
        if now.is_steward:
            return f"{now.name} is no steward any more.", lambda desk: people.relieve(desk, handle)
        return f"{now.name} is a steward again.", lambda desk: people.appoint(desk, handle)
    raise _none(
        "A change of keys is not taken back by itself.",
        "`manifesto-tui roll key` adds and withdraws them.",
    )


def _name(desk: Desk, path: str) -> _Way:
    act = next(
        (s for s in desk.assembly.signatories if layout.signatory_path(s.handle, s.place) == path),
        None,
    )
    if act is None or act.withdrawn:
        raise _none("The name was taken back.", "Sign the edition again.")
    return f"Takes the name of {act.name} back.", lambda desk: signing_on.take_back(
        desk, act.handle, "Taken back by whoever put it there."
    )


def _words(desk: Desk, path: str, before: str) -> _Way:
    was = desk.text_at(before).sources
    now = desk.assembly.text.sources
    if not path or set(was) != set(now):
        raise _none("That was no act of a member on the record.", "Undo it where it was made.")
    changed = {name: source for name, source in was.items() if source != now[name]}

    def make(desk: Desk) -> Recorded:
        return editing.save_text(desk, changed, "Take the last edit back")

    return "Writes the words back as they were before.", make


def _refuse_others(desk: Desk, act: history.Act, path: str) -> None:
    """Raises where an act is not that of the member here, or no act of one."""
    if len(act.parents) != 1 or not path:
        raise Refused(
            "nothing-to-undo",
            "The last thing in the record is no act of yours.",
            "Undo takes back what you recorded last, until somebody else's comes after it.",
        )
    if act.author != desk.repo.identity():
        raise _others(act.author[0])
    if layout.kind_of(path) is None and desk.assembly.commit != act.commit:
        raise _none("Something was recorded since that edit.", "Edit the words back yourself.")


def _others(name: str) -> ManifestoError:
    said = f"What was recorded last is {name}’s, not yours."
    return Refused("nothing-to-undo", said, "Only they take it back.")


def _none(sentence: str, hint: str) -> ManifestoError:
    return Refused("no-opposite", sentence, hint)
