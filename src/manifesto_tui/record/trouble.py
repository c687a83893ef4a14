"""Says in a sentence each why git could not do what it was asked."""

from pathlib import Path

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal

WHOLE_COPY = (
    "Where there is a shared place, `manifesto-tui join ADDRESS DIR` fetches a whole copy of it."
)
"""What helps where a repository has lost what it held."""


def missing() -> Unavailable:
    """Git itself is not there."""
    return Unavailable(
        "git-missing", "Git is not installed, or not on the PATH.", "Install git 2.36 or newer."
    )


def failed(verb: str, status: int, error: str) -> ManifestoError:
    """Git ended with a status other than 0; its own words say why."""
    lines = [line for line in error.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
    reason = (told or (lines[-1] if lines else f"status {status}")).partition(": ")
    return Unavailable(
        "git-failed", f"Git could not do “{verb}”: {(reason[2] or reason[0]).rstrip('.')}."
    )


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
            f"{where} is not in a git repository.",
            "Found a manifesto with `manifesto-tui init`, or go to a folder that holds one.",
        )
    return failed("rev-parse", 128, error)
