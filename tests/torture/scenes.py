"""Sets the scene for every verb that records: where it is said, with which words, at what time.

A scene is a folder that holds one made-up assembly in one state, with its remote where it has one.
"""

import contextlib
import gc
import importlib
import io
import os
import pkgutil
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import manifesto_tui
from manifesto_tui.cli import main
from torture.ground import IDENTITY

TEXT = """\
# The first principle

Every ward writes down what it learns.

- Anyone may read it.
- It costs nothing. It stays so.

# The second principle

We must ask the people who use a tool.
"""
DRAFT = TEXT.replace("It costs nothing.", "It costs nothing, ever.")
TWO = DRAFT.replace("Every ward writes", "Each ward writes")
HANDLE = "ada"
START, OPENED, VOTED, CLOSED = (f"2026-11-{day:02}T09:00:00Z" for day in (1, 2, 3, 20))


@dataclass(frozen=True)
class Verb:
    """One verb that records, as it is typed in a scene.

    `ID` among the words is the amendment of the scene.
    """

    words: tuple[str, ...]
    scene: str = "founded"
    now: str = OPENED
    folder: str = "assembly"
    handle: str = HANDLE


VERBS: Mapping[str, Verb] = {
    "init": Verb(("init", "new", "--title", "Made up"), "empty", folder="."),
    "init in a repository": Verb(("init", ".", "--title", "Made up"), "bare text"),
    "adopt": Verb(("adopt", "--title", "Made up", "--rules", "simple"), "bare text"),
    "edit": Verb(("edit", "-m", "Say it shorter"), "edited"),
    "propose": Verb(("propose", "--title", "T", "--reason", "R", "--text", "../draft.md")),
    "propose each clause": Verb(
        ("propose", "--title", "T", "--reason", "R", "--text", "../two.md", "--each-clause")
    ),
    "revise": Verb(("revise", "ID", "--text", "../two.md"), "proposed"),
    "rebase": Verb(("rebase", "ID"), "drifted", CLOSED),
    "second": Verb(("second", "ID"), "proposed", handle="ben"),
    "comment": Verb(("comment", "ID", "-m", "Why?"), "proposed", handle="ben"),
    "withdraw": Verb(("withdraw", "ID", "-m", "No."), "proposed"),
    "open": Verb(("open", "ID", "--closes", "14d"), "proposed"),
    "vote": Verb(("vote", "ID", "for"), "voting", VOTED),
    "vote again": Verb(("vote", "ID", "against"), "closed", VOTED),
    "decide": Verb(("decide", "ID"), "closed", CLOSED),
    "edition": Verb(("edition",), "decided", CLOSED),
    "sign on": Verb(("sign-on",), "decided", CLOSED),
    "ratify": Verb(("ratify",)),
    "admit": Verb(("roll", "admit", "dora", "--name", "Made-up Dora")),
    "retire": Verb(("roll", "retire", "cleo")),
    "key": Verb(("roll", "key", "--new")),
    "sync sending": Verb(("sync",), "ahead", VOTED),
    "sync fetching": Verb(("sync",), "behind", VOTED),
    "sync uniting": Verb(("sync",), "apart", VOTED),
}


class Stage:
    """Builds scenes in a folder, each once, and says who is there."""

    def __init__(self, folder: Path) -> None:
        _import_everything()
        self.folder = folder
        self._built: dict[str, str] = {}
        os.environ["HOME"] = str(folder / "home")
        (folder / "home").mkdir(parents=True, exist_ok=True)
        (folder / "home" / ".gitconfig").write_text(IDENTITY + "[init]\n\tdefaultBranch = main\n")

    def scene(self, name: str) -> tuple[Path, str]:
        """Returns the folder of a scene and the id of the amendment in it, "" where none is."""
        place = self.folder / name.replace(" ", "-")
        if name not in self._built:
            place.mkdir()
            self._built[name] = _SCENES[name](self, place)
            if name not in ("empty", "bare text"):
                # What was read is remembered, as it is for whoever has looked before they act.
                say(place / "assembly", "list")
        return place, self._built[name]

    def put(self, name: str, at: Path) -> str:
        """Copies a scene; returns the amendment's id."""
        place, known = self.scene(name)
        shutil.rmtree(at, ignore_errors=True)
        shutil.copytree(place, at, symlinks=True, copy_function=_copied)
        return known

    def after(self, name: str, place: Path) -> str:
        """Begins a scene where another one stands."""
        place.rmdir()
        return self.put(name, place)


def _copied(source: str, target: str) -> None:
    """Copies a file, or names it once more where it is one of git's objects, which never change."""
    if "/objects/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _import_everything() -> None:
    """Imports all that commands import when they run, so that no forked child has to."""
    for module in pkgutil.walk_packages(manifesto_tui.__path__, "manifesto_tui."):
        if not module.name.startswith("manifesto_tui.tui") and "__main__" not in module.name:
            importlib.import_module(module.name)
    # A forked child shares what is imported for as long as nobody counts it through.
    gc.freeze()


def say(folder: Path, *words: str, now: str = START, handle: str = HANDLE) -> str:
    """Says a command in this process, which has to succeed; returns what it printed."""
    out, errors = io.StringIO(), io.StringIO()
    os.environ["MANIFESTO_NOW"] = now
    if (folder / ".git").exists():
        git(folder, "config", "manifesto.handle", handle)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        code = main(["-C", str(folder), *words])
    if code:
        raise AssertionError(f"{words} in {folder}: {code}, {errors.getvalue()}")
    return out.getvalue()


def git(folder: Path, *words: str | Path) -> str:
    """Runs plain git; returns what it printed."""
    command = ["git", "-C", str(folder), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def _empty(stage: Stage, place: Path) -> str:
    return ""


def _bare_text(stage: Stage, place: Path) -> str:
    folder = place / "assembly"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "manifesto.md").write_text(TEXT)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Write the text")
    return ""


def _founded(stage: Stage, place: Path) -> str:
    stage.after("bare text", place)
    (place / "draft.md").write_text(DRAFT)
    (place / "two.md").write_text(TWO)
    folder = place / "assembly"
    say(folder, "adopt", "--title", "Made up", "--handle", "ada", "--rules", "simple")
    say(folder, "roll", "admit", "ben", "--name", "Made-up Ben")
    say(folder, "roll", "admit", "cleo", "--name", "Made-up Cleo")
    (folder / "notes.txt").write_text("Mine.\n")
    return ""


def _edited(stage: Stage, place: Path) -> str:
    stage.after("founded", place)
    text = place / "assembly" / "manifesto.md"
    text.write_text(text.read_text().replace("It costs nothing.", "It is free."))
    return ""


def _proposed(stage: Stage, place: Path) -> str:
    stage.after("founded", place)
    words = ("propose", "--title", "Say ever", "--reason", "To be clear.", "--text", "../draft.md")
    say(place / "assembly", *words, now=OPENED)
    return _latest(place / "assembly")


def _voting(stage: Stage, place: Path) -> str:
    known = stage.after("proposed", place)
    say(place / "assembly", "open", known, "--closes", "14d", now=OPENED)
    say(place / "assembly", "vote", known, "for", now=VOTED, handle="ben")
    return known


def _closed(stage: Stage, place: Path) -> str:
    known = stage.after("voting", place)
    say(place / "assembly", "vote", known, "for", now=VOTED)
    return known


def _drifted(stage: Stage, place: Path) -> str:
    first = stage.after("closed", place)
    folder = place / "assembly"
    (place / "other.md").write_text(TEXT.replace("It stays so.", "It has to stay so."))
    words = ("propose", "--title", "Other", "--reason", "R.", "--text", "../other.md")
    say(folder, *words, now=VOTED)
    second = _latest(folder)
    say(folder, "decide", first, now=CLOSED)
    return second


def _decided(stage: Stage, place: Path) -> str:
    stage.after("founded", place)
    folder = place / "assembly"
    say(folder, "ratify")
    words = ("propose", "--title", "Say ever", "--reason", "To be clear.", "--text", "../draft.md")
    say(folder, *words, now=OPENED)
    known = _latest(folder)
    say(folder, "open", known, "--closes", "14d", now=OPENED)
    for handle in ("ada", "ben"):
        say(folder, "vote", known, "for", now=VOTED, handle=handle)
    say(folder, "decide", known, now=CLOSED)
    return known


def _latest(folder: Path) -> str:
    paths = git(folder, "diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").split()
    found = next(path for path in paths if path.endswith("amendment.yaml"))
    return found.split("/")[2].partition("-")[0]


def _shared(stage: Stage, place: Path) -> str:
    known = stage.after("voting", place)
    git(place, "clone", "-q", "--bare", "assembly", "hub.git")
    git(place / "assembly", "remote", "add", "origin", "../hub.git")
    say(place / "assembly", "sync", now=VOTED)
    git(place, "clone", "-q", "hub.git", "other")
    return known


def _ahead(stage: Stage, place: Path) -> str:
    known = stage.after("shared", place)
    say(place / "assembly", "vote", known, "for", now=VOTED)
    return known


def _behind(stage: Stage, place: Path) -> str:
    known = stage.after("shared", place)
    say(place / "other", "vote", known, "against", now=VOTED, handle="cleo")
    # A scene is copied elsewhere, so the clone finds its remote by where it lies.
    git(place / "other", "push", "-q", "../hub.git", "main")
    return known


def _apart(stage: Stage, place: Path) -> str:
    known = stage.after("behind", place)
    say(place / "assembly", "vote", known, "for", now=VOTED)
    return known


_SCENES: Mapping[str, Callable[[Stage, Path], str]] = {
    "empty": _empty,
    "bare text": _bare_text,
    "founded": _founded,
    "edited": _edited,
    "proposed": _proposed,
    "voting": _voting,
    "closed": _closed,
    "drifted": _drifted,
    "decided": _decided,
    "shared": _shared,
    "ahead": _ahead,
    "behind": _behind,
    "apart": _apart,
}
