"""Finds out who is at the keyboard: which member, and whom git takes them for."""

import re

from manifesto_tui.governance.paths import NAME
from manifesto_tui.governance.problem import BadInput, Refused, Unavailable
from manifesto_tui.governance.roll import Roll
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository

# Where git's configuration says which member is at the keyboard.
HANDLE = "manifesto.handle"


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


def author(repo: Repository) -> tuple[str, str]:
    """Returns the name and the address that git has for the person here.

    Who told only this program who they are goes by their handle, at an address that nobody
    can have (RFC 2606). Raises Unavailable with code `no-identity`.
    """
    name, address, handle = (
        " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", repo.config(key) or "").split())
        for key in ("user.name", "user.email", HANDLE)
    )
    if handle:
        name, address = name or handle, address or f"{handle}@manifesto.invalid"
    if not name or not address:
        repo.forget_settings()  # The remedy goes elsewhere, where nobody looks for a change.
        raise Unavailable(
            "no-identity",
            "Git does not know who you are.",
            "Found with a name of your own, or tell it once: "
            "`git config --global user.name 'Your Name'` and "
            "`git config --global user.email you@example.org`.",
        )
    return name, address


def _remedy(roll: Roll) -> str:
    known = ", ".join(member.handle for member in roll.active[:5])
    listed = f" On the roll: {known}." if known else ""
    return f"Say so once: git config {HANDLE} HANDLE.{listed}"
