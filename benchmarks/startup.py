"""Starting: `--help` against bare Python, and the app until its first screen is painted.

The app runs in a pseudo-terminal on this repository. Its first frame is painted when the names
of its views stand there; the text of the manifesto follows once the record is read.
"""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from benchmarks.measure import Section, shown, side_by_side

_HERE = Path(__file__).parent.parent
_PROGRAM = str(Path(sys.executable).with_name("manifesto-tui"))
_SIZE = (40, 120)
_PATIENCE = 60.0
_ROUNDS = 7
_FRAME, _TEXT = b"2 Amendments", "◆".encode()


def run() -> list[Section]:
    """Measures starts, each a new process."""
    return [_helping(), _painting()]


def _helping() -> Section:
    section = Section(
        "`--help`, against bare Python", "5 × bare Python", ("what", "time", "× bare Python")
    )
    ways = {
        "`python -c pass`": lambda: _started(sys.executable, "-c", "pass"),
        "`python -I -S -c pass`": lambda: _started(sys.executable, "-I", "-S", "-c", "pass"),
        "`python -c 'import argparse'`": lambda: _started(sys.executable, "-c", "import argparse"),
        "`manifesto-tui --help`": lambda: _started(_PROGRAM, "--help"),
        "`manifesto-tui tally --help`": lambda: _started(_PROGRAM, "tally", "--help"),
    }
    taken = side_by_side(ways, 15)
    bare = taken["`python -c pass`"]
    for name, seconds in taken.items():
        section.add(name, shown(seconds), f"{seconds / bare:.1f}")
    return section


def _painting() -> Section:
    section = Section(
        "First paint of the app on this repository", "350 ms", ("what", "time", "× bare Python")
    )
    bare = statistics.median(_timed_bare() for _ in range(_ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        # A clone, so that nothing is done to the files of whoever measures.
        subprocess.run(["git", "clone", "-q", str(_HERE), f"{folder}/clone"], check=True)
        _paint(Path(folder) / "clone")
        painted = [_paint(Path(folder) / "clone") for _ in range(_ROUNDS)]
    for name, at in (("the first frame", 0), ("the text of the manifesto", 1)):
        seconds = statistics.median(times[at] for times in painted)
        section.add(name, shown(seconds), f"{seconds / bare:.1f}")
    return section


def _timed_bare() -> float:
    start = time.perf_counter()
    _started(sys.executable, "-c", "pass")
    return time.perf_counter() - start


def _started(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _paint(folder: Path) -> tuple[float, float]:
    """Returns after how long the first frame was painted, and after how long the text was."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ["TERM"] = "xterm-256color"
        os.environ["MANIFESTO_GUIDE"] = "off"
        os.execv(_PROGRAM, [_PROGRAM])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *_SIZE, 0, 0))
    said, frame = b"", 0.0
    try:
        while time.perf_counter() - start < _PATIENCE:
            if select.select([terminal], [], [], 1.0)[0]:
                said += os.read(terminal, 65536)
                frame = frame or (time.perf_counter() - start if _FRAME in said else 0.0)
                if _TEXT in said:
                    return frame, time.perf_counter() - start
        raise TimeoutError("The app painted nothing.")
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
