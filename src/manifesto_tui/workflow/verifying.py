"""Proves a clone: replays its history from the commit that founded the manifesto."""

from collections.abc import Mapping
from dataclasses import replace

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.replay import Proof, replay
from manifesto_tui.record import history, snapshot
from manifesto_tui.workflow.desk import Desk

_OF_THE_WHOLE = frozenset({"text-missing", "no-rules"})


def verify(desk: Desk) -> Proof:
    """Returns the proof of everything between the founding and the tip.

    Raises Refused for a shallow or grafted clone, of which nothing can be proved.
    """
    return replay(history.deltas(desk.repo), _part)


def _part(files: Mapping[str, bytes]) -> Assembly:
    """Reads a few files by themselves: what a whole record would miss is not wrong with them."""
    part = snapshot.assemble_part(files)
    wrong = tuple(problem for problem in part.problems if problem.code not in _OF_THE_WHOLE)
    return replace(part, problems=wrong)
