"""Writes the words of a clause as an amendment holds them, and reads them back.

They are Markdown as it stands in a file, and that is how a nested item says how deep it is: two
spaces for each level.

    >>> written(Block("item", "Nurses lead.", 2))
    '  - Nurses lead.'
    >>> read("  - Nurses lead.").depth
    2

Whoever writes by hand may leave the spaces out: words that replace others then stand as deep as
those did.
"""

import re
from dataclasses import replace
from functools import lru_cache

from manifesto_tui.prose import Block, Text, read_block, shortened, write_block

_MARKED = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ ]")
_NESTED = re.compile(rf"(?:[ ]{{2}})+(?={_MARKED.pattern})|[ ]{{2}}(?=[^ ])")


def written(block: Block) -> str:
    """Returns a block's Markdown, indented as deep as it stands in lists.

    What stands within an item and is none itself is indented by one level, whatever the depth:
    four spaces would make it code.
    """
    levels = block.depth - 1 if block.kind == "item" else min(block.depth, 1)
    if block.kind == "heading" or levels < 1:
        return write_block(block)
    return "\n".join(
        "  " * levels + line if line else "" for line in write_block(block).split("\n")
    )


@lru_cache(maxsize=16_384)
def read(markdown: str, like: Block | None = None, was: str = "") -> Block:
    """Reads one block; plain words take the kind and the depth of `like`.

    `was` are the words that it replaces: where those are indented, no indentation means none.
    Raises ValueError, with a sentence, where the Markdown is no block or more than one.
    """
    indent = _NESTED.match(markdown)
    if indent is None:
        block = read_block(markdown, like)
        outermost = _NESTED.match(was) and _MARKED.match(markdown) and block.kind == "item"
        return replace(block, depth=1) if outermost else block
    width = indent.end()
    lines = (line[width:] if line[:width].isspace() else line for line in markdown.split("\n"))
    try:
        block = read_block("\n".join(lines))
    except ValueError:
        return _code(markdown, like, was)
    if block.kind == "heading":
        return block
    levels = width // 2
    if block.kind == "item":
        return replace(block, depth=levels + 1)
    return replace(block, depth=max(levels, like.depth if like else 0))


def _code(markdown: str, like: Block | None, was: str) -> Block:
    """Reads code that is set in by four spaces and looks like a list; six stand in an item."""
    if markdown.startswith(" " * 6):
        block = read_block("\n".join(line[2:] for line in markdown.split("\n")), like)
        return replace(block, depth=max(1, like.depth if like else 0))
    block = read_block(markdown, like)
    went_out = like is None or like.kind != "code" or was.startswith(" " * 6)
    return replace(block, depth=0) if block.kind == "code" and went_out else block


def in_one_line(markdown: str | None) -> str:
    """Returns words as they are however their lines are broken."""
    return " ".join((markdown or "").split())


def called(text: Text, anchor: str, words: str | None = None) -> str:
    """Returns what people call a clause: its number in the text, else how it begins.

    `words` are those of a clause that the text may not have.
    """
    found = text.by_anchor.get(anchor)
    if found and found[1].number:
        return found[1].number
    words = found[1].text if found else words
    return f"“{shortened(words, 80)}”" if words else anchor
