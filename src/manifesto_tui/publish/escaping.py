"""Writes words so that Markdown takes them for words.

A title, a name or what came back from Word may hold stars, brackets and tags; in Markdown they
would become something else.

    >>> escaped("2 * 3 [sic] <b>")
    '2 \\\\* 3 \\\\[sic\\\\] \\\\<b>'
"""

import re

from manifesto_tui.prose import parse, write_block
from manifesto_tui.prose.clause import Block
from manifesto_tui.publish.blocks import Piece
from manifesto_tui.publish.inlines import words_of

_MARK = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|~(?=~)")
_START = re.compile(r"(?m)^(\s*)([#>+=|~-]|(?=(\d{1,9})[.)](?:\s|$)))")
_EVERY = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(words: str) -> str:
    """Returns words as inline Markdown that shows just them."""
    made = _MARK.sub(lambda match: "\\" + match[0], words).replace("\n", "\\\n")
    return made if words_of(made) == words else _EVERY.sub(r"\\\1", words).replace("\n", "\\\n")


def block_of(words: str, like: Block) -> Block:
    """Returns a block of the kind of `like` that shows just these words."""
    for made in (escaped(words), _lead(escaped(words)), _EVERY.sub(r"\\\1", words)):
        block = Block(like.kind, made, like.depth, like.ordered)
        read = parse(write_block(block)).clauses
        if len(read) == 1 and read[0].kind == like.kind and words_of(read[0].text) == words:
            return block
    return Block(like.kind, _EVERY.sub(r"\\\1", " ".join(words.split())), like.depth, like.ordered)


def _lead(made: str) -> str:
    """Takes its meaning from what begins a line and would make it an item or a heading."""

    def plainly(match: re.Match[str]) -> str:
        if match[3]:
            return match[1]
        return f"{match[1]}\\{match[2]}"

    made = _START.sub(plainly, made)
    return re.sub(r"(?m)^(\s*\d{1,9})([.)])(?=\s|$)", r"\1\\\2", made)


def styled(piece: Piece) -> str:
    """Returns a piece as inline Markdown, with its emphasis and its link."""
    words, style = piece.text, piece.style
    if not words.strip():
        return words
    lead = words[: len(words) - len(words.lstrip())]
    tail = words[len(words.rstrip()) :]
    made = f"`{words.strip()}`" if style.code and "`" not in words else escaped(words.strip())
    for on, mark in ((style.strike, "~~"), (style.emphasis, "*"), (style.strong, "**")):
        if on:
            made = f"{mark}{made}{mark}"
    if style.link and not style.link.startswith("#"):
        made = f"[{made}](<{style.link}>)"
    return f"{lead}{made}{tail}"
