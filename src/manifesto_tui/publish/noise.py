"""Tells what somebody wrote from what their program did to it.

Word and Google Docs curl quotation marks, lengthen dashes, put spaces that do not break, number
and bullet paragraphs, and wrap lines. None of that is an amendment.

    >>> same("1.2 We don't wait - ever...", "We don’t wait – ever…")
    True
    >>> in_house("We don't wait.", "We don’t wait long.")
    "We don't wait long."
"""

import re
from collections.abc import Iterable

import regex

from manifesto_tui.prose import word_diff
from manifesto_tui.prose.speech import UNSPACED

# One character for one, so that what is found in the one wording is found in the other.
_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t\n", " "),
    }
)
_LONGER = str.maketrans({"…": "...", "\u00ad": "", "\ufeff": "", "\u200b": ""})
NUMBER = re.compile(r"\s*\(?(\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)]|\d{1,3}(?=\t| {2,}))\s+(?=\S)")
# A line may have been broken at a hyphen, or in a script that parts no words.
_BROKEN = regex.compile(rf"(?<=\w-) (?=\w)|(?<=[{UNSPACED}]) | (?=[{UNSPACED}])")
_BULLET = re.compile(r"\s*[•◦▪●○■‣⁃∙·*+-][ \t\u00a0]+(?=\S)")


def bare(words: str) -> tuple[str, str]:
    """Returns words without the number and bullet before them, and that number."""
    number = NUMBER.match(words)
    if number:
        words = words[number.end() :]
    bullet = _BULLET.match(words)
    return words[bullet.end() :] if bullet else words, number[1] if number else ""


def key(words: str) -> str:
    """Returns what is the same for two wordings that only programs made differ."""
    said = bare(words)[0].translate(_TYPED).translate(_LONGER)
    return str(_BROKEN.sub("", " ".join(said.split())))


def without_citations(words: str, keys: Iterable[str]) -> str:
    """Returns words without citations of these sources: `[@key]`, or `[key]` as readers see it."""
    known = "|".join(re.escape(each) for each in keys)
    if not known or "[" not in words:
        return words
    one = rf"@?(?:{known})(?:, [^\[\]]{{0,80}})?"
    return re.sub(rf"\s*\[{one}(?:; ?{one})*\]", "", words)


def same(own: str, other: str) -> bool:
    """Whether two wordings differ in nothing that somebody wrote.

    Numbers count where both have one: there the author typed it.
    """
    mine, theirs = bare(own)[1].rstrip(".)"), bare(other)[1].rstrip(".)")
    return key(own) == key(other) and (not mine or not theirs or mine == theirs)


def in_house(own: str, other: str) -> str:
    """Returns the other wording, as its words that are kept stand in one's own."""
    number = NUMBER.match(own)
    words, typed = bare(other)
    if number and typed:
        words = f"{number[0].replace(number[1], typed)}{words}"
    elif number:
        words = f"{number[0]}{words}"
    words = " ".join(words.translate(_LONGER).split(" "))
    kept: list[str] = []
    left = right = 0
    for op, span in word_diff(own.translate(_TYPED), words.translate(_TYPED)):
        if op == "=":
            kept.append(own[left : left + len(span)])
        elif op == "+":
            kept.append(words[right : right + len(span)])
        left += len(span) if op != "+" else 0
        right += len(span) if op != "-" else 0
    return re.sub(r"[\u00a0\u2007\u202f]", " ", "".join(kept)).strip()
