"""Writes a block as Markdown, and reads one back.

An amendment holds one block as it stands in a file: `## Open`, `- Publish it.`, plain words.
`write_block` is the canonical form; `read_block` takes what a person typed.

    >>> write_block(read_block("- Publish it."))
    '- Publish it.'
    >>> read_block("Publish it.", like=Block("item", "", 2))
    Block(kind='item', text='Publish it.', depth=2, ordered=False)
"""

import re
from dataclasses import replace

from manifesto_tui.prose.anchor import write_anchor
from manifesto_tui.prose.clause import Block
from manifesto_tui.prose.marks import (
    DELIMITER,
    FENCE,
    FOOTNOTE,
    ITEM,
    SETEXT,
    begins_table,
    interrupts,
)
from manifesto_tui.prose.outline import parse
from manifesto_tui.prose.shortening import shortened

_VERBATIM = ("table", "code", "html")


def write_block(block: Block) -> str:
    """Returns the canonical Markdown of a block, without anchor and final line end."""
    return "\n".join(block_lines(block))


def read_block(markdown: str, like: Block | None = None) -> Block:
    """Reads exactly one block; plain words take the kind and depth of `like`.

    Raises ValueError, with a sentence, where the Markdown is no block or more than one.
    """
    clauses = parse(markdown.strip("\r\n") if markdown.strip() else "").clauses
    if not clauses:
        raise ValueError("There are no words here; a clause needs at least one.")
    if len(clauses) > 1:
        raise ValueError(
            f"These are {len(clauses)} blocks, and a clause is one; "
            f"the second begins with “{shortened(clauses[1].text, 40)}”."
        )
    block = clauses[0].block
    if like is None or block.kind == like.kind == "heading":
        return block
    if block.kind == "item" and like.kind == "item":
        return replace(block, depth=like.depth)
    if block.kind == "paragraph":
        if like.kind in ("item", "quote", "paragraph"):
            return replace(like, text=block.text)
        if like.kind == "heading":
            return replace(like, text=" ".join(block.text.split("\n")))
    if block.kind in _VERBATIM or block.kind == "quote":
        return replace(block, depth=like.depth if like.kind != "heading" else 0)
    return block


def block_lines(block: Block, anchor: str | None = None, marker: str | None = None) -> list[str]:
    """Returns the lines of a block, to be indented to where it stands.

    `marker` is the list marker to use ("*", "3)"); lines behind the first are indented to the
    words of the item.
    """
    lines = block.text.split("\n")
    mark = f" {write_anchor(anchor)}" if anchor else ""
    if block.kind == "heading":
        return _heading_lines(block, lines, mark)
    if block.kind == "quote":
        lines[-1] += mark if lines[-1] else mark[1:]
        return [f"> {line}" if line else ">" for line in lines]
    if block.kind in _VERBATIM:
        return lines + ([mark[1:]] if mark else [])
    if block.kind == "item":
        marker = marker or ("1." if block.ordered else "-")
        if not block.text:
            # The comment keeps the item open for what stands in it.
            return [f"{marker} <!-- -->{mark}"]
        lines = _words(lines, mark, stands_alone(block.text))
        indent = " " * (len(marker) + 1)
        return [f"{marker} {lines[0]}"] + [indent + line if line else "" for line in lines[1:]]
    return _words(lines, mark, False)


def _heading_lines(block: Block, lines: list[str], mark: str) -> list[str]:
    if len(lines) > 1 and block.depth <= 2:
        body = _words(lines, mark, False)
        return [*body, "===" if block.depth == 1 else "---"]
    text = " ".join(lines)
    hashes = "#" * max(1, min(6, block.depth))
    if text.endswith("#"):
        text += " " + hashes
    return [f"{hashes} {text}{mark}".rstrip(" \t")]


def _words(lines: list[str], mark: str, alone: bool) -> list[str]:
    """Returns the lines of a paragraph, with its anchor, so that they stay one paragraph."""
    if alone:
        return lines + ([mark[1:]] if mark else [])
    # So far in, a line behind the first can be nothing but a continuation.
    indent = " " * (8 if FOOTNOTE.match(lines[0]) else 4)
    kept = [lines[0]] + [indent + line if _risky(line) else line for line in lines[1:]]
    # Words behind a bare marker would make it one; the first line never is.
    kept[0 if mark and bare_marker(kept[-1]) else -1] += mark
    return kept


def _risky(line: str) -> bool:
    return bool(
        interrupts(line, sibling=False)
        or SETEXT.match(line)
        or DELIMITER.match(line)
        or FOOTNOTE.match(line)
    )


def bare_marker(line: str) -> bool:
    """Whether a line is a list marker alone, which would begin a list if words followed."""
    marker = ITEM.match(line.lstrip(" \t"))
    return marker is not None and not line.lstrip(" \t")[marker.end() :].strip()


_LONE_START = re.compile(r" {4}|\t|<")


def stands_alone(text: str) -> bool:
    """Whether the words of an item are code, a table, HTML or the like, which end with a line."""
    first, _, rest = text.partition("\n")
    if first.startswith(">"):
        return False
    if FENCE.match(first) or _LONE_START.match(first):
        return True
    return begins_table(first, rest.partition("\n")[0])
