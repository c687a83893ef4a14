"""Counts all ballots at once, and only those that changed since they were counted last."""

from collections.abc import Mapping

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import rules_digest
from manifesto_tui.governance.score import Score, score
from manifesto_tui.record import scores as kept
from manifesto_tui.record import snapshot
from manifesto_tui.record.provenance import untouched
from manifesto_tui.workflow.counting import all_checked, pinned, tally_of
from manifesto_tui.workflow.desk import Desk


def scores(desk: Desk) -> dict[str, Score]:
    """Returns what every ballot comes to, by the folder that holds it, in the order of folders.

    Each is the governance's own count, see `tally_of`, in short. Left out are ballots that cannot
    be counted here, for want of the roll that they were opened with.
    """
    assembly = desk.assembly
    trees = snapshot.trees(assembly)
    known, since = kept.recall(desk.repo, assembly.commit)
    names = _known(desk, trees, known, since)
    missing = [at for at, folder in enumerate(trees) if folder not in names]
    snapshot.fetch(assembly, (assembly.proposals[at].folder for at in missing))
    counted: dict[str, Score | None] = {}
    lasting: dict[str, Score | None] = {}
    with desk.repo.at_hand():
        for at in missing:
            held = assembly.proposals[at]
            counted[held.folder] = _count(desk, held)
            if _lasts(desk, held):
                tree = trees[held.folder]
                name = kept.by_history(tree) if held.may_be_signed else tree
                lasting[name] = counted[held.folder]
    if lasting or since != assembly.commit:
        kept.remember(desk.repo, assembly.commit, {n: known[n] for n in names.values()} | lasting)
    return {f: s for f in trees if (s := known[names[f]] if f in names else counted[f])}


def _known(desk: Desk, trees: Mapping[str, str], known: kept.Scores, since: str) -> dict[str, str]:
    """Returns the folders whose scores need not be counted anew, and what these are kept under."""
    names = {folder: tree for folder, tree in trees.items() if tree in known}
    if len(names) == len(trees):
        return names
    judged = {f: kept.by_history(tree) for f, tree in trees.items() if f not in names}
    judged = {folder: name for folder, name in judged.items() if name in known}
    right = untouched(desk.repo, judged, since, desk.assembly.commit)
    return names | {folder: judged[folder] for folder in right}


def _count(desk: Desk, held: Proposal) -> Score | None:
    if held.ballot is None:
        return None
    try:
        return score(tally_of(desk, held), held.ballot)
    except Refused:
        return None


def _lasts(desk: Desk, held: Proposal) -> bool:
    """Says whether the count of a folder rests on what lies in it, and on how that came to be.

    That is so where the roll and the rules are those whose digests stand on the ballot, and where
    no signature waits for a machine that can check it.
    """
    if held.ballot is None:
        return True
    if not all_checked(desk, held):
        return False
    roll, rules = pinned(desk, held.ballot)
    return roll.digest == held.ballot.roll and rules_digest(rules) == held.ballot.rules
