"""Finds and writes anchors, the permanent and invisible names of clauses.

An anchor is an HTML comment at the end of its block, so that it renders as nothing and moves
with the words when someone cuts and pastes them. Everything else about a clause may change.

    >>> take_anchors("Publish it. <!-- #open-2 -->")
    ('Publish it.', 'open-2')
    >>> next_anchor("open", ["open", "open-2", "open-6"])
    'open-7'
"""

import re
from collections.abc import Iterable

ANCHOR = re.compile(r"<!--[ \t]*+#([a-z0-9][a-z0-9-]{0,63})[ \t]*+-->")
# What stands on a line of its own and says nothing: anchors, and the empty comment that parts
# two lists.
ONLY_ANCHORS = re.compile(r"(?:<!--[ \t]*+(?:#[a-z0-9][a-z0-9-]{0,63}[ \t]*+)?-->[ \t]*+)++$")
_AT_END = re.compile(r"<!--[ \t]*+#([a-z0-9][a-z0-9-]{0,63})[ \t]*+-->[ \t\r\n]*+\Z")
_BACKTICKS = re.compile(r"(?<!\\)(\\*)(`+)")


def code_spans(text: str) -> list[tuple[int, int]]:
    """Returns the places of inline code in `text`, in linear time whatever the backticks."""
    runs = [(m.start(2), m.end(), len(m[1]) % 2) for m in _BACKTICKS.finditer(text)]
    following: dict[int, list[int]] = {}
    for index, (start, end, _) in reversed([*enumerate(runs)]):
        following.setdefault(end - start, []).append(index)
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        start, end, escaped = runs[index]
        # A backslash that is not escaped itself takes the first backtick out of an opening run.
        start += escaped
        same = following.get(end - start, [])
        while same and same[-1] <= index:
            same.pop()
        if same:
            spans.append((start, runs[same[-1]][1]))
            index = same[-1]
        index += 1
    return spans


def take_anchors(text: str) -> tuple[str, str | None]:
    """Returns `text` without its anchors, and the last of them.

    People write on behind an anchor, or join two paragraphs: so anchors count wherever they
    stand in the block, except in code. The last one is the block's.
    """
    if "<!--" not in text:
        return text, None
    code = code_spans(text)
    found: str | None = None
    kept: list[str] = []
    at = 0
    span = 0
    for match in ANCHOR.finditer(text):
        while span < len(code) and code[span][1] <= match.start():
            span += 1
        if span < len(code) and code[span][0] < match.start():
            continue
        found = match[1]
        before = text[at : match.start()]
        at = match.end()
        stops = text[at : at + 1] in ("", "\n", " ", "\t")
        kept.append(before.rstrip(" \t") if stops else before)
    if found is None:
        return text, None
    kept.append(text[at:])
    # A line that an anchor alone stood on goes; a blank one parts two paragraphs of a quotation.
    pairs = zip("".join(kept).split("\n"), text.split("\n"), strict=True)
    lines = [line for line, whole in pairs if line.strip() or not whole.strip()]
    return "\n".join(lines).lstrip("\n").rstrip(" \t\n"), found


def take_last_anchor(text: str) -> tuple[str, str | None]:
    """Returns `text` without the anchor that ends it, and that anchor.

    For code, tables and HTML, where an anchor elsewhere is part of what is shown.
    """
    match = _AT_END.search(text, max(0, text.rfind("<!--")))
    if match is None:
        return text, None
    return text[: match.start()].rstrip(" \t\r\n"), match[1]


def write_anchor(anchor: str) -> str:
    """Returns the comment that carries an anchor."""
    return f"<!-- #{anchor} -->"


def next_anchor(slug: str, taken: Iterable[str]) -> str:
    """Returns the next anchor under `slug`: one more than the highest number ever used."""
    prefix = slug + "-"
    highest = 0
    for anchor in taken:
        if anchor.startswith(prefix):
            tail = anchor[len(prefix) :]
            if tail.isascii() and tail.isdigit():
                highest = max(highest, int(tail))
    return f"{prefix}{highest + 1}"
