"""Renders the text, a redline or a meeting paper as Markdown, for any host, editor or site.

Changes are CriticMarkup's additions and deletions
(https://github.com/CriticMarkup/CriticMarkup-toolkit), and no other of its marks: taking every
addition and leaving every deletion gives the new text, the other way round the old one.
"""

import re
from collections.abc import Iterable, Iterator

from manifesto_tui.prose import Text, reveal, without_anchors, write_block
from manifesto_tui.prose.clause import Block as Written
from manifesto_tui.publish.blocks import VERBATIM, Block, Op, redline_blocks
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.escaping import escaped, styled
from manifesto_tui.publish.paper import LEGEND, Paper, sources_blocks
from manifesto_tui.publish.redline import Passage

_OPENER = re.compile(r"\{(\\*)(\+\+|--|~~|==|>>)")
_PAGE = re.compile(r"(?<=\]\()(<(?!\w+:)[^<>]*)\.html(#[a-z0-9-]*)?>\)")
_CLOSER = re.compile(r"(\+\+|--|~~|==|<<)(\\*)\}")


def markdown(text: Text, provenance: Provenance, anchors: bool = False) -> str:
    """Returns the whole text as one Markdown document, the files in reading order.

    Without `anchors` the invisible names of the clauses are left out: the form to print and to
    pass on. With them it is the form to amend and to bring back.
    """
    parts = (source.strip("\n") for source in text.sources.values())
    if not anchors:
        parts = (without_anchors(part).strip("\n") for part in parts)
    return reveal("\n\n".join([*parts, footer(provenance)]) + "\n")


def markdown_redline(passages: Iterable[Passage], provenance: Provenance | None = None) -> str:
    """Returns a redline as Markdown with CriticMarkup in it; `provenance` closes a document."""
    made = "".join(_critic(redline_blocks(passages, raw=True)))
    return made + (f"\n\n{reveal(footer(provenance))}" if provenance else "") + "\n"


def markdown_paper(paper: Paper) -> str:
    """Returns a meeting paper as Markdown, changes in CriticMarkup."""
    front = (paper.subtitle, paper.provenance.standing, LEGEND if paper.is_redline else "")
    return _paper(paper, paper.title, front)


def markdown_page(paper: Paper) -> str:
    """Returns a page of the web site as Markdown, under a title of its own.

    Each clause of the text has its permalink, and its number leads to the page of its life.
    """
    front = ("", paper.provenance.standing) if not paper.subtitle else (paper.title, "")
    legend = LEGEND if paper.is_redline else ""
    return _PAGE.sub(r"\1.md\2>)", _paper(paper, paper.about or paper.title, (*front, legend)))


def _paper(paper: Paper, title: str, front: Iterable[str]) -> str:
    about = [escaped(line) for line in front if line]
    parts = [] if paper.has_own_title else [f"# {escaped(title)}", *about]
    levels = iter(paper.levels)
    previous = ""
    for block in (*paper.blocks, *sources_blocks(paper)):
        level = next(levels, 2)
        depth = level if block.kind == "heading" else block.depth
        words = _named(block, paper.clause_pages) + _marked(block)
        made = write_block(Written(block.kind, words, depth, block.ordered))
        if previous == block.kind == "item":
            parts[-1] += f"\n{'    ' * max(0, depth - 1)}{made}"
        else:
            parts.append(made)
        if paper.has_own_title and not previous:
            parts += about
        previous = block.kind
    return "\n\n".join([*parts, footer(paper.provenance)]) + "\n"


def footer(provenance: Provenance) -> str:
    """Returns the lines that say which text a document shows; `returned` knows them again."""
    lines = (escaped(line) for line in provenance.lines)
    return "---\n\n" + "  \n".join([f"*{escaped(provenance.title)}*", *lines])


def _named(block: Block, pages_at: str) -> str:
    """Returns the permalink of a clause that has a page of its own, and its number leading there.

    The page comes as HTML would name it. A title's number would be read out in every contents.
    """
    if not pages_at or not block.anchor or block.kind in VERBATIM:
        return ""
    number = block.number if block.kind != "heading" else ""
    lead = f"[{number}](<{pages_at}{block.anchor}.html>) " if number else ""
    return f'<a id="{block.anchor}"></a>{lead}'


def _marked(block: Block) -> str:
    verbatim = block.kind in VERBATIM
    return "".join(
        _around(piece.op, piece.text if verbatim else styled(piece)) for piece in block.pieces
    )


def _around(op: Op, words: str) -> str:
    if op == "=" or not words:
        return words
    return f"{{++{words}++}}" if op == "+" else f"{{--{words}--}}"


def _critic(blocks: Iterable[Block]) -> Iterator[str]:
    """Yields blocks and what stands between them.

    A break that came or went is itself an addition or a deletion, so that either side reads as
    its own paragraphs.
    """
    previous: Block | None = None
    for block in blocks:
        is_tail = previous is not None and previous.end != "=" and not previous.is_whole
        if previous is not None:
            tight = previous.kind == block.kind == "item"
            gap = "\n" if tight else "\n\n"
            if is_tail:
                lead = write_block(Written(block.kind, "x", block.depth, block.ordered))[:-1]
                yield _around(previous.end, gap + lead)
            else:
                yield gap
        yield _written(block, bare=is_tail)
        previous = block


def _written(block: Block, bare: bool) -> str:
    whole = block.is_whole and block.end != "="
    marked = "".join(
        _inert(piece.text) if whole else _around(piece.op, _inert(piece.text))
        for piece in block.pieces
    )
    if bare:
        return marked
    made = write_block(Written(block.kind, marked, block.depth, block.ordered))
    if block.kind == "item" and block.depth > 1:
        indent = "    " * (block.depth - 1)
        made = "\n".join(indent + line if line else "" for line in made.split("\n"))
    return _around(block.end, made) if whole else made


def _inert(words: str) -> str:
    """Takes their meaning from the marks of CriticMarkup where an author typed them."""
    return _CLOSER.sub(r"\1\\\2}", _OPENER.sub(r"{\\\1\2", words))
