"""Renders a paper as a Word file; a redline as Word's own tracked changes.

Accepting every change gives the new text and rejecting every change the old one, to the word
and the paragraph: words are inserted and deleted runs, whole clauses have an inserted or deleted
paragraph mark as well, and a clause that moved is a move. Numbers, title and the notes at the
end stand in styles of their own, by which `returned` tells them from the text.
"""

import unicodedata
from collections.abc import Iterator

from lxml import etree

from manifesto_tui.publish.archive import pack
from manifesto_tui.publish.blocks import VERBATIM, Block, Op, Piece
from manifesto_tui.publish.inlines import Style
from manifesto_tui.publish.paper import Paper, sources_blocks
from manifesto_tui.publish.table import table_rows
from manifesto_tui.publish.word import (
    BULLETS,
    DEEPEST_LIST,
    R,
    core_properties,
    custom_properties,
    fixed_part,
    footer,
    numbering,
    relationships,
    w,
    xml_bytes,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = {"-": "del", "+": "ins"}
_MOVED = {"-": "moveFrom", "+": "moveTo"}


def docx(paper: Paper) -> bytes:
    """Returns the paper as a Word file."""
    writer = _Writer(paper)
    document = writer.document()
    given = paper.provenance
    return pack(
        [
            ("[Content_Types].xml", fixed_part("content_types")),
            ("_rels/.rels", fixed_part("rels")),
            ("word/document.xml", document),
            ("word/styles.xml", fixed_part("styles", paper.language)),
            ("word/numbering.xml", numbering(writer.ordered_lists)),
            ("word/settings.xml", fixed_part("settings")),
            ("word/footer1.xml", footer(paper.title)),
            ("word/_rels/document.xml.rels", relationships(list(writer.links))),
            (
                "docProps/core.xml",
                core_properties(
                    paper.title, paper.subtitle or given.standing, paper.language, given.published
                ),
            ),
            (
                "docProps/custom.xml",
                custom_properties(
                    [
                        ("manifesto-commit", given.commit),
                        ("manifesto-text", given.digest),
                        ("manifesto-paper", "redline" if paper.is_redline else "text"),
                    ]
                ),
            ),
        ]
    )


class _Writer:
    """Writes one document, and remembers which links and lists it needs."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.links: dict[str, int] = {}
        self.ordered_lists = 0
        self.last_id = 0
        self.list_number = BULLETS
        anchors = [b.anchor for b in (*paper.blocks, *sources_blocks(paper)) if b.anchor]
        self.bookmarks = {name: f"c{n}" for n, name in enumerate(dict.fromkeys(anchors), start=1)}
        self.marked: set[str] = set()

    def document(self) -> bytes:
        root = w("document")
        body = w("body")
        root.append(body)
        paper = self.paper
        if not paper.has_own_title:
            body.append(self._plain("Title", paper.title))
        for line in (paper.subtitle, paper.provenance.standing):
            if line:
                body.append(self._plain("Subtitle", line))
        for place, (block, level) in enumerate(zip(paper.blocks, paper.levels, strict=True)):
            self._count_lists(place)
            body.extend(self._block(block, level, place in paper.starts))
        for place, block in enumerate(sources_blocks(paper)):
            body.append(self._paragraph(block, "ManifestoSource" if place else "ManifestoBack"))
        body.append(self._plain("ManifestoNote", ""))
        for line in paper.notes:
            body.append(self._plain("ManifestoNote", line))
        body.append(_page())
        return xml_bytes(root)

    def _count_lists(self, place: int) -> None:
        """Begins another numbered list where one begins."""
        block = self.paper.blocks[place]
        before = self.paper.blocks[place - 1] if place else None
        if block.kind == "item" and block.ordered:
            follows = before is not None and before.kind == "item"
            if not (follows and before is not None and (before.ordered or before.depth > 1)):
                self.ordered_lists += 1
            self.list_number = BULLETS + self.ordered_lists

    def _block(self, block: Block, level: int, starts: bool) -> Iterator[etree._Element]:
        if block.kind == "table" and block.change == "same":
            yield _table(block)
            yield self._plain("ManifestoNote", "")
            return
        moving = _MOVED.get(block.end) if block.move else None
        if moving:
            start = w(f"{moving}RangeStart", id=self._id(), name=f"move{block.move}")
            self._sign(start)
            yield start
        yield self._paragraph(block, self._style(block, level), starts)
        if moving:
            yield w(f"{moving}RangeEnd", id=start.get(f"{{{start.nsmap['w']}}}id"))

    def _style(self, block: Block, level: int) -> str:
        if block.kind == "heading":
            return f"Heading{max(1, level - (not self.paper.has_own_title))}"
        if block.kind == "item":
            return "ListNumber" if block.ordered else "ListBullet"
        if block.kind in VERBATIM:
            return "Verbatim"
        return "Quote" if block.kind == "quote" else "Normal"

    def _plain(self, style: str, words: str) -> etree._Element:
        return self._paragraph(Block("paragraph", (Piece("=", words),)), style)

    def _paragraph(self, block: Block, style: str, starts: bool = False) -> etree._Element:
        paragraph = w("p")
        head = w("pPr")
        head.append(w("pStyle", val=style))
        if starts:
            head.append(w("pageBreakBefore"))
        if block.kind == "item" and style.startswith("List"):
            lists = w("numPr")
            lists.append(w("ilvl", val=min(DEEPEST_LIST, max(0, block.depth - 1))))
            lists.append(w("numId", val=self.list_number if block.ordered else BULLETS))
            head.append(lists)
        rtl = _is_right_to_left(block.words)
        if rtl:
            head.append(w("bidi"))
        if block.end != "=":
            mark = w("rPr")
            mark.append(self._sign(w(self._tag(block, block.end), id=self._id())))
            head.append(mark)
        paragraph.append(head)
        named = block.anchor if block.anchor not in self.marked else ""
        if named and block.end != "-":
            self.marked.add(named)
            place = self._id()
            paragraph.append(w("bookmarkStart", id=place, name=self.bookmarks[named]))
            paragraph.append(w("bookmarkEnd", id=place))
        if block.number and not self.paper.is_redline and block.kind not in VERBATIM:
            number = w("r")
            look = w("rPr")
            look.append(w("rStyle", val="ClauseNumber"))
            number.extend([look, _text("t", block.number), w("tab")])
            paragraph.append(number)
        for piece in block.pieces:
            paragraph.append(self._piece(block, piece, rtl))
        return paragraph

    def _piece(self, block: Block, piece: Piece, rtl: bool) -> etree._Element:
        run = w("r")
        look = _look(piece.style, rtl)
        if len(look):
            run.append(look)
        # What moves away is text still; only what is deleted is deleted text.
        tag = "delText" if piece.op == "-" and not block.move else "t"
        for place, line in enumerate(piece.text.split("\n")):
            if place:
                run.append(w("br"))
            for column, part in enumerate(line.split("\t")):
                if column:
                    run.append(w("tab"))
                if part:
                    run.append(_text(tag, part))
        made = run
        if piece.op != "=":
            made = self._sign(w(self._tag(block, piece.op), id=self._id()))
            made.append(run)
        return self._linked(piece.style.link, made)

    def _linked(self, target: str, made: etree._Element) -> etree._Element:
        if not target:
            return made
        link = w("hyperlink")
        if target.startswith("#"):
            if target[1:] not in self.bookmarks:
                return made
            link.set(f"{{{link.nsmap['w']}}}anchor", self.bookmarks[target[1:]])
        else:
            number = self.links.setdefault(target, len(self.links) + 1)
            link.set(f"{{{R}}}id", f"link{number}")
        link.append(made)
        return link

    def _tag(self, block: Block, op: Op) -> str:
        return (_MOVED if block.move else _TRACKED)[op]

    def _id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _sign(self, element: etree._Element) -> etree._Element:
        space = element.nsmap["w"]
        element.set(f"{{{space}}}author", self.paper.author_name)
        element.set(f"{{{space}}}date", self.paper.provenance.published)
        return element


def _look(style: Style, rtl: bool) -> etree._Element:
    look = w("rPr")
    # Word reads these in the schema's order only.
    named = (
        "Citation"
        if style.cite
        else "CodeText"
        if style.code
        else "Hyperlink"
        if style.link
        else ""
    )
    if named:
        look.append(w("rStyle", val=named))
    for on, tags in (
        (style.strong, ("b", "bCs")),
        (style.emphasis, ("i", "iCs")),
        (style.strike, ("strike",)),
        (rtl, ("rtl",)),
    ):
        if on:
            look.extend([w(tag) for tag in tags])
    return look


def _text(tag: str, words: str) -> etree._Element:
    text = w(tag)
    text.set(_SPACE, "preserve")
    text.text = words
    return text


def _table(block: Block) -> etree._Element:
    rows = table_rows(block.words)
    table = w("tbl")
    about = w("tblPr")
    about.extend([w("tblStyle", val="TableGrid"), w("tblW", w=5000, type="pct")])
    grid = w("tblGrid")
    grid.extend([w("gridCol", w=9070 // len(rows[0])) for _ in rows[0]])
    table.extend([about, grid])
    for place, cells in enumerate(rows):
        row = w("tr")
        if place == 0:
            top = w("trPr")
            top.append(w("tblHeader"))
            row.append(top)
        for words in cells:
            cell = w("tc")
            size = w("tcPr")
            size.append(w("tcW", w=9070 // len(rows[0]), type="dxa"))
            paragraph = w("p")
            run = w("r")
            if place == 0:
                look = w("rPr")
                look.append(w("b"))
                run.append(look)
            run.append(_text("t", words))
            paragraph.append(run)
            cell.extend([size, paragraph])
            row.append(cell)
        table.append(row)
    return table


def _page() -> etree._Element:
    """Returns A4 with margins of a comfortable width."""
    page = w("sectPr")
    foot = w("footerReference", type="default")
    foot.set(f"{{{R}}}id", "rId4")
    page.append(foot)
    page.append(w("pgSz", w=11906, h=16838))
    page.append(
        w("pgMar", top=1304, right=1418, bottom=1304, left=1418, header=709, footer=567, gutter=0)
    )
    return page


def _is_right_to_left(words: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    for character in words:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
