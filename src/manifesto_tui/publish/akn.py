"""Renders a paper as Akoma Ntoso 3.0, the OASIS format in which parliaments keep their texts.

A principle is a section, what stands under it are paragraphs of that section, and a clause's
anchor is its `eId`. Words that came and went are `ins` and `del`; a whole clause says so with
its class too. Made to the strict schema.
"""

from typing import Any

from lxml import etree

from manifesto_tui.publish.blocks import VERBATIM, Block, Op
from manifesto_tui.publish.inlines import Style
from manifesto_tui.publish.paper import Paper
from manifesto_tui.publish.table import table_rows

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NAMES: Any = {None: NAMESPACE}  # The stubs know of no default namespace.
_OURS = "#program"
_LEVELS = ("section", "subsection", "level")

Element = etree._Element


def akn(paper: Paper) -> bytes:
    """Returns the paper as one XML document."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=NAMES)
    document = _add(root, "statement", name="manifesto")
    _meta(_add(document, "meta"), paper)
    if not paper.has_own_title:
        place = _add(_add(document, "preface"), "p")
        _add(place, "docTitle").text = paper.title
    main = _add(document, "mainBody")
    _Body(paper, main).write()
    conclusions = _add(document, "conclusions")
    for line in paper.notes:
        _add(conclusions, "p").text = line
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        made.set(name.rstrip("_"), value)
    return made


def _meta(meta: Element, paper: Paper) -> None:
    given = paper.provenance
    day = given.published[:10]
    language = {"en": "eng"}.get(paper.language[:2], paper.language[:2])
    about = _add(meta, "identification", source=_OURS)
    base = f"/akn/un/statement/{day}/manifesto"
    for tag, uri in (
        ("FRBRWork", base),
        ("FRBRExpression", f"{base}/{language}@{day}"),
        ("FRBRManifestation", f"{base}/{language}@{day}.xml"),
    ):
        part = _add(about, tag)
        _add(part, "FRBRthis", value=f"{uri}/!main")
        _add(part, "FRBRuri", value=uri)
        _add(part, "FRBRdate", date=day, name="published")
        _add(part, "FRBRauthor", href="#assembly")
        if tag == "FRBRWork":
            _add(part, "FRBRcountry", value="un")
        if tag == "FRBRExpression":
            _add(part, "FRBRlanguage", language=language)
    references = _add(meta, "references", source=_OURS)
    _add(references, "TLCOrganization", eId="assembly", href="#assembly", showAs=paper.title)
    _add(
        references,
        "TLCProcess",
        eId="program",
        href="/akn/ontology/process/manifesto-tui",
        showAs="manifesto-tui",
    )
    for number, source in enumerate(paper.sources, start=1):
        said = ", ".join(part for part in (source.author, source.date, source.title) if part)
        _add(
            references,
            "TLCReference",
            eId=f"source-{number}",
            name=source.key,
            href=source.url if source.url.startswith("https://") else f"#source-{number}",
            showAs=said,
        )


class _Body:
    """Nests the blocks: each heading opens a level, what follows it stands in it."""

    def __init__(self, paper: Paper, main: Element) -> None:
        self.paper = paper
        self.main = main
        self.open: list[tuple[int, Element]] = []
        self.named: set[str] = set()
        self.unnamed = 0

    def write(self) -> None:
        for block, level in zip(self.paper.blocks, self.paper.levels, strict=True):
            if block.kind == "heading":
                while self.open and self.open[-1][0] >= level:
                    self._close()
                tag = _LEVELS[min(len(self.open), len(_LEVELS) - 1)]
                made = self._element(block, tag)
                self._inline(_add(made, "heading"), block)
                self.open.append((level, made))
            else:
                made = self._element(block, "paragraph")
                self._content(_add(made, "content"), block)
        while self.open:
            self._close()
        if not self.paper.blocks:
            # A text that says nothing yet: the schema wants something here too.
            _add(self.main, "p")

    def _close(self) -> None:
        _, made = self.open.pop()
        if made[-1].tag.endswith("}heading"):
            # A heading with nothing under it: the schema wants something there.
            _add(_add(made, "content"), "p")

    def _element(self, block: Block, tag: str) -> Element:
        parent = self.open[-1][1] if self.open else self.main
        made = _add(parent, tag, eId=self._name(block))
        if block.change != "same":
            made.set("class", block.change)
        if block.number:
            _add(made, "num").text = block.number
        return made

    def _name(self, block: Block) -> str:
        if block.anchor and block.end != "-" and block.anchor not in self.named:
            self.named.add(block.anchor)
            return block.anchor
        self.unnamed += 1
        return f"clause__{self.unnamed}"

    def _content(self, content: Element, block: Block) -> None:
        if block.kind == "table" and block.change == "same":
            table = _add(content, "table")
            for at, cells in enumerate(table_rows(block.words)):
                row = _add(table, "tr")
                for words in cells:
                    _lines(_add(_add(row, "td" if at else "th"), "p"), words)
            return
        place = _add(content, "p")
        if block.kind != "paragraph":
            kind = "numbered" if block.ordered else block.kind
            deep = f" depth-{block.depth}" if block.kind == "item" and block.depth > 1 else ""
            place.set("class", f"{kind}{deep}")
        self._inline(place, block)

    def _inline(self, parent: Element, block: Block) -> None:
        is_verbatim = block.kind in VERBATIM
        for piece in block.pieces:
            into = parent if piece.op == "=" else _add(parent, _tag(piece.op))
            _lines(self._styled(into, piece.style) if not is_verbatim else into, piece.text)
        if block.end != "=" and not block.is_whole:
            _add(_add(parent, _tag(block.end)), "eol")

    def _styled(self, into: Element, style: Style) -> Element:
        if style.link and not style.cite:
            into = _add(into, "a", href=style.link)
        for on, tag in ((style.strong, "b"), (style.emphasis, "i")):
            if on:
                into = _add(into, tag)
        for on, name in ((style.code, "code"), (style.strike, "strike"), (style.cite, "citation")):
            if on:
                into = _add(into, "span", class_=name)
        return into


def _tag(op: Op) -> str:
    return "ins" if op == "+" else "del"


def _lines(parent: Element, words: str) -> None:
    """Adds words behind what `parent` holds already, a break for each line end."""
    for place, line in enumerate(words.split("\n")):
        if place:
            _add(parent, "br")
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + line
        else:
            parent.text = (parent.text or "") + line
