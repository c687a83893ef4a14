"""Stands over a screen until one leaves it: a title, what it is about, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.actions import BY_ID, Action, bindings, key_name
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.remedies import why
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.worked import Working
from manifesto_tui.tui.settings import Settings
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.entries import Entries, Footer
from manifesto_tui.tui.widgets.rows import Rows

R = TypeVar("R")


class Box(Vertical):
    """What stands in a dialog; whenever that is another height, where one is comes in sight."""

    def watch_virtual_size(self) -> None:
        """Waits for what is being laid out, which may ask for more of it."""
        if isinstance(self.screen, Dialog):
            self.call_after_refresh(self.screen.reveal)


class Dialog(Working[R | None], ModalScreen[R | None], Generic[R]):
    """A box over the screen; esc leaves it and nothing is written."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("dialog")]
    actions: tuple[Action, ...] = (BY_ID["dialog.send"], BY_ID["dialog.cancel"])

    def __init__(self, name: Part) -> None:
        super().__init__()
        self.title_line = words(name, "title") if isinstance(name, str) else join(name)

    def compose(self) -> ComposeResult:
        """Yields the box."""
        with Box(id="box"):
            yield Line(id="title")
            yield from self.inside()
            with Vertical(id="foot"):
                yield Rows(id="trouble", picks=False, still=True, fit=3)
                yield Footer(id="keys")

    def inside(self) -> ComposeResult:
        """Yields what stands in the box."""
        yield from ()

    def most(self) -> int:
        """Returns how many lines there are at most for what is read here."""
        return max(self.app.size.height - 10, 3)

    def on_resize(self) -> None:
        """Keeps in sight where one is, however little room there is."""
        for rows in self.query("#found, #shown").results(Rows):
            rows.refit(self.most())
        self.query_one("#trouble", Rows).refit(max(self.app.size.height // 5, 3))
        self.call_after_refresh(self.reveal)

    def on_descendant_focus(self) -> None:
        """Brings the field in sight that one goes to."""
        self.call_after_refresh(self.reveal)

    def reveal(self) -> None:
        """Brings in sight what has the focus."""
        if self.focused:
            self.focused.scroll_visible(animate=False)

    def on_mount(self) -> None:
        """Fills the frame."""
        self.query_one("#title", Line).show(join("  ", self.title_line))
        self.query_one("#keys", Footer).tell(self.actions)

    def busy(self, doing: str) -> None:
        """Says that work is under way."""
        rows: list[Row] = [Passage(words(f"… {doing}", "mark"))] if doing else []
        self.query_one("#trouble", Rows).show(rows)

    def refused(self, problem: ManifestoError) -> None:
        """Says why it was refused; everything typed stays."""
        said = why(problem, settings_of(self))
        self.query_one("#trouble", Rows).show([Passage(said, lead=words("✗ ", "bad"))], top=True)

    def on_key(self, event: events.Key) -> None:
        """Says of a key that does nothing here which ones do."""
        if isinstance(self.focused, Input | TextArea) or event.key in self.active_bindings:
            return
        said = does_nothing(event.key, self.actions, settings_of(self))
        self.query_one("#trouble", Rows).show([Passage(said)], top=True)

    @on(Entries.Picked)
    def _picked(self, event: Entries.Picked) -> None:
        event.stop()
        self.pick(event.meaning)

    def pick(self, id: str) -> None:
        """Does what was clicked among the keys."""
        action = BY_ID[id]
        if id == "dialog.cancel":
            self.action_cancel()
        elif action.scope in ("vote", "choice"):
            self.call_later(self.run_action, action.run)
        else:
            self.action_send()

    def leave(self, result: R) -> None:
        """Leaves with what was done."""
        self.dismiss(result)

    def action_send(self) -> None:
        """Does what the dialog asks for."""

    def action_cancel(self) -> None:
        """Leaves; nothing is written."""
        self.dismiss(None)


def does_nothing(key: str, actions: Iterable[Action], settings: Settings) -> Content:
    """Says of a key that does nothing which actions there are instead."""
    parts: list[Part] = [(key_name(key), "key"), " does nothing here; these do: "]
    for at, action in enumerate(actions):
        named = (settings.first_key(action), "key")
        parts += [", " if at else "", named, line(f" {action.label or action.title}")]
    return join(*parts, ".")


class Leading(Dialog[str]):
    """A dialog that may be left with the id of an action of the app, to go on with that."""

    def pick(self, id: str) -> None:
        """Goes on with an action of the app, where that was clicked."""
        if BY_ID[id].scope == "app":
            self.action_lead(id)
        else:
            super().pick(id)

    def action_lead(self, id: str) -> None:
        """Leaves to do an action of the app."""
        self.dismiss(id)


class Report(Dialog[bool]):
    """Something long to read, and to leave."""

    actions: tuple[Action, ...] = (BY_ID["dialog.cancel"],)

    def __init__(self, name: Part, rows: list[Row]) -> None:
        super().__init__(name)
        self.rows = rows

    def inside(self) -> ComposeResult:
        """Yields the rows."""
        yield Rows(id="found", picks=False, fit=self.most())

    def on_mount(self) -> None:
        """Shows the rows."""
        super().on_mount()
        rows = self.query_one("#found", Rows)
        rows.show(self.rows)
        rows.focus()
