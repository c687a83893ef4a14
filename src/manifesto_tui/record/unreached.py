"""Says in a sentence each why a shared place could not be reached, asked or sent to.

Git answers in words for those who know it, and may blame the one side for the other: which of them
it is, is told from those words and from what can be written here.
"""

import re
from pathlib import Path
from tempfile import TemporaryFile

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal, reveal_line

_NO_RIGHT = re.compile(
    r"permission|denied|not allowed|read-only|authentication|\b40[13]\b", re.IGNORECASE
)
_UNWRITABLE = "insufficient permission for adding an object"
_NO_NETWORK = ("could not resolve", "unable to access", "could not read from remote", "timed out")
_LOST = ("hung up", "unexpected disconnect", "early eof", "rpc failed", "connection reset")
_STEP = re.compile(
    r"(?:remote: )?(?:[A-Z][a-z]+ing (?:objects|deltas): |Total \d|Delta compression )"
)
_THEIRS = re.compile(r"remote: *(?:error: )?+(?!hook declined)(\S.*)")
_MOST_SAID = 600
_OTHER_FORMAT = ("mismatched algorithms", "unexpected capabilities^{}", "hash algorithm")
LOOK_AGAIN = "Look whether the address is right, and ask who keeps that place."
"""What helps where a place does not answer that was named just now."""
_KEPT = "What you recorded is kept here and goes with the next sync."


def was_quicker(said: str) -> bool:
    """Tells whether something was not taken since somebody else sends at the same moment."""
    words = ("fetch first", "non-fast-forward", "failed to update ref")
    return any(word in said.lower() for word in (*words, "cannot lock ref", "failed to lock"))


def is_worked_on(said: str) -> bool:
    """Tells whether the branch is checked out there, in a folder that somebody works in."""
    return "branch is currently checked out" in said.lower()


def is_guarded(said: str) -> bool:
    """Tells whether the shared place was reached, and takes nothing on this branch directly."""
    return "remote rejected" in said or "protected" in said.lower()


def answer(said: str) -> str:
    """Returns what the shared place itself said against it, in one line; "" for nothing."""
    theirs = (_THEIRS.fullmatch(line) for line in _lines(said))
    words = " ".join(reveal_line(line[1].rstrip()) for line in theirs if line)
    return words if len(words) <= _MOST_SAID else f"{words[:_MOST_SAID]}…"


def locked(branch: str) -> Unavailable:
    """The shared place takes nothing, and holds nothing new either."""
    return Unavailable(
        "remote-locked",
        "The shared place holds its branch locked.",
        "Try again in a moment. If it stays so, a git died there: whoever keeps that place removes "
        f"{reveal(branch)}.lock in it. {_KEPT}",
    )


def no_right(said: str) -> Unavailable:
    """The shared place takes nothing at all."""
    why = answer(said)
    sentence = f"The shared place takes nothing from you{f': “{why}”' if why else ''}."
    return Unavailable("no-right-to-send", sentence, f"Ask who keeps it for the right. {_KEPT}")


def not_sent(said: str) -> ManifestoError:
    """Says why the shared place did not take what was sent."""
    found = no_right(said) if is_guarded(said) else no_network(said)
    return no_right(said) if found.code == "no-right-to-fetch" else found


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
    lines = _lines(said)
    lowered = "\n".join(lines).lower()
    if _NO_RIGHT.search(lowered):
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
    if any(word in lowered for word in _LOST):
        return Unavailable("no-network", "The connection to the shared place was lost.", _KEPT)
    told = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    reason = re.sub("^(?:fatal|error): ", "", told[0]).rstrip(".") if told else "nothing"
    return Unavailable("sync-failed", f"Git said: {reveal_line(reason)}.", _KEPT)


def _lines(said: str) -> list[str]:
    """Returns what was said but for how far git has come: its numbers are no reasons."""
    return [line for line in said.splitlines() if line.strip() and not _STEP.match(line)]


def no_remote() -> Refused:
    """Nobody has said yet where to send and fetch."""
    return Refused(
        "no-remote",
        "This folder knows no shared place to send to and fetch from.",
        "`manifesto-tui share ADDRESS` names one, once.",
    )
