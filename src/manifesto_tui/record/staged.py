"""Tells from git's index as a file that paths are not in it, without starting git.

What is recorded is nearly always a new file, and reading the index of a large repository is most
of what it takes to record one. Whatever is not sure (a path that may be there, an index that is
split, sparse, compressed or damaged) is left to git.
"""

import mmap
import os
from collections.abc import Iterable
from hashlib import sha1, sha256
from pathlib import Path

_VERSIONS = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")  # Of 4, names are kept in part only.


def surely_absent(git_dir: Path, paths: Iterable[str], length: int) -> bool:
    """Tells whether none of some paths can be in the index; `length` is that of an object's id."""
    if (git_dir / "info" / "sparse-checkout").exists() or any(git_dir.glob("sharedindex.*")):
        return False
    try:
        with (git_dir / "index").open("rb") as file:
            if os.fstat(file.fileno()).st_size < 64:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as index:
                return _is_whole(index, length // 2) and not any(
                    index.find(os.fsencode(path) + b"\0") >= 0 for path in paths
                )
    except (OSError, ValueError):
        return False


def _is_whole(index: mmap.mmap, size: int) -> bool:
    """Tells whether an index is of a version that is known here, and its checksum right."""
    if index[:8] not in _VERSIONS:
        return False
    hashed = sha256() if size == 32 else sha1(usedforsecurity=False)
    with memoryview(index) as view, view[:-size] as content:
        hashed.update(content)
    return hashed.digest() == index[-size:]
