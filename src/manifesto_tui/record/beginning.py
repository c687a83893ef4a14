"""Makes a repository where there is none: one to work in, or one to send to."""

import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from manifesto_tui.record.git import Repository
from manifesto_tui.record.running import execute
from manifesto_tui.record.trouble import failed

MAKING = ".manifesto-tui-"
"""How the name of a folder begins in which a repository is being made."""


def begin(directory: Path, environment: Mapping[str, str], id_length: int = 40) -> Repository:
    """Makes a repository in `directory` with branch `main`, and the folder where needed.

    `id_length` is how many digits the id of an object has in it. It is made in a folder of its own
    within, and comes into its place whole: a crash leaves either none or one that works, and the
    next start sweeps up.
    """
    directory.mkdir(parents=True, exist_ok=True)
    sweep(directory)
    with _made(directory, environment, id_length, "--initial-branch=main") as making:
        (making / ".git").rename(directory / ".git")
    return Repository.discover(directory, environment)


def begin_shared(
    directory: Path, environment: Mapping[str, str], branch: str, id_length: int = 40
) -> None:
    """Makes a place to send to in a folder that is not there yet or holds nothing.

    `branch` is the full name of what is sent there, `id_length` is as for `begin`. Whoever may
    write to the folder may write to what is made in it. Raises OSError, and Unavailable where git
    fails.
    """
    sweep(directory.parent)
    directory.mkdir(exist_ok=True)
    shared = "group" if directory.stat().st_mode & stat.S_IWGRP else "umask"
    named = f"--initial-branch={branch.removeprefix('refs/heads/')}"
    words = ("--bare", named, f"--shared={shared}", "--", "place")
    with _made(directory.parent, environment, id_length, *words) as making:
        # What makes it one comes last: a crash before that leaves none.
        made = sorted((making / "place").iterdir(), key=lambda each: each.name == "HEAD")
        for each in made:
            each.rename(directory / each.name)


@contextmanager
def _made(
    beside: Path, environment: Mapping[str, str], id_length: int, *words: str
) -> Iterator[Path]:
    """Lends a folder in which a repository was made, on the same disk as what it is moved to."""
    making = Path(tempfile.mkdtemp(prefix=MAKING, dir=beside))
    try:
        form = "sha256" if id_length == 64 else "sha1"
        command = ("init", "--quiet", "--template=", f"--object-format={form}", *words)
        result = execute(command, environment, cwd=making)
        if result.status:
            raise failed("init", result.status, result.error)
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def sweep(directory: Path) -> None:
    """Takes away the repositories that were being made here when a process was killed."""
    for left in directory.glob(f"{MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
