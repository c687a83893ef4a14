"""Shows who is on the roll, who signed, and the rules; leads on to what somebody proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from manifesto_tui.tui.actions import BY_ID, leading
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.people import MEMBER, people_rows
from manifesto_tui.tui.screens.dialog import Leading
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.rows import Rows


class People(Leading):
    """Leaves with the id of an action, or with `by:` and the handle of who was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*leading("people.admit", "people.steward")]
    actions = (
        replace(BY_ID["list.enter"], label="what they proposed"),
        replace(BY_ID["people.admit"], label="admit a member"),
        replace(BY_ID["people.steward"], label="name a steward"),
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
        rows.show(people_rows(self.view.assembly, self.view.handle, settings_of(self).told))
        rows.focus()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(f"by:{event.key.removeprefix(MEMBER)}")

    def action_send(self) -> None:
        """Shows what the selected member proposed."""
        self.query_one("#found", Rows).action_choose()
