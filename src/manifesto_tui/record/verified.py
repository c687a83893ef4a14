"""Remembers, in the clone, which tip of a branch was verified last.

A history that no longer contains it was rewritten, however well the new one proves. The memory
is the clone's own: it is not pushed, and a fresh clone has none.
"""

import json
from contextlib import suppress
from pathlib import Path

from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.whole import write_whole

_LARGEST = 1024 * 1024


def last_verified(repo: Repository, branch: str) -> str:
    """Returns the tip of a branch that was verified last, "" where none is remembered."""
    tip = _read(repo).get(branch, "")
    return tip if is_commit_id(tip) else ""


def remember(repo: Repository, branch: str, tip: str) -> None:
    """Remembers a verified tip; forgets the branch where it is "".

    Where the disk cannot be written it stays as it was: a proof is worth having without.
    """
    held = _read(repo)
    if held.get(branch, "") == tip:
        return
    held[branch] = tip
    text = json.dumps({name: held[name] for name in sorted(held) if held[name]}, indent=1)
    with suppress(OSError):
        write_whole(_file(repo), (text + "\n").encode())


def _file(repo: Repository) -> Path:
    return repo.common_dir / "manifesto-tui" / "verified.json"


def _read(repo: Repository) -> dict[str, str]:
    try:
        with _file(repo).open("rb") as file:
            held = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {name: tip for name, tip in held.items() if isinstance(tip, str)}
