"""Proves a clone: replays its history from the commit that founded the manifesto."""

from collections.abc import Mapping

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.replay import Proof, replay
from manifesto_tui.record import history, snapshot
from manifesto_tui.workflow.desk import Desk


def verify(desk: Desk) -> Proof:
    """Returns the proof of everything between the founding and the tip."""
    return replay(history.deltas(desk.repo), _assemble)


def _assemble(files: Mapping[str, bytes]) -> Assembly:
    return snapshot.assemble(files)
