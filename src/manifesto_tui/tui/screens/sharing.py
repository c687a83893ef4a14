"""Asks for the place that members share: names it once it was reached, or fetches all it holds."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.form import Field, Form, Values

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session

_TOLD = (
    "What you record stays in this folder until there is a place that all of you reach. Whoever "
    "set yours up names it here, once; members who have their folder from there have it already.",
    "A host such as GitHub or GitLab gives you the address of an empty project. Without a host, "
    "take a new folder on a shared disk, as in /media/shared/manifesto: it is made ready for you.",
)
_SHARED = (
    "All that was ever proposed, voted and decided comes with it. The address is that of the place "
    "that members share: what a host such as GitHub gives, or a folder on a shared disk."
)


class Reaching(Form[str]):
    """A form that waits for a place which may not answer: keys go on, and esc ends the waiting.

    What is typed is not kept: people copy addresses that have a password in them.
    """

    def action_send(self) -> None:
        """Reaches the place, and does what is asked for."""
        if not self.under_way:
            values, self.stop = dict(self.values), Event()
            self.work(self.doing, lambda: self.send(values), self.leave)

    def action_cancel(self) -> None:
        """Stops waiting, else leaves."""
        if self.under_way:
            self.stop.set()
        else:
            super().action_cancel()


class Naming(Reaching):
    """Leaves with the address that was named; `then` says what happens then."""

    def __init__(self, session: Session, now: str, then: str) -> None:
        self.session = session

        def written(values: Values) -> Part:
            place = line(values["address"].strip() or "…", "strong")
            return join(("asks ", "quiet"), place, (f" whether it answers. {then}", "quiet"))

        hint = "as the host gives it, or the whole path of a folder"
        fields = (Field("address", "Address", now, hint),)
        told = tuple(Passage(words(part), above=1 if at else 0) for at, part in enumerate(_TOLD))
        name, doing = "Name the shared place", "Asking whether it answers"
        super().__init__(name, fields, self._send, told, written, doing, verb="name it")

    def _send(self, values: Values) -> str:
        from manifesto_tui.workflow import syncing

        here = self.session
        watch = syncing.Watch(stop=self.stop)
        return here.apart(
            lambda desk: syncing.share(desk, values["address"], here.directory, watch)
        )


class Joining(Reaching):
    """Leaves with the title of the manifesto that was fetched into this folder."""

    def __init__(self, session: Session) -> None:
        self.session = session

        def written(values: Values) -> Part:
            folder = line(str(session.directory.absolute()), "number")
            return join(("fetches all that is there into ", "quiet"), folder, (".", "quiet"))

        fields = (Field("address", "Address", "", "ask whoever founded it"),)
        told = (Passage(words(_SHARED)),)
        name, doing = "Get one that others share", "Fetching"
        super().__init__(name, fields, self._send, told, written, doing, verb="fetch it")

    def _send(self, values: Values) -> str:
        from manifesto_tui.workflow import joining

        here, watch = self.session, joining.Watch(stop=self.stop)
        who = here.environment, here.clock
        desk = joining.join(here.directory, values["address"], here.directory, *who, watch=watch)
        return desk.assembly.manifesto.title
