"""Counts all ballots at once, and only those that changed since they were counted last."""

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import rules_digest
from manifesto_tui.governance.score import Score, score
from manifesto_tui.record import scores as kept
from manifesto_tui.record import snapshot
from manifesto_tui.workflow.counting import pinned, tally_of
from manifesto_tui.workflow.desk import Desk


def scores(desk: Desk) -> dict[str, Score]:
    """Returns what every ballot comes to, by the folder that holds it, in the order of folders.

    Each is the governance's own count, see `tally_of`, in short. Left out are ballots that cannot
    be counted here, for want of the roll that they were opened with.
    """
    assembly = desk.assembly
    trees = snapshot.trees(assembly)
    known, is_whole = kept.recall(desk.repo, assembly.commit)
    missing = [at for at, tree in enumerate(trees.values()) if tree not in known]
    snapshot.fetch(assembly, (assembly.proposals[at].folder for at in missing))
    counted: dict[str, Score | None] = {}
    lasting: dict[str, Score | None] = {}
    for at in missing:
        held = assembly.proposals[at]
        counted[held.folder] = _count(desk, held)
        if _lasts(desk, held):
            lasting[trees[held.folder]] = counted[held.folder]
    if lasting or not is_whole:
        now = {tree: known[tree] for tree in trees.values() if tree in known}
        kept.remember(desk.repo, assembly.commit, now | lasting)
    found = {folder: known.get(tree) for folder, tree in trees.items()} | counted
    return {folder: result for folder, result in found.items() if result}


def _count(desk: Desk, held: Proposal) -> Score | None:
    if held.ballot is None:
        return None
    try:
        return score(tally_of(desk, held), held.ballot)
    except Refused:
        return None


def _lasts(desk: Desk, held: Proposal) -> bool:
    """Says whether the count of a folder rests on nothing but what lies in it.

    That is so where nothing in it is signed, and the roll and the rules are those whose digests
    stand on the ballot.
    """
    if held.ballot is None:
        return True
    if held.may_be_signed:
        return False
    roll, rules = pinned(desk, held.ballot)
    return roll.digest == held.ballot.roll and rules_digest(rules) == held.ballot.rules
