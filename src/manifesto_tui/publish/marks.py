"""Marks changed words in plain text, so that meaning never hangs on a colour.

    >>> inline([("=", "We will "), ("-", "find"), ("+", "realise"), ("=", " them.")])
    'We will [-find-]{+realise+} them.'

The marks of `inline` are those of `git diff --word-diff`; those of `critic` are CriticMarkup's
additions and deletions (https://github.com/CriticMarkup/CriticMarkup-toolkit).
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells

from manifesto_tui.publish.redline import Span

_INLINE = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CRITIC = {"=": ("", ""), "-": ("{--", "--}"), "+": ("{++", "++}")}


def inline(words: Iterable[Span]) -> str:
    """Returns old and new words in one line of reading, marked `[-removed-]` and `{+added+}`."""
    return _marked(words, _INLINE)


def superscript(number: int) -> str:
    """Returns a number as a raised mark: `¹²`."""
    return str(number).translate(_RAISED)


def critic(words: Iterable[Span]) -> str:
    """Returns old and new words as CriticMarkup, `{--removed--}` and `{++added++}`."""
    return _marked(words, _CRITIC)


def clean(words: Iterable[Span]) -> str:
    """Returns the words as they would read, without a mark."""
    return "".join(text for op, text in words if op != "-")


def side_by_side(words: Sequence[Span], width: int = 80) -> list[str]:
    """Returns lines of at most `width` cells: the old words left, the new ones right.

    Removed words stand in `[- -]`, added ones in `{+ +}`; wide characters keep the columns.
    """
    column = max(8, (width - 3) // 2)
    left = _wrapped(_marked([w for w in words if w[0] != "+"], _INLINE), column)
    right = _wrapped(_marked([w for w in words if w[0] != "-"], _INLINE), column)
    return [
        f"{old}{' ' * (column - cell_len(old))} │ {new}".rstrip()
        for old, new in zip_longest(left, right, fillvalue="")
    ]


def _marked(words: Iterable[Span], marks: dict[str, tuple[str, str]]) -> str:
    return "".join(
        text if op == "=" else f"{marks[op][0]}{text}{marks[op][1]}" for op, text in words if text
    )


def _wrapped(text: str, width: int) -> list[str]:
    """Breaks text into lines of at most `width` cells, between words where there are spaces."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = chop_cells(word, width) or [""]
            lines.extend(full)
        lines.append(line)
    return lines
