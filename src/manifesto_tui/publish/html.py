"""Renders a paper as one web page that needs nothing else: no script, no request, no image.

Every word passes `markupsafe.escape`; nothing that an author typed is ever markup. The page
forbids by its own policy whatever could still be loaded or run, and the finished body passes
nh3, so that a mistake here would still be no hole.

Changes are `ins` and `del`, with words for those who hear the page ("added:", "end of
addition") and labels for whole clauses; colour only repeats them.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from manifesto_tui.publish.blocks import VERBATIM, Block, Op, Piece
from manifesto_tui.publish.lists import nested
from manifesto_tui.publish.paper import LEGEND, Paper, sources_blocks
from manifesto_tui.publish.table import table_rows

if TYPE_CHECKING:
    from jinja2 import Environment

_TAGS = {"ins": "added: ", "del": "removed: "}
_ALLOWED = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "ins"),
    *("li", "ol", "p", "pre", "s", "section", "span", "strong", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul", "div"),
}
_ATTRIBUTES = {
    "*": {"id", "class", "dir", "role"},
    "a": {"href", "aria-label"},
    "ol": {"start"},
    "th": {"scope"},
    "section": {"aria-label"},
    "pre": {"tabindex"},
}


def html(paper: Paper) -> bytes:
    """Returns the paper as a complete page."""
    style = stylesheet()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return framed("page.html", paper, style=Markup(style), style_hash=f"sha256-{digest}")


def framed(template: str, paper: Paper, **more: object) -> bytes:
    """Returns a paper in one of the two frames, of a single page or of the site."""
    page = (
        environment()
        .get_template(template)
        .render(
            paper=paper,
            legend=LEGEND if paper.is_redline else "",
            body=body(paper),
            **more,
        )
    )
    return page.encode("utf-8")


def body(paper: Paper) -> Markup:
    """Returns the blocks of a paper and its sources as HTML, cleaned."""
    made = blocks_html(paper.blocks, paper.levels, paper.starts, paper.clause_pages)
    sources = sources_blocks(paper)
    if sources:
        made += blocks_html(sources, (2, *[0] * (len(sources) - 1)))
    return cleaned(made)


def cleaned(markup: Markup) -> Markup:
    """Returns HTML with everything taken out that this room does not write."""
    import nh3

    return Markup(
        nh3.clean(
            markup,
            tags=_ALLOWED,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
    )


@cache
def environment() -> "Environment":
    """Returns the templates, which escape everything and forgive no missing name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("manifesto_tui.publish", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


@cache
def stylesheet() -> str:
    """Returns the one style sheet of pages and site."""
    found = files("manifesto_tui.publish").joinpath("templates/style.css")
    return found.read_text(encoding="utf-8")


def blocks_html(
    blocks: Sequence[Block],
    levels: Sequence[int],
    starts: Iterable[int] = (),
    pages_at: str = "",
) -> Markup:
    """Returns blocks as HTML; `levels` gives each heading its level.

    A clause's number is its permalink, and a heading without one has a sign for it. It leads to
    the clause's own page where `pages_at` says that there is one, which leads back.
    """
    pages = frozenset(starts)
    parts: list[Markup] = []
    for is_item, group in groupby(enumerate(blocks), key=lambda pair: pair[1].kind == "item"):
        if is_item:
            parts.append(_list([block for _, block in group], pages_at))
            continue
        for place, block in group:
            page = " starts" if place in pages else ""
            parts.append(_block(block, levels[place], page, pages_at))
    return Markup("").join(parts)


def _list(items: Sequence[Block], pages_at: str) -> Markup:
    """Returns items as lists within lists."""
    parts: list[Markup] = []
    for step, block in nested(items):
        if step in ("ol", "ul", "/ol", "/ul"):
            parts.append(Markup("<{}>\n").format(step))
        elif step == "/item":
            parts.append(Markup("</li>\n"))
        elif block is not None:
            head, classes, label = _frame(block)
            parts.append(
                Markup('<li{}{} dir="auto">{}{}').format(
                    head, classes, label, _inner(block, pages_at)
                )
            )
    return Markup("").join(parts)


def _block(block: Block, level: int, page: str, pages_at: str) -> Markup:
    head, classes, label = _frame(block, page)
    inner = _inner(block, pages_at)
    if block.kind == "heading":
        return Markup('<h{0}{1}{2} dir="auto">{3}{4}</h{0}>\n').format(
            level, head, classes, label, inner
        )
    if block.kind == "quote":
        return Markup('<blockquote{}{} dir="auto">{}<p>{}</p></blockquote>\n').format(
            head, classes, label, inner
        )
    if block.kind == "table" and block.change == "same":
        return Markup("<div{}{}>{}{}</div>\n").format(head, classes, label, _table(block))
    if block.kind in VERBATIM:
        return Markup('<div{}{}>{}<pre tabindex="0"><code>{}</code></pre></div>\n').format(
            head, classes, label, inner
        )
    return Markup('<p{}{} dir="auto">{}{}</p>\n').format(head, classes, label, inner)


def _frame(block: Block, page: str = "") -> tuple[Markup, Markup, Markup]:
    """Returns a block's id, its classes and the label that says what became of it."""
    named = block.anchor and block.end != "-"
    head = Markup(' id="{}"').format(block.anchor) if named else Markup("")
    words = f"{block.change if block.label else ''}{page}".strip()
    classes = Markup(' class="{}"').format(words) if words else Markup("")
    label = Markup("")
    if block.label:
        label = Markup('<span class="label">{}</span> ').format(block.label)
    return head, classes, label


def _inner(block: Block, pages_at: str) -> Markup:
    target = f"{pages_at}{block.anchor}.html" if pages_at else f"#{block.anchor}"
    parts = []
    if block.number and block.kind not in VERBATIM:
        if block.anchor:
            number = Markup('<a class="number" href="{0}" aria-label="Clause {1}">{1}</a> ')
            parts.append(number.format(target, block.number))
        else:
            parts.append(Markup('<span class="number">{}</span> ').format(block.number))
    # One `ins` or `del` for each stretch of a change, whatever styles are in it.
    for op, pieces in groupby(block.pieces, key=lambda piece: piece.op):
        inner = Markup("").join(_styled(piece) for piece in pieces)
        parts.append(_marked(op, inner, spoken=not block.label))
    if block.end != "=" and not block.is_whole:
        parts.append(_marked(block.end, Markup("¶"), spoken=True))
    if block.kind == "heading" and block.anchor and not block.number and block.change == "same":
        sign = Markup('<a class="permalink" href="{}" aria-label="Clause {}">§</a>')
        parts.append(sign.format(target, block.anchor))
    return Markup("").join(parts)


def _marked(op: Op, inner: Markup, spoken: bool) -> Markup:
    if op == "=":
        return inner
    tag = "ins" if op == "+" else "del"
    if not spoken:
        return Markup("<{0}>{1}</{0}>").format(tag, inner)
    hidden = Markup('<span class="hidden">{}</span>')
    return Markup("{}<{}>{}</{}>{}").format(
        hidden.format(f" {_TAGS[tag]}"), tag, inner, tag, hidden.format(" (end) ")
    )


def _styled(piece: Piece) -> Markup:
    lines = piece.text.split("\n")
    made = Markup("<br>").join(escape(line) for line in lines)
    style = piece.style
    for on, tag in (
        (style.code, "code"),
        (style.strike, "s"),
        (style.emphasis, "em"),
        (style.strong, "strong"),
    ):
        if on:
            made = Markup("<{0}>{1}</{0}>").format(tag, made)
    if style.link:
        made = Markup('<a href="{}">{}</a>').format(style.link, made)
    return Markup('<span class="cite">{}</span>').format(made) if style.cite else made


def _table(block: Block) -> Markup:
    head, *rows = table_rows(block.words)

    def cell(words: str, name: str) -> Markup:
        scope = Markup(' scope="col"') if name == "th" else Markup("")
        return Markup('<{0}{1} dir="auto">{2}</{0}>').format(name, scope, words)

    def row(cells: Sequence[str], name: str) -> Markup:
        return Markup("<tr>{}</tr>\n").format(Markup("").join(cell(c, name) for c in cells))

    return Markup("<table><thead>{}</thead><tbody>\n{}</tbody></table>").format(
        row(head, "th"), Markup("").join(row(cells, "td") for cells in rows)
    )
