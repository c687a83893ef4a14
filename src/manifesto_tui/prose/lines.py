"""Cuts a document into lines, and measures what they are indented by.

A line ends with CR, LF or both and with nothing else; a tab stands for the next column that four
divides.
"""

import re
from bisect import bisect_right

LINE_END = re.compile(r"\r\n|\n|\r")


def newline_of(source: str) -> str:
    """Returns what ends the first line of a document; a line feed where nothing does."""
    first = LINE_END.search(source)
    return first[0] if first else "\n"


class Lines:
    """The lines of a document: where each begins and ends, without its line end."""

    __slots__ = ("ends", "source", "starts")

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for match in LINE_END.finditer(source):
            self.starts.append(at)
            self.ends.append(match.start())
            at = match.end()
        if at < len(source):
            self.starts.append(at)
            self.ends.append(len(source))
        if source.startswith("\ufeff"):
            self.starts[0] = 1

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> str:
        return self.source[self.starts[index] : self.ends[index]]

    def words(self, index: int) -> tuple[str, int]:
        """Returns a line without its indentation, and the column it begins at; "" if blank."""
        text = self[index]
        rest = text.lstrip(" \t")
        if not rest or rest.isspace():
            return "", 0
        return rest, width(text[: len(text) - len(rest)], 0)

    def column(self, at: int) -> int:
        """Returns the column of a character."""
        start = self.starts[max(0, bisect_right(self.starts, at) - 1)]
        return len(self.source[start:at].expandtabs(4))

    def indent(self, index: int) -> int:
        """Returns the column at which a line begins, be its words white space or not."""
        text = self[index]
        return width(text[: len(text) - len(text.lstrip(" \t"))], 0)


def width(blank: str, column: int) -> int:
    """Returns the column behind `blank`, spaces and tabs that begin at `column`."""
    if "\t" not in blank:
        return column + len(blank)
    for character in blank:
        column += 1 if character == " " else 4 - column % 4
    return column


def left_of(text: str, column: int) -> int:
    """Returns how many characters of a line stand left of `column`."""
    at_column = 0
    for at, character in enumerate(text):
        if at_column >= column or character not in " \t":
            return at
        at_column += 1 if character == " " else 4 - at_column % 4
    return len(text)


def dedent(text: str, columns: int) -> str:
    """Takes up to `columns` columns of white space from the beginning of a line."""
    if not columns:
        return text
    at_column = 0
    for at, character in enumerate(text):
        if at_column >= columns or character not in " \t":
            return " " * max(0, at_column - columns) + text[at:]
        at_column += 1 if character == " " else 4 - at_column % 4
    return ""
