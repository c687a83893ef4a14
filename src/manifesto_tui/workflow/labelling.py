"""Has at hand what signatures prove of many amendments, asking the history of none twice."""

from collections import Counter
from collections.abc import Sequence

from manifesto_tui.record import labels, snapshot
from manifesto_tui.record.provenance import untouched
from manifesto_tui.workflow.card import Card
from manifesto_tui.workflow.desk import Desk


def label_all(desk: Desk, cards: Sequence[Card]) -> None:
    """Has at hand what the signature proves that is told of each card.

    What was found before is right where no commit since touches the folder. What could not be
    checked here is asked again, and so is what lies twice in the record, byte for byte.
    """
    repo, commit, trees = desk.repo, desk.assembly.commit, snapshot.trees(desk.assembly)
    waiting = [card for card in cards if not card.is_labelled]
    if not waiting:
        return
    kept, since = labels.recall(repo, commit)
    count = Counter(trees.values())
    once = [folder for folder, tree in trees.items() if tree in kept and count[tree] == 1]
    known = {folder: kept[trees[folder]] for folder in untouched(repo, once, since, commit)}
    found = {}
    with repo.at_hand():
        for card in waiting:
            folder = card.proposal.folder
            if folder in known:
                card.__dict__["signature"] = known[folder]
            elif card.signature.state != "unchecked" and count[trees[folder]] == 1:
                found[folder] = card.signature
    if found or (known and since != commit):
        known |= found
        labels.remember(repo, commit, {trees[folder]: known[folder] for folder in known})
