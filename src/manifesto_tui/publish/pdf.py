"""Renders a paper as a tagged PDF, set by Typst.

Typst is an extra: it is a compiler of 34 MB and not everybody prints. What people typed reaches
it as data, which its template puts on the page and never reads as instructions. The file meets
PDF/A-2a and PDF/UA-1, for archives and for screen readers, unless a script needs a font that is
not on this computer: then it is an ordinary PDF, and whoever asked for it is told.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.publish.blocks import VERBATIM, Block
from manifesto_tui.publish.lists import nested
from manifesto_tui.publish.paper import LEGEND, Paper, sources_blocks
from manifesto_tui.publish.table import table_rows

_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
Node = dict[str, Any]


def pdf(paper: Paper, tell: Callable[[str], None]) -> bytes:
    """Returns the paper as a PDF; `tell` hears where it is an ordinary one.

    Raises Unavailable "extra-missing" where Typst is not installed, and "pdf" where it cannot
    set this paper.
    """
    try:
        import typst
    except ImportError:
        raise Unavailable(
            "extra-missing",
            "PDF needs Typst, which is not installed.",
            "Publish html and print that; or, in the clone of this program, `pipx install --force "
            "'.[all]'` adds it.",
        ) from None

    def compiled(*, archival: bool) -> bytes:
        made = typst.compile(
            _template(),
            format="pdf",
            sys_inputs={"paper": data},
            pdf_standards=["a-2a", "ua-1"] if archival else [],
            timestamp=_published(paper),
        )
        assert isinstance(made, bytes), "one file was asked for"
        return made

    data = json.dumps(_data(paper), ensure_ascii=False)
    try:
        return compiled(archival=True)
    except typst.TypstError as problem:
        why = problem.message
    try:
        made = compiled(archival=False)
    except typst.TypstError as problem:
        said = problem.message
        raise Unavailable(
            "pdf", f"Typst cannot set this paper: {said}.", "Publish html instead."
        ) from None
    lacking = _LACKING.search(why)
    reason = f"no font on this computer has “{reveal(lacking[1])}”" if lacking else why
    tell(f"The PDF is an ordinary one, neither PDF/A-2a nor PDF/UA-1: {reason}.")
    return made


@cache
def _template() -> bytes:
    return files("manifesto_tui.publish").joinpath("templates/paper.typ").read_bytes()


def _published(paper: Paper) -> datetime:
    try:
        return moment(paper.provenance.published)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def _data(paper: Paper) -> Node:
    language, _, region = paper.language.partition("-")
    sources = sources_blocks(paper)
    published = _published(paper)
    subtitle = [paper.subtitle] if paper.subtitle else []
    return {
        "title": paper.title,
        "description": paper.subtitle or paper.provenance.standing,
        "date": [published.year, published.month, published.day],
        "language": language.lower() if 2 <= len(language) <= 3 else "en",
        "region": region if len(region) == 2 else None,
        "rtl": paper.direction == "rtl",
        "own-title": paper.has_own_title,
        "front": [*subtitle, paper.provenance.standing, *([LEGEND] if paper.is_redline else [])],
        "blocks": [
            *_nodes(paper, paper.blocks, paper.levels),
            *_nodes(paper, sources, (2, *[0] * len(sources))),
        ],
        "notes": list(paper.notes),
    }


def _nodes(paper: Paper, blocks: tuple[Block, ...], levels: tuple[int, ...]) -> list[Node]:
    nodes: list[Node] = []
    items: list[Block] = []
    for place, block in enumerate(blocks):
        if block.kind == "item":
            items.append(block)
            continue
        nodes += _lists(items)
        items = []
        starts = blocks is paper.blocks and place in paper.starts
        nodes.append({**_node(block), "level": levels[place], "starts": starts})
    return nodes + _lists(items)


def _lists(items: list[Block]) -> list[Node]:
    """Returns items as a tree of lists, as Typst wants them."""
    top: list[Node] = []
    into = [top]
    for step, block in nested(items):
        if step in ("ol", "ul"):
            made: Node = {"kind": "list", "ordered": step == "ol", "items": [], "starts": False}
            into[-1].append(made)
            into.append(made["items"])
        elif step == "item" and block is not None:
            item: Node = {"block": _node(block), "children": []}
            into[-1].append(item)
            into.append(item["children"])
        else:
            into.pop()
    return top


def _node(block: Block) -> Node:
    is_table = block.kind == "table" and block.change == "same"
    kind = block.kind
    if kind in VERBATIM:
        kind = "table" if is_table else "code"
    return {
        "kind": kind,
        "label": block.label,
        "number": block.number if kind not in VERBATIM else "",
        "end": block.end,
        "mark": block.end if block.end != "=" and not block.is_whole else "",
        "rows": table_rows(block.words) if is_table else [],
        "pieces": [
            {
                "op": piece.op,
                "text": piece.text,
                "strong": piece.style.strong,
                "emphasis": piece.style.emphasis,
                "code": piece.style.code,
                "strike": piece.style.strike,
                "cite": piece.style.cite,
                "link": "" if piece.style.link.startswith("#") else piece.style.link,
            }
            for piece in block.pieces
        ],
    }
