"""Reads a Word file that came from anybody, in a process of its own that can do nothing else.

Run as a program it takes the file from standard input and answers with one JSON document:
`paragraphs`, each of `kind`, `words`, `depth` and `ordered`; who is named beside tracked changes;
comments; and the commit that a file of ours left from. Or `refused`, a sentence.

Nothing of this package is imported: what is hostile meets as little code as can be, with 200 MB
of memory, four seconds of processor time, and no way to open a file, a connection or another
process. Tracked changes are taken as accepted. Names as in ECMA-376, part 1, section 17.
"""

import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

LARGEST_FILE = 20 * 1024 * 1024
_LARGEST_PART = 8 * 1024 * 1024
_MOST_ENTRIES = 2000
_MOST_PARAGRAPHS = 20_000
_MEMORY = 200 * 1024 * 1024
_SECONDS = 4
_MOST_NAMED = 50  # Authors and comments that are handed on.
_LONGEST_COMMENT = 2000
_MOST_QUOTED = 200  # Pieces of words that a comment is about.
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OURS = frozenset({"ManifestoNote", "ManifestoSource", "ManifestoBack"})
_COMMIT = re.compile(rb'name="manifesto-commit"[^>]*>\s*<[^>]*lpwstr>([0-9a-f]{40,64})<')
_HEADING = re.compile(r"heading ([1-6])\Z")
_HEADING_ID = re.compile(r"[Hh]eading([1-6])\Z")
_LIST = re.compile(r"list (bullet|number)(?: ([2-5]))?\Z")
_BROKEN = (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError)
_GONE = ("del", "moveFrom")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")


class RefusedFileError(Exception):
    """The file is refused; the words are a sentence."""


def read(content: bytes) -> dict[str, Any]:
    """Returns what a Word file says, as plain JSON values.

    Raises RefusedFileError where it is none, too large, or holds what no document needs.
    """
    if len(content) > LARGEST_FILE:
        raise RefusedFileError("It is larger than 20 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _names(archive)
            main = _main_part(archive, names)
            folder = str(PurePosixPath(main).parent)
            parts = {
                part: _parsed(_part(archive, f"{folder}/{part}.xml"))
                for part in ("styles", "numbering", "comments")
                if f"{folder}/{part}.xml" in names
            }
            root = _parsed(_part(archive, main))
            about = _part(archive, "docProps/custom.xml") if "docProps/custom.xml" in names else b""
    except (*_BROKEN, zlib.error):
        raise RefusedFileError("It is no Word file that can be read.") from None
    namespace = etree.QName(root).namespace
    if namespace not in _NAMESPACES:
        raise RefusedFileError("It is no Word file that can be read.")
    body = _Body(f"{{{namespace}}}", parts)
    body.read(root)
    commit = _COMMIT.search(about)
    return {
        "commit": commit[1].decode() if commit else "",
        "paragraphs": body.found,
        "authors": list(body.authors)[:_MOST_NAMED],
        "comments": body.comments(parts.get("comments"))[:_MOST_NAMED],
    }


def _names(archive: zipfile.ZipFile) -> frozenset[str]:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise RefusedFileError("It holds more than 2,000 parts.")
    names = [entry.filename for entry in entries]
    if any("\\" in n or n.startswith("/") or ".." in n.split("/") or ":" in n for n in names):
        raise RefusedFileError("It holds a part whose name leads out of it.")
    if len(set(names)) < len(names):
        raise RefusedFileError("It holds two parts of one name.")
    return frozenset(names)


def _main_part(archive: zipfile.ZipFile, names: frozenset[str]) -> str:
    if "_rels/.rels" in names:
        for relation in _parsed(_part(archive, "_rels/.rels")):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target in names:
                    return target
    return "word/document.xml"


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise RefusedFileError("It unpacks to more than 8 MB of text.")
    return content


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise RefusedFileError("Its text is not well-formed.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedFileError("It declares a document type, which no Word file does.")
    return root


class _Body:
    """Collects paragraphs; one whose mark was deleted runs on into the next."""

    def __init__(self, namespace: str, parts: dict[str, etree._Element]) -> None:
        self._w = namespace
        self._styles = _Styles(namespace, parts.get("styles"))
        self._bullets = _bullets(namespace, parts.get("numbering"))
        self._held = ""
        self._open: dict[str, list[str]] = {}  # Comments, and the words they are about.
        self.found: list[dict[str, Any]] = []
        self.authors: dict[str, None] = {}

    def read(self, root: etree._Element) -> None:
        for element in root.iter(*(self._w + tag for tag in _TRACKED)):
            author = str(element.get(self._w + "author") or "").strip()
            if author and len(self.authors) < _MOST_NAMED:
                self.authors.setdefault(author[:200])
        for element in self._blocks(root):
            if len(self.found) > _MOST_PARAGRAPHS:
                raise RefusedFileError("It holds more than 20,000 paragraphs.")
            if element.tag == self._w + "tbl":
                self._table(element)
            else:
                self._paragraph(element)
        if self._held.strip():
            self._add("paragraph", self._held)

    def comments(self, part: etree._Element | None) -> list[dict[str, str]]:
        """Returns comments with the words that each is about."""
        found = []
        for comment in part.iter(self._w + "comment") if part is not None else ():
            words = " ".join("".join(self._words(p)) for p in comment.iter(self._w + "p"))
            about = "".join(self._open.get(str(comment.get(self._w + "id")), ()))
            found.append(
                {
                    "author": str(comment.get(self._w + "author") or "").strip()[:200],
                    "words": " ".join(words.split())[:_LONGEST_COMMENT],
                    "about": " ".join(about.split())[:_LONGEST_COMMENT],
                }
            )
        return [comment for comment in found if comment["words"]]

    def _blocks(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yields paragraphs and tables, those in frames within a paragraph left out."""
        waiting = [element]
        while waiting:
            current = waiting.pop()
            if current.tag in (self._w + "p", self._w + "tbl"):
                yield current
            elif current.tag not in (self._w + "txbxContent", *(self._w + tag for tag in _GONE)):
                waiting += reversed(current)

    def _paragraph(self, element: etree._Element) -> None:
        about = element.find(self._w + "pPr")
        style = self._value(about, "pStyle")
        name = self._styles.name(style)
        if style in _OURS or name.startswith("toc "):
            return
        words = self._held + "".join(self._words(element))
        mark = about.find(self._w + "rPr") if about is not None else None
        if mark is not None and any(mark.find(self._w + tag) is not None for tag in _GONE):
            self._held = words
            return
        self._held = ""
        verbatim = style == "Verbatim"
        if not verbatim:
            words = re.sub(r" *\n *", "\n", " ".join(words.split(" "))).strip()
        if not words.strip():
            return
        depth = self._styles.heading(style, self._value(about, "outlineLvl"))
        level, ordered = self._list(about, style)
        if name in ("title", "subtitle"):
            self._add("title", words)
        elif depth:
            self._add("heading", words.replace("\n", " "), depth)
        elif level:
            self._add("item", words, level, ordered)
        elif verbatim:
            self._add("code", words)
        else:
            self._add("quote" if name.endswith("quote") else "paragraph", words)

    def _list(self, about: etree._Element | None, style: str) -> tuple[int, bool]:
        """Returns how deep a paragraph stands in lists, and whether it is numbered there."""
        lists = about.find(self._w + "numPr") if about is not None else None
        given = lists if lists is not None else self._styles.lists(style)
        if given is None:
            named = _LIST.match(self._styles.name(style))
            return (int(named[2] or 1), named[1] == "number") if named else (0, False)
        number = self._value(given, "numId")
        if number == "0":
            return 0, False
        level = self._value(given, "ilvl")
        deep = min(8, int(level)) if level.isascii() and level.isdigit() else 0
        bullet = self._bullets.get((number, deep), style != "ListNumber")
        return deep + 1, not bullet

    def _table(self, table: etree._Element) -> None:
        rows = []
        for row in table.findall(self._w + "tr"):
            about = row.find(self._w + "trPr")
            if about is not None and about.find(self._w + "del") is not None:
                continue
            cells = (
                " ".join(
                    " ".join("".join(self._words(p)) for p in cell.iter(self._w + "p")).split()
                )
                for cell in row.findall(self._w + "tc")
            )
            rows.append(" | ".join(cells))
        if any(row.strip(" |") for row in rows):
            self._add("table", "\n".join(rows))

    def _words(self, paragraph: etree._Element) -> Iterator[str]:
        """Yields the words of a paragraph as they read with every change accepted."""
        waiting: list[etree._Element] = [*reversed(paragraph)]
        while waiting:
            current = waiting.pop()
            tag = str(current.tag)
            name = tag[len(self._w) :] if tag.startswith(self._w) else ""
            if name in _GONE or name in ("txbxContent", "pPr"):
                continue
            if name in ("commentRangeStart", "commentRangeEnd"):
                self._comment(current, name)
            said = ""
            if name == "r":
                if self._value(current.find(self._w + "rPr"), "rStyle") == "ClauseNumber":
                    continue
            elif name == "t":
                said = current.text or ""
            elif name in ("br", "cr"):
                said = "\n"
            elif name == "tab":
                said = " "
            elif name == "noBreakHyphen":
                said = "\u2011"
            if said:
                for about in self._open.values():
                    if about[-1:] != [""] and len(about) < _MOST_QUOTED:
                        about.append(said)
                yield said
            waiting += reversed(current)

    def _comment(self, element: etree._Element, name: str) -> None:
        key = str(element.get(self._w + "id"))
        if name == "commentRangeStart" and len(self._open) < _MOST_NAMED:
            self._open[key] = []
        elif key in self._open:
            self._open[key].append("")  # Closed: nothing more is about it.

    def _add(self, kind: str, words: str, depth: int = 0, ordered: bool = False) -> None:
        self.found.append({"kind": kind, "words": words, "depth": depth, "ordered": ordered})

    def _value(self, element: etree._Element | None, tag: str) -> str:
        found = element.find(self._w + tag) if element is not None else None
        return str(found.get(self._w + "val") or "") if found is not None else ""


class _Styles:
    """What the styles of a file are called, and what they make of a paragraph."""

    def __init__(self, namespace: str, root: etree._Element | None) -> None:
        self._w = namespace
        self._styles = {
            str(style.get(namespace + "styleId")): style
            for style in (root.iter(namespace + "style") if root is not None else ())
        }

    def name(self, style: str) -> str:
        """Returns what Word calls a style in English, whatever its id: `heading 1`."""
        found = self._styles.get(style)
        named = found.find(self._w + "name") if found is not None else None
        given = named.get(self._w + "val") if named is not None else style
        return str(given or "").lower()

    def heading(self, style: str, outline: str) -> int:
        """Returns the level of the heading that a style makes; 0 for none."""
        levels = [outline]
        for each in self._chain(style):
            found = _HEADING.match(self.name(each)) or _HEADING_ID.match(each)
            if found:
                return int(found[1])
            about = self._about(each)
            level = about.find(self._w + "outlineLvl") if about is not None else None
            levels.append(str(level.get(self._w + "val") or "") if level is not None else "")
        given = next((level for level in levels if level), "")
        return int(given) + 1 if given in tuple("012345") else 0

    def lists(self, style: str) -> etree._Element | None:
        """Returns the list that a style puts its paragraphs in."""
        for each in self._chain(style):
            about = self._about(each)
            found = about.find(self._w + "numPr") if about is not None else None
            if found is not None:
                return found
        return None

    def _about(self, style: str) -> etree._Element | None:
        found = self._styles.get(style)
        return found.find(self._w + "pPr") if found is not None else None

    def _chain(self, style: str) -> Iterator[str]:
        """Yields a style and those that it is based on; a circle ends."""
        for _ in range(10):
            if not style:
                return
            yield style
            found = self._styles.get(style)
            based = found.find(self._w + "basedOn") if found is not None else None
            style = str(based.get(self._w + "val") or "") if based is not None else ""


def _bullets(namespace: str, root: etree._Element | None) -> dict[tuple[str, int], bool]:
    """Returns for each list and level whether it has bullets rather than numbers."""
    if root is None:
        return {}
    kinds: dict[str, list[bool]] = {}
    for each in root.iter(namespace + "abstractNum"):
        formats = [level.find(namespace + "numFmt") for level in each.iter(namespace + "lvl")]
        kinds[str(each.get(namespace + "abstractNumId"))] = [
            found is None or found.get(namespace + "val") in ("bullet", "none") for found in formats
        ]
    bullets = {}
    for each in root.iter(namespace + "num"):
        of = each.find(namespace + "abstractNumId")
        known = kinds.get(str(of.get(namespace + "val")) if of is not None else "", [])
        for level, bullet in enumerate(known):
            bullets[str(each.get(namespace + "numId")), level] = bullet
    return bullets


def _confine() -> None:
    """Gives up memory, time, files, connections and children; what is open stays open."""
    try:
        import resource
    except ImportError:  # A system without limits; what is read is bounded all the same.
        return
    limits = {"AS": _MEMORY, "CPU": _SECONDS, "CORE": 0, "FSIZE": 0, "NOFILE": 3, "NPROC": 0}
    for name, limit in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        try:
            hard = resource.getrlimit(kind)[1]
            most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS knows some limits by name alone.
            continue


def _answer() -> None:
    "".encode("cp437")  # Names in an archive may be in it; later nothing more can be loaded.
    _confine()
    with open(0, "rb", closefd=False) as source:
        content = source.read(LARGEST_FILE + 1)
    try:
        said: dict[str, Any] = read(content)
    except RefusedFileError as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        said = {"refused": "Reading it takes more than 200 MB of memory."}
    answer = json.dumps(said).encode("ascii")
    while answer:
        answer = answer[os.write(1, answer) :]


if __name__ == "__main__":
    _answer()
