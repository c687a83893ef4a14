"""Shows what would be filed, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.colliding import collisions_with
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.duplicate import wanted_already
from manifesto_tui.governance.effect import enact
from manifesto_tui.prose import ClauseChange, compare_texts
from manifesto_tui.workflow.desk import Desk


@dataclass(frozen=True)
class Planned:
    """An amendment that would be filed: what it changes, and what is open beside it.

    `same_as` is the id of an open amendment that wants just this; "" where none does.
    """

    amendment: Amendment
    changes: tuple[ClauseChange, ...]
    same_as: str
    collisions: tuple[Collision, ...]


def preview(desk: Desk, amendments: Sequence[Amendment]) -> tuple[Planned, ...]:
    """Returns amendments that were drawn up, as they would meet the text and one another."""
    assembly = desk.assembly
    planned = []
    for amendment in amendments:
        same = wanted_already(assembly, amendment.changes)
        changes = compare_texts(assembly.text, enact(assembly.text, amendment.changes))
        pairs = () if same else collisions_with(assembly, amendment)
        planned.append(Planned(amendment, changes, same.id if same else "", pairs))
    return tuple(planned)
