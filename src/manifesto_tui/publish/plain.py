"""Renders the text as plain text with numbers, to read aloud or to paste anywhere."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from manifesto_tui.prose import Clause, Text, plain, reveal
from manifesto_tui.publish.blocks import VERBATIM, Block, is_reset, setting
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.marks import inline
from manifesto_tui.publish.paper import Paper, sources_blocks
from manifesto_tui.publish.redline import Passage

WIDTH = 76
_INDENT = 6


def plain_text(text: Text, provenance: Provenance | None = None, anchors: bool = False) -> str:
    """Returns the whole text, each clause behind its number.

    `anchors` adds each clause's permanent name. Without `provenance` no closing lines are
    written, as when the text is shown on a terminal.
    """
    lines: list[str] = []
    for _, clause in text:
        words = clause.text if clause.kind in VERBATIM else plain(clause.text)
        if anchors and clause.anchor:
            words += f"  #{clause.anchor}"
        lines += _clause(clause, words, lines)
    return _closed(lines, provenance)


def plain_redline(passages: Iterable[Passage], provenance: Provenance | None = None) -> str:
    """Returns a redline as plain text, marked `[-removed-]` and `{+added+}`."""
    lines: list[str] = []
    for passage in passages:
        words = inline(passage.spans)
        change = passage.change
        if change and change.old and change.new and is_reset(change):
            words += f" (was {setting(change.old[0])}, now {setting(change.new[0])})"
        lines += _clause(passage.clause, words, lines)
    return _closed(lines, provenance)


def plain_paper(paper: Paper) -> str:
    """Returns a meeting paper as plain text, changes marked `[-removed-]` and `{+added+}`."""
    lines = [] if paper.has_own_title else [paper.title]
    lines += [line for line in (paper.subtitle, paper.provenance.standing) if line]
    for block in (*paper.blocks, *sources_blocks(paper)):
        words = inline((piece.op, piece.text) for piece in block.pieces)
        if block.note:
            words = f"{block.note}: {words}"
        lines += _clause(block, words, lines)
        if block.kind == "heading":
            lines.append("=" * min(WIDTH, len(words)))
    return _closed(lines, paper.provenance)


def _clause(clause: Clause | Block, words: str, before: list[str]) -> Iterator[str]:
    if before:
        yield ""
    if clause.kind in VERBATIM:
        yield from (" " * _INDENT + line for line in words.split("\n"))
        return
    number = clause.number
    if clause.kind == "heading":
        yield from wrap(_headed(number, words), WIDTH) or [""]
        return
    lead = f"{number:<{_INDENT - 1}} "
    if clause.kind == "item":
        lead += "  " * max(0, clause.depth - 1) + "• "
    if clause.kind == "quote":
        lead += "> "
    body = [line for part in words.split("\n") for line in wrap(part, WIDTH - len(lead))]
    for position, line in enumerate(body or [""]):
        yield (lead if position == 0 else " " * len(lead)) + line


def _headed(number: str, words: str) -> str:
    """Returns a heading behind its number, once where the author has typed the number too."""
    if not number or words.startswith((f"{number}.", f"{number} ", f"{number})")):
        return words
    return f"{number} {words}" if "." in number else f"{number}. {words}"


def _closed(lines: list[str], provenance: Provenance | None) -> str:
    if provenance is not None:
        lines += ["", "-" * 12, provenance.title, *provenance.lines]
    return reveal("\n".join(lines) + "\n")
