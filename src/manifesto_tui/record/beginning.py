"""Makes a repository where there is none."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from manifesto_tui.record.git import Repository
from manifesto_tui.record.running import execute
from manifesto_tui.record.trouble import failed

_MAKING = ".manifesto-tui-"


def begin(directory: Path, environment: Mapping[str, str]) -> Repository:
    """Makes a repository in `directory` with branch `main`, and the folder where needed.

    It is made in a folder of its own within, and comes into its place whole: a crash leaves
    either none or one that works, and the next start sweeps up.
    """
    directory.mkdir(parents=True, exist_ok=True)
    sweep(directory)
    making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=directory))
    try:
        command = ("init", "--quiet", "--initial-branch=main", "--template=")
        result = execute(command, environment, cwd=making)
        if result.status:
            raise failed("init", result.status, result.error)
        (making / ".git").rename(directory / ".git")
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Repository.discover(directory, environment)


def sweep(directory: Path) -> None:
    """Takes away the repositories that were being made here when a process was killed."""
    for left in directory.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
