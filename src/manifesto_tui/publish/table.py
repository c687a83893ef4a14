"""Reads the cells of a Markdown table, as its clause holds it."""

import re

from manifesto_tui.publish.inlines import words_of

_BAR = re.compile(r"(?<!\\)\|")


def table_rows(source: str) -> list[list[str]]:
    """Returns the rows of a table as readers see them, all as long as its head.

    The second line of the source, which only says that this is a table, is left out.
    """
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    head = _cells(lines[0]) if lines else [""]
    rows = [_cells(line) for line in lines[2:]]
    width = len(head)
    return [head, *(row[:width] + [""] * (width - len(row)) for row in rows)]


def _cells(line: str) -> list[str]:
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [words_of(cell.strip().replace("\\|", "|")) for cell in _BAR.split(line)]
