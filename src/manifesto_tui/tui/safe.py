"""Turns text that others wrote into something a widget may show.

What the record holds is hostile: a title may carry console markup that quits the app, or a
character that turns a sentence round. Textual reads plain `str` as markup in most of its
widgets, so no `str` from the record reaches one: it passes here first and comes out as
`Content`, which is never parsed again.

    >>> words("[@click=app.quit]x").plain
    '[@click=app.quit]x'
"""

import re

from textual.content import Content, Span

from manifesto_tui.prose import reveal

Part = str | tuple[str, str] | Content

EMPTY = Content("")


def words(text: str, style: str = "") -> Content:
    """Returns `text` as content, hidden characters made visible, line breaks kept.

    `style` is a name of the palette ("added", "quiet"), never a colour.
    """
    shown = reveal(text).replace("\t", "    ")
    spans = [Span(0, len(shown), style)] if style and shown else []
    return Content(shown, spans, strip_control_codes=False)


def line(text: str, style: str = "") -> Content:
    """Returns `text` as content on one line: breaks become spaces."""
    return words(re.sub(r"[ \t\r\n\f\v]+", " ", text), style)


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
