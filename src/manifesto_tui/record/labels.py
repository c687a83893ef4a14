"""Keeps what the signatures beside amendments prove, as lists tell of each, for some commits.

A signature is judged by the history: by the roll at the commit that brought it. So what is kept by
the tree of a folder is right where the commit that it was kept for goes before, and none since has
touched the folder; see `provenance.untouched`.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import get_args

from manifesto_tui.governance.signature import Signature, State
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.git import Repository

_NAME = "labels"
Labels = Mapping[str, Signature]
"""By the id of a folder's tree: what the signature proves that lists tell of."""


def recall(repo: Repository, commit: str) -> tuple[Labels, str]:
    """Returns what is kept for a commit, or else for the last one that is; and for which."""
    kept, since = Cache(repo.common_dir).recall_near("labels", _NAME, commit)
    return _unpacked(kept), since


def remember(repo: Repository, commit: str, labels: Labels) -> None:
    """Keeps what signatures prove at a commit."""
    Cache(repo.common_dir).remember("labels", {(_NAME, commit): _packed(labels)})


def _packed(labels: Labels) -> bytes:
    # A few members sign thousands of files: each key stands there once.
    numbers = {each: at for at, each in enumerate(dict.fromkeys(labels.values()))}
    each = [(one.state, one.key, one.why) for one in numbers]
    rows = [" ".join(labels), " ".join(str(numbers[one]) for one in labels.values())]
    return json.dumps([each, *rows]).encode()


def _unpacked(kept: bytes) -> Labels:
    with suppress(ValueError, TypeError, IndexError):
        each, trees, numbers = json.loads(kept)
        known = [Signature(state, str(key), str(why)) for state, key, why in each]
        if all(one.state in get_args(State) for one in known):
            given = (known[int(at)] for at in numbers.split())
            return dict(zip(trees.split(), given, strict=True))
    return {}
