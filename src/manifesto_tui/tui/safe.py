"""Turns text that others wrote into something a widget may show.

What the record holds is hostile: a title may carry console markup that quits the app, or a
character that turns a sentence round. Textual reads plain `str` as markup in most of its
widgets, so no `str` from the record reaches one: it passes here first and comes out as
`Content`, which is never parsed again.

    >>> words("[@click=app.quit]x").plain
    '[@click=app.quit]x'
"""

import re
from collections.abc import Callable

from textual.content import Content, Span

Part = str | tuple[str, str] | Content

Told = Callable[[str, str], Content]
"""Turns a sentence of ours into content in a style, with the reader's keys in it."""

EMPTY = Content("")

# What the app's own words are written in. It shows itself, so that the first screen needs none of
# the rules of writing to be loaded.
SHOWS_ITSELF = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\n…–—’“”·│─█░▌▸←↑→↓✓✗✎⚡")


def words(text: str, style: str = "") -> Content:
    """Returns `text` as content, hidden characters made visible, line breaks kept.

    `style` is a name of the palette ("added", "quiet"), never a colour.
    """
    shown = _shown(text)
    spans = [Span(0, len(shown), style)] if style and shown else []
    return Content(shown, spans, strip_control_codes=False)


def _shown(text: str) -> str:
    return text if SHOWS_ITSELF.issuperset(text) else _revealed(text)


def _revealed(text: str) -> str:
    from manifesto_tui.prose import reveal

    return reveal(text).replace("\t", "    ")


def line(text: str, style: str = "") -> Content:
    """Returns `text` as content on one line: breaks become spaces."""
    return words(re.sub(r"[ \t\r\n\f\v]+", " ", text), style)


def opening(text: str, style: str = "", of: int = 240) -> Content:
    """Returns how `text` begins, on one line, so many characters of it; "…" where it goes on.

    >>> opening("In the beginning", of=6).plain
    'In the…'
    """
    return line(text if len(text) <= of else text[:of].rstrip() + "…", style)


def signs(text: str) -> str:
    """Returns `text` with a sign for each hidden character, one for one, so that places stay.

    >>> signs("a\\x1bb\\u202e")
    'a␛b�'
    """
    if text.isascii() and text.isprintable():
        return text
    from manifesto_tui.prose import find_hidden

    shown = list(text)
    for hidden in find_hidden(text):
        at = hidden.codepoint
        shown[hidden.offset] = chr(0x2400 + at) if at < 0x20 else "␡" if at == 0x7F else "\ufffd"
    return "".join(shown)


def join(*parts: Part) -> Content:
    """Joins words, (words, style) pairs and content into one content, all of it revealed."""
    pieces = [
        part
        if isinstance(part, Content)
        else words(part)
        if isinstance(part, str)
        else words(part[0], part[1])
        for part in parts
    ]
    return Content.assemble(*pieces, strip_control_codes=False)


def plain(*parts: Part) -> str:
    """Returns the words of what `join` makes of the parts."""
    return "".join(
        [
            part.plain
            if isinstance(part, Content)
            else _shown(part if isinstance(part, str) else part[0])
            for part in parts
        ]
    )
