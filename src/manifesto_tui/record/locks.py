"""Waits for git's locks, and keeps locks of its own that die with the process."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from io import FileIO
from pathlib import Path

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import reveal
from manifesto_tui.record.ownfolder import own_folder

PATIENCE = 2.0
_OURS = b"manifesto-tui\n"


@contextmanager
def taking(lock: Path) -> Iterator[None]:
    """Holds one of git's locks, as git would, in a way that tells the dead from the living.

    The file names this program and is locked itself, which ends with the process; so a later
    start knows that it was left behind, and may take it away. It comes into its place with both
    done, so that there is no moment at which a dead one looks like git's. Raises Refused as
    `wait_for` does.
    """
    made = lock.with_name(f"{lock.name}.{secrets.token_hex(4)}")
    with made.open("xb", buffering=0) as file:
        try:
            flock(file.fileno(), LOCK_EX)
            file.write(_OURS)
            while True:
                wait_for(lock)
                try:
                    os.link(made, lock)
                except FileExistsError:
                    continue
                break
            _sweep(lock, made)
            try:
                yield
            finally:
                lock.unlink(missing_ok=True)
        finally:
            made.unlink(missing_ok=True)


@contextmanager
def claiming(folder: Path, name: str) -> Iterator[int]:
    """Announces in a file of our own that a git of ours is about to lock something of git's.

    `name` is the file in git's folder that is to be locked. Yields the open announcement, for that
    git to hold. Whoever announces next, and finds an announcement that nobody took back, knows
    whose a lock is that was made after it: ours, and dead. Waits for others who do the same.
    """
    lock = folder / f"{name}.lock"
    with one_at_a_time(folder, name) as file:
        # After a loss of power the announcement may be gone, and the lock from before the start.
        free(lock)
        facts = os.fstat(file.fileno())
        with suppress(OSError):
            if facts.st_size and lock.stat().st_mtime_ns >= facts.st_mtime_ns:
                lock.unlink()
        file.truncate(0)
        file.write(_OURS)
        yield file.fileno()
        # One that our git could not remove is left for whoever announces next.
        if not lock.exists():
            file.truncate(0)


@contextmanager
def one_at_a_time(folder: Path, name: str) -> Iterator[FileIO]:
    """Waits until nobody else does a thing of this name here; yields the open file that says so.

    `folder` is git's. The file stays; its lock ends with the process. Raises OSError.
    """
    claim = own_folder(folder, "claims") / name.replace("/", "+")
    claim.parent.mkdir(parents=True, exist_ok=True)
    with claim.open("a+b", buffering=0) as file:
        flock(file.fileno(), LOCK_EX)
        yield file


def heal(lock: Path) -> None:
    """Takes away a lock, and what was about to be one, where a dead process of ours left them."""
    free(lock)
    _sweep(lock)


def _sweep(lock: Path, made: Path | None = None) -> None:
    for left in lock.parent.glob(f"{lock.name}.*"):
        with suppress(OSError):
            facts = left.stat()
            # One that is still empty may be a living process's, for an instant.
            if not facts.st_size and time.time() - facts.st_mtime > PATIENCE:
                left.unlink()
        if left != made:
            free(left)


def free(lock: Path) -> None:
    """Takes a lock away that is provably dead: ours without a process, or from before the start."""
    try:
        with lock.open("rb") as file:
            ours = file.read(len(_OURS) + 1) == _OURS
            old = os.fstat(file.fileno()).st_mtime < _started()
            if (ours or old) and hold(file.fileno()):
                lock.unlink()
    except OSError:
        return


def _started() -> float:
    """Returns when this machine was started, 0 where it does not say."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return 0.0 if clock is None else time.time() - time.clock_gettime(clock) - 1


def wait_for(lock: Path, patience: float | None = None) -> None:
    """Waits until a lock of git's is gone; raises Refused with code `locked` after two seconds."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    free(lock)
    while True:
        if not lock.exists():
            return
        if time.monotonic() >= end:
            raise held(lock)
        time.sleep(0.01)


def held(lock: Path) -> Refused:
    """Says that another program holds one of git's locks, and since when."""
    since = ""
    with suppress(OSError):
        made = datetime.fromtimestamp(lock.stat().st_mtime, UTC)
        since = f", since {made:%Y-%m-%d %H:%M:%S} UTC"
    return Refused(
        "locked",
        f"Another program holds {reveal(lock.name)}{since}.",
        f"Wait for it. If no git is running, it crashed: remove {reveal(str(lock))}.",
    )


def hold(handle: int) -> bool:
    """Locks an open file until it is closed, or its process dies; tells whether that worked."""
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return os.fstat(handle).st_nlink > 0
