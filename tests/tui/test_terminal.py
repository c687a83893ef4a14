"""The app in a real terminal: what reaches it, and what a kill leaves."""

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
from datetime import datetime
from pathlib import Path

import pytest

from manifesto_tui.prose import reveal
from tui import made_up

OPEN = (
    "import os, sys; from datetime import datetime; from pathlib import Path;"
    "from manifesto_tui.tui.app import run;"
    "now = datetime.fromisoformat('2026-11-20T10:00:00+00:00');"
    "sys.exit(run(Path(sys.argv[1]), dict(os.environ), lambda: now))"
)
WAIT = 20.0


class Terminal:
    """The app on a pseudo-terminal; `seen` is every byte it has written."""

    def __init__(self, directory: Path, home: Path) -> None:
        environment = made_up.environment(home) | {
            "TERM": "xterm-256color",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPEN, str(directory)],
            stdin=side,
            stdout=side,
            stderr=side,
            env=environment,
            start_new_session=True,
        )
        os.close(side)
        self.seen = b""

    def until(self, words: str) -> None:
        """Reads until the words were written; fails where they never are."""
        began, start = datetime.now(), len(self.seen)
        while words not in plain(self.seen[start:]):
            ready, _, _ = select.select([self.main], [], [], 0.5)
            if ready:
                self.seen += os.read(self.main, 65536)
            if (datetime.now() - began).total_seconds() > WAIT:
                raise AssertionError(f"{words!r} was not shown in {plain(self.seen[start:])!r}")

    def type(self, keys: str) -> None:
        """Types keys as a terminal sends them."""
        os.write(self.main, keys.encode())

    def end(self, how: int = signal.SIGKILL) -> None:
        """Ends the app."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        self.process.wait(WAIT)
        os.close(self.main)


def plain(seen: bytes) -> str:
    """What was written, without the sequences that place and colour it."""
    return re.sub(r"\x1b\[[0-9;?<=>]*[A-Za-z]", "", seen.decode("utf-8", "replace"))


@pytest.fixture
def terminal(own: Path, home: Path):
    opened: list[Terminal] = []

    def start() -> Terminal:
        opened.append(Terminal(own, home))
        return opened[-1]

    yield start
    for one in opened:
        if one.process.returncode is None:
            one.end()


def test_what_was_typed_is_there_after_a_kill(terminal):
    first = terminal()
    first.until("needs your vote")
    first.type("jja")
    first.until("Saved as you type")
    first.type(" Typed before the kill.")
    first.until("draft saved")
    first.end(signal.SIGKILL)
    second = terminal()
    second.until("A draft waits for you")


def test_hostile_bytes_do_not_reach_the_terminal(terminal, own):
    evil = "\x1b]52;c;Zm9v\x07\x1b]8;;http://evil.example\x1b\\\x9b31mred\x1bc"
    path = next((own / "manifesto").glob("*.md"))
    path.write_text(path.read_text().replace("Poor systems", f"{evil} Poor systems"))
    subprocess.run(["git", "-C", str(own), "commit", "-qam", "x"], check=True, env=git(own))
    one = terminal()
    one.until("Poor systems")
    one.type("jj2")
    one.until("Diff")
    written = one.seen.decode("utf-8", "replace")
    assert "\x1b]52" not in written
    assert "\x1b]8;" not in written
    assert "\x1bc" not in written
    assert "\x9b" not in written
    assert reveal("\x1b") in written


def git(own: Path) -> dict[str, str]:
    who = {"NAME": "x", "EMAIL": "x@example.org"}
    names = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    return {"PATH": os.environ["PATH"], "HOME": str(own.parent), **names}


def test_it_leaves_the_terminal_as_it_was(terminal):
    one = terminal()
    one.until("needs your vote")
    one.type("\x11")
    assert one.process.wait(WAIT) == 0
    while select.select([one.main], [], [], 0.2)[0]:
        try:
            more = os.read(one.main, 65536)
        except OSError:
            break
        if not more:
            break
        one.seen += more
    # The alternate screen is left, and the cursor is shown again.
    assert b"\x1b[?1049l" in one.seen
    assert b"\x1b[?25h" in one.seen
    os.close(one.main)
