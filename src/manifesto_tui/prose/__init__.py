"""Says what a text is: its clauses and words, how two texts differ, and how changes unite.

Pure: strings in, values out; nothing here reads a file or knows of git, members or votes.
Anything may import this room; it imports none of the others. It must never raise on any text,
however made, nor take more than linear time and memory to read it.
"""

from manifesto_tui.prose.clause import Block, Clause, Kind, Outline, Text
from manifesto_tui.prose.outline import parse, read_text

__all__ = [
    "Block",
    "Clause",
    "Kind",
    "Outline",
    "Text",
    "parse",
    "read_text",
]
