"""Draws on a terminal that may vanish at any moment.

Textual writes in a thread of its own, which ends where the terminal is gone; what is drawn after
that is waited for for ever, with the record still open.
"""

from contextlib import suppress
from typing import Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver


class Lasting:
    """A file that takes what is written also once nobody can read it any more."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Writes text, or drops it where the terminal is gone."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Sends what was written, or drops it where the terminal is gone."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Returns the number of the open file."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """Textual's driver, which outlives its terminal for as long as it takes to leave."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._file = cast(Any, Lasting(cast(TextIO, self._file)))
