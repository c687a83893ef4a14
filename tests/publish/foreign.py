"""Makes Word files as other programs write them: Google Docs' export, and Word's tracked changes.

What those files hold was looked up in the standard and in exports; the words are made up.
"""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = f'<w:document xmlns:w="{W}"><w:body>{{}}<w:sectPr/></w:body></w:document>'
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
# Google Docs has no list styles: an item is Normal with numPr, whose format says what it is.
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Normal"><w:name w:val="normal"/></w:style>'
    '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
    + "".join(
        f'<w:style w:styleId="berschrift{n}"><w:name w:val="heading {n}"/></w:style>'
        f'<w:style w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2, 3)
    )
    + "</w:styles>"
)
_NUMBERING = (
    f'<w:numbering xmlns:w="{W}">'
    + "".join(
        f'<w:abstractNum w:abstractNumId="{n}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(9)
        )
        + f'</w:abstractNum><w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, kind in ((1, "bullet"), (2, "decimal"))
    )
    + "</w:numbering>"
)


def docx(body: str, **parts: str) -> bytes:
    """Packs paragraphs, and other parts of `word/` by name, as a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", _DOCUMENT.format(body))
        for name, part in {"styles": _STYLES, "numbering": _NUMBERING, **parts}.items():
            archive.writestr(f"word/{name}.xml", part)
    return out.getvalue()


def run(words: str, **about: bool) -> str:
    """Returns a run of words as Word and Google Docs write it, cut and set by their whim."""
    marks = "".join(f"<w:{name}/>" for name in about)
    return f'<w:r><w:rPr>{marks}<w:rtl w:val="0"/></w:rPr>{_text(words)}</w:r>'


def _text(words: str, tag: str = "t") -> str:
    return f'<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}>'


def paragraph(*runs: str, style: str = "", level: int | None = None, mark: str = "") -> str:
    """Returns a paragraph; `level` puts it in the bulleted list, `mark` tracks its end."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        about += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    tracked = f'<w:{mark} w:id="9" w:author="Made-up Mo"/>' if mark else ""
    about += f"<w:rPr>{tracked}</w:rPr>"
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(runs)}</w:p>"


def tracked(kind: str, words: str, author: str = "Made-up Mo") -> str:
    """Returns words that somebody inserted, deleted or moved with changes tracked."""
    tag = "delText" if kind in ("del", "moveFrom") else "t"
    return (
        f'<w:{kind} w:id="1" w:author="{author}" w:date="2026-11-01T00:00:00Z">'
        f"<w:r>{_text(words, tag)}</w:r></w:{kind}>"
    )


def comments(*said: tuple[str, str]) -> str:
    """Returns the part that holds comments, each by an author."""
    inner = "".join(
        f'<w:comment w:id="{at}" w:author="{author}"><w:p>{run(words)}</w:p></w:comment>'
        for at, (author, words) in enumerate(said)
    )
    return f'<w:comments xmlns:w="{W}">{inner}</w:comments>'
