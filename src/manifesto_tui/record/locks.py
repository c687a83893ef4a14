"""Waits for git's locks, and keeps locks of its own that die with the process."""

import os
import time
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import reveal

PATIENCE = 2.0


def wait_for(lock: Path, patience: float = PATIENCE) -> None:
    """Waits until a lock of git's is gone; raises Refused with code `locked` after two seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            since = datetime.fromtimestamp(lock.stat().st_mtime, UTC)
        except OSError:
            return
        if time.monotonic() >= end:
            raise Refused(
                "locked",
                f"Another program holds {reveal(lock.name)}, since {since:%Y-%m-%d %H:%M:%S} UTC.",
                f"Wait for it. If no git is running, it crashed: remove {reveal(str(lock))}.",
            )
        time.sleep(0.01)


def hold(handle: int) -> bool:
    """Locks an open file until it is closed, or its process dies; tells whether that worked."""
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return os.fstat(handle).st_nlink > 0
