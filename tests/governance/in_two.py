"""Replays a history in two parts, the second going on from what was remembered of the first."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from governance.paper import assemble
from governance.sealing import fits
from manifesto_tui.governance.replay import (
    CommitDelta,
    Finding,
    Judged,
    Proof,
    Reader,
    go_on,
    play,
    recall,
    remember,
)

Tree = Mapping[str, tuple[str, bytes]]


class Trees:
    """The files of one commit and the bytes of all, as a clone would have them."""

    def __init__(self, trees: Mapping[str, Tree], commit: str) -> None:
        self._tree = trees[commit]
        # Every commit of a history that is made up by hand is before the ones made later.
        self._commits = [name for name in trees if name <= commit]
        self._bytes = {digest(data): data for tree in trees.values() for _, data in tree.values()}

    def entry(self, path: str) -> tuple[str, str] | None:
        return self.everything().get(path)

    def files_in(self, folder: str) -> dict[str, tuple[str, str]]:
        found = self.everything()
        return {path: found[path] for path in found if path.rpartition("/")[0] == folder}

    def everything(self) -> dict[str, tuple[str, str]]:
        return {path: (mode, digest(data)) for path, (mode, data) in self._tree.items()}

    def __contains__(self, commit: object) -> bool:
        return commit in self._commits

    def data(self, names: Sequence[str]) -> dict[str, bytes]:
        return {name: self._bytes[name] for name in names}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def cuts(deltas: Sequence[CommitDelta]) -> list[int]:
    """Returns how many commits may be proved first: all that follows is built on the last."""
    found = []
    for at in range(1, len(deltas)):
        before = {delta.commit for delta in deltas[: at - 1]}
        if not any(parent in before for delta in deltas[at:] for parent in delta.parents):
            found.append(at)
    return found


def proved_in_two(deltas: Sequence[CommitDelta], trees: Mapping[str, Tree], at: int) -> Proof:
    """Proves the first commits, writes down what is to be remembered, and goes on from there."""
    first = play(deltas[:at], Reader(assemble, fits)).milestones
    if not first:
        return play(deltas, Reader(assemble, fits)).proof
    document = json.loads(json.dumps(remember(first[-1])))
    reader = Reader(assemble, fits)
    since = recall(document, Trees(trees, deltas[at - 1].commit), reader)
    assert json.loads(json.dumps(remember(since))) == document
    return play(deltas[at:], reader, since, Judged()).proof


def found_one_by_one(deltas: Sequence[CommitDelta]) -> list[Finding]:
    """Returns what is found where each commit goes on from the states that are held."""
    held, reader = Judged(), Reader(assemble, fits)
    play(deltas[:1], reader, held=held)
    for at in range(1, len(deltas) if held.tips else 0):
        before = {delta.commit for delta in deltas[:at]}
        go_on(deltas[at : at + 1], reader, held, before)
    return [found for delta in deltas for found in held.found.get(delta.commit, ())]
