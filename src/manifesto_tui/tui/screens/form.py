"""Asks before something is written: what is needed, what will be written, record or cancel.

A form stays open, with every word in it, until what it asks for was done: a refusal is shown
in it and can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from manifesto_tui.tui.actions import BY_ID, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.tui.widgets.typed import TypedArea, TypedLine

R = TypeVar("R")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked for. `choices` makes it a choice, `lines` more than one a text."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    lines: int = 1
    choices: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """What stands in it at first."""
        return self.value or next(iter(self.choices), "")


class Choice(Line, can_focus=True):
    """One of a few words, changed by a key or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("field"),
        Binding("enter", "turn(1)", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        choice: Choice

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"field-{field.name}")
        self.choices = field.choices
        self.value = field.first

    def on_mount(self) -> None:
        """Shows the word."""
        self._tell()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Marks the field while one is on it."""
        super().watch_has_focus(has_focus)
        self._tell()

    def action_turn(self, by: int) -> None:
        """Chooses the next word."""
        index = self.choices.index(self.value) + by
        self.value = self.choices[index % len(self.choices)]
        self._tell()
        self.post_message(self.Changed(self))

    def on_click(self) -> None:
        """Chooses the next word."""
        self.action_turn(1)

    def _tell(self) -> None:
        parts: list[Part] = [("▌" if self.has_focus else " ", "mark")]
        for at, choice in enumerate(self.choices):
            on_it = choice == self.value
            parts += [
                "  " if at else "",
                ("(•) " if on_it else "( ) ", "key" if on_it else "quiet"),
                line(choice),
            ]
        self.show(join(*parts))


class Fields(VerticalScroll):
    """What a form asks; each time that it is laid out anew, where one is comes in sight."""

    def on_resize(self) -> None:
        """Waits for what is being laid out, which may ask for more of it."""
        if isinstance(self.screen, Dialog):
            self.call_after_refresh(self.screen.reveal)


class Form(Dialog[R], Generic[R]):
    """A few fields, and what will be written.

    `told` are rows of explanation, `written` says for the present values what sending will do,
    `send` does it, in a worker; `verb` is what the footer calls that. `enter` lets enter do it
    where nothing is asked and nothing is written. `typed` hears the values whenever they change.
    """

    def __init__(
        self,
        name: Part,
        fields: tuple[Field, ...],
        send: Callable[[Values], R],
        told: tuple[Row, ...] = (),
        written: Callable[[Values], Part] | None = None,
        doing: str = "Recording",
        verb: str = "record",
        enter: bool = False,
        typed: Callable[[Values], None] | None = None,
    ) -> None:
        super().__init__(name)
        self.fields = fields
        self.typed = typed
        self.send = send
        self.told = told
        self.written = written
        self.doing = doing
        self.enter = enter
        stay = replace(BY_ID["dialog.cancel"], label="stay") if verb == "leave" else self.actions[1]
        does = BY_ID["list.enter" if enter else "dialog.send"]
        self.actions = (replace(does, label=verb), stay)

    def fill_in(self, values: Values, left: str) -> None:
        """Goes on with what was typed before and left at a time, where that is anything."""
        fitting = [f for f in self.fields if not f.choices or values.get(f.name) in f.choices]
        known = {field.name: values[field.name] for field in fitting if field.name in values}
        if known:
            self.fields = tuple(replace(f, value=known.get(f.name, f.value)) for f in self.fields)
            told = words(f"✎ As you left it on {left}.", "quiet")
            self.told += (Passage(told, above=1 if self.told else 0),)

    def inside(self) -> ComposeResult:
        """Yields explanation, fields and what will be written."""
        # Where nothing is typed the keys of a list scroll what there is to read.
        with Fields(can_focus=not self.fields, id="form"):
            if self.told:
                yield Rows(id="told", picks=False, still=True, fit=8)
            for field in self.fields:
                name = f"label-{field.name}"
                yield Rows(classes="field", id=name, picks=False, still=True, fit=4)
                yield self._widget(field)
            yield Rows(id="written", picks=False, still=True, fit=4)

    def _widget(self, field: Field) -> Widget:
        if field.choices:
            return Choice(field)
        if field.lines > 1:
            return TypedArea(
                field.value,
                id=f"field-{field.name}",
                soft_wrap=True,
                tab_behavior="focus",
                compact=True,
            )
        return TypedLine(field.value, id=f"field-{field.name}", compact=True)

    def on_mount(self) -> None:
        """Fills the form and goes to its first field."""
        super().on_mount()
        if self.told:
            told = self.query_one("#told", Rows)
            told.show(self.told)
        for field in self.fields:
            changes = "{field.next} changes it" if field.choices else ""
            said = settings_of(self).told("; ".join(filter(None, (field.hint, changes))), "quiet")
            label = Passage(join((f"{field.label}  ", "strong"), said))
            self.query_one(f"#label-{field.name}", Rows).show([label])
        if self.fields:
            self.query_one(f"#field-{self.fields[0].name}").focus()
        for area in self.query(TextArea):  # One goes on with words that stand there already.
            area.move_cursor(area.document.end)
        self._tell_written()

    @property
    def values(self) -> Values:
        """What was typed, by name of the field."""
        return {field.name: self._value(field) for field in self.fields}

    def _value(self, field: Field) -> str:
        widget = self.query_one(f"#field-{field.name}")
        if isinstance(widget, TextArea):
            return widget.text
        return widget.value if isinstance(widget, Input | Choice) else ""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self) -> None:
        if self.typed:
            self.typed(self.values)
        self._tell_written()

    def _tell_written(self) -> None:
        written = self.query_one("#written", Rows)
        rows = [Passage(join(self.written(self.values)))] if self.written else []
        written.show(rows, top=True)

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == f"field-{self.fields[-1].name}":
            self.action_send()
        else:
            self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Lets enter do what is harmless."""
        if self.enter and event.key in settings_of(self).names_of(BY_ID["list.enter"]):
            event.stop()
            event.prevent_default()
            self.action_send()

    def action_send(self) -> None:
        """Does what was asked for and leaves with its result."""
        values = dict(self.values)
        self.work(self.doing, lambda: self.send(values), self.leave, opens=True)


def writes(path: str) -> Part:
    """Says that one file is written, as one commit."""
    return join(("writes ", "quiet"), line(path, "number"), (" as one commit.", "quiet"))
