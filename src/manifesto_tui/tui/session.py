"""Keeps the one door to the workflow.

The record is read and written by workers, and git is happy with one of them at a time: every
call passes the same lock. Nothing of git or YAML is imported before the first call, so that
the screen is there before the record is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event, RLock
from typing import TYPE_CHECKING, TypeVar

from manifesto_tui.governance.problem import Refused
from manifesto_tui.tui.draw.cards import card_row
from manifesto_tui.tui.state import View

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.desk import Desk

T = TypeVar("T")
Clock = Callable[[], datetime]


class Session:
    """One person reading one manifesto; every method may take long and is for workers.

    `told` hears, in the worker, how many of how many proposals are read where that takes a while;
    `stop`, once set, ends that with Refused "stopped". What was read by then is kept.
    """

    def __init__(self, directory: Path, environment: Mapping[str, str], clock: Clock) -> None:
        self.directory = directory
        self.environment = environment
        self.clock = clock
        self.told: Callable[[int, int], None] | None = None
        self.stop = Event()
        self._desk: Desk | None = None
        self._lock = RLock()

    def call(self, verb: Callable[[Desk], T]) -> T:
        """Returns what a verb returns for the desk; opens it where that was not done yet."""
        with self._lock:
            if self._desk is None:
                from manifesto_tui.workflow.desk import Desk

                self._desk = Desk.open(self.directory, self.environment, self.clock, self._tell)
            return verb(self._desk)

    def _tell(self, done: int, of: int) -> None:
        if self.stop.is_set():
            raise Refused("stopped", "Reading was stopped.", "What was read is kept.")
        if self.told is not None:
            self.told(done, of)

    def apart(self, verb: Callable[[Desk], T]) -> T:
        """Returns what a verb returns for a desk of its own, and lets others go on meanwhile.

        For what waits on a network: a commit names the tip it was built on, so that two desks
        cannot overwrite one another.
        """
        from manifesto_tui.workflow.desk import Desk

        return verb(Desk.open(self.directory, self.environment, self.clock))

    def begin(self) -> View:
        """Reads what the first screen shows: the text, and who is here; no amendment yet."""
        return self.call(_begun)

    def read(self, compact: bool = False) -> View:
        """Reads everything that the app shows, with the list of amendments ready to be drawn."""
        view = self.call(_view)
        # Here, in the worker: a list of ten thousand would hold up keys, and the first letter of
        # a filter.
        self.draw(view, compact)
        _ = view.sieve
        return view

    def draw(self, view: View, compact: bool) -> None:
        """Draws the list of amendments, in one line each or in two."""
        view.rows[compact] = {
            card.id: card_row(card, view.handle, compact, view.now) for card in view.cards
        }

    def changes(self, card: Card, count: bool = True) -> tuple[ClauseChange, ...]:
        """Returns the changes that an amendment makes, the weightiest first; also has it counted.

        A card works out what it tells when first asked, from the record: not beside another reader.
        """
        from manifesto_tui.workflow.reading import count_by_itself

        def work_out(desk: Desk) -> tuple[ClauseChange, ...]:
            if count:
                count_by_itself(desk, card)
                _ = card.signature, card.signatures
            return card.changes

        return self.call(work_out)


def _begun(desk: Desk) -> View:
    desk.reload()
    return View(
        assembly=desk.assembly,
        cards=(),
        handle=desk.handle,
        member=desk.member,
        now=desk.now(),
    )


def _view(desk: Desk) -> View:
    from manifesto_tui.workflow.reading import cards
    from manifesto_tui.workflow.settling import waiting
    from manifesto_tui.workflow.syncing import place, unsent

    view = replace(_begun(desk), cards=cards(desk), place=place(desk))
    return replace(view, unsent=unsent(desk) or 0, choose=len(waiting(desk)))
