"""Renders a paper as an OpenDocument text, the format that public bodies ask for.

Only what was agreed: tracked changes are Word's, in `docx`.
"""

from collections.abc import Sequence

from lxml import etree

from manifesto_tui.publish.archive import pack
from manifesto_tui.publish.blocks import VERBATIM, Block, Piece, plain_block
from manifesto_tui.publish.inlines import Style
from manifesto_tui.publish.lists import nested
from manifesto_tui.publish.paper import Paper, sources_blocks
from manifesto_tui.publish.table import table_rows

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = {
    "office": f"{_URN}office:1.0",
    "text": f"{_URN}text:1.0",
    "table": f"{_URN}table:1.0",
    "style": f"{_URN}style:1.0",
    "fo": f"{_URN}xsl-fo-compatible:1.0",
    "meta": f"{_URN}meta:1.0",
    "manifest": f"{_URN}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_TYPE = "application/vnd.oasis.opendocument.text"
_BOLD = {"fo:font-weight": "bold"}
_QUIET = {"fo:color": "#595959", "fo:font-size": "9pt"}
_LOOKS: tuple[tuple[str, str, dict[str, str], dict[str, str]], ...] = (
    (
        "Standard",
        "paragraph",
        {"fo:margin-bottom": "0.25cm", "fo:line-height": "125%"},
        {"fo:font-size": "11.5pt"},
    ),
    ("Title", "paragraph", {"fo:margin-bottom": "0.1cm"}, {**_BOLD, "fo:font-size": "22pt"}),
    (
        "Subtitle",
        "paragraph",
        {"fo:margin-bottom": "0.1cm"},
        {"fo:color": "#595959", "fo:font-size": "12pt"},
    ),
    *(
        (
            f"Heading_{level}",
            "paragraph",
            {"fo:margin-top": "0.6cm", "fo:margin-bottom": "0.2cm", "fo:keep-with-next": "always"},
            {**_BOLD, "fo:font-size": f"{size}pt"},
        )
        for level, size in enumerate((16, 13.5, 12, 11.5, 11.5, 11.5), start=1)
    ),
    (
        "Starts",
        "paragraph",
        {"fo:break-before": "page", "fo:margin-top": "0.6cm"},
        {**_BOLD, "fo:font-size": "16pt"},
    ),
    (
        "Quote",
        "paragraph",
        {"fo:margin-left": "1cm", "fo:margin-right": "1cm"},
        {"fo:font-style": "italic"},
    ),
    ("Verbatim", "paragraph", {}, {"style:font-name": "monospace", "fo:font-size": "9.5pt"}),
    ("Note", "paragraph", {"fo:margin-bottom": "0cm"}, _QUIET),
    ("Number", "text", {}, _QUIET),
    ("Citation", "text", {}, _QUIET),
    ("Strong", "text", {}, _BOLD),
    ("Emphasis", "text", {}, {"fo:font-style": "italic"}),
    ("Both", "text", {}, {**_BOLD, "fo:font-style": "italic"}),
    ("Code", "text", {}, {"style:font-name": "monospace"}),
    ("Struck", "text", {}, {"style:text-line-through-style": "solid"}),
)

Element = etree._Element


def odt(paper: Paper) -> bytes:
    """Returns the paper as an OpenDocument text."""
    return pack(
        [
            ("mimetype", _TYPE.encode()),
            ("content.xml", _content(paper)),
            ("styles.xml", _styles(paper)),
            ("meta.xml", _meta(paper)),
            ("META-INF/manifest.xml", _manifest()),
        ],
        stored=("mimetype",),
    )


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _add(parent: Element, tag: str, attributes: dict[str, str] | None = None) -> Element:
    made = etree.SubElement(parent, _name(tag))
    for name, value in (attributes or {}).items():
        made.set(_name(name), value)
    return made


def _root(tag: str) -> Element:
    root = etree.Element(_name(tag), nsmap=_NAMES)
    if not tag.startswith("manifest"):
        root.set(_name("office:version"), "1.3")
    return root


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _content(paper: Paper) -> bytes:
    root = _root("office:document-content")
    text = _add(_add(root, "office:body"), "office:text")
    if not paper.has_own_title:
        _paragraph(text, plain_block("paragraph", paper.title), "Title")
    for line in (paper.subtitle, paper.provenance.standing):
        if line:
            _paragraph(text, plain_block("paragraph", line), "Subtitle")
    _blocks(text, paper.blocks, paper)
    _blocks(text, sources_blocks(paper), None)
    for line in paper.notes:
        _paragraph(text, plain_block("paragraph", line), "Note")
    return _bytes(root)


def _blocks(text: Element, blocks: Sequence[Block], paper: Paper | None) -> None:
    items: list[Block] = []
    for place, block in enumerate(blocks):
        if block.kind == "item":
            items.append(block)
            continue
        _lists(text, items)
        items = []
        if block.kind == "heading":
            level = max(1, paper.levels[place] - (not paper.has_own_title)) if paper else 1
            starts = paper is not None and place in paper.starts
            heading = _add(text, "text:h", {"text:outline-level": str(level)})
            heading.set(_name("text:style-name"), "Starts" if starts else f"Heading_{level}")
            _inner(heading, block)
        elif block.kind == "table":
            _table(text, block)
        else:
            style = "Verbatim" if block.kind in VERBATIM else "Standard"
            _paragraph(text, block, "Quote" if block.kind == "quote" else style)
    _lists(text, items)


def _lists(text: Element, items: Sequence[Block]) -> None:
    into = [text]
    for step, block in nested(items):
        if step in ("ol", "ul"):
            style = "Numbered" if step == "ol" else "Bulleted"
            into.append(_add(into[-1], "text:list", {"text:style-name": style}))
        elif step == "item" and block is not None:
            into.append(_add(into[-1], "text:list-item"))
            _paragraph(into[-1], block, "Standard")
        else:
            into.pop()


def _paragraph(parent: Element, block: Block, style: str) -> None:
    _inner(_add(parent, "text:p", {"text:style-name": style}), block)


def _inner(paragraph: Element, block: Block) -> None:
    if block.anchor:
        _add(paragraph, "text:bookmark", {"text:name": block.anchor})
    if block.number and block.kind not in VERBATIM:
        number = _add(paragraph, "text:span", {"text:style-name": "Number"})
        number.text = block.number
        _add(paragraph, "text:s", {"text:c": "2"})
    for piece in block.pieces:
        _piece(paragraph, piece)


def _piece(paragraph: Element, piece: Piece) -> None:
    into = paragraph
    if piece.style.link:
        linked = {"xlink:type": "simple", "xlink:href": piece.style.link}
        into = _add(into, "text:a", linked)
    name = _span(piece.style)
    if name:
        into = _add(into, "text:span", {"text:style-name": name})
    for place, line in enumerate(piece.text.split("\n")):
        if place:
            _add(into, "text:line-break")
        _words(into, line)


def _words(into: Element, line: str) -> None:
    """Adds words; OpenDocument folds spaces, so that every one behind the first is an element."""
    for place, part in enumerate(line.split("  ")):
        if place:
            _tail(into, " ")
            _add(into, "text:s", {"text:c": "1"})
        _tail(into, part)


def _tail(into: Element, words: str) -> None:
    if len(into):
        into[-1].tail = (into[-1].tail or "") + words
    else:
        into.text = (into.text or "") + words


def _span(style: Style) -> str:
    if style.strong and style.emphasis:
        return "Both"
    named = (
        (style.cite, "Citation"),
        (style.code, "Code"),
        (style.strike, "Struck"),
        (style.strong, "Strong"),
        (style.emphasis, "Emphasis"),
    )
    return next((name for on, name in named if on), "")


def _table(text: Element, block: Block) -> None:
    head, *rows = table_rows(block.words)
    table = _add(text, "table:table")
    columns = {"table:number-columns-repeated": str(len(head))}
    _add(table, "table:table-column", columns)
    top = _add(table, "table:table-header-rows")
    for place, cells in enumerate((head, *rows)):
        row = _add(top if place == 0 else table, "table:table-row")
        for words in cells:
            cell = _add(row, "table:table-cell")
            style = Style(strong=place == 0)
            _paragraph(cell, Block("paragraph", (Piece("=", words, style),)), "Standard")


def _styles(paper: Paper) -> bytes:
    root = _root("office:document-styles")
    fonts = _add(root, "office:font-face-decls")
    _add(fonts, "style:font-face", {"style:name": "monospace"})
    styles = _add(root, "office:styles")
    for name, family, paragraph, words in _LOOKS:
        style = _add(styles, "style:style", {"style:name": name, "style:family": family})
        if family == "paragraph" and name != "Standard":
            style.set(_name("style:parent-style-name"), "Standard")
        if paragraph:
            _add(style, "style:paragraph-properties", paragraph)
        spoken = paper.language.partition("-")
        language = {"fo:language": spoken[0]} if name == "Standard" else {}
        if language and spoken[2]:
            language["fo:country"] = spoken[2]
        _add(style, "style:text-properties", {**words, **language})
    for name, tag in (("Bulleted", "bullet"), ("Numbered", "number")):
        made = _add(styles, "text:list-style", {"style:name": name})
        for level in range(1, 11):
            step = _add(made, f"text:list-level-style-{tag}", {"text:level": str(level)})
            if tag == "bullet":
                step.set(_name("text:bullet-char"), "•")
            else:
                step.set(_name("style:num-format"), "1")
                step.set(_name("style:num-suffix"), ".")
            _add(
                step,
                "style:list-level-properties",
                {
                    "text:space-before": f"{0.6 * (level - 1):.1f}cm",
                    "text:min-label-width": "0.6cm",
                },
            )
    return _bytes(root)


def _meta(paper: Paper) -> bytes:
    root = _root("office:document-meta")
    meta = _add(root, "office:meta")
    given = paper.provenance
    _add(meta, "dc:title").text = paper.title
    _add(meta, "dc:subject").text = paper.subtitle or given.standing
    _add(meta, "dc:description").text = " ".join(paper.notes)
    _add(meta, "dc:date").text = given.published
    _add(meta, "dc:language").text = paper.language
    for key, value in (("manifesto-commit", given.commit), ("manifesto-text", given.digest)):
        _add(meta, "meta:user-defined", {"meta:name": key}).text = value
    return _bytes(root)


def _manifest() -> bytes:
    root = _root("manifest:manifest")
    root.set(_name("manifest:version"), "1.3")
    files = (("/", _TYPE), *((f"{part}.xml", "text/xml") for part in ("content", "styles", "meta")))
    for path, media in files:
        _add(
            root,
            "manifest:file-entry",
            {"manifest:full-path": path, "manifest:media-type": media},
        )
    return _bytes(root)
