"""Finds out which member is at the keyboard."""

from manifesto_tui.governance.paths import NAME
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Roll
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import HANDLE, Repository


def handle(repo: Repository, roll: Roll) -> str:
    """Returns the handle of the person here: as configured, else by git's configured address.

    The configured handle need not be on the roll: founding and admitting have to name it too.
    Raises Refused with code `who-are-you`.
    """
    configured = repo.config(HANDLE)
    if configured:
        if not NAME.fullmatch(configured):
            shown = reveal(configured[:60])
            raise Refused(
                "who-are-you", f"“{shown}” in git's {HANDLE} is no handle.", _remedy(roll)
            )
        return configured
    address = repo.config("user.email")
    member = roll.by_address(address) if address else None
    if member is None:
        raise Refused("who-are-you", "No one on the roll is known to be you.", _remedy(roll))
    return member.handle


def remember(repo: Repository, chosen: str) -> None:
    """Keeps in the repository's own configuration who is at the keyboard."""
    if not NAME.fullmatch(chosen):
        raise BadInput(
            "bad-handle",
            f"“{reveal(chosen[:60])}” is no handle.",
            "Small letters, digits and hyphens, 64 at most.",
        )
    if repo.config(HANDLE) != chosen:
        repo.configure(HANDLE, chosen)


def _remedy(roll: Roll) -> str:
    known = ", ".join(member.handle for member in roll.active[:5])
    listed = f" On the roll: {known}." if known else ""
    return f"Say so once: git config {HANDLE} HANDLE.{listed}"
