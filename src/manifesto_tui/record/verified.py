"""Remembers, in the clone, which tip of a branch was verified last.

A history that no longer contains it was rewritten, however well the new one proves. The memory
is the clone's own: it is not pushed, and a fresh clone has none.
"""

from contextlib import suppress

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import remembered
from manifesto_tui.record.git import Repository, is_commit_id

_VERIFIED = "verified"


def last_verified(repo: Repository, branch: str) -> str:
    """Returns the tip of a branch that was verified last, "" where none is remembered."""
    tip = remembered.read(repo, _VERIFIED).get(branch, "")
    return tip if is_commit_id(tip) else ""


def remember(repo: Repository, branch: str, tip: str) -> None:
    """Remembers a verified tip; forgets the branch where it is "".

    Where the disk cannot be written it stays as it was: a proof is worth having without.
    """
    with suppress(OSError, Unavailable):
        remembered.add(repo, _VERIFIED, {branch: tip})
