"""Turns content into lines of a widget: roles into colours, what was looked for pointed out."""

import re

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from manifesto_tui.tui.themes import Palette


def paint(content: Content, width: int, ground: Style, palette: Palette) -> Strip:
    """Returns content as one line of exactly `width` cells, its roles turned into colours."""

    def look(style: str | Style) -> Style:
        return style if isinstance(style, Style) else palette.get(style, Style.null())

    segments = [
        Segment(text, style.rich_style)
        for text, style in content.render(ground, "", parse_style=look)
    ]
    return Strip(segments).adjust_cell_length(width, ground.rich_style)


def point_out(content: Content, needle: re.Pattern[str]) -> Content:
    """Returns content with every place marked where something was found."""
    for match in needle.finditer(content.plain):
        content = content.stylize("needle", match.start(), match.end())
    return content
