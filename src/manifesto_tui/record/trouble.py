"""Says in a sentence each why git could not do what it was asked."""

import re
from pathlib import Path

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import locks

WHOLE_COPY = (
    "Where there is a shared place, `manifesto-tui join ADDRESS DIR` fetches a whole copy of it."
)
"""What helps where a repository has lost what it held."""

_LOCKED = re.compile(
    r"Unable to create '(/.+?)\.lock': File exists|lock config file (/.+): File exists"
)
_INDEX = re.compile(
    r"index file (?:smaller|corrupt|open failed)|bad (?:signature 0x|index (?:version|file))"
    r"|unable to map index|unknown index entry format|unordered stage entries"
)
_UNREAD = re.compile("index file open failed: (Permission denied|Not a directory)")
_LINE = re.compile(r"bad config line (\d+) in file (.+)")
_SETTING = re.compile(r"bad (?:\w+ )?config (?:value|variable) ")
_OBJECT = re.compile(
    r"bad object|(?:unable to|[Cc]ould not) (?:read|find|unpack) (?:[0-9a-f]{40}|tree|object|sha1)"
    r"|(?:object file|loose object) .+ is (?:empty|corrupt)|missing blob|inflate: data stream error"
)


def missing() -> Unavailable:
    """Git itself is not there."""
    return Unavailable(
        "git-missing", "Git is not installed, or not on the PATH.", "Install git 2.36 or newer."
    )


def failed(verb: str, status: int, error: str) -> ManifestoError:
    """Git ended with a status other than 0; its own words say why.

    What people can mend is told with how.
    """
    if lock := _LOCKED.search(error):
        return locks.held(Path(f"{lock[1] or lock[2]}.lock"))
    if unread := _UNREAD.search(error):
        return Unavailable(
            "index-unreadable",
            f"Git's index cannot be read: {unread[1]}.",
            "Give yourself the right to read git's folder (.git) and all in it.",
        )
    if _INDEX.search(error):
        return Unavailable(
            "index-damaged",
            "Git's index, in which it notes what is staged, is damaged.",
            "Move the file `index` in git's folder (.git) away, then type `git reset` here. Your "
            "files stay as they are; what was staged has to be staged again.",
        )
    if line := _LINE.search(error):
        return Unavailable(
            "configuration-unreadable",
            f"Git cannot read its configuration: line {line[1]} of {line[2]} is wrong.",
            "Open that file in an editor, and mend or remove that line.",
        )
    if _SETTING.search(error):
        return Unavailable(
            "configuration-unreadable",
            f"Git cannot read its configuration: {_reason(status, error)}.",
            "Mend or remove that setting in an editor: it stands in .git/config, or in .gitconfig "
            "in your home folder.",
        )
    if "from promisor remote" in error:
        return left_out()
    if _OBJECT.search(error):
        return lost(f"something that it recorded ({_reason(status, error)})")
    return Unavailable("git-failed", f"Git could not do “{verb}”: {_reason(status, error)}.")


def lost(what: str) -> Unavailable:
    """Something that was recorded is gone, or is not what it was."""
    return Unavailable(
        "object-missing",
        f"The repository has lost {what}.",
        f"`git fsck` lists what else is lost. {WHOLE_COPY}",
    )


def left_out() -> Unavailable:
    """Something that was recorded was never fetched; nothing is fetched unasked."""
    return Unavailable(
        "partial-clone",
        "This clone was made without all that was recorded (git clone --filter).",
        "Fetch the rest: git fetch --refetch --no-filter.",
    )


def _reason(status: int, error: str) -> str:
    """Returns the line in which git says what went wrong."""
    lines = [line for line in error.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
    reason = (told or (lines[-1] if lines else f"status {status}")).partition(": ")
    return (reason[2] or reason[0]).rstrip(".")


def detached() -> Refused:
    """No branch is checked out that could hold what is recorded."""
    return Refused(
        "detached-head",
        "No branch is checked out, so what is recorded now would be lost.",
        "Check one out: git switch main.",
    )


def too_long(seconds: float) -> Unavailable:
    """Git did not end, and was ended."""
    return Unavailable(
        "git-timeout",
        f"Git took longer than {seconds:.0f} seconds and was stopped.",
        "Try again; if it repeats, look for a disk or a network that hangs.",
    )


def _inside(directory: Path) -> bool:
    return ".git" in directory.resolve().parts


def undiscovered(directory: Path, error: str, bare: bool) -> ManifestoError:
    """Says why there is no repository to work in."""
    where = reveal(str(directory))
    if "dubious ownership" in error:
        return Unavailable(
            "dubious-ownership",
            f"Another user owns {where}, so git does not trust it.",
            "If you do: git config --global --add safe.directory with that folder.",
        )
    if bare or ("bare repository" in error and not _inside(directory)):
        return Unavailable(
            "bare-repository",
            f"{where} is a bare repository, without files to read.",
            "Clone it and run the program in the clone.",
        )
    if "work tree" in error or "bare repository" in error:
        return Unavailable(
            "no-work-tree",
            f"{where} is inside git's own folder.",
            "Go to the folder that holds the text.",
        )
    if "git repo version" in error or "unknown repository extension" in error:
        return Unavailable(
            "unknown-format",
            f"The repository in {where} has a format that this git does not know.",
            "Install a newer git.",
        )
    if "not a git repository" in error:
        return Unavailable(
            "not-a-repository",
            f"{where} holds no manifesto: it is not in a git repository.",
            "`manifesto-tui join ADDRESS DIR` gets one that others share, `manifesto-tui init` "
            "founds one; or go to a folder that holds one.",
        )
    return failed("rev-parse", 128, error)
