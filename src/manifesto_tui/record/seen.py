"""Remembers what a shared place held when it was last seen.

Git's own note of it moves with anyone's plain `git fetch`, and could not tell a history that was
rewritten from one that went on.
"""

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import remembered
from manifesto_tui.record.git import Repository

_SEEN = "seen"


def last_seen(repo: Repository, remote: str, ref: str) -> str:
    """Returns what a full name stood for at a remote when last seen, "" where it never was."""
    return remembered.read(repo, _SEEN).get(f"{remote} {ref}", "")


def see(repo: Repository, remote: str, refs: dict[str, str]) -> None:
    """Remembers what full names stand for at a remote; Unavailable "disk" where it cannot."""
    try:
        remembered.add(repo, _SEEN, {f"{remote} {ref}": tip for ref, tip in refs.items()})
    except OSError as error:
        raise Unavailable(
            "disk",
            f"What the shared place holds could not be noted here: {error.strerror}.",
            "Nothing is lost; make room on the disk, then synchronise again.",
        ) from error
