"""Walks through every screen, dialog and tab of the app on a terminal, key by key.

Two walk side by side: one on a record with hostile text, one where its visible form was written in
the first place. What the terminals show has to come out the same, cell by cell, colours and all:
then nothing that was hidden in the text has changed anything.
"""

import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyte

from tui.foul import DIGESTS, PLACES, TAMED, tame
from tui.poison import Marks, clean, share, words
from tui.terminal import OPEN, Stream, Terminal

ESC, SEND = "\x1b[27u", "\n"  # As terminals send esc that can tell it from what begins with it.
_OPEN = "2/\x15k7f3\r"  # On the amendment that is at the ballot,
_OWN = "2/\x15w8hn\r"  # on one's own, with comments,
_MANDATED = "2/\x15p4wd\r"  # on one with proxies, on one's own wording by another,
_WORDING, _WITHDRAWN, _RULES = "2/\x15n3ws\r", "2/\x15t6xa\r", "2/\x15r7q2\r"
_OTHER = "2/\x15m2pq\r"  # and on somebody else's.


def _click(x: int, y: int) -> str:
    return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"


# What is typed or done to the folder, what stands on the screen that then shows, what leads back.
Step = tuple[str | Callable[[Path], None], str, str]
WALK: tuple[Step, ...] = (
    ("jjjjjjj", "", "g"),
    ("/open", "with “open”", ESC),
    ("gjh", "The life of clause 1.1", ESC),
    ("gjjh", "The life of clause 1.2", ESC),
    ("m", "stands in its place", "m"),
    ("gjjjjjjjc", "which one?", ESC),
    ("?", "Every key", ESC),
    ("\x10", "Go to, or do", ESC),
    ("\x10made", "Go to, or do", ESC),
    ("\x12", "Put the text in force", ESC),
    ("V", "PROVED", ESC),
    ("C", "│   Check", ESC),
    ("x", "Publish what?", ESC),
    ("x\r", "In which format?", ESC),
    ("x\rtxt\r", "Plain text", ESC),
    ("x\rjson\r", "JSON, ", ESC),
    ("P", "People and rules", "GGgg" + ESC),
    ("A", "Admit a member", ESC),
    ("F", "Who is to be a steward", ESC),
    ("Fbodo\r", "Stewards admit members", ESC),
    ("U", "Begin with which rules?", ESC),
    ("U\r", "The rules", ESC),
    ("I", "Sign an edition", ESC),
    ("\x0e", "", ""),
    (",", "Settings", ESC),
    ("D", "Take in a document", ESC),
    ("Dcopy.md" + SEND, "This would file", SEND),
    ("", "Propose what the document says", ESC),
    ("\x1bOQ", "guide", ESC),
    ("e", "· manifesto/", ESC),
    ("gjja", "Your words", " and more\x14why" + ESC),
    ("f", "Drafts", "\r"),
    ("", "Your words", SEND),
    ("", "Title", ESC + ESC),
    ("gjji", "New clause after", ESC),
    (_OPEN + "s", "", ""),
    ("s", "", ""),
    ("s", "", ""),
    ("zzzO", "", ""),
    ("]", "[Reasons]", ""),
    ("]", "[Votes", ""),
    ("J" * 30, "votes ─", "K" * 30),
    ("]", "[Discussion", ""),
    ("]", "[History]", ""),
    ("]", "[Diff]", ""),
    ("v", "Vote on", ESC),
    (_MANDATED + "]]", "[Votes", "]]]"),
    ("M", "Accept to vote for", ESC),
    ("L", "Who votes for you?", ESC),
    ("Lbodo\r", "Let bodo vote for you", ESC),
    (_WITHDRAWN, "[Diff]", ""),
    ("]]]]", "withdrawn by", "]"),
    (_OWN + "]]]", "[Discussion", "]]"),
    ("H", "Hide which comment?", ESC),
    ("c", "Comment on", ESC),
    ("o", "Open the ballot on", ESC),
    ("w", "Withdraw", ESC),
    ("e", "Revision of", ESC),
    (_WORDING + "]", "[Reasons]", "]]]]"),
    ("Y", "Accept", ESC),
    (_RULES, "[Diff]", ""),
    ("J" * 12, "[Diff]", "K" * 12),
    (_OTHER + "]", "[Reasons]", "["),
    ("a", "Another wording of", ESC),
    ("+", "Second", ESC),
    ("l", "Show which list?", ESC),
    ("2/\x15\rgp", "space on", ""),
    (" ", "[why]", ""),
    (" ", "[count]", ""),
    (" ", "2 of ", ESC),
    ("2/\x15\rgjmjmW", "What if", ""),
    ("3", "", "jjj"),
    ("=", "Compare", "k7f3" + SEND),
    ("", "k7f3", "zO"),
    ("4", "Decisions", "gjjjG\r"),
    ("", "", ESC),
    ("1qq", "Leave?", ESC),
)
# What changes something: settings, drafts, files, the record.
ACTS: tuple[Step, ...] = (
    (",j\r", "Name the shared place", ESC),
    ("", "Settings", "j\r"),
    ("", "Settings", "kk\r"),
    ("", "Who are you?", ESC),
    ("GG\r", "Another key", "\r"),
    ("", "Press", ESC),
    ("", "Settings", ESC),
    ("1\x1bOQ", "A short guide", "G\x1b[C"),
    ("", "[2 Read]", ESC),
    ("/zzzz\r", "0 with", ESC),
    ("n", "", "N"),
    (_click(12, 2), "Amendments", _click(10, 6)),
    (_click(62, 4), "[Reasons]", _click(4, 40)),
    ("", "Vote on", ESC),
    ("1gjjE", "Taken over", "\x1bOP"),
    ("", "Every key of the editor", ESC),
    ("[@m\t", "Taken over", "\x18"),
    ("", "Discard this draft?", SEND),
    ("1gjjex" + SEND, "Record your edit", ESC),
    ("", "· manifesto/", "\x18"),
    ("", "Discard this draft?", SEND),
    ("xtext as it is\r", "In which format?", "txt\r"),
    ("", "writes the file", SEND),
    ("", "Wrote", ""),
    ("P\r", "filter: by:", ""),
    ("3n", "", "N"),
    ("1gd", "", ""),
    ("R", "Read again", ""),
    ("1gyj", "Copied", ""),
    ("2y", "Copied", ""),
    *(("t", "Colours: ", "") for _ in range(8)),
    (_OWN + "c", "Comment on", "I say it." + SEND),
    ("", "↑ 2 unsent", ""),
    ("u", "Undo what you did last", SEND),
    ("", "↑ 3 unsent", ""),
    ("H\r", "Hide a comment on", "It is said." + SEND),
    ("", "↑ 4 unsent", ""),
    (ESC + "2/\x15q2tk\r", "1 of 14 · q2tk", ""),
    ("T", "Take your proxy back", SEND),
    ("", "↑ 5 unsent", ""),
    ("v\rYes.", "Vote on", SEND),
    ("", "↑ 6 unsent", ""),
    (_MANDATED + "M", "Accept to vote for", SEND),
    ("", "↑ 7 unsent", ""),
    (_OTHER + "+", "Second", SEND),
    ("", "↑ 8 unsent", ""),
    ("2/\x15f3tb\rB", "Fit to the text", SEND),
    ("", "↑ 9 unsent", ""),
    (_WORDING + "Y", "Accept the wording", SEND),
    ("", "↑ 10 unsent", ""),
    ("S", "came in", ESC),
    ("X", "Which of the two", "m"),
    ("", "yours: ", "t"),
    ("", "theirs: ", SEND),
    ("", "Let go", ""),
    # A text that hides something is not put in force.
    (clean, "", ""),
    ("4R", "Read again", ""),
    ("\x12", "Put the text in force", SEND),
    ("", "↑ 2 unsent", ""),
    ("2/\x15b6rk\r]]", "[Votes", ""),
    ("!", "Decide", SEND),
    ("", "↑ 3 unsent", ""),
    ("\x0e", "Make edition 2.1.0", SEND),
    ("", "↑ 4 unsent", ""),
    ("I", "Sign an edition", SEND),
    ("", "↑ 5 unsent", ""),
)
# Where there is nothing yet: what the folder is called stands on the screen.
START: tuple[Step, ...] = (
    ("", "There is nothing to open yet", "\r"),
    ("", "Begin a manifesto here", ESC),
    ("", "There is nothing to open yet", "\x1b[B\r"),
    ("", "Get one that others share", ESC),
    ("", "There is nothing to open yet", "\x1b[B\x1b[B\r"),
    ("", "A made-up manifesto", "q"),
    ("", "Leave", "\r"),
    ("", "There is nothing to open yet", ""),
)
# Where the shared place has gone.
GONE = (("S", "cannot be reached", ""),)


# What a terminal is told to do beside drawing; each is kept, to be compared.
_TOLD = (
    *("bell", "set_icon_name", "report_device_attributes", "report_device_status", "shift_in"),
    *("shift_out", "define_charset", "alignment_display", "insert_lines", "delete_lines"),
    *("insert_characters", "delete_characters", "erase_characters", "set_margins", "set_mode"),
    *("reset_mode", "save_cursor", "restore_cursor", "set_tab_stop", "clear_tab_stop", "index"),
    "reverse_index",
)
# What is filed gets the same id on both.
_IDS = "import random, secrets; secrets.choice = random.Random(1).choice;"
_QUIET = 0.05
# These say that characters are hidden, which is not so where they are written out; or name a file
# after a title, without what could be a source in it.
_TELL = (
    "│   Check",
    "Plain text",
    "writes the file",
    "JSON, ",
    "· manifesto/",
    "Revision of",
    "Another wording of",
    "Record your edit",
    "Taken over",
    "Wrote",
    "Every key of the editor",
    "Discard this draft?",
)


Cell = tuple[object, ...]


class Walker(Terminal):
    """A terminal with the app on it that keeps what it was told to do beside drawing."""

    def __init__(
        self, directory: Path, home: Path, size: tuple[int, int], notes: Path | None = None
    ) -> None:
        outside = directory.parent / "words.md"
        noted = f"from tui.reached import note; note({str(notes)!r});" if notes else ""
        opened = [sys.executable, "-c", noted + _IDS + OPEN, str(directory)]
        extra = {"EDITOR": f"cp {shlex.quote(str(outside))}"}
        super().__init__(directory, home, opened, size, extra)
        self.directory = directory
        self.told: set[str] = set()
        for name in _TOLD:
            setattr(self._screen, name, partial(self._tell, name, getattr(self._screen, name)))
        self._stream = Stream(self._screen)
        self._cells: dict[int, list[Cell]] = {}
        self.frames: list[str] = []

    def _tell(self, name: str, do: object, *given: object, **more: object) -> None:
        self.told.add(f"{name} {given}")
        do(*given, **more)  # type: ignore[operator]

    @property
    def is_at_work(self) -> bool:
        """Whether a frame is not whole, or the app says that it is at work."""
        at_work = self.frame.rpartition("\n")[0].rpartition("\n")[2].startswith(" … ")
        at_work = at_work or "Working out what it changes …" in self.frame
        return (at_work or not self.whole) and self.process.poll() is None

    @property
    def lines(self) -> list[list[Cell]]:
        """The cells of the screen, row by row: what stands in each, and how it looks."""
        for y in range(self._screen.lines):
            if y not in self._cells:
                self._cells[y] = self._row(y)
        return [self._cells[y] for y in range(self._screen.lines)]

    def drawn(self, y: int) -> None:
        """Forgets what a line was, which was drawn anew."""
        super().drawn(y)
        self._cells.pop(y, None)

    def _row(self, y: int) -> list[Cell]:
        cells = [self._screen.buffer[y][x] for x in range(self._screen.columns)]
        # One character a cell: what a letter carries beside does not make a digest.
        bare = "".join([cell.data[:1] or "\0" for cell in cells])
        shown = DIGESTS.sub(lambda found: "#" * len(found[0]), bare)
        return [
            _seen(TAMED.get(cell.data, cell.data) if one == masked else one, cell)
            for one, masked, cell in zip(shown, bare, cells, strict=True)
        ]


@contextmanager
def side_by_side(
    whole: Path,
    place: Path,
    home: Path,
    texts: Sequence[str],
    size: tuple[int, int],
    notes: Path | None = None,
) -> Iterator[tuple[tuple[Walker, ...], Marks]]:
    """Opens the app on a copy of a record with hostile texts, and one where they are written out.

    Yields both terminals, the hostile one first, and the marks of the fields. `notes` is where the
    first notes which functions of the app run.
    """
    terminals: list[Walker] = []
    try:
        for name, form in zip(PLACES, (str, tame), strict=True):
            copied, marks = place / name / "manifesto", Marks()
            shutil.copytree(whole, copied, symlinks=True)
            words(copied, texts, marks, form)
            share(copied, " ".join(texts), marks, form)
            (place / name / "words.md").write_text(" ".join(map(form, texts)))
            terminals.append(Walker(copied, home, size, None if terminals else notes))
        for terminal in terminals:
            terminal.until("◆")
        settle(tuple(terminals))
        yield tuple(terminals), marks
    finally:
        for terminal in terminals:
            terminal.end()


@contextmanager
def at_the_start(
    place: Path, home: Path, text: str, size: tuple[int, int], notes: Path
) -> Iterator[tuple[Walker, ...]]:
    """Opens the app in an empty folder of a hostile name, and in one of the same written out."""
    terminals: list[Walker] = []
    try:
        for at, name in zip(PLACES, (text, tame(text)), strict=True):
            folder = place / at / name.replace("/", "")
            folder.mkdir(parents=True)
            terminals.append(Walker(folder, home, size, None if terminals else notes))
        for terminal in terminals:
            terminal.until("nothing to open")
        yield tuple(terminals)
    finally:
        for terminal in terminals:
            terminal.end()


def settle(terminals: tuple[Walker, ...]) -> None:
    """Reads until each has answered what was typed, and no more comes, or for half a minute."""
    for terminal in terminals:
        terminal.read(1.0)
    busy, end = True, time.monotonic() + 30
    while busy and time.monotonic() < end:
        busy = False
        for terminal in terminals:
            busy = terminal.read(_QUIET) or terminal.is_at_work or busy


def walk(
    terminals: tuple[Walker, ...], steps: tuple[Step, ...], wait: float = 30.0
) -> Iterator[tuple[str, str]]:
    """Goes each step on all terminals; yields it, and what does not show or differs, or nothing."""
    for keys, shown, back in steps:
        if any(terminal.process.poll() is not None for terminal in terminals):
            return
        for terminal in terminals if keys else ():
            if isinstance(keys, str):
                terminal.type(keys)
            else:
                keys(terminal.directory)
        if keys:
            settle(terminals)
        end = time.monotonic() + wait
        while said := _wrong(terminals, shown):
            if time.monotonic() > end or any(t.process.poll() is not None for t in terminals):
                break
            for terminal in terminals:
                terminal.read(_QUIET)
        for terminal in terminals:
            terminal.frames.append(terminal.frame)
        yield shown or repr(keys), said
        if back:
            for terminal in terminals:
                terminal.type(back)
            settle(terminals)


def _wrong(terminals: tuple[Walker, ...], shown: str) -> str:
    for terminal in terminals:
        if shown not in terminal.frame or not terminal.whole:
            return f"{shown!r} does not show:\n{terminal.frame}"
    first, *others = terminals
    for other in others if shown not in _TELL else ():
        for one, same in zip(first.lines, other.lines, strict=True):
            if one != same:
                cells = next(both for both in zip(one, same, strict=True) if len(set(both)) > 1)
                return f"not the same, {cells}:\n{_letters(one)}\n{_letters(same)}"
        if first.told != other.told:
            return f"told otherwise: {first.told ^ other.told}"
    return ""


def _letters(row: list[Cell]) -> str:
    return "".join(str(cell[0]) for cell in row)


def _seen(letter: str, cell: pyte.screens.Char) -> Cell:
    """Returns what one sees of a cell: of a blank one not the colour that a letter would have."""
    if letter == " " and not (cell.underscore or cell.strikethrough or cell.reverse):
        return letter, cell.bg
    return letter, *cell[1:]
