"""The app on a terminal: its first frame, a key until the screen stands still, its memory.

On 5,000 clauses, and on a record with 10,000 amendments and 100,000 votes; beside `tig` on the
same repository, where it is there. A key is answered when the last byte of what it changes has
come. All that one person does to one text or record is done in one run of the app, so that its
memory at the end is that after all of it. Texts and people are made up.
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
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import record_made_up
from benchmarks.measure import Section, most_memory, shown

_PROGRAM = str(Path(sys.executable).with_name("manifesto-tui"))
_HEIGHT, _WIDTH = 40, 120
_PATIENCE = 60.0
_QUIET = 0.03
_ALL_OF_IT = 0.15  # Seconds: between the pieces of what another size changes more time may pass.
_ROUNDS = 5
_KEYS = 100
_CLAUSES = 5_000
_AMENDMENTS = 10_000
_TYPED = "clause 1 says nothing"


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
        self.resize(_WIDTH)
        self.said = b""

    def resize(self, width: int) -> None:
        """Gives the terminal another width; the program is told of it."""
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _HEIGHT, width, 0, 0))

    def until(self, words: bytes) -> float:
        """Returns the seconds from the start until the words were written."""
        while words not in self.said:
            if time.perf_counter() - self.began > _PATIENCE:
                raise TimeoutError(f"{words!r} was not painted.")
            self._read(1.0)
        return time.perf_counter() - self.began

    def settle(self) -> None:
        """Waits until nothing was written for a second, as a cursor that blinks would."""
        began = time.perf_counter()
        while self._read(1.0):
            if time.perf_counter() - began > _PATIENCE:
                raise TimeoutError("It writes on and on.")

    def press(self, act: "str | Callable[[Screen], None]") -> float:
        """Returns the seconds from a key, or another act, until the last byte that it changed."""
        pressed = last = time.perf_counter()
        quiet = _QUIET
        if isinstance(act, str):
            os.write(self.terminal, act.encode())
        else:
            act(self)
            quiet = _ALL_OF_IT
        while self._read(1.0 if last == pressed else quiet):
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
    """Measures on 5,000 clauses and on 10,000 amendments."""
    if not sys.platform.startswith("linux"):
        return []
    record = record_made_up.large()
    with tempfile.TemporaryDirectory() as place:
        text = _long_text(Path(place) / "text")
        return [_painted(record), _answered(text, record)]


def _painted(record: Path) -> Section:
    section = Section(
        f"First paint of the app on {_AMENDMENTS:,} amendments", "500 ms", ("what", "time", "CPU")
    )
    ways = {"the first frame": (b"2 Amendments", _PROGRAM)}
    if shutil.which("tig"):
        ways["`tig`, its first line"] = (b"main", "tig")
    for name, (words, program) in ways.items():
        taken = []
        for _ in range(_ROUNDS):
            screen = Screen(record, program)
            taken.append((screen.until(words), screen.usage()[0]))
            screen.end()
        section.add(name, *(shown(statistics.median(each)) for each in zip(*taken, strict=True)))
    return section


def _answered(text: Path, record: Path) -> Section:
    section = Section(
        "A key until the screen stands still",
        "50 ms for 95 of 100 keys, 100 ms for a letter of a filter; 120 MB",
        ("what", "key", "half of all", "95 of 100", "CPU a key", "memory at most, so far"),
    )
    screen = Screen(text, _PROGRAM)
    screen.until(b"Clause")
    screen.settle()
    told = partial(_pressed, section, screen, f"{_CLAUSES:,} clauses")
    told("j", "j" * _KEYS)
    told("ctrl+d", "\x04" * _KEYS)
    told("G and g", "Gg" * 10)
    told("a letter of a search", _TYPED, before="/", after="\x1b")
    told("another width", [_narrower, _wider] * 10)
    screen.end()
    screen = Screen(record, _PROGRAM)
    screen.until(b"2 Amendments")
    screen.press("2")
    screen.until(f"Amendments {_AMENDMENTS}".encode())
    screen.settle()
    told = partial(_pressed, section, screen, f"{_AMENDMENTS:,} amendments, all read")
    told("`state:`, each letter", "state:adopted", before="/", after="\x1b")
    told("a letter of a filter", _TYPED, before="/", after="\x1b")
    told("`sort:`, each letter", "sort:closing", before="/", after="\x1b")
    told("j", "j" * _KEYS)
    told("ctrl+d", "\x04" * _KEYS)
    told("G and g", "Gg" * 10)
    told("the next tab, and the next amendment", "]]]]]j" * 20)
    told("another width", [_narrower, _wider] * 5)
    told("j, among decisions", "j" * _KEYS, before="4")
    told("j, in the text", "j" * 40, before="1")
    screen.end()
    if shutil.which("tig"):
        screen = Screen(record, "tig")
        screen.until(b"main")
        screen.settle()
        told = partial(_pressed, section, screen, f"`tig` on {_AMENDMENTS:,} amendments")
        told("j", "j" * _KEYS)
        told("ctrl+d", "\x04" * _KEYS)
        screen.end()
    return section


_Act = Callable[[Screen], None]


def _pressed(
    section: Section,
    screen: Screen,
    what: str,
    name: str,
    acts: Sequence[str | _Act],
    before: str = "",
    after: str = "",
) -> None:
    """Measures some keys one by one, or other acts, and adds what they took; at the end goes on."""
    for key in before:
        screen.press(key)
    began = screen.usage()[0]
    taken = sorted(screen.press(act) for act in acts)
    used, most = screen.usage()
    section.add(
        what,
        name,
        shown(taken[len(taken) // 2]),
        shown(taken[len(taken) * 95 // 100]),
        shown((used - began) / len(taken)),
        f"{most} MB",
    )
    for key in after:  # What comes at once behind an esc would be taken for one key with it.
        screen.press(key)
        screen.settle()


def _narrower(screen: Screen) -> None:
    screen.resize(_WIDTH - 20)


def _wider(screen: Screen) -> None:
    screen.resize(_WIDTH)


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
