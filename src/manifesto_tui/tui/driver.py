"""Draws on a terminal that may vanish at any moment, or take long for what it is sent.

Textual writes in a thread of its own, which ends where the terminal is gone; what is drawn after
that is waited for for ever, with the record still open. On a slow line thirty frames would wait
for that thread, and be shown one after the other long after a key was let go.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from time import monotonic
from typing import Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from manifesto_tui.tui.mends import as_typed

_LONG = 0.04  # Seconds that a frame takes to be written where the line is slow.
_FRAME = 3  # A frame is written in as many pieces.
# Whether frames may be marked: Textual asks the same at the start, and knows the answer.
_QUESTION = "\x1b[?2026$p"
_ENOUGH, _MOST = 2048, 6144  # Characters after which it is asked; and sent before it answers.
_LATE, _LOST = 0.15, 5.0  # Seconds beyond its quickest in which no answer is late, or lost.
_NEAR = 0.1  # Seconds in which a terminal answers that is near, and takes much at once.
_WAIT = 1.0  # Seconds for which an answer is waited for before the terminal is handed over.


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


class Pace:
    """Knows from a terminal's answers how far it has come with what it was sent.

    Between the app and a terminal far away much is held: a question answered late stands behind
    all of it. Times are seconds. A terminal that has not answered once is never asked.
    """

    def __init__(self) -> None:
        self.answers = False
        self.quickest = _WAIT
        self._sent = 0
        self._asked = 0.0

    def wrote(self, many: int) -> None:
        """Takes in that so many characters were sent."""
        self._sent += many

    def asks(self, now: float) -> bool:
        """Says whether the terminal is to be asked; it then is."""
        if not self.answers or self._asked or self._sent < _ENOUGH:
            return False
        self._asked, self._sent = now, 0
        return True

    def answered(self, now: float) -> None:
        """Takes in an answer."""
        self.answers = True
        if self._asked:
            self.quickest = min(self.quickest, now - self._asked)
        self._asked = 0.0

    def is_behind(self, now: float) -> bool:
        """Whether an answer is late or much was sent since, and it may still come."""
        waited = now - self._asked if self._asked else _LOST
        is_late = waited > _LATE + self.quickest
        is_much = self._sent > _MOST and self.quickest > _NEAR
        return (is_late or is_much) and waited < _LOST


class TerminalDriver(LinuxDriver):
    """Textual's driver, which outlives its terminal for as long as it takes to leave."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._lasting = Lasting(cast(TextIO, self._file))
        self._file = cast(Any, self._lasting)
        self._pace = Pace()
        self._answer = Event()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has yet to take what was drawn before."""
        writer = self._writer_thread
        waiting = writer._queue.qsize() if writer else 0
        return waiting > _FRAME or self._lasting.is_slow or self._pace.is_behind(monotonic())

    def write(self, data: str) -> None:
        """Sends characters to the terminal."""
        self._pace.wrote(len(data))
        super().write(data)

    def flush(self) -> None:
        """Ends a frame; now and then the terminal is asked whether it has come so far."""
        super().flush()
        if self._pace.asks(monotonic()):
            self._answer.clear()
            super().write(_QUESTION)

    def process_message(self, message: Message) -> None:
        """Takes what the terminal sent, an answer among it."""
        if isinstance(message, TerminalSupportsSynchronizedOutput):
            self._pace.answered(monotonic())
            self._answer.set()
        super().process_message(as_typed(message))

    def disable_input(self) -> None:
        """Hands the terminal over, once what it was asked is answered: nobody else expects that."""
        if self._pace.answers and not self.exit_event.is_set():
            self._answer.wait(_WAIT)
            self._pace = Pace()
        super().disable_input()
