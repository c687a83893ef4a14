"""Finds one thing among many by a few letters: an action, a clause, an amendment, a draft.

Help and palette are this, filled from the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from manifesto_tui.tui.actions import BY_ID, Action, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Divider, Later, Passage, Row
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.settings import Settings
from manifesto_tui.tui.widgets.rows import Rows

_GAP = 4  # Characters between two letters that are near.


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `words` is what is searched; `group` heads its part.

    Of thousands few are ever seen: a `body` may be what makes it then, where it takes one line.
    """

    key: str
    body: Content | Callable[[], Content]
    words: str
    lead: Content = EMPTY
    tail: Content = EMPTY
    group: str = ""
    clip: bool = True


class Finder(Dialog[str]):
    """Narrows a list as one types; returns the key of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The field has keys of its own on some of these: ours come first.
        *(replace(binding, priority=True) for binding in bindings("finder")),
    ]
    actions: tuple[Action, ...] = (BY_ID["finder.choose"], BY_ID["dialog.cancel"])

    def __init__(self, name: Part, entries: Iterable[Entry], hint: str = "") -> None:
        from manifesto_tui.prose import reveal

        super().__init__(name)
        # What hides is looked for as it shows, and stands in no other order for hiding.
        self.entries = tuple(
            entry if (shows := reveal(entry.words)) == entry.words else replace(entry, words=shows)
            for entry in entries
        )
        self.hint = hint
        self.add_class("-full")

    def inside(self) -> ComposeResult:
        """Yields the field and the list."""
        hint = settings_of(self).told(self.hint).plain
        yield Input(id="needle", placeholder=hint, compact=True)
        yield Rows(id="found", still=True)

    def on_mount(self) -> None:
        """Shows everything and waits for letters."""
        super().on_mount()
        self.query_one("#needle", Input).focus()
        self._tell("")

    @on(Input.Changed, "#needle")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(event.value)

    def action_send(self) -> None:
        """Chooses what is selected."""
        if key := self.query_one("#found", Rows).key:
            self.dismiss(key)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_move(self, by: int) -> None:
        """Moves in the list while the letters keep going to the field."""
        self.query_one("#found", Rows).step(by)

    def action_page(self, by: int) -> None:
        """Moves a screen in the list."""
        self.query_one("#found", Rows).action_page(by * 0.9)

    def _tell(self, needle: str) -> None:
        rows: list[Row] = []
        group = ""
        for entry in found(self.entries, needle):
            if not needle and entry.group != group:
                group = entry.group
                rows.append(Divider(words(group, "key"), above=1 if rows else 0))
            rows.append(_row(entry))
        nothing = [Passage(words("Nothing matches; take a letter back.", "quiet"))]
        list_ = self.query_one("#found", Rows)
        with self.prevent(Rows.Moved):
            list_.show(rows or nothing, "", top=True)


def _row(entry: Entry) -> Row:
    if callable(entry.body):
        return Later(entry.key, entry.words, 0, _drawn, entry, clip=True)
    return _drawn(entry)


def _drawn(entry: Entry) -> Passage:
    body = entry.body() if callable(entry.body) else entry.body
    return Passage(body, key=entry.key, lead=entry.lead, tail=entry.tail, clip=entry.clip)


def found(entries: tuple[Entry, ...], needle: str) -> list[Entry]:
    """Returns what has every word, what begins with the first of them first; else the letters."""
    wanted = needle.casefold().split()
    if not wanted:
        return list(entries)
    hits = [e for e in entries if all(word in e.words.casefold() for word in wanted)]
    hits.sort(key=lambda e: not e.words.casefold().startswith(wanted[0]))
    if hits:
        return hits
    letters = "".join(wanted)
    return [e for e in entries if _near(letters, e.words.casefold())]


def _near(letters: str, text: str) -> bool:
    """Whether letters stand in order and near one another: far apart any sentence has a few."""
    start = text.find(letters[0])
    while start >= 0:
        at = start
        for letter in letters[1:]:
            at = text.find(letter, at + 1, at + 2 + _GAP)
            if at < 0:
                break
        else:
            return True
        start = text.find(letters[0], start + 1)
    return False


def help_entry(action: Action, settings: Settings, reason: str = "") -> Entry:
    """Returns the entry of an action in a list of keys, with the reason why it cannot act now."""
    keys = settings.keys_of(action)
    said = settings.told(action.help)
    body = join(line(action.title, "quiet" if reason else "strong"), "  ", said)
    if reason:
        body = join(body, "\n", settings.told(f"not now: {reason}", "warn"))
    return Entry(
        action.id,
        body,
        f"{action.title} {keys} {said.plain}",
        lead=words(f"{keys:<10} ", "key"),
        group=action.group,
        clip=False,
    )
