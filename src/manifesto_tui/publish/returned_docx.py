"""Reads the paragraphs of a Word file that came back from somebody, whoever they are.

The file is hostile until read: its size, its entries and what they unpack to are bounded before
anything is parsed, a document type is refused, nothing is fetched, and macros are never looked
at. Tracked changes are taken as accepted: what came back is what its sender wants.
"""

import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import Kind, reveal
from manifesto_tui.publish.word import W

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PART = 8 * 1024 * 1024
_MOST_ENTRIES = 2000
_OURS = frozenset({"Title", "Subtitle", "ManifestoNote", "ManifestoSource", "ManifestoBack"})
_COMMIT = re.compile(rb'name="manifesto-commit"[^>]*>\s*<[^>]*lpwstr>([0-9a-f]{40,64})<')
_HEADING = re.compile(r"[Hh]eading([1-6])\Z")
_GONE = ("del", "moveFrom")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it came back: what it is, its words, how deep it stands."""

    kind: Kind
    words: str
    depth: int = 0
    ordered: bool = False


@dataclass(frozen=True)
class Returned:
    """A document that came back; `commit` is the one that it left from, "" where it says none."""

    paragraphs: tuple[Paragraph, ...]
    commit: str = ""


def read_docx(content: bytes) -> Returned:
    """Returns the paragraphs of a Word file.

    Raises BadInput "docx" where it is none, too large, or holds what no document needs.
    """
    if len(content) > LARGEST_FILE:
        raise _refused("It is larger than 20 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                raise _refused("It holds more than 2,000 parts.")
            document = _part(archive, "word/document.xml")
            names = archive.namelist()
            about = _part(archive, "docProps/custom.xml") if "docProps/custom.xml" in names else b""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        raise _refused("It is no Word file that can be read.") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _refused("Its text is not well-formed.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused("It declares a document type, which no Word file does.")
    found = _COMMIT.search(about)
    return Returned(_Body().read(root), found[1].decode() if found else "")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise _refused("It unpacks to more than 8 MB of text.")
    return content


def _refused(sentence: str) -> BadInput:
    return BadInput("docx", sentence, "Save it again from Word, or send the text as Markdown.")


class _Body:
    """Collects paragraphs; one whose mark was deleted runs on into the next."""

    def __init__(self) -> None:
        self.found: list[Paragraph] = []
        self.held = ""

    def read(self, root: etree._Element) -> tuple[Paragraph, ...]:
        for element in root.iter(_w("p"), _w("tbl")):
            if element.tag == _w("tbl"):
                self._table(element)
            elif next(element.iterancestors(_w("tbl")), None) is None:
                self._paragraph(element)
        return tuple(self.found)

    def _paragraph(self, element: etree._Element) -> None:
        style = _value(element.find(f"{_w('pPr')}/{_w('pStyle')}"))
        if style in _OURS:
            return
        words = self.held + _words(element)
        mark = element.find(f"{_w('pPr')}/{_w('rPr')}")
        if mark is not None and any(mark.find(_w(tag)) is not None for tag in _GONE):
            self.held = words
            return
        self.held = ""
        heading = _HEADING.match(style)
        lists = element.find(f"{_w('pPr')}/{_w('numPr')}")
        level = 0
        if lists is not None:
            given = _value(lists.find(_w("ilvl")))
            level = min(8, int(given)) if given.isascii() and given.isdigit() else 0
        if not words.strip():
            return
        words = words if style == "Verbatim" else " ".join(words.replace("\n", " \n ").split(" "))
        words = words if style == "Verbatim" else re.sub(r" *\n *", "\n", words).strip()
        if heading:
            self.found.append(Paragraph("heading", words.replace("\n", " "), int(heading[1])))
        elif style.startswith("List") or lists is not None:
            self.found.append(Paragraph("item", words, level + 1, style == "ListNumber"))
        elif style == "Verbatim":
            self.found.append(Paragraph("code", words))
        else:
            self.found.append(Paragraph("quote" if style == "Quote" else "paragraph", words))

    def _table(self, table: etree._Element) -> None:
        rows = [
            " | ".join(
                " ".join(" ".join(_words(p) for p in cell.iter(_w("p"))).split())
                for cell in row.iter(_w("tc"))
            )
            for row in table.iter(_w("tr"))
        ]
        self.found.append(Paragraph("table", "\n".join(rows)))


def _words(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for run in paragraph.iter(_w("r")):
        if any(parent.tag in (_w("del"), _w("moveFrom")) for parent in run.iterancestors()):
            continue
        if _value(run.find(f"{_w('rPr')}/{_w('rStyle')}")) == "ClauseNumber":
            continue
        for part in run:
            if part.tag == _w("t"):
                parts.append(part.text or "")
            elif part.tag in (_w("br"), _w("cr")):
                parts.append("\n")
            elif part.tag == _w("tab"):
                parts.append(" ")
            elif part.tag == _w("noBreakHyphen"):
                parts.append("\u2011")
    return reveal("".join(parts))


def _value(element: etree._Element | None) -> str:
    return str(element.get(_w("val")) or "") if element is not None else ""


def _w(tag: str) -> str:
    return f"{{{W}}}{tag}"
