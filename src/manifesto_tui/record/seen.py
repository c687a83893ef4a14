"""Remembers what a shared place held when it was last seen.

Git's own note of it moves with anyone's plain `git fetch`, and could not tell a history that was
rewritten from one that went on.
"""

from manifesto_tui.record import remembered
from manifesto_tui.record.git import Repository

_SEEN = "seen"


def last_seen(repo: Repository, remote: str, ref: str) -> str:
    """Returns what a full name stood for at a remote when last seen, "" where it never was."""
    return remembered.read(repo, _SEEN).get(f"{remote} {ref}", "")


def see(repo: Repository, remote: str, refs: dict[str, str]) -> None:
    """Remembers what full names stand for at a remote."""
    remembered.add(repo, _SEEN, {f"{remote} {ref}": tip for ref, tip in refs.items()})
