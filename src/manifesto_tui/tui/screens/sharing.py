"""Asks for the place that members share, and names it once it was reached."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.dialog import Field, Form, Values

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session

_TOLD = (
    "What you record stays in this folder until there is a place that all of you reach. Whoever "
    "set yours up names it here, once; members who have their folder from there have it already.",
    "A host such as GitHub or GitLab gives you the address of an empty project. Without a host, "
    "take a new folder on a shared disk, as in /media/shared/manifesto: it is made ready for you.",
)


class Naming(Form[str]):
    """Leaves with the address that was named.

    What is typed is not kept: people copy addresses that have a password in them. `then` says
    what happens once it is named. Esc also ends the asking whether the place answers.
    """

    def __init__(self, session: Session, now: str, then: str) -> None:
        self.session = session
        self.stop = Event()

        def written(values: Values) -> Part:
            place = line(values["address"].strip() or "…", "strong")
            return join(("asks ", "quiet"), place, (f" whether it answers. {then}", "quiet"))

        fields = (Field("address", "Address", now, "as the host gives it, or a folder from / on"),)
        told = tuple(Passage(words(part), above=1 if at else 0) for at, part in enumerate(_TOLD))
        super().__init__("Name the shared place", fields, self._send, told, written, verb="name it")

    def _send(self, values: Values) -> str:
        from manifesto_tui.workflow import syncing

        here = self.session
        watch = syncing.Watch(stop=self.stop)
        return here.apart(
            lambda desk: syncing.share(desk, values["address"], here.directory, watch)
        )

    def action_send(self) -> None:
        """Asks whether the place answers, and names it; keys go on meanwhile, so that esc does."""
        if not self.under_way:
            values = dict(self.values)
            self.stop.clear()
            self.work("Asking whether it answers", lambda: self.send(values), self.leave)

    def action_cancel(self) -> None:
        """Stops asking, else leaves."""
        if self.under_way:
            self.stop.set()
        else:
            super().action_cancel()
