"""The whole path in the app itself, on real terminals: three people, three clones, one text."""

import os
import re
import subprocess
import sys

import pytest

pytest.importorskip("pty", reason="there are no pseudo-terminals here")
from tui.terminal import Terminal

ENTER, TAB, ESC, RECORD, SYNC = "\r", "\t", "\x1b", "\n", "S"
DIALOG = "Send and fetch"
APP = [sys.executable, "-m", "manifesto_tui"]
FIRST, LATER = "2026-11-01T09:00:00Z", "2026-11-20T09:00:00Z"


class Person:
    """Somebody made up at a terminal, in a folder of their own."""

    def __init__(self, folder, home, name):
        self.folder, self.home, self.name = folder, home, name
        self.terminal = None

    def git(self, *words):
        told = {"HOME": str(self.home), "PATH": os.environ["PATH"]}
        subprocess.run(
            ["git", "-C", self.folder, *words], check=True, capture_output=True, env=told
        )

    def open(self, *, now=FIRST, until=re.compile(r" [0-9a-f]{7}$", re.MULTILINE).search):
        """Opens the app; returns once the record is read, and its commit shown."""
        extra = {"MANIFESTO_NOW": now}
        self.terminal = Terminal(self.folder, self.home, APP, (120, 40), extra)
        self.terminal.until(until)

    def type(self, keys, until):
        """Types keys, and waits until words stand on the screen."""
        self.terminal.type(keys)
        self.terminal.until(until)

    def close(self):
        if self.terminal:
            self.terminal.end()
            self.terminal = None

    def sync(self):
        """Sends and fetches; returns once the app has said what went and what came."""
        begun = len(self.terminal.seen)
        self.type(SYNC, lambda _: DIALOG.encode() in self.terminal.seen[begun:])
        # What came in stays to be read; where nothing came, the dialog goes by itself.
        self.terminal.until(lambda frame: DIALOG not in frame or "esc stop" not in frame)
        if DIALOG in self.terminal.frame:
            self.type(ESC, lambda frame: DIALOG not in frame)

    def fill(self, *values):
        """Fills in a form field by field; each is drawn before the next is gone to."""
        for value in values:
            if value:
                self.type(value, value)
            self.terminal.type(TAB)
            self.terminal.read(5.0)
            while self.terminal.read(0.2):
                pass


@pytest.fixture
def people(tmp_path):
    everyone = [Person(tmp_path / name, tmp_path / "home", name) for name in ("ada", "ben", "cleo")]
    for one in everyone:
        one.folder.mkdir()
    yield everyone
    for one in everyone:
        one.close()


def test_three_people_go_the_whole_path_in_the_app(people, tmp_path):
    ada, ben, cleo = people
    hub = tmp_path / "hub.git"
    ada.open(until="Begin a manifesto here")
    ada.type(ENTER, "Your handle")
    ada.fill("A made-up manifesto", "ada", "Made-up Ada", "clinicians")
    ada.type(RECORD, "Founded “A made-up manifesto”")
    for handle in ("ben", "cleo"):
        ada.type("A", "Admit a member")
        ada.fill(handle, f"Made-up {handle}", "clinicians")
        ada.type(RECORD, lambda frame: "Admit a member" not in frame)
    ada.type("\x12", "Put the text in force")
    ada.type(RECORD, lambda frame: "Put the text in force" not in frame)
    ada.git("init", "-q", "--bare", str(hub))
    ada.git("remote", "add", "origin", str(hub))
    ada.close()
    ada.open()
    ada.sync()
    for one in (ben, cleo):
        one.git("clone", "-q", str(hub), ".")
        one.git("config", "manifesto.handle", one.name)
        one.open()
    ben.type("j", "Clause 1.1")
    ben.type("a", "Your words")
    ben.type(" It names no product.", "product.+}")
    ben.type(RECORD, "Title")
    ben.fill("Name no product", "Products come and go.")
    ben.type(RECORD, "Recorded: Propose")
    ben.sync()
    cleo.sync()
    cleo.type("2", "[Diff]")
    cleo.type("+", "Second")
    cleo.type(RECORD, lambda frame: "ctrl+j" not in frame)
    cleo.sync()
    ada.sync()
    ada.type("2", "[Diff]")
    ada.type("o", "Open the ballot on")
    ada.type(RECORD, "Recorded: Open the ballot")
    ada.sync()
    for one in people:
        one.sync()
        one.type("2", "needs your vote")
        one.type("v", "nothing is written yet")
        one.type(ENTER, "(•) for")
        one.type(RECORD, lambda frame: "(•) for" not in frame)
        one.sync()
        one.close()
    ada.open(now=LATER)
    ada.sync()
    ada.type("2", "[Diff]")
    ada.type("!", "ctrl+j")
    ada.type(RECORD, lambda frame: "ctrl+j" not in frame)
    ada.sync()
    for one in (ben, cleo):
        one.open(now=LATER)
        one.sync()
        one.terminal.until(lambda frame: "It names no product." in " ".join(frame.split()))
        one.type("V", "PROVED")
        one.type(ESC, lambda frame: "PROVED" not in frame)
    cleo.type("x", "Publish what?")
    cleo.type(ENTER, "In which format?")
    cleo.type("markdown", "Markdown")
    cleo.type(ENTER, "ctrl+j")
    cleo.type(RECORD, lambda frame: "ctrl+j" not in frame)
    [published] = cleo.folder.glob("*.md")
    assert "It names no product." in published.read_text()
