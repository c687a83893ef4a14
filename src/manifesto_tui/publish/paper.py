"""Holds one document that is to leave the program, whatever its format.

A paper is a title, blocks, and what stands at the end: the sources that its words cite, and
which text it shows. The agreed text, a redline, a booklet, a ballot paper and a record of
decisions are all papers, so each format is written once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.manifesto import Source
from manifesto_tui.prose import Text, parse, reveal
from manifesto_tui.publish.blocks import (
    Block,
    Piece,
    clause_block,
    plain_block,
    redline_blocks,
    text_blocks,
)
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.inlines import Style, safe_target
from manifesto_tui.publish.redline import Passage

LEGEND = "Added words are underlined, removed words are struck through."
_SOURCES = "Sources"
_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


@dataclass(frozen=True)
class Paper:
    """One document: `blocks` are what it is about, `sources` what those cite, by key.

    `subtitle` says what kind of paper it is, "" for the text itself. `author` is whose changes
    a redline shows. `starts` are the places of blocks that begin on a page of their own.
    `clause_pages` is where, on the web site, each clause has a page of its own.
    """

    title: str
    provenance: Provenance
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    subtitle: str = ""
    author: str = ""
    starts: frozenset[int] = frozenset()
    clause_pages: str = ""

    @property
    def is_redline(self) -> bool:
        """Whether it shows changes."""
        return any(block.change != "same" for block in self.blocks)

    @property
    def has_own_title(self) -> bool:
        """Whether its first block is its title, so that no other need stand before it."""
        if self.subtitle or not self.blocks or self.blocks[0].kind != "heading":
            return False
        return _is_title(self.blocks)

    @property
    def levels(self) -> tuple[int, ...]:
        """The level of each block that is a heading, 1 for the title, none skipped; 0 for others.

        A heading is one deeper than the nearest one before it that stood higher in the source.
        """
        above: list[int] = []
        levels = []
        for place, block in enumerate(self.blocks):
            if block.kind != "heading":
                levels.append(0)
                continue
            while above and above[-1] >= block.depth:
                above.pop()
            is_title = place == 0 and self.has_own_title
            levels.append(1 if is_title else min(6, 2 + len(above)))
            if not is_title:
                above.append(block.depth)
        return tuple(levels)

    @property
    def language(self) -> str:
        """The tag of the language that it is written in."""
        return self.provenance.language_tag

    @property
    def direction(self) -> str:
        """How its language is written: "rtl" from right to left, else "ltr"."""
        return "rtl" if self.language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"

    @property
    def about(self) -> str:
        """What kind of paper it is, in a few words; "" for the text itself."""
        return self.subtitle or self.provenance.shows

    @property
    def author_name(self) -> str:
        """Who a tracked change is put down to."""
        return self.author or self.title

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences at the end that say which text this is."""
        return self.provenance.lines


def text_paper(text: Text, provenance: Provenance, sources: Mapping[str, Source]) -> Paper:
    """Returns the agreed text as a paper."""
    return _revealed(Paper(provenance.title, provenance, text_blocks(text)), sources)


def redline_paper(
    passages: Iterable[Passage],
    provenance: Provenance,
    sources: Mapping[str, Source],
    author: str = "",
) -> Paper:
    """Returns a redline as a paper; the provenance says what was compared."""
    blocks = redline_blocks(passages)
    return _revealed(Paper(provenance.title, provenance, blocks, author=author), sources)


def made_paper(
    blocks: Sequence[Block],
    provenance: Provenance,
    sources: Mapping[str, Source],
    subtitle: str,
    starts: Iterable[int] = (),
) -> Paper:
    """Returns a meeting paper."""
    paper = Paper(
        provenance.title, provenance, tuple(blocks), subtitle=subtitle, starts=frozenset(starts)
    )
    return _revealed(paper, sources)


def markdown_blocks(markdown: str, deeper: int = 0) -> tuple[Block, ...]:
    """Returns what somebody wrote in Markdown as blocks, its headings lowered to `deeper`."""
    found = (clause_block(clause) for clause in parse(markdown).clauses)
    return tuple(
        replace(
            block,
            number="",
            anchor="",
            depth=block.depth + deeper if block.kind == "heading" else block.depth,
        )
        for block in found
    )


def source_block(source: Source) -> Block:
    """Returns one source as an item of a list, its title leading to it."""
    before = ", ".join(part for part in (source.author, source.date) if part)
    pieces = [
        Piece("=", f"[{reveal(source.key)}] ", Style(cite=True)),
        Piece("=", f"{reveal(before)}: ") if before else None,
        Piece("=", reveal(source.title), Style(link=safe_target(source.url))),
        Piece("=", "."),
    ]
    kept = tuple(piece for piece in pieces if piece)
    return Block("item", kept, depth=1, anchor=f"source-{source.key}")


def sources_blocks(paper: Paper) -> tuple[Block, ...]:
    """Returns the list of sources as blocks, under their heading; nothing where none is cited."""
    if not paper.sources:
        return ()
    return (plain_block("heading", _SOURCES, 1), *map(source_block, paper.sources))


def _is_title(blocks: Sequence[Block]) -> bool:
    first, *rest = blocks
    deeper = all(b.depth > first.depth for b in rest if b.kind == "heading")
    return not first.number and deeper and any(b.kind == "heading" for b in rest)


def _revealed(paper: Paper, sources: Mapping[str, Source]) -> Paper:
    cited = dict.fromkeys(
        piece.style.link.removeprefix("#source-")
        for block in paper.blocks
        for piece in block.pieces
        if piece.style.cite and piece.style.link
    )
    given = paper.provenance
    shown = replace(
        given,
        **{
            name: reveal(getattr(given, name))
            for name in (
                *("title", "commit", "digest", "published", "language", "licence"),
                *("edition", "verified", "shows", "state", "since"),
            )
        },
    )
    return replace(
        paper,
        blocks=tuple(_known(block, sources) for block in paper.blocks),
        title=reveal(paper.title),
        provenance=shown,
        subtitle=reveal(paper.subtitle),
        author=reveal(paper.author),
        sources=tuple(_shown(sources[key]) for key in sorted(cited) if key in sources),
    )


def _known(block: Block, sources: Mapping[str, Source]) -> Block:
    """Takes the links out of citations whose source the manifesto does not list."""
    if not any(piece.style.cite and piece.style.link for piece in block.pieces):
        return block
    pieces = (
        replace(piece, style=replace(piece.style, link=""))
        if piece.style.cite and piece.style.link.removeprefix("#source-") not in sources
        else piece
        for piece in block.pieces
    )
    return replace(block, pieces=tuple(pieces))


def _shown(source: Source) -> Source:
    named = ("key", "title", "author", "date", "url")
    return replace(source, **{name: reveal(getattr(source, name)) for name in named})
