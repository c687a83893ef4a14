"""Remembers what a shared place held when it was last seen, and when this clone was first read.

Git's own note of it moves with anyone's plain `git fetch`, and could not tell a history that was
rewritten from one that went on.
"""

import re

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import remembered, transfer
from manifesto_tui.record.git import Repository
from manifesto_tui.record.tags import is_within

_SEEN = "seen"
_FETCHED = "fetched"
_NAME = re.compile(transfer.NAME)


def chosen_remote(repo: Repository) -> str:
    """Returns the name that git has for the shared place, "" where nobody has named one."""
    branch = repo.branch() or ""
    configured = repo.config(f"branch.{branch.removeprefix('refs/heads/')}.remote")
    names = repo.remotes()
    chosen = configured or ("origin" if "origin" in names else names[0] if names else "")
    return chosen if _NAME.fullmatch(chosen) and chosen in names else ""


def branch_at(remote: str, branch: str) -> str:
    """Returns how git calls its note of a remote's branch in short (`origin/main`)."""
    return f"{remote}/{branch.removeprefix('refs/heads/')}"


def tracking(remote: str, branch: str) -> str:
    """Returns the full name of git's own note of a remote's branch."""
    return f"refs/remotes/{branch_at(remote, branch)}"


def tracked(repo: Repository, remote: str, branch: str) -> str:
    """Returns the tip that git's own note has of the remote branch, "" where it has none."""
    return repo.named(tracking(remote, branch)) or ""


def was_seen(repo: Repository, remote: str, branch: str) -> bool:
    """Tells whether anything was ever sent to a remote's branch from here, or fetched."""
    return bool(last_seen(repo, remote, branch) or tracked(repo, remote, branch))


def last_seen(repo: Repository, remote: str, ref: str) -> str:
    """Returns what a full name stood for at a remote when last seen, "" where it never was."""
    return remembered.read(repo, _SEEN).get(f"{remote} {ref}", "")


def first_fetched(repo: Repository, remote: str, ref: str) -> str:
    """Returns what git had fetched of a full name when this clone was first read, "" for nothing.

    It came from wherever git was told, and may be from another place than the one named now.
    """
    return remembered.read(repo, _FETCHED).get(f"{remote} {ref}", "")


def beside(repo: Repository) -> str:
    """Returns the branch of one's own, in full, that holds all that is recorded here, "" for none.

    It is one that was sent since the shared branch takes nothing directly.
    """
    tip, start = repo.head(), f"{chosen_remote(repo)} {transfer.OWN}"
    held = remembered.read(repo, _SEEN).items()
    found = (name for name, there in held if name.startswith(start) and there == tip)
    return next((name.partition(" ")[2] for name in found), "")


def see(repo: Repository, remote: str, refs: dict[str, str]) -> None:
    """Remembers what full names stand for at a remote; Unavailable "disk" where it cannot."""
    _add(repo, _SEEN, {f"{remote} {ref}": tip for ref, tip in refs.items()})


def note_what_was_fetched(repo: Repository) -> None:
    """Remembers once what git fetched of the shared place before anything was read here."""
    if repo.has_none_named("refs/remotes/") or remembered.read(repo, _FETCHED):
        return
    branch, remote = repo.branch() or "", chosen_remote(repo)
    tip = tracked(repo, remote, branch) if branch and remote else ""
    if tip:
        tags = transfer.editions_here(repo).items()
        came = {name: tag for name, tag in tags if is_within(repo, tag, tip)}
        held = {branch: tip, **came}.items()
        _add(repo, _FETCHED, {f"{remote} {ref}": what for ref, what in held})


def forget(repo: Repository, remote: str) -> None:
    """Forgets what a remote held, as where another place goes by its name from now on."""
    for what in (_SEEN, _FETCHED):
        held = remembered.read(repo, what)
        _add(repo, what, {name: "" for name in held if name.startswith(f"{remote} ")})


def _add(repo: Repository, what: str, new: dict[str, str]) -> None:
    try:
        remembered.add(repo, what, new)
    except OSError as error:
        raise Unavailable(
            "disk",
            f"What the shared place holds could not be noted here: {error.strerror}.",
            "Nothing is lost; make room, or give yourself the right to write in git's folder here, "
            "then synchronise again.",
        ) from error
