"""Says in a sentence each why a shared place could not be reached, asked or sent to.

Git answers in words for those who know it, and may blame the one side for the other: which of them
it is, is told from those words and from what can be written here.
"""

from pathlib import Path
from tempfile import TemporaryFile

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal

_NO_RIGHT = ("permission", "denied", "403", "not allowed", "read-only", "authentication", "401")
_UNWRITABLE = "insufficient permission for adding an object"
_NO_NETWORK = ("could not resolve", "unable to access", "could not read from remote", "timed out")
_OTHER_FORMAT = ("mismatched algorithms", "unexpected capabilities^{}", "hash algorithm")
LOOK_AGAIN = "Look whether the address is right, and ask who keeps that place."
"""What helps where a place does not answer that was named just now."""
_KEPT = "What you recorded is kept here and goes with the next sync."


def was_quicker(said: str) -> bool:
    """Tells whether something was not taken since somebody else sends at the same moment."""
    words = ("fetch first", "non-fast-forward", "failed to update ref")
    return any(word in said for word in (*words, "cannot lock ref", "failed to lock"))


def is_worked_on(said: str) -> bool:
    """Tells whether the branch is checked out there, in a folder that somebody works in."""
    return "branch is currently checked out" in said


def is_guarded(said: str) -> bool:
    """Tells whether the shared place was reached, and takes nothing on this branch directly."""
    return "remote rejected" in said or "protected" in said


def locked(branch: str) -> Unavailable:
    """The shared place takes nothing, and holds nothing new either."""
    return Unavailable(
        "remote-locked",
        "The shared place holds its branch locked.",
        "Try again in a moment. If it stays so, a git died there: whoever keeps that place removes "
        f"{reveal(branch)}.lock in it. {_KEPT}",
    )


def no_right() -> Unavailable:
    """The shared place takes nothing at all."""
    said = "The shared place takes nothing from you."
    return Unavailable("no-right-to-send", said, f"Ask who keeps it for the right. {_KEPT}")


def not_sent(said: str) -> ManifestoError:
    """Says why the shared place did not take what was sent."""
    found = no_right() if is_guarded(said) else no_network(said)
    return no_right() if found.code == "no-right-to-fetch" else found


def not_taken_in(folder: Path, said: str) -> Unavailable | None:
    """Says why git's folder here took nothing in, None where it takes; `said` is by git."""
    reason = "permission denied" if _UNWRITABLE in said else ""
    try:
        with TemporaryFile(dir=folder / "objects") as file:
            file.write(bytes(1 << 16))
            file.flush()
    except OSError as error:
        reason = error.strerror or "no reason given"
    if not reason:
        return None
    return Unavailable(
        "disk",
        f"Nothing was fetched: git's folder here cannot be written ({reason}).",
        f"Make room, or give yourself the right to write there. {_KEPT}",
    )


def worked_in(is_here: bool) -> Unavailable:
    """Somebody works in the folder that is named as the shared place, here or elsewhere."""
    return Unavailable(
        "worked-in",
        "Somebody works in the folder that is named as the shared place, so git sends nothing to "
        "the branch that is checked out there.",
        "Share another folder, which nobody works in: `manifesto-tui share FOLDER` makes one, here "
        f"and then in that one. {_KEPT}"
        if is_here
        else f"Ask for a place that is made for it, and name that: `git remote set-url`. {_KEPT}",
    )


def no_network(said: str) -> ManifestoError:
    """Says why the shared place could not be asked or fetched from."""
    lowered = said.lower()
    if any(word in lowered for word in _NO_RIGHT):
        remedy = f"Ask who keeps it for the right. {_KEPT}"
        return Unavailable("no-right-to-fetch", "The shared place does not let you in.", remedy)
    if "cannot run ssh" in lowered:
        missing = "The program ssh, which reaches the shared place, is not installed."
        return Unavailable("no-network", missing, f"Install OpenSSH. {_KEPT}")
    if any(word in lowered for word in _OTHER_FORMAT):
        return Unavailable(
            "other-format",
            "The shared place names objects in another way than this folder: one by SHA-1, the "
            "other by SHA-256.",
            f"Share an empty folder that is not there yet: it is made like this one. {_KEPT}",
        )
    if any(word in lowered for word in _NO_NETWORK) or "does not appear to be" in lowered:
        return Unavailable("no-network", "The shared place cannot be reached.", _KEPT)
    lines = [line for line in said.splitlines() if line.strip()]
    return Unavailable("sync-failed", f"Git said: {lines[0] if lines else 'nothing'}.", _KEPT)


def no_remote() -> Refused:
    """Nobody has said yet where to send and fetch."""
    return Refused(
        "no-remote",
        "This folder knows no shared place to send to and fetch from.",
        "`manifesto-tui share ADDRESS` names one, once.",
    )
