"""Shows every screen of the app, on a terminal, of records with hostile text in every field.

Each text of `tui.foul` is taken in three ways. It stands in every field that holds words of people,
and the app goes from screen to screen beside another on a record where the same was written out:
both have to show the same, cell by cell. It stands in each key of each kind of file by turns, in a
copy of that file, and in the names of files and folders: each proposal is looked at, and the list
of what is wrong. And it stands in each key of the files without which nothing can be read, which
change while the app is open; with all texts at once it is started on each of them too. In all of
them not one byte may reach the terminal that the app does not send of itself.
"""

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from torture.ground import Figures
from tui import foul, poison
from tui.walking import ACTS, WALK, Step, Walker, settle, side_by_side, walk

SIZE = (120, 40)
_LOOK = (("C", "", ""), ("GGGGGG", "", "\x1b[27u"), ("P", "", "\x1b[27u"), ("2", "", ""))
_EACH = (("]]]]]j", "", ""),)


@dataclass
class Found:
    """What was seen so far, and what of it was wrong."""

    fields: set[str] = field(default_factory=set)
    walks: int = 0
    shown: int = 0
    compared: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, name: str, terminal: Walker, ended: int | None) -> None:
        """Judges what one terminal was sent; an app that can read nothing may have been left."""
        self.walks += 1
        self.shown += len(terminal.frames)
        if told := foul.foul(terminal.seen, *SIZE):
            self.say(f"{name}: {told}")
        elif fallen := [frame for frame in terminal.frames if "inside the program" in frame]:
            self.say(f"{name}: {fallen[0]}")
        elif ended not in (None, 0, 3):
            self.say(f"{name}: the app ended with {ended}: {terminal.frame}")

    def say(self, what: str) -> None:
        """Notes what is wrong."""
        self.wrong.append(what)
        sys.stderr.write(what + "\n")


def screens(folder: Path, every: int = 1, only: str = "", *named: str) -> Figures:
    """Walks through the app for each text in each way, or each third pair of them, say.

    `only` is one of the ways: "words", "alone" or "settings"; `named` are the texts, else all.
    """
    whole, home = folder / "whole", folder / "home"
    folder.mkdir(parents=True)
    poison.build(whole, home)
    ways = {"words": _words, "alone": _alone, "settings": _settings}
    found = Found()
    texts = foul.TEXTS | {"line": foul.LINE, "everything": foul.EVERYTHING}
    texts = {name: texts[name] for name in named or texts}
    taken = [way for name, way in ways.items() if only in ("", name)]
    pairs = [(name, text, way) for name, text in texts.items() for way in taken]
    for name, text, way in pairs[every // 2 :: every]:
        place = folder / "copy"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        way(place, folder, name, text, found)
        sys.stderr.write(f"{name}{way.__name__}: {found.shown} screens\n")
    return {
        "fields": len(found.fields),
        "texts": len(texts),
        "steps of a walk": len(WALK + ACTS),
        "walks": found.walks,
        "screens shown": found.shown,
        "of them beside another": found.compared,
        "wrong": found.wrong,
    }


def _words(place: Path, folder: Path, name: str, text: str, found: Found) -> None:
    home = folder / "home"
    with side_by_side(folder / "whole", place, home, (text,), SIZE) as (both, marks):
        for shown, said in walk(both, WALK + ACTS):
            found.compared += 1
            if said:
                found.say(f"{name}: {shown}: {said}")
        found.fields |= set(marks.fields)
        found.judge(name, both[0], both[0].process.poll())


def _alone(place: Path, folder: Path, name: str, text: str, found: Found) -> None:
    copied, marks = place / "manifesto", poison.Marks()
    shutil.copytree(folder / "whole", copied, symlinks=True)
    poison.alone(copied, text, marks)
    found.fields |= set(marks.fields)
    amendments = len(list(copied.glob("proposals/*/*")))
    _look(f"{name}, in one field each", copied, folder, (*_LOOK, *_EACH * amendments), found)


def _settings(place: Path, folder: Path, name: str, text: str, found: Found) -> None:
    copied, marks = place / "manifesto", poison.Marks()
    shutil.copytree(folder / "whole", copied, symlinks=True)
    terminal = _opened(copied, folder)
    terminal.until("◆")
    settle((terminal,))
    try:
        for changed in poison.settings(copied, text, marks):
            for _ in walk((terminal,), (("R", "", ""), *_LOOK)):
                pass
            if name == "everything":
                _look(f"{name} in {changed}", copied, folder, _LOOK, found)
        found.judge(f"{name}, in settings", terminal, terminal.process.poll())
    finally:
        terminal.end()
    found.fields |= set(marks.fields)


def _look(name: str, copied: Path, folder: Path, steps: tuple[Step, ...], found: Found) -> None:
    terminal = _opened(copied, folder)
    try:
        for _ in walk((terminal,), steps):
            pass
        found.judge(name, terminal, terminal.process.poll())
    finally:
        terminal.end()


def _opened(copied: Path, folder: Path) -> Walker:
    terminal = Walker(copied, folder / "home", SIZE)
    # Where the settings cannot be read, a list of what one can do lies over the header.
    terminal.until(lambda frame: "1 Read" in frame or "nothing to open" in frame)
    settle((terminal,))
    return terminal
