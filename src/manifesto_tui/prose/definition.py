"""Recognises reference definitions, `[label]: address "title"`.

They are no clauses: nobody reads them aloud. An address may stand on the line behind the label,
and a title on the line behind the address.
"""

from manifesto_tui.prose.lines import Lines
from manifesto_tui.prose.marks import ADDRESS, DEFINITION, TITLE


def definition_end(lines: Lines, index: int, rest: str) -> int:
    """Returns the line behind the definition that `rest` begins, or 0 where it begins none."""
    match = DEFINITION.match(rest)
    if match is None:
        return 0
    at = index + 1
    tail = match[2]
    if match[1] is None:
        if tail.strip(" \t") or at >= len(lines):
            return 0
        address = ADDRESS.match(lines[at].strip(" \t"))
        if address is None:
            return 0
        tail = address[1]
        at += 1
    if tail.strip(" \t"):
        return at if TITLE.match(tail) and tail[0] in " \t" else 0
    return at + 1 if at < len(lines) and TITLE.match(lines[at]) else at
