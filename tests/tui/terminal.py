"""Runs the app on a pseudo-terminal, as a person's terminal runs it, and shows what is on it."""

import fcntl
import os
import pty
import re
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
from pyte import modes as mo
from pyte.screens import Char
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


# What nearly all is that the app sends: a place, or colours.
_OFTEN = re.compile(r"\x1b\[([0-9;]*)([Hm])")


_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"


class Screen(pyte.Screen):
    """A screen that shows what is joined as one, where pyte's own leaves out the rest.

    A picture that is joined from several takes two cells, as in terminals that know of clusters.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self._looks: dict[tuple[Char, tuple[int, ...]], Char] = {}
        self._joint = (-1, -1)
        super().__init__(columns, lines)

    @property
    def is_plain(self) -> bool:
        """Whether letters stand for themselves, and take the place of what was there."""
        return not self.charset and mo.IRM not in self.mode

    def select_graphic_rendition(self, *attrs: int) -> None:
        """Draws in these colours from now on."""
        wanted = (self.cursor.attrs, attrs)
        if wanted not in self._looks:
            super().select_graphic_rendition(*attrs)
            self._looks[wanted] = self.cursor.attrs
        self.cursor.attrs = self._looks[wanted]

    def draw(self, data: str) -> None:
        """Draws characters where the cursor is."""
        at, end = self.cursor.x, self.cursor.x + len(data)
        if data.isascii() and data.isprintable() and end <= self.columns and self.is_plain:
            # What is one cell each needs no more than to be put there.
            drawn = self.buffer[self.cursor.y]
            look = self.cursor.attrs[1:]
            for x, letter in enumerate(data, at):
                drawn[x] = Char(letter, *look)
            self.cursor.x = end
            self.dirty.add(self.cursor.y)
        else:
            for letter in data:
                self._draw_one(letter)

    def _draw_one(self, letter: str) -> None:
        x, y = self.cursor.x, self.cursor.y
        line = self.buffer[y]
        # Where the letter before stands: a wide one has an empty cell after it.
        before = x - 1 if x and line[x - 1].data else x - 2
        joins = self._joint == (x, y) and before >= 0
        if letter == _JOINER:
            self._joint = (x, y)
        elif before >= 0 and (letter == _AS_PICTURE or (joins and wcwidth(letter) > 0)):
            found = line[before]
            line[before] = found._replace(data=found.data + letter)
            self._joint = (-1, -1)
            if letter == _AS_PICTURE and before == x - 1 and x < self.columns:
                line[x] = found._replace(data="")
                self.cursor.x += 1
            self.dirty.add(y)
        elif wcwidth(letter) or unicodedata.combining(letter):
            super().draw(letter)


class Stream(pyte.ByteStream):
    """A stream that knows at a glance what is sent often, and leaves the rest to pyte's own."""

    def feed(self, data: bytes) -> None:
        """Goes through what was sent."""
        screen, text = self.listener, self.utf8_decoder.decode(data)
        at = 0
        while at < len(text):
            found = _OFTEN.search(text, at) if self._taking_plain_text else None
            # What was begun before is gone on with, character by character.
            end = found.start() if found else len(text) if self._taking_plain_text else at + 1
            pyte.Stream.feed(self, text[at:end])
            at = end
            if found and self._taking_plain_text:
                numbers = [min(int(each or 0), 9999) for each in found[1].split(";")]
                if found[2] == "m":
                    screen.select_graphic_rendition(*numbers)
                else:
                    screen.cursor_position(*numbers)
                at = found.end()


class Shown:
    """What a terminal shows that was sent `seen`."""

    def __init__(self, width: int, height: int) -> None:
        self.seen = b""
        self._screen = Screen(width, height)
        self._stream = Stream(self._screen)
        self._lines: dict[int, str] = {}

    def take(self, data: bytes) -> None:
        """Shows what was sent."""
        self.seen += data
        self._stream.feed(data)
        for y in self._screen.dirty:
            self.drawn(y)
        self._screen.dirty.clear()

    def drawn(self, y: int) -> None:
        """Forgets what a line was, which was drawn anew."""
        self._lines.pop(y, None)

    @property
    def whole(self) -> bool:
        """Whether a frame has come to its end, where frames are marked."""
        return self.seen.rfind(_FRAME_END) >= self.seen.rfind(_FRAME_BEGIN)

    @property
    def frame(self) -> str:
        """The lines of the screen."""
        screen = self._screen
        for y in range(screen.lines):
            if y not in self._lines:
                cells = screen.buffer[y]
                letters = "".join([cells[x].data for x in range(screen.columns)])
                self._lines[y] = letters.rstrip()
        return "\n".join([self._lines[y] for y in range(screen.lines)])

    @property
    def torn(self) -> list[str]:
        """The lines on which half of a wide letter stands without the other half."""
        found = []
        for y in range(self._screen.lines):
            cells = [self._screen.buffer[y][x].data for x in range(self._screen.columns)]
            wide = [_AS_PICTURE in cell or wcwidth(cell[:1]) == 2 for cell in cells]
            if [not cell for cell in cells] != [False, *wide[:-1]] or wide[-1]:
                found.append("".join(cells))
        return found


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
            if time.monotonic() > end or self.process.poll() is not None:
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
        # What is asked may come in two pieces.
        if _ASKED in self.seen[-len(_ASKED) + 1 :] + data:
            self.type(_YES)
        self.take(data)
        return bool(data)

    def resize(self, width: int, height: int) -> None:
        """Changes the size of the terminal, as somebody does who pulls at its window."""
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._screen.resize(height, width)
        self._lines.clear()
        os.kill(self.process.pid, signal.SIGWINCH)

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
