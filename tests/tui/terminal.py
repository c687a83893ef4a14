"""Runs the app on a pseudo-terminal, as a person's terminal runs it, and shows what is on it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte
from wcwidth import wcwidth

from tui import made_up

OPEN = (
    "import os, sys; from datetime import datetime; from pathlib import Path;"
    "from manifesto_tui.tui.app import run;"
    "now = datetime.fromisoformat('2026-11-20T10:00:00+00:00');"
    "sys.exit(run(Path(sys.argv[1]), dict(os.environ), lambda: now))"
)
WAIT = 60.0
# A terminal that is asked whether frames may be marked says yes.
_ASKED, _YES = b"\x1b[?2026$p", "\x1b[?2026;2$y"
_FRAME_BEGIN, _FRAME_END = b"\x1b[?2026h", b"\x1b[?2026l"


class Screen(pyte.Screen):
    """A screen that goes on after a joiner, where pyte's own leaves out the rest."""

    def draw(self, data: str) -> None:
        """Draws characters where the cursor is."""
        super().draw("".join(c for c in data if wcwidth(c) or unicodedata.combining(c)))


class Shown:
    """What a terminal shows that was sent `seen`."""

    def __init__(self, width: int, height: int) -> None:
        self.seen = b""
        self._screen = Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)

    def take(self, data: bytes) -> None:
        """Shows what was sent."""
        self.seen += data
        self._stream.feed(data)

    @property
    def whole(self) -> bool:
        """Whether a frame has come to its end, where frames are marked."""
        return self.seen.rfind(_FRAME_END) >= self.seen.rfind(_FRAME_BEGIN)

    @property
    def frame(self) -> str:
        """The lines of the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)


class Terminal(Shown):
    """A program on a pseudo-terminal: the app on a folder, unless other words are given."""

    def __init__(
        self,
        directory: Path,
        home: Path,
        words: list[str] | None = None,
        size: tuple[int, int] = (80, 24),
        extra: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(*size)
        environment = made_up.environment(home) | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            words or [sys.executable, "-c", OPEN, str(directory)],
            stdin=side,
            stdout=side,
            stderr=side,
            cwd=directory,
            env=environment | dict(extra or {}),
            start_new_session=True,
        )
        os.close(side)

    def until(self, words: str | Callable[[str], bool], wait: float = WAIT) -> None:
        """Reads until the words are on the screen, or it is as wanted; fails where it never is."""
        wanted = (lambda frame: words in frame) if isinstance(words, str) else words
        end = time.monotonic() + wait
        while not (self.whole and wanted(self.frame)):
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} was not shown:\n{self.frame}")
            self.read(min(0.5, wait))

    def read(self, seconds: float) -> bool:
        """Takes what is written within some seconds; tells whether anything was."""
        if not select.select([self.main], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.main, 65536)
        except OSError:  # What Linux says once the program has gone.
            data = b""
        if _ASKED in data:
            self.type(_YES)
        self.take(data)
        return bool(data)

    def type(self, keys: str) -> None:
        """Types keys as a terminal sends them."""
        os.write(self.main, keys.encode())

    def left(self) -> int:
        """Reads on until the program has ended; returns its exit code."""
        while self.read(WAIT):
            pass
        return self.process.wait(WAIT)

    def close(self) -> None:
        """Closes the terminal without a word to the program."""
        if self.main >= 0:
            os.close(self.main)
        self.main = -1

    def end(self, how: int = signal.SIGKILL) -> None:
        """Ends the program, where it has not ended."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        self.process.wait(WAIT)
        self.close()
