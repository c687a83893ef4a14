"""Lets clones act apart and synchronise, see `record.soak`; they have to end as one."""

from pathlib import Path

from record.soak import soak
from torture.ground import Figures


def clones(_: Path, number: int, acts: int, seeds: int) -> Figures:
    """Lets clones do everything that members do, each so many times, once for each seed."""
    return soak(number, acts, seeds)
