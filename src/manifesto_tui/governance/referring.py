"""Finds references in a text that lead nowhere.

A link leads to an anchor, to a heading by the name that hosts give it, or to a file beside the
text; words lead to a clause by its number ("see clause 2.3", in English texts).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from manifesto_tui.prose import Clause, Text, plain

_LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]*))?\)")
_NUMBER = re.compile(r"\b(clause|principle)\s+(\d+(?:\.\d+)*)\b(?!\s+of\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference to nothing: the words that make it, what is wrong, what to do."""

    path: str
    clause: Clause
    words: str
    sentence: str
    hint: str


def broken_references(text: Text, in_english: bool, missing: Collection[str]) -> Iterator[Broken]:
    """Yields what leads nowhere; `missing` are the files among `linked_files` that are not there.

    A link without a file may name what stands in any: the text is read as one, too.
    """
    named = {path: _names(outline.clauses) for path, outline in text.documents}
    named[""] = set().union(*named.values())
    numbers = {clause.number for _, clause in text}
    for path, clause in text:
        if clause.kind == "code":
            continue
        for match in _LINK.finditer(clause.text):
            to, name = _target(path, match[1]), match[2]
            if to in missing:
                said, hint = f"There is no file {to}.", "Correct the link, or add the file."
            elif name and to is not None and name not in named.get(to, (name,)):
                said = f"Nothing in {to or 'the text'} is called “{name}”."
                hint = "`manifesto-tui show --anchors` lists what can be referred to."
            else:
                continue
            yield Broken(path, clause, match[0], said, hint)
        for match in _NUMBER.finditer(clause.text if in_english else ""):
            if match[2] not in numbers:
                said = f"The text has no {match[1].lower()} {match[2]}."
                hint = "Refer to an anchor instead: numbers change when the text does."
                yield Broken(path, clause, match[0], said, hint)


def linked_files(text: Text) -> set[str]:
    """Returns the Markdown files of the repository to which a text links, its own left out."""
    found = {
        _target(path, link[1]) for path, clause in text for link in _LINK.finditer(clause.text)
    }
    return {path for path in found if path and path.endswith(".md")} - set(text.sources)


def _target(path: str, link: str) -> str | None:
    """Returns the file that a link leads to: "" where it names none, None for one elsewhere."""
    if not link:
        return ""
    to = normpath(join(dirname(path), unquote(link)))
    return None if ":" in link or link.startswith("/") or to.startswith("..") else to


def _names(clauses: Iterable[Clause]) -> set[str]:
    """Returns what a link may name: anchors, and headings as hosts name them."""
    return {clause.anchor for clause in clauses if clause.anchor} | {
        re.sub(r"[^\w\- ]", "", plain(clause.text).lower()).replace(" ", "-")
        for clause in clauses
        if clause.kind == "heading"
    }
