"""Speaks to the command line as a person would, in a home of its own and in real git.

Everyone here is made up.
"""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from manifesto_tui.cli import main


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def recorded(self):
        return self.json["recorded"][0]


class Speaker:
    """Runs commands in one folder, and git beside them."""

    def __init__(self, folder: Path, monkeypatch):
        self.folder = folder
        self.monkeypatch = monkeypatch

    def __call__(self, *words: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["-C", str(self.folder), *map(str, words)])
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *words: str) -> Said:
        """Runs a command that has to succeed."""
        said = self(*words)
        assert said.code == 0, said.err
        return said

    def git(self, *words: str, stdin: bytes | None = None) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.folder), *words], capture_output=True, input=stdin, check=True
        )
        return done.stdout.decode()

    def at(self, now: str) -> None:
        """Sets the clock."""
        self.monkeypatch.setenv("MANIFESTO_NOW", now)

    def act_as(self, handle: str) -> None:
        """Makes this clone one made-up member's."""
        self.git("config", "manifesto.handle", handle)

    def write(self, path: str, words: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
        return file

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def state(self) -> tuple[str, ...]:
        """Everything that a refused command must leave as it was."""
        refs = self.git("for-each-ref", "--format=%(refname) %(objectname)")
        status = self.git("status", "--porcelain=v1", "--untracked-files=all", "--branch")
        staged = self.git("diff", "--cached", "--raw")
        return refs, status, staged


def settle(place: Path, monkeypatch) -> Speaker:
    """Gives a test a home with a made-up git identity, a clock, and a folder to work in."""
    home = place / "home"
    home.mkdir(exist_ok=True)
    for name in list(os.environ):
        if name.startswith(("GIT_", "MANIFESTO_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("NO_COLOR", "1")
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Made-up Founder\n\temail = founder@made-up.invalid\n"
        "[init]\n\tdefaultBranch = main\n",
        encoding="utf-8",
    )
    speaker = Speaker(place / "assembly", monkeypatch)
    speaker.at("2026-11-01T09:00:00Z")
    return speaker


@contextmanager
def building(place: Path) -> Iterator[Speaker]:
    """Lends a speaker to build an assembly with, once, that tests then copy."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield settle(place, monkeypatch)


def copied(built: Path, speaker: Speaker) -> Speaker:
    """Returns the speaker in a copy of a folder that was built before."""
    shutil.copytree(built, speaker.folder, symlinks=True)
    return speaker


TEXT = """\
# The first principle

Every ward writes down what it learns.

- Anyone may read it.
- It costs nothing.

# The second principle

We must ask the people who use a tool.
"""


def adopt(
    speak: Speaker, founder: str, *members: str, title: str = "Made up", text: str = TEXT
) -> None:
    """Founds a made-up assembly on a text that was there, with simple rules."""
    speak.folder.mkdir()
    speak.git("init", "-q")
    speak.write("manifesto.md", text)
    speak.git("add", ".")
    speak.git("commit", "-qm", "Write the text")
    speak.done("adopt", "--title", title, "--handle", founder, "--rules", "simple")
    for handle in members:
        speak.done("roll", "admit", handle, "--name", f"Made-up {handle.title()}")
