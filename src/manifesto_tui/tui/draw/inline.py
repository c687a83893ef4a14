"""Sets the little Markdown there is inside a clause: emphasis, code, links, citations.

What is not one of these is shown as it stands. Links are shown, never followed.

    >>> inline("We **must** publish. [@wachter-2016]").plain
    'We must publish. [wachter-2016]'
    >>> inline("[@click=app.quit]x").plain
    '[@click=app.quit]x'
"""

import re
from functools import lru_cache

from textual.content import Content

from manifesto_tui.tui.safe import join, words

_KEY = r"@[A-Za-z0-9_](?:[A-Za-z0-9_:.#/+-]*[A-Za-z0-9_])?(?:[,\s][^\[\];\n]*)?"
_MARKUP = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s][^*\n]*)\*(?![\w*])"
    r"|(?<!\w)_(?P<under>[^_\s][^_\n]*)_(?!\w)"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<!!)\[(?P<link>[^\[\]\n]+)\]\((?P<target>[^()\s]*)\)"
    rf"|\[(?P<cite>{_KEY}(?:;\s*{_KEY})*)\]"
)


@lru_cache(maxsize=8192)
def inline(text: str) -> Content:
    """Returns the words of a clause, set, on one flowing line unless it has hard breaks."""
    text = _flow(text)
    parts: list[str | tuple[str, str] | Content] = []
    end = 0
    for match in _MARKUP.finditer(text):
        parts.append(text[end : match.start()])
        parts.extend(_set(match))
        end = match.end()
    parts.append(text[end:])
    return join(*parts)


def _set(match: re.Match[str]) -> list[tuple[str, str]]:
    found = match.groupdict()
    if found["strong"]:
        return [(found["strong"], "strong")]
    if found["code"]:
        return [(found["code"], "number")]
    if found["link"]:
        target = f" ⟨{found['target']}⟩" if found["target"] else ""
        return [(found["link"], "link"), (target, "quiet")]
    if found["cite"]:
        keys = ", ".join(key.strip().lstrip("@") for key in found["cite"].split(";"))
        return [(f"[{keys}]", "quiet")]
    return [(found["emphasis"] or found["under"], "emphasis")]


def _flow(text: str) -> str:
    """Joins lines that Markdown joins: one sentence a line in the file is one paragraph here."""
    return re.sub(r"(?<! {2})(?<!\\)\n(?!\n)", " ", text)


def verbatim(text: str) -> Content:
    """Returns words as they stand, breaks and all, as in a table or a piece of code."""
    return words(text)
