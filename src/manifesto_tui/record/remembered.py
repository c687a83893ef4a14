"""Keeps what a clone remembers by name, such as tips of branches, in a file of git's own folder.

It is the clone's own: it is not pushed, and a fresh clone has none. What somebody damaged counts
as nothing remembered.
"""

import json
from pathlib import Path

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record.git import Repository
from manifesto_tui.record.locks import one_at_a_time
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.record.whole import write_whole

_LARGEST = 1024 * 1024


def read(repo: Repository, what: str) -> dict[str, str]:
    """Returns what is remembered of one kind, by name."""
    try:
        with _file(repo, what).open("rb") as file:
            held = json.loads(file.read(_LARGEST))
    except (OSError, Unavailable, ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {name: value for name, value in held.items() if isinstance(value, str)}


def add(repo: Repository, what: str, new: dict[str, str]) -> None:
    """Remembers more, in place of what the names stood for; forgets those that are "".

    Raises OSError where the disk cannot be written.
    """
    with one_at_a_time(repo.common_dir, what):
        before = read(repo, what)
        held = {name: value for name, value in sorted({**before, **new}.items()) if value}
        if held != before:
            write_whole(_file(repo, what), (json.dumps(held, indent=1) + "\n").encode())


def _file(repo: Repository, what: str) -> Path:
    return own_folder(repo.common_dir) / f"{what}.json"
