"""Renders a paper as an EPUB 3 e-book: one chapter, its contents, and nothing from elsewhere."""

import hashlib
from typing import Any
from uuid import UUID

from lxml import etree
from lxml import html as lxml_html

from manifesto_tui.publish.archive import pack
from manifesto_tui.publish.html import body, environment
from manifesto_tui.publish.paper import LEGEND, Paper

_XHTML = "http://www.w3.org/1999/xhtml"
_TYPE = b"application/epub+zip"
_CONTAINER = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    b'<rootfiles><rootfile full-path="EPUB/package.opf" '
    b'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_STYLE = b"""\
body { line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em; page-break-after: avoid; }
.number { font-size: .75em; margin-right: .6em; text-decoration: none; color: inherit; }
.standing, .subtitle, footer { font-size: .85em; }
.cite { font-size: .8em; }
.permalink { display: none; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: .3em .5em; }
blockquote { border-left: 3px solid; padding-left: 1em; margin-left: 0; }
.starts { page-break-before: always; }
.hidden { position: absolute; clip: rect(0 0 0 0); }
.label { display: block; font-size: .75em; }
ins { text-decoration: underline; }
del { text-decoration: line-through; }
.inserted, .moved { border-left: 3px solid; padding-left: .75em; }
.deleted, .moved-away { border-left: 3px dotted; padding-left: .75em; }
"""


def epub(paper: Paper) -> bytes:
    """Returns the paper as an e-book."""
    # Whatever HTML calls a void element or an entity, XHTML writes its own way.
    fragment = lxml_html.fragment_fromstring(str(body(paper)), create_parent="main")
    lxml_html.html_to_xhtml(fragment)
    names: Any = {None: _XHTML}  # The stubs know of no default namespace.
    etree.cleanup_namespaces(fragment, top_nsmap=names)
    main = etree.tostring(fragment, encoding="unicode", method="xml")
    values = {
        "paper": paper,
        "identifier": _identifier(paper),
        "legend": LEGEND if paper.is_redline else "",
        "headings": [
            (block.anchor, block.words)
            for block, level in zip(paper.blocks, paper.levels, strict=True)
            if level in (1, 2) and block.anchor and block.end != "-"
        ],
    }
    templates = environment()

    def page(name: str) -> bytes:
        return templates.get_template(f"epub/{name}").render(values).encode("utf-8")

    text = page("text.xhtml").replace(b"<main/>", main.encode("utf-8"))
    return pack(
        [
            ("mimetype", _TYPE),
            ("META-INF/container.xml", _CONTAINER),
            ("EPUB/package.opf", page("package.opf")),
            ("EPUB/nav.xhtml", page("nav.xhtml")),
            ("EPUB/text.xhtml", text),
            ("EPUB/style.css", _STYLE),
        ],
        stored=("mimetype",),
    )


def _identifier(paper: Paper) -> str:
    """Returns a name for this book that is the same for the same text at the same commit."""
    said = f"{paper.provenance.commit}\n{paper.provenance.digest}\n{paper.about}"
    return f"urn:uuid:{UUID(bytes=hashlib.sha256(said.encode()).digest()[:16], version=5)}"
