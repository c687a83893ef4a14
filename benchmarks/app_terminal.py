"""The app on a terminal: its first frame, a key until the screen stands still, its memory.

On 5,000 clauses, and on a record with 10,000 amendments; beside `tig` on the same repository,
where it is there. A key is answered when the last byte of what it changes has come. Texts and
people are made up.
"""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from benchmarks import record_made_up
from benchmarks.measure import Section, most_memory, shown

_PROGRAM = str(Path(sys.executable).with_name("manifesto-tui"))
_HEIGHT, _WIDTH = 40, 120
_PATIENCE = 60.0
_QUIET = 0.03
_ROUNDS = 5
_KEYS = 200
_CLAUSES = 5_000


class Screen:
    """A program on a pseudo-terminal."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.began = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ["TERM"] = "xterm-256color"
            os.environ["MANIFESTO_GUIDE"] = "off"
            os.execvp(words[0], words)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _HEIGHT, _WIDTH, 0, 0))
        self.said = b""

    def until(self, words: bytes) -> float:
        """Returns the seconds from the start until the words were written."""
        while words not in self.said:
            if time.perf_counter() - self.began > _PATIENCE:
                raise TimeoutError(f"{words!r} was not painted.")
            self._read(1.0)
        return time.perf_counter() - self.began

    def settle(self) -> None:
        """Waits until nothing was written for a second."""
        while self._read(1.0):
            pass

    def press(self, keys: str) -> float:
        """Returns the seconds from a key until the last byte of what it changed."""
        pressed = last = time.perf_counter()
        os.write(self.terminal, keys.encode())
        while self._read(1.0 if last == pressed else _QUIET):
            last = time.perf_counter()
        return last - pressed

    def usage(self) -> tuple[float, int]:
        """Returns the seconds of CPU and the most megabytes so far."""
        ticks = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        used = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
        return used, most_memory(self.process)

    def end(self) -> None:
        """Ends it."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        self.said += os.read(self.terminal, 65536)
        return True


def run() -> list[Section]:
    """Measures on 5,000 clauses and on 1,000 amendments."""
    return _measured(1_000)


def run_whole() -> list[Section]:
    """Measures on 5,000 clauses and on 10,000 amendments."""
    return _measured(10_000)


def _measured(amendments: int) -> list[Section]:
    if not sys.platform.startswith("linux"):
        return []
    with tempfile.TemporaryDirectory() as place:
        text = _long_text(Path(place) / "text")
        record = record_made_up.build(Path(place) / "record", amendments, amendments)
        return [_painted(record, amendments), _scrolled(text, record, amendments)]


def _painted(record: Path, amendments: int) -> Section:
    section = Section(
        f"First paint of the app on {amendments:,} amendments", "500 ms", ("what", "time")
    )
    ways = {"the first frame": (b"2 Amendments", _PROGRAM)}
    if shutil.which("tig"):
        ways["`tig`, its first line"] = (b"main", "tig")
    for name, (words, program) in ways.items():
        taken = []
        for _ in range(_ROUNDS):
            screen = Screen(record, program)
            taken.append(screen.until(words))
            screen.end()
        section.add(name, shown(statistics.median(taken)))
    return section


def _scrolled(text: Path, record: Path, amendments: int) -> Section:
    section = Section(
        "A key until the screen stands still",
        "50 ms for 95 of 100 keys; 120 MB",
        ("what", "key", "half of all", "95 of 100", "CPU a key", "memory"),
    )
    texts, lists = f"{_CLAUSES:,} clauses", f"{amendments:,} amendments"
    ways = [
        (texts, text, _PROGRAM, b"Clause", "", ("j", "\x04", "G", "g")),
        (lists, record, _PROGRAM, b"2 Amendments", "2", ("j", "\x04")),
    ]
    if shutil.which("tig"):
        ways.append((f"`tig` on {lists}", record, "tig", b"main", "", ("j", "\x04")))
    for name, folder, program, words, first, keys in ways:
        for key in keys:
            screen = Screen(folder, program)
            screen.until(words)
            screen.settle()
            if first:
                screen.press(first)
                screen.settle()
            before = screen.usage()[0]
            count = _KEYS if key in "j\x04" else 20
            taken = sorted(screen.press(key) for _ in range(count))
            used, most = screen.usage()
            section.add(
                name,
                {"\x04": "ctrl+d"}.get(key, key),
                shown(taken[len(taken) // 2]),
                shown(taken[len(taken) * 95 // 100]),
                shown((used - before) / count),
                f"{most} MB",
            )
            screen.end()
    return section


def _long_text(folder: Path) -> Path:
    folder.mkdir()
    words = ("care", "team", "record", "open", "system", "publish", "patient", "nurse", "fund")
    parts = []
    for number in range(_CLAUSES):
        if number % 50 == 0:
            parts.append(f"# Principle {number // 50 + 1}")
        said = " ".join(words[(number * 7 + at * 3) % len(words)] for at in range(24))
        parts.append(f"Clause {number}: {said}.")
    (folder / "manifesto.md").write_text("\n\n".join(parts) + "\n")
    git = ["git", "-C", str(folder), "-c", "user.name=Made-up", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "config", "user.name", "Made-up"], check=True)
    subprocess.run([*git, "config", "user.email", "x@example.org"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "Write"], check=True)
    adopt = [_PROGRAM, "-C", str(folder), "adopt", "--title", "A long text", "--handle", "m0"]
    subprocess.run(adopt, check=True, capture_output=True)
    return folder
