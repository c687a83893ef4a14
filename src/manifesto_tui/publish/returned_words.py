"""Reads a document that came as words: Markdown, or plain text with bullets and numbers.

Plain text is what Google Docs writes as .txt, what an e-mail holds, what somebody pasted: a
paragraph a line, or lines wrapped at some width.
"""

import re
from dataclasses import replace
from itertools import pairwise

from manifesto_tui.prose import Clause, parse
from manifesto_tui.publish.blocks import VERBATIM
from manifesto_tui.publish.inlines import words_of
from manifesto_tui.publish.noise import NUMBER, bare
from manifesto_tui.publish.paragraphs import Paragraph, Returned
from manifesto_tui.publish.table import table_rows

_MARKED = re.compile(
    r"(?m)^ {0,3}(?:#{1,6}[ \t]|```|~~~|>[ \t])|<!-- #[a-z0-9-]+ -->|^\|.*\|[ \t]*$"
    r"|\*\*\w[^*\n]*\*\*|\[[^\[\]\n]+\]\(\S+\)"
)
_BULLET = re.compile(r"([ \t]*)(?:\(?\d[\d.]*[.)]?\s+)?([ \t]*)[•◦▪●○■‣⁃∙·*+–-][ \t\u00a0]+(?=\S)")
_WIDEST = 100  # Nothing wraps words at more.
_RULE = re.compile(r"[-=_*\s]{3,}\Z")
_LONGEST_TITLE = 14
_HYPHENED = re.compile(r"\w-\Z")
_ENDS = ".!?。！？;:,…"


def read_words(source: str) -> Returned:
    """Returns the paragraphs of a document in Markdown or plain text; any string is one."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _MARKED.search(source):
        return Returned(
            tuple(
                Paragraph(
                    *(c.kind, seen(c), c.depth, c.ordered),
                    markdown=c.text,
                    anchor=c.anchor or "",
                )
                for c in parse(source).clauses
            )
        )
    return Returned(tuple(_plain(source)), is_plain=True)


def seen(clause: Clause) -> str:
    """Returns the words of a clause as readers of a published document see them."""
    if clause.kind == "table":
        return "\n".join(
            " | ".join(" ".join(c.split()) for c in r) for r in table_rows(clause.text)
        )
    return clause.text if clause.kind in VERBATIM else words_of(clause.text)


def _plain(source: str) -> list[Paragraph]:
    lines = [line.rstrip() for line in source.split("\n")]
    width = _width(lines)
    found: list[Paragraph] = []
    before = first = ""
    for line in lines:
        if not line.strip() or _RULE.match(line):
            before = ""
            continue
        if before and (_goes_on(before, line, width) or _hangs(first, line)):
            words = found[-1].words
            joint = "" if _HYPHENED.search(words) else " "
            found[-1] = replace(found[-1], words=f"{words}{joint}{line.strip()}")
        else:
            found.append(_paragraph(line))
            first = line
        before = line
    return [_headed(found, at) for at in range(len(found))]


def _width(lines: list[str]) -> int:
    """Returns the width at which a program wrapped a text; 0 where none did."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip() and not _begins(b)]
    lengths = sorted(len(line) for line, _ in pairs)
    width = lengths[len(lengths) * 4 // 5] if lengths else 0
    full = sum(_goes_on(line, below, width) for line, below in pairs)
    return width if width <= _WIDEST and full * 3 >= len(pairs) * 2 else 0


def _goes_on(line: str, below: str, width: int) -> bool:
    """Whether a line was broken where the next word had no room; people leave room."""
    full = len(line) + 1 + len(below.split()[0]) > width
    return width > 0 and full and not _begins(below)


def _hangs(first: str, below: str) -> bool:
    """Whether a line stands under the words of a number or bullet, however short the one above."""
    deeper = len(below) - len(below.lstrip()) > len(first) - len(first.lstrip())
    return deeper and _begins(first) and not _begins(below)


def _begins(line: str) -> bool:
    return bool(_BULLET.match(line) or NUMBER.match(line))


def _paragraph(line: str) -> Paragraph:
    line = line.replace("\u00a0", " ")
    bullet = _BULLET.match(line)
    if bullet:
        number = NUMBER.match(line)
        deep = len((bullet[2] if number else bullet[1]).expandtabs(4))
        step = 2 if number else 3
        return Paragraph("item", bare(line)[0].strip(), 1 + min(8, deep // step))
    words = line.strip()
    quoted = bare(words)[0]
    if quoted.startswith("> "):
        return Paragraph("quote", quoted[2:])
    return Paragraph("paragraph", words)


def _headed(found: list[Paragraph], at: int) -> Paragraph:
    """Returns a paragraph as a heading where it looks like one: short, no stop, words below."""
    paragraph = found[at]
    words = paragraph.words
    if paragraph.kind == "item" or at + 1 == len(found) or words[-1:] in _ENDS:
        return paragraph
    if len(words.split()) > _LONGEST_TITLE or len(words) > 120:
        return paragraph
    number = bare(words)[1].rstrip(".)")
    return Paragraph("heading", words, 1 + number.count("."))
