"""Tells what git's index has at some paths: from its file where that is sure, else git is asked.

What is recorded is nearly always a new file, and reading the index of a large repository is most
of what it takes to record one. So that none of some paths is in the index is seen in the file.
Whatever is not sure (a path that may be there, an index that is split, sparse, compressed or
damaged) is left to git.
"""

import mmap
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from manifesto_tui.record.entries import is_whole
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry

_MANY = 1000


def surely_absent(git_dir: Path, paths: Iterable[str], length: int) -> bool:
    """Tells whether none of some paths can be in the index; `length` is that of an object's id."""
    if (git_dir / "info" / "sparse-checkout").exists() or any(git_dir.glob("sharedindex.*")):
        return False
    try:
        with (git_dir / "index").open("rb") as file:
            if os.fstat(file.fileno()).st_size < 64:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as index:
                return is_whole(index, length // 2) and not any(
                    index.find(os.fsencode(path) + b"\0") >= 0 for path in paths
                )
    except (OSError, ValueError):
        return False


def in_parts(paths: Iterable[str]) -> Iterator[list[str]]:
    """Yields paths by the thousand: all of them may be more than one command line takes."""
    listed = list(paths)
    for at in range(0, len(listed), _MANY):
        yield listed[at : at + _MANY]


def staged_at(repo: Repository, paths: tuple[str, ...]) -> dict[str, list[Entry]]:
    """Returns what is staged at some paths; several entries where a merge left a conflict."""
    found: dict[str, list[Entry]] = {}
    listed = b"".join(
        repo.run(("ls-files", "--stage", "-z", "--", *some)) for some in in_parts(paths)
    )
    for line in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        facts, _, path = line.partition("\t")
        mode, blob, _stage = facts.split(" ")
        found.setdefault(path, []).append(Entry(mode, blob))
    return found


def is_hidden(repo: Repository, path: str) -> bool:
    """Tells whether the user's sparse checkout leaves this file out."""
    return repo.run(("ls-files", "-t", "-z", "--", path)).startswith(b"S ")


def edited(repo: Repository, paths: list[str]) -> set[str]:
    """Returns those paths whose file may be another than the index has, as git itself sees it."""
    found: set[str] = set()
    for some in in_parts(paths):
        said = repo.run(("diff-files", "--name-only", "-z", "--ignore-submodules", "--", *some))
        found.update(said.decode("utf-8", "surrogateescape").split("\0"))
    return found
