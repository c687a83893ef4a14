"""Draws that there is nothing to show yet, and what brings something."""

from __future__ import annotations

from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Told, words


def nothing_rows(said: str, *then: str, told: Told) -> list[Row]:
    """Returns what there is not, and in sentences that may name keys, what to do about it."""
    hints = (Passage(told(hint, "quiet"), above=1) for hint in then)
    return [Passage(words(said, "strong")), *hints]
