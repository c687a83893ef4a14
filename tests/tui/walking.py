"""Walks through every screen of the app on a terminal, key by key."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from tui.terminal import Terminal

ESC, TAB = "\x1b", "\t"
# What is typed, what stands on the screen that then shows, and what leads back. A screen without
# such words is drawn before the next one is.
WALK: tuple[tuple[str, str, str], ...] = (
    ("jjjjjjj", "", ""),
    ("/", " find\n", "e\r"),
    ("gjjh", "The life of clause", ESC),
    ("m", "with what is proposed", "m"),
    ("?", "Every key", ESC),
    ("\x10", "Go to, or do", ESC),
    ("\x12", "Put the text in force", ESC),
    ("V", "PROVED", ESC),
    ("C", "│   Check", ESC),
    ("x", "Publish what?", "\r"),
    ("", "In which format?", ESC),
    ("P", "People and rules", ESC),
    ("A", "Admit a member", ESC),
    ("I", "Sign an edition", ESC),
    ("\x1bOQ\r", "The text is numbered", ESC),
    ("S", "Nothing was sent", ESC),
    ("gjja", "Your words", ESC),
    ("2", "Amendments 6", ""),
    ("gs", "", ""),
    ("s", "", ""),
    ("s", "", ""),
    ("]", "[Reasons]", ""),
    ("]", "[Votes", ""),
    ("]", "[Discussion", ""),
    ("]", "[History]", ""),
    ("jJJ", "", ""),
    ("j", "", ""),
    ("j", "", ""),
    ("j", "", ""),
    ("j", "", ""),
    ("]", "[Diff]", ""),
    ("l", "Show which list?", ESC),
    ("gv", "Vote on", ESC),
    ("c", "Comment on", ESC),
    ("jo", "Open the ballot on", ESC),
    ("w", "Withdraw", ESC),
    ("gp", "before ──", ESC),
    ("3", "Changes", ""),
    ("jjj", "", ""),
    ("=", "│   Compare", ESC),
    ("2", "Amendments 6", ""),
    ("gjmjmW", "What if", ""),
    ("4", "Decisions", ""),
    ("\r", "The text of edition", ""),
    ("1", "◆", ""),
    ("qq", "Leave?", ESC),
    ("e", "Your words", ESC),
)


def walk(terminal: Terminal, sure: bool = True) -> Iterator[str]:
    """Goes to every screen; yields the words of those that were shown.

    Where not `sure`, the record may be too broken for some: what does not come is left out.
    """
    for keys, words, back in WALK:
        terminal.type(keys)
        if words and _comes(terminal, lambda frame, words=words: words in frame, sure):
            yield words
        if back:
            _leave(terminal, words, back, sure)


def _leave(terminal: Terminal, words: str, back: str, sure: bool) -> None:
    """Goes back; again where what was under way had taken the key."""
    for _ in range(10):
        terminal.type(back)
        with suppress(AssertionError):
            terminal.until(lambda frame: words not in frame, 3.0)
            return
    assert not sure, f"{words!r} does not go:\n{terminal.frame}"


def _comes(terminal: Terminal, wanted: Callable[[str], bool], sure: bool) -> bool:
    if sure:
        terminal.until(wanted)
        return True
    while not wanted(terminal.frame):
        if not terminal.read(0.4):
            return False
    return True
