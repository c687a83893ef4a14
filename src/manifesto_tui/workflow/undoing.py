"""Takes back what a member did last, by the act that is the record's own opposite of it.

Nothing is ever removed: a vote is undone by casting the one before it again, a proposal by
withdrawing it, a comment by hiding it, an edit of a draft by writing the words back. Where the
record knows no opposite, it says so, and what one can do instead.

    undo = find_undo(desk)          # undo.told: 'Casts your vote before it again: against.'
    undo.make(desk)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from manifesto_tui.governance.paths import folder_of, kind_of
from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import identity, log
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.opposites import Done, none, opposite, others


@dataclass(frozen=True, slots=True)
class Undo:
    """What would take the last act back. `of` is that act, as its commit says it.

    `told` is a sentence; `rules` are the sentences in which it changes the rules, as
    `governance.ruling.difference` has them.
    """

    of: str
    told: str
    make: Callable[[Desk], Recorded] = field(repr=False, compare=False)
    rules: tuple[tuple[str, str], ...] = ()


def find_undo(desk: Desk, commit: str = "") -> Undo:
    """Returns what takes back an act of the member here: of a commit, or of the tip.

    Raises Refused "nothing-to-undo" where it is no act of theirs, and "no-opposite" with what one
    can do instead where the record has none.
    """
    commit = commit or desk.assembly.commit
    act = log.commit(desk.repo, commit)
    files = [p for p in act.paths if kind_of(p) not in (None, "signature")]
    # A decision may bring new rules: what an act was, its file in the proposal's folder says.
    path = min(files, key=lambda p: not folder_of(p), default="")
    path = path or next((p for p in act.paths if p in desk.assembly.text.sources), "")
    _refuse_others(desk, act, path)
    folder = folder_of(path)
    named = folder.rpartition("/")[2].partition("-")[0] if folder else ""
    done = Done(kind_of(path), path, named, act.parents[0], act.commit)
    found = opposite(desk, done)
    return Undo(act.subject, found.told, found.make, found.rules)


def _refuse_others(desk: Desk, act: log.Commit, path: str) -> None:
    """Raises where an act is not that of the member here, or no act of one."""
    if len(act.parents) != 1 or not path:
        raise Refused(
            "nothing-to-undo",
            "The last thing in the record is no act of yours.",
            "Undo takes back what you recorded last, until somebody else's comes after it.",
        )
    if act.author != identity.author(desk.repo):
        raise others(act.author[0])
    if kind_of(path) is None and desk.assembly.commit != act.commit:
        raise none("Something was recorded since that edit.", "Edit the words back yourself.")
