"""Takes away the locks that our own git held on a branch when it was killed.

Git's locks are files without an owner, so a lock that stays is somebody's until the contrary is
shown. It is shown here by three things together: the note of the act, whose own lock has gone with
our process and with our git; the lock's age, since it was made after that note; and what is
written in it, the very commit that the note announces. Git's lock on HEAD is always empty, and the
one on the branch is for an instant; such a one must in addition have stayed for two seconds.
"""

from contextlib import suppress
from pathlib import Path

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.locks import wait_for


def free(repo: Repository, branch: str, note: Path, sign: str) -> None:
    """Takes away what the git behind a dead note left; `sign` is how its commit is known.

    That is the commit's id, or the end of what it says: author, time and message.
    """
    since = note.stat().st_mtime_ns
    lock = repo.common_dir / f"{branch}.lock"
    if _left(lock, since) and not _given_up(repo, lock, sign):
        return
    head = repo.git_dir / "HEAD.lock"
    if _left(head, since):
        _given_up(repo, head, sign)


def _left(lock: Path, since: int) -> bool:
    facts = _facts(lock)
    return facts is not None and facts[1] >= since


def _given_up(repo: Repository, lock: Path, sign: str) -> bool:
    """Removes a lock that is ours; tells whether it is gone."""
    found = _facts(lock)
    try:
        named = lock.read_bytes().decode("ascii", "replace").strip()
    except OSError:
        return True
    if not named:
        with suppress(Refused):
            wait_for(lock)
    elif named != sign:
        said = repo.ask(("cat-file", "commit", named)) if is_commit_id(named) else None
        if said is None or not said.out.endswith(sign.encode()):
            return False
    # Where many act at once, what is there now may be another's, and alive.
    if _facts(lock) != found:
        return False
    lock.unlink(missing_ok=True)
    return True


def _facts(lock: Path) -> tuple[int, int] | None:
    try:
        facts = lock.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns
