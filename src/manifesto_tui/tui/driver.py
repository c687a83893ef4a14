"""Draws on a terminal that may vanish at any moment, or take long for what it is sent.

Textual writes in a thread of its own, which ends where the terminal is gone; what is drawn after
that is waited for for ever, with the record still open. On a slow line thirty frames would wait
for that thread, and be shown one after the other long after a key was let go.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

_LONG = 0.04  # Seconds that a frame takes to be written where the line is slow.
_FRAME = 3  # A frame is written in as many pieces.


class Lasting:
    """A file that takes what is written also once nobody can read it any more."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._since = 0.0

    @property
    def is_slow(self) -> bool:
        """Whether what is being written has been waiting to be taken for long."""
        since = self._since
        return bool(since) and monotonic() - since > _LONG

    def write(self, text: str) -> None:
        """Writes text, or drops it where the terminal is gone."""
        with self._taking():
            self._file.write(text)

    def flush(self) -> None:
        """Sends what was written, or drops it where the terminal is gone."""
        with self._taking():
            self._file.flush()

    @contextmanager
    def _taking(self) -> Iterator[None]:
        self._since = monotonic()
        with suppress(OSError):
            yield
        self._since = 0.0

    def fileno(self) -> int:
        """Returns the number of the open file."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """Textual's driver, which outlives its terminal for as long as it takes to leave."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._lasting = Lasting(cast(TextIO, self._file))
        self._file = cast(Any, self._lasting)

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has yet to take what was drawn before."""
        writer = self._writer_thread
        waiting = writer._queue.qsize() if writer else 0
        return waiting > _FRAME or self._lasting.is_slow
