"""Takes what is typed, and shows what is hidden in it.

A field may begin with words from the record, and what is pasted may come from anywhere: a
character that would drive the terminal is drawn as a sign, one for one, so that the cursor
stands where it is. What is typed stays as it is; recording it is refused with its name.
"""

import unicodedata
from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.document._document import Document, Location, Newline
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input, TextArea

from manifesto_tui.tui.safe import signs


class _Letter(events.Key):
    """A key that types what Python does not call printable: a joiner, a space that does not break.

    Textual would drop it without a word, though words of some scripts are others without it.
    """

    is_printable = True

    @classmethod
    def of(cls, event: events.Key) -> "_Letter | None":
        """Returns it where a key is one, and takes the key; None for all others."""
        letter = event.character or ""
        if event.is_printable or len(letter) != 1 or unicodedata.category(letter) in ("Cc", "Cs"):
            return None
        event.stop()
        event.prevent_default()
        return cls(event.key, letter)


class _Lettered:
    """A field in which such keys type as well."""

    async def _on_key(self, event: events.Key) -> None:
        if letter := _Letter.of(event):
            await super()._on_key(letter)  # type: ignore[misc]


class TypedArea(_Lettered, TextArea):
    """Words over several lines."""

    _opened_at: Location | None = None

    def _set_document(self, text: str, language: str | None) -> None:
        # The reader's own splits at every character that Unicode ends a line with, and joins with
        # one: a text would be another for having been looked at.
        super()._set_document(text, language)
        if isinstance(self.document, Document):
            self.document._newline = newline = _newline_of(text)
            self.document.lines[:] = text.split(newline)
            self._rewrap_and_refresh_virtual_size()

    def open_at(self, place: Location) -> None:
        """Puts the cursor at a place, and that in the middle until somebody moves it."""
        self._opened_at = place
        self.move_cursor(place, center=True)

    def on_resize(self) -> None:
        """Draws the lines again: wrapped to another width, they may be as many as before."""
        self.refresh()
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        self.scroll_cursor_visible(center=self.cursor_location == self._opened_at)

    def get_line(self, line_index: int) -> Text:
        """Returns a line to be drawn."""
        return Text(signs(self.document.get_line(line_index)), end="", no_wrap=True)


class TypedLine(_Lettered, Input):
    """Words on one line."""

    def __init__(self, value: str | None = None, **options: Any) -> None:
        super().__init__(value, highlighter=_Signs(), **options)

    def _watch_value(self, value: str) -> None:
        # Else every letter would have the whole screen laid out again, though nothing moves.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self.call_after_refresh(self._watch_selection, self.selection)


class _Signs(Highlighter):
    def highlight(self, text: Text) -> None:
        text.plain = signs(text.plain)


def _newline_of(text: str) -> Newline:
    """Returns what ends the lines of a text; where it is not always the same, the shortest."""
    if text.count("\n") != text.count("\r\n"):
        return "\n"
    return "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n"
