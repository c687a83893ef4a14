"""Tells a branch that was lost from one that has no commit yet, and how it is put back.

A branch is a small file of git's. A crash, a disk or a careless hand may leave it empty, full of
something else, or gone; git then takes it for a branch on which nobody has recorded anything, and
to found a manifesto there would hide all that was. Git's log of the branch still knows its last
commit; where that is gone too, there is what was seen of the shared place.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import ManifestoError, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.trouble import WHOLE_COPY

if TYPE_CHECKING:
    from manifesto_tui.record.git import Repository

_LINE = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) .*\t(.*)")
_FOUNDING = re.compile(rb"manifesto-tui: |fast-import")
_LATEST = 1 << 16
_TRIED = 20
_LEFT = "`git fsck --lost-found` lists"


def refuse_lost(repo: Repository) -> None:
    """Raises Unavailable "branch-lost" where what is checked out has a commit and names none."""
    branch = repo.branch()
    if branch is None:
        raise Unavailable(
            "branch-lost",
            "What is checked out here is a commit that this repository has lost.",
            f"`git branch --all` lists what may be checked out instead. {WHOLE_COPY}",
        )
    file = repo.common_dir / branch
    damaged = os.path.lexists(file) and not file.is_dir()
    logged = list(_logged(repo.common_dir / "logs" / branch))
    if not damaged and not logged:
        return
    name, place = reveal(branch.removeprefix("refs/heads/")), reveal(str(file))
    became = "is damaged" if damaged else "is gone"
    told = f"The branch {name} has lost its last commit. {place}, which named it, {became}."
    first = f"Move {place} away, then" if damaged else "To put it back,"
    raise Unavailable("branch-lost", told, _remedy(repo, branch, logged[:_TRIED], first))


def _remedy(repo: Repository, branch: str, logged: Sequence[str], first: str) -> str:
    """Says which commit the branch is to name again, after what is to be done `first`."""

    def setting(commit: str) -> str:
        typed = shlex.join(("git", "update-ref", reveal(branch), commit))
        return f"{first} type `{typed}` here"

    for commit in filter(partial(_is_here, repo), logged):
        return f"{setting(commit)}."
    for commit in _seen(repo, branch):
        since = f"{_LEFT} what was recorded here since."
        return f"{setting(commit)}: there the shared place was when last seen. {since}"
    return f"{_LEFT} the commits that are left. {WHOLE_COPY}"


def _logged(log: Path) -> Iterator[str]:
    """Yields the commits that git's log of a branch has, the latest first.

    A log that has only a founding yields none: that may have been interrupted.
    """
    try:
        with log.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _LATEST))
            # After a loss of power the last ones may hold anything.
            lines = [line for line in map(_LINE.match, file.read().split(b"\n")) if line]
    except OSError:
        return
    if len(lines) > 1 or not any(_FOUNDING.match(line[2]) for line in lines):
        yield from (line[1].decode() for line in reversed(lines))


def _seen(repo: Repository, branch: str) -> Iterator[str]:
    """Yields where a shared place had a branch when it was seen last."""
    for remote in repo.remotes():
        tip = repo.named(f"refs/remotes/{remote}/{branch.removeprefix('refs/heads/')}")
        if tip and _is_here(repo, tip):
            yield tip


def _is_here(repo: Repository, commit: str) -> bool:
    with suppress(ManifestoError):
        return repo.knows(commit)
    return False
