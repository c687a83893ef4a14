"""Shows what the reader may choose for themselves, each with one sentence, and changes it in place.

Everything but who one is goes to the reader's own settings file, a line at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.tui.actions import ACTIONS, BY_ID, Action, bindings, key_name
from manifesto_tui.tui.appearance import app_of, settings_of
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.sharing import Naming
from manifesto_tui.tui.settings import Settings, clashes, read_settings
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.workflow.settings import (
    BY_ENVIRONMENT,
    BY_NAME,
    KEYS,
    SETTINGS,
    change,
    settings_path,
)

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session

_YOU, _PLACE = "you", "place"
_NARROW = 50  # Columns.
_FIELD = max(len(setting.title) for setting in SETTINGS)


class SettingsScreen(Dialog[bool]):
    """Lists the settings; says on leaving whether the record is to be read again.

    So it is where another member is at the keyboard now, or the shared place was named.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("dialog"),
        *bindings("field"),
    ]
    actions = (
        replace(BY_ID["list.enter"], label="change"),
        replace(BY_ID["dialog.cancel"], label="done"),
    )

    def __init__(self, session: Session, view: View | None, playing: bool = False) -> None:
        super().__init__(words("Settings", "title"))
        self.session = session
        self.view = view
        self.playing = playing
        self.handle = view.handle if view else None
        self.place = view.place if view else ""
        self.add_class("-full")

    def inside(self) -> ComposeResult:
        """Yields the rows."""
        yield Rows(id="found")

    def on_mount(self) -> None:
        """Shows every setting."""
        super().on_mount()
        self._tell()
        self.query_one("#found", Rows).focus()

    def _tell(self) -> None:
        chosen = settings_of(self)
        rows: list[Row] = [Divider(words("you", "key")), self._who()]
        rows += [] if self.playing else [self._where()]
        rows.append(Divider(words("how it looks, and what it says", "key"), above=1))
        rows += [
            self._row(each.name, each.title, chosen.values[each.name], each.sentence)
            for each in SETTINGS
        ]
        rows.append(Divider(words("keys", "key"), above=1))
        told = f"{len(chosen.keys)} of your own" if chosen.keys else "as usual"
        rows.append(self._row(KEYS, "Keys", told, "Any action may have another key."))
        rows.append(Divider(words("where they are kept", "key"), above=1))
        rows.append(Passage(line(_place(self.session.environment), "quiet")))
        rows += [Passage(line(said, "warn"), above=1) for said in chosen.problems]
        with self.prevent(Rows.Moved):
            self.query_one("#found", Rows).show(rows)

    def on_resize(self) -> None:
        """Shows titles above their sentences where there is no room beside them."""
        super().on_resize()
        self._tell()

    def _row(self, key: str, title: str, value: str, sentence: str) -> Row:
        return _passage(key, title, value, sentence, self.app.size.width < _NARROW)

    def _who(self) -> Row:
        roll = self.view.assembly.roll.by_handle if self.view else {}
        member = roll.get(self.handle or "")
        told = f"{member.name} ({member.handle})" if member else (self.handle or "nobody yet")
        said = "What you record carries this name; a signature can prove that it is yours."
        return self._row(_YOU, "Who you are", told, said)

    def _where(self) -> Row:
        said = "Where you send what you record, and fetch what others did. All of you share one."
        return self._row(_PLACE, "Shared place", self.place or "nowhere yet", said)

    # Changing

    @on(Rows.Chosen, "#found")
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._change(event.key, 1)

    def action_turn(self, by: int) -> None:
        """Chooses the next value of the selected setting, or the one before."""
        self._change(self.query_one("#found", Rows).key, by)

    def action_send(self) -> None:
        """Chooses the next value of the selected setting."""
        self.action_turn(1)

    def action_cancel(self) -> None:
        """Leaves; what was chosen stays chosen."""
        view = self.view
        self.dismiss(view is not None and (self.handle, self.place) != (view.handle, view.place))

    def _change(self, name: str, by: int) -> None:
        if name == _YOU:
            self._ask_who()
        elif name == _PLACE:
            self._ask_place()
        elif name == KEYS:
            self._list_keys()
        elif name:
            setting = BY_NAME[name]
            now = settings_of(self).values[name]
            at = setting.choices.index(now) if now in setting.choices else -1
            self._write(name, setting.choices[(at + by) % len(setting.choices)])

    def _write(self, name: str, value: str) -> None:
        environment = self.session.environment

        def write() -> Settings:
            change(environment, name, value)
            # What was chosen here and now goes before what was chosen for this start.
            over = BY_ENVIRONMENT.get(name)
            return read_settings({k: v for k, v in environment.items() if k != over})

        self.work("", write, self._written)

    def _written(self, settings: Settings) -> None:
        app_of(self).settle(settings)
        self.query_one("#trouble", Rows).show([])
        self._tell()

    # Who one is

    def _ask_who(self) -> None:
        if self.view is None:
            return
        members = self.view.assembly.roll.active
        entries = [
            Entry(
                member.handle,
                join(line(member.name, "strong"), line(f"  {member.handle}", "quiet")),
                f"{member.name} {member.handle}",
                tail=line(member.constituency, "quiet"),
            )
            for member in members
        ]
        self.app.push_screen(
            Finder("Who are you?", entries, "your name; not here? A steward admits you"),
            self._named,
        )

    def _named(self, handle: str | None) -> None:
        if handle is None:
            return
        from manifesto_tui.workflow import people

        def taken(_: None) -> None:
            self.handle = handle
            self._tell()

        act = partial(people.act_as, handle=handle)
        self.work("", lambda: self.session.call(act), taken)

    def _ask_place(self) -> None:
        if self.view is None:
            return
        then = settings_of(self).told("{sync} then sends and fetches.").plain
        self.app.push_screen(Naming(self.session, self.place, then), self._placed)

    def _placed(self, place: str | None) -> None:
        if place is not None:
            self.place = place
            self._tell()

    # Keys

    def _list_keys(self) -> None:
        chosen = settings_of(self)
        entries = [
            Entry(
                action.id,
                join(line(action.title, "strong"), "  ", said),
                f"{action.title} {chosen.keys_of(action)} {said.plain}",
                lead=words(f"{chosen.keys_of(action):<12} ", "mark" if own else "key"),
                group=action.group,
            )
            for action in ACTIONS
            for own in (action.id in chosen.keys,)
            for said in (chosen.told(action.help, "quiet"),)
        ]
        self.app.push_screen(
            Finder("Another key for which action?", entries, "find"), self._ask_key
        )

    def _ask_key(self, id: str | None) -> None:
        if id is not None:
            action = BY_ID[id]
            press = Press(action, settings_of(self))
            self.app.push_screen(press, lambda key: self._take_key(action, key))

    def _take_key(self, action: Action, key: str | None) -> None:
        if key is not None:
            self._write(f"{KEYS}.{action.id}", key)
            self._list_keys()


class Press(Dialog[str]):
    """Waits for one key, which becomes the key of an action; "" for the usual one again."""

    actions = (replace(BY_ID["dialog.cancel"], label="leave it as it is"),)

    def __init__(self, action: Action, settings: Settings) -> None:
        super().__init__(join("Another key for ", line(action.title, "strong")))
        self.action = action
        self.settings = settings

    def inside(self) -> ComposeResult:
        """Yields what to do."""
        yield Rows(id="told", picks=False, still=True, fit=6)

    def on_mount(self) -> None:
        """Says what to do."""
        super().on_mount()
        now = self.settings.keys_of(self.action)
        usual = " ".join(key_name(key) for key in self.action.keys)
        rows: list[Row] = [
            Passage(join("It is ", line(now, "key"), " now. Press the key that it is to be.")),
            Passage(
                join(("backspace", "key"), " makes it ", line(usual, "key"), " as usual."), above=1
            ),
        ]
        self.query_one("#told", Rows).show(rows)

    def on_key(self, event: events.Key) -> None:
        """Takes the key, unless it means something else already."""
        event.stop()
        event.prevent_default()
        if event.key in settings_of(self).names_of(BY_ID["dialog.cancel"]):
            self.dismiss(None)
        elif event.key == "backspace":
            self.dismiss("")
        elif said := clashes({**self.settings.keys, self.action.id: event.key}):
            self.refused(
                BadInput(
                    "key-taken",
                    said[0],
                    settings_of(self).told("Press another, or {dialog.cancel}.").plain,
                )
            )
        else:
            self.dismiss(event.key)


def _place(environment: Mapping[str, str]) -> str:
    path, home = settings_path(environment), environment.get("HOME", "")
    if path is None:
        return "nowhere: there is no home folder"
    return f"~/{path.relative_to(home)}" if home and path.is_relative_to(home) else str(path)


def _passage(key: str, title: str, value: str, sentence: str, narrow: bool) -> Row:
    """Returns a row with its title before it, or above it where there is little room."""
    body = join(line(value, "key"), "\n", line(sentence, "quiet"))
    if narrow:
        return Passage(join(line(title, "strong"), "\n", body), key=key)
    return Passage(body, key=key, lead=words(f"{title:<{_FIELD}} ", "strong"))
