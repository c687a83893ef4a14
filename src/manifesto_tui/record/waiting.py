"""Keeps acts that nobody else has and that met what others sent first, until somebody chooses.

Each is the commit as it was made here, held by a name of its own in this clone that is never sent.
"""

from collections.abc import Iterable

from manifesto_tui.record.git import Repository

_PLACE = "refs/manifesto-tui/waiting/"


def kept_aside(repo: Repository) -> tuple[str, ...]:
    """Returns the commits that wait, the oldest first."""
    if repo.has_none_named(_PLACE):
        return ()
    asked = ("for-each-ref", "--sort=committerdate", "--format=%(objectname)", _PLACE)
    found = repo.run(asked).decode().split()
    tip = repo.head() if found else None
    # A crash just before the branch moved leaves one that is still in force.
    return tuple(commit for commit in found if tip and not repo.holds(commit, tip))


def keep_aside(repo: Repository, commits: Iterable[str]) -> None:
    """Lets commits wait, whatever becomes of the branch."""
    for commit in commits:
        repo.run(("update-ref", f"{_PLACE}{commit}", commit))


def let_go(repo: Repository, commits: Iterable[str]) -> None:
    """Lets commits wait no longer."""
    for commit in commits:
        repo.run(("update-ref", "-d", f"{_PLACE}{commit}"))
