"""Names a plainer word for one that many readers stumble over.

A manifesto is for people of many professions. The pairs are those on which two public lists
agree in substance: the words to avoid of the GOV.UK style guide, and "Use simple words and
phrases" of plainlanguage.gov. They are hints: a text may have its reasons for any word.

    >>> [(hint.word, hint.plainer) for hint in plainer("We utilise it in order to help.")]
    [('utilise', 'use'), ('in order to', 'to')]
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

_PAIRS = """
accomplish: do | additional: more, extra | adjacent to: next to | advantageous: helpful
aforementioned: this, these | approximately: about | ascertain: find out | assist: help
at the present time: now | at this point in time: now | attempt: try | by means of: by, with
commence: start | component: part | comprise: have | concerning: about | consequently: so
constitute: be, make up | demonstrate: show | designate: name | disseminate: send, share
due to the fact that: because | empower: let, allow | endeavour: try | ensure that: make sure
equitable: fair | expedite: speed up | facilitate: help | foster: encourage, help
going forward: from now on | henceforth: from now on | holistic: whole | impact on: affect
implement: carry out, start | in accordance with: by, under | in addition to: besides
in order to: to | in regard to: about | in the event that: if | in the event of: if there is
incentivise: encourage | indicate: show | initiate: start | leverage: use | liaise with: work with
modify: change | necessitate: need | notify: tell | notwithstanding: despite | numerous: many
obtain: get | on a regular basis: regularly | one-stop shop: one place | optimise: improve
overarching: main | parameters: limits | permit: let | prior to: before | procure: buy
purchase: buy | pursuant to: under | regarding: about | require: need | retain: keep
robust: strong | stakeholder: who it concerns, by name | streamline: simplify
strive to: try to | subsequent to: after | subsequently: later | sufficient: enough
terminate: end | therein: in it | thereof: of it | transmit: send | upon: on
utilise: use | utilize: use | with regard to: about | with respect to: about | whilst: while
"""


def _read(pairs: str) -> Iterator[tuple[str, str]]:
    for pair in pairs.replace("\n", "|").split("|"):
        word, colon, plain = pair.strip().partition(": ")
        if colon:
            yield word, plain


_PLAINER = dict(_read(_PAIRS))
_ENDING = "(?:s|d|ed|es|ing)?"


def _pattern(word: str) -> str:
    """Returns what finds a word with its usual endings, a phrase also over a line break."""
    if " " in word:
        return r"\s+".join(map(regex.escape, word.split()))
    stem = word[:-1] if word.endswith("e") else word
    return f"{regex.escape(stem)}{'e?' if stem != word else ''}{_ENDING}"


_WORDS = list(_PLAINER)


@cache
def _any() -> regex.Pattern[str]:
    ways = "|".join(f"({_pattern(word)})" for word in _WORDS)
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}-])(?:{ways})(?![\p{{L}}\p{{N}}-])", regex.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class Plainer:
    """A word as it stands in a text, where, and what says the same plainly."""

    word: str
    plainer: str
    start: int


def plainer(text: str) -> tuple[Plainer, ...]:
    """Returns the words of an English text for which there is a plainer one, in their order."""
    return tuple(
        Plainer(found[0], _PLAINER[_WORDS[(found.lastindex or 1) - 1]], found.start())
        for found in _any().finditer(text)
    )
