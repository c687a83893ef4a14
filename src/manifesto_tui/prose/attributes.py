"""Finds the end of a block's words, where attributes or closing marks come after them.

MkDocs and kramdown read `{#top}` at the end of a heading, or `{: .wide}` on a line below a block,
as attributes and not as words, and only there: so an anchor stands before them. It also stands
before the hashes that close a heading.

    >>> "# Open {#top}"[: words_end("# Open {#top}")]
    '# Open'
    >>> lines_of_words(["We publish.", "{: .wide}"])
    1
"""

import re
from collections.abc import Sequence

# Not `{{ name }}` or `{% if %}`, which stand for words.
_LIST = r"\{:?[^{}%\n]+\}"
_LINE = re.compile(rf"[ \t]*+{_LIST}[ \t]*+$")
_AT_END = re.compile(rf"(?<![ \t])[ \t]++{_LIST}$")


def words_end(heading: str) -> int:
    """Returns where the words of a heading's line end."""
    words = heading.rstrip(" \t")
    closed = words.rstrip("#")
    if closed.endswith((" ", "\t")):
        words = closed.rstrip(" \t")
    words = _AT_END.sub("", words)
    return len(words) if words.strip("# \t") else len(heading)


def lines_of_words(lines: Sequence[str]) -> int:
    """Returns how many lines of a paragraph are words; what follows are attributes alone."""
    count = len(lines)
    while count and _LINE.match(lines[count - 1]):
        count -= 1
    return count
