"""Prints: sentences for people, one JSON document for programs, errors on standard error.

Everything printed passes `reveal`, so that no words from a repository reach the terminal as
commands to it. What is said in a line stays in it: a name with a line break in it would else say
lines of its own. Only `text` and `spans`, for what people wrote, break lines. Colour only ever
repeats what a mark says already.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, TextIO

from manifesto_tui.cli.wrapping import wrapped
from manifesto_tui.governance.problem import ManifestoError

NO_SCREEN = frozenset({"dumb", "unknown"})
"""What a terminal calls itself that cannot go back over what it has written."""

_COLOURS = {"-": "31", "+": "32", "strong": "1", "faint": "2"}


class Printer:
    """Writes to the two streams; `as_json` leaves standard output to one document.

    `width` is how many cells a line may have on a terminal, None where lines are left whole for
    whatever reads them; `can_go_back` is whether one can be written over.
    """

    def __init__(
        self,
        out: TextIO,
        err: TextIO,
        as_json: bool,
        colour: bool,
        width: int | None = None,
        can_go_back: bool = False,
    ) -> None:
        self.out = out
        self.err = err
        self.as_json = as_json
        self.colour = colour
        self.width = width
        self.can_go_back = can_go_back
        self._is_passing = False

    @classmethod
    def standard(cls, environment: Mapping[str, str], as_json: bool) -> "Printer":
        """Returns a printer on the standard streams, in colour on a terminal that wants it."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # A terminal whose locale cannot show a character gets its number, not an error.
                stream.reconfigure(errors="backslashreplace")
        is_dumb = environment.get("TERM") in NO_SCREEN
        wants = not environment.get("NO_COLOR") and not is_dumb
        is_terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if is_terminal else None
        can_go_back = sys.stderr.isatty() and not is_dumb
        return cls(sys.stdout, sys.stderr, as_json, wants and is_terminal, width, can_go_back)

    def say(self, line: str = "") -> None:
        """Prints one line on standard output, a line break in it as a token."""
        print(_in_a_line(line), file=self.out)

    def text(self, text: str) -> None:
        """Prints a text of several lines, and a line end, on standard output."""
        print(_shown(text), file=self.out)

    def spans(self, spans: Iterable[tuple[str, str]], indent: str = "") -> None:
        """Prints pieces of one paragraph, each (style, text), wrapped on a terminal."""
        shown = [(style, _shown(text)) for style, text in spans]
        for line in wrapped(shown, self.width, indent):
            joined = (
                self._painted(style, "".join(text for _, text in group))
                for style, group in groupby(line, key=itemgetter(0))
            )
            print((indent + "".join(joined)).rstrip(), file=self.out)

    def strong(self, line: str, indent: str = "") -> None:
        """Prints a line in bold where the terminal has it."""
        self.spans([("strong", _in_a_line(line))], indent)

    def raw(self, content: bytes) -> None:
        """Writes a whole file to standard output, unchanged."""
        self.out.flush()
        buffer = getattr(self.out, "buffer", None)
        if buffer is None:
            self.out.write(content.decode("utf-8"))
        else:
            buffer.write(content)
            buffer.flush()

    def document(self, document: Mapping[str, Any]) -> None:
        """Prints one JSON document on standard output."""
        print(_as_json(document, indent=2), file=self.out)

    def aside(self, line: str = "") -> None:
        """Prints a line on standard error, unless a program is listening."""
        self.passing("")
        if not self.as_json:
            print(_in_a_line(line), file=self.err)

    def passing(self, line: str) -> None:
        """Shows on a terminal how far something has come, in a line that the next writes over."""
        if (line or self._is_passing) and not self.as_json and self.can_go_back:
            self._is_passing = bool(line)
            print(f"\r{_in_a_line(line)}\x1b[K", end="", file=self.err, flush=True)

    def error(self, problem: ManifestoError) -> None:
        """Prints what stopped the command: a sentence and a hint, or one JSON document."""
        if self.as_json:
            shown = {
                "code": problem.code,
                "message": problem.sentence,
                "hint": problem.hint,
                "where": problem.where,
            }
            print(_as_json({"error": shown}), file=self.err)
            return
        where = f"{problem.where}: " if problem.where else ""
        print(_in_a_line(f"{where}{problem.sentence}"), file=self.err)
        if problem.hint:
            print(_in_a_line(problem.hint), file=self.err)

    def _painted(self, style: str, text: str) -> str:
        code = _COLOURS.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code and text else text


# What a text is is loaded with the first word: the app opens without any, and its screen waits.


def _shown(text: str) -> str:
    from manifesto_tui.prose import reveal

    return reveal(text)


def _in_a_line(text: str) -> str:
    from manifesto_tui.prose import reveal_line

    return reveal_line(text)


def _as_json(document: Mapping[str, Any], indent: int | None = None) -> str:
    from manifesto_tui.prose import escape_in_json

    return escape_in_json(json.dumps(document, ensure_ascii=False, indent=indent))
