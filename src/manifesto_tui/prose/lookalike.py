"""Finds words spelt with letters that only look like others.

A Cyrillic “а” shows as a Latin “a” does, so two clauses that look the same can be two texts, and
a search for the one does not find the other. Whole words in another script are that language,
and Greek letters stand among Latin ones in formulae: so only letters with a twin that nobody tells
apart count, and only within a word of another script, or where the word stands in the twin's
letters in the text beside it.

    >>> find_look_alikes("interf\\u0430ces")
    (LookAlike(word='interfаces', plain='interfaces'),)

The pairs are those of Unicode's confusables (UTS 39) that are the same shape in ordinary type.
"""

import re
from dataclasses import dataclass

_CYRILLIC = dict(zip("асеһіјорԛѕԝхуАВСЕНІЈКМОРЅТХԚԜ", "acehijopqswxyABCEHIJKMOPSTXQW", strict=True))
_GREEK = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
_ARMENIAN = dict(zip("օսհ", "ouh", strict=True))
_TWINS = {
    ord(letter): twin for pairs in (_CYRILLIC, _GREEK, _ARMENIAN) for letter, twin in pairs.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_SUSPECT = re.compile("[" + "".join(map(chr, _TWINS)) + "]")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A word, and the word in Latin letters that it looks like."""

    word: str
    plain: str


def find_look_alikes(text: str, beside: str = "") -> tuple[LookAlike, ...]:
    """Returns the words of a text that look like others; `beside` is what it is read next to."""
    if not _SUSPECT.search(text):
        return ()
    known = set(_WORD.findall(beside))
    found = []
    for word in dict.fromkeys(_WORD.findall(text)):
        plain = word.translate(_TWINS)
        is_whole = _LATIN.search(word) is None and plain.isascii()
        if plain != word and (plain in known if is_whole else _LATIN.search(word)):
            found.append(LookAlike(word, plain))
    return tuple(found)
