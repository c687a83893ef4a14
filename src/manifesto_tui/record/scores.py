"""Keeps what ballots came to, by the trees of their folders, for one commit after the other.

A folder's tree names all that a count rests on: the votes, the decision, and the ballot with the
digests of its roll and rules. So a score that was kept for a tree is right wherever that tree
stands. Who keeps one answers for that: it is not kept of a folder that was counted with another
roll or other rules.

Signatures are judged by the history besides: by the roll at the commit that brought each. The score
of a folder with signatures is kept under another name, see `by_history`, and is right where the
commit that it was kept for goes before, and none since has touched the folder.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from itertools import repeat

from manifesto_tui.governance.score import Score
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.git import Repository

_NAME = "scores"
Scores = Mapping[str, Score | None]
"""By the id of a folder's tree, or `by_history`; None where there is no ballot in it."""


def by_history(tree: str) -> str:
    """Returns what the score of a folder is kept under whose signatures the history judges."""
    return f"{tree}+"


def recall(repo: Repository, commit: str) -> tuple[Scores, str]:
    """Returns what is kept for a commit, or else for the last one that is; and for which.

    Both may know trees that the commit does not have, and lack some that it has.
    """
    kept, since = Cache(repo.common_dir).recall_near("scores", _NAME, commit)
    return _unpacked(kept), since


def remember(repo: Repository, commit: str, scores: Scores) -> None:
    """Keeps scores for a commit."""
    Cache(repo.common_dir).remember("scores", {(_NAME, commit): _packed(scores)})


def _packed(scores: Scores) -> bytes:
    counted = {tree: found for tree, found in scores.items() if found}
    columns = list(zip(*counted.values(), strict=True)) if counted else []
    without = [tree for tree, found in scores.items() if found is None]
    lines = [json.dumps(columns, separators=(",", ":")), " ".join(counted), " ".join(without)]
    return "\n".join(lines).encode()


def _unpacked(kept: bytes) -> Scores:
    with suppress(ValueError, TypeError):
        columns, counted, without = kept.decode().split("\n")
        values = json.loads(columns)
        if values and len(values) != len(Score._fields):
            return {}
        # As Score._make does, which takes three times as long for ten thousand.
        rows = map(tuple.__new__, repeat(Score), zip(*values, strict=True))
        scores: dict[str, Score | None] = dict.fromkeys(without.split())
        scores.update(zip(counted.split(), rows, strict=True))
        return scores
    return {}
