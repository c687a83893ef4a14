"""Shows who is on the roll, who signed, and the rules; leads on to what somebody proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from manifesto_tui.tui.actions import BY_ID, bindings
from manifesto_tui.tui.draw.people import MEMBER, people_rows
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.rows import Rows

_ADMIT = BY_ID["people.admit"]


class People(Dialog[str]):
    """Leaves with the id of an action, or with `by:` and the handle of who was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        Binding(",".join(_ADMIT.keys), "admit", _ADMIT.title, show=False, id=_ADMIT.id),
    ]
    actions = (
        replace(BY_ID["list.enter"], label="what they proposed"),
        replace(_ADMIT, label="admit a member"),
        replace(BY_ID["dialog.cancel"], label="done"),
    )

    def __init__(self, view: View) -> None:
        super().__init__("People and rules")
        self.view = view
        self.add_class("-full")

    def inside(self) -> ComposeResult:
        """Yields the rows."""
        yield Rows(id="found")

    def on_mount(self) -> None:
        """Shows the roll."""
        super().on_mount()
        rows = self.query_one("#found", Rows)
        rows.show(people_rows(self.view.assembly, self.view.handle))
        rows.focus()

    def pick(self, id: str) -> None:
        """Leaves to put somebody on the roll, where that was clicked."""
        if id == _ADMIT.id:
            self.action_admit()
        else:
            super().pick(id)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(f"by:{event.key.removeprefix(MEMBER)}")

    def action_send(self) -> None:
        """Shows what the selected member proposed."""
        self.query_one("#found", Rows).action_choose()

    def action_admit(self) -> None:
        """Leaves to put somebody on the roll."""
        self.dismiss(_ADMIT.id)
