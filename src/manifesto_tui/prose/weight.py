"""Weighs a change by what it means.

In the real history of a manifesto, git stopped for "find/realise" and let a principle be retitled
without a word. So changes are ranked, the weightiest first: a title; a commitment added or taken
away; how binding a sentence is (must, may, not, only); whom and how much it binds (all, some,
numbers); wording; spelling and punctuation; layout.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import regex
from rapidfuzz.distance import DamerauLevenshtein

from manifesto_tui.prose.change import ClauseChange, Weight
from manifesto_tui.prose.clause import Clause
from manifesto_tui.prose.hidden import find_revealed, reveal, without_hidden
from manifesto_tui.prose.language import MODALITY, SCOPE, unspaced_language
from manifesto_tui.prose.speech import spoken
from manifesto_tui.prose.tokens import words_of
from manifesto_tui.prose.words import word_diff

ORDER: Final[tuple[Weight, ...]] = (
    "title",
    "commitment",
    "modality",
    "scope",
    "wording",
    "spelling",
    "layout",
)
_RANK = {weight: at for at, weight in enumerate(ORDER)}

_MARKUP = regex.compile(r"(?:\*+|_+|~~|`+|\[|!\[|\]|\]\(.*\)|\\|#+)$", regex.DOTALL)
_WORDLESS = regex.compile(r"[^\p{L}\p{N}]*$")
_NUMBER = regex.compile(r".*\p{N}", regex.DOTALL)
_ADDRESS = regex.compile(r"https?:|\[[@^]|\]\(|[\[(]?[\w.]*@")
_SEPARATORS = regex.compile(r"[\p{P}\p{S}\p{M}\p{Cf}]")


def by_weight(changes: Iterable[ClauseChange]) -> tuple[ClauseChange, ...]:
    """Returns changes with the weightiest first, those of one weight in the order they came."""
    return tuple(sorted(changes, key=lambda change: _RANK[change.weight]))


def weigh(old: Sequence[Clause], new: Sequence[Clause], was: str, now: str) -> Weight:
    """Returns the weight of a change from some clauses to others."""
    if was == now:
        return "layout"
    heads = [clause for clause in (*old, *new) if clause.kind == "heading"]
    if not old or not new:
        if heads:
            return "title"
        return "commitment" if _says_something(without_hidden(was or now)) else "layout"
    recast = len(old) != len(new) or old[0].kind != new[0].kind
    # What became a heading may have lost or won its number and its bold face with that.
    if recast and " ".join(map(spoken, old)) == " ".join(map(spoken, new)):
        return "layout"
    weight = _weigh_seen(was, now)
    both = any(c.kind == "heading" for c in old) and any(c.kind == "heading" for c in new)
    if both and _RANK[weight] < _RANK["spelling"]:
        return "title"
    return weight


def _weigh_seen(was: str, now: str) -> Weight:
    """Weighs words by what shows of them; what hides and is no longer the same is wording.

    A text in which hidden characters are written out weighs what one weighs that hides them.
    """
    weight = weigh_words(without_hidden(was), without_hidden(now))
    if _RANK[weight] <= _RANK["wording"]:
        return weight
    hides = find_revealed(reveal(was)) != find_revealed(reveal(now))
    return "wording" if hides else weight


def weigh_words(was: str, now: str) -> Weight:
    """Returns the weight of a change of words, whatever block they stand in."""
    taken: list[str] = []
    added: list[str] = []
    for op, text in word_diff(was, now):
        if op == "-":
            taken += words_of(text)
        elif op == "+":
            added += words_of(text)
    targets = [[word for word in side if word.startswith("](")] for side in (taken, added)]
    taken = [word for word in taken if not _MARKUP.match(word)]
    added = [word for word in added if not _MARKUP.match(word)]
    if taken == added:
        # To link a word, or no longer to, is layout; to link it elsewhere says something else.
        return "wording" if all(targets) and targets[0] != targets[1] else "layout"
    if _misspelt(taken, added):
        return "spelling"
    lost, won = _folded(taken), _folded(added)
    unspaced = any(map(_UNSPACED.match, (*taken, *added)))
    tongue = unspaced_language(was + now) if unspaced else None
    if _differs(lost, won, MODALITY) or (tongue and _differs_within(was, now, tongue.modality)):
        return "modality"
    if (
        _differs(lost, won, SCOPE)
        or (tongue and _differs_within(was, now, tongue.scope))
        or _numbers(lost) != _numbers(won)
    ):
        return "scope"
    return "wording"


def _says_something(text: str) -> bool:
    return any(not _WORDLESS.match(word) for word in words_of(text))


def _folded(words: list[str]) -> list[str]:
    return [word.casefold().replace("’", "'") for word in words]


def _differs(taken: list[str], added: list[str], table: frozenset[str]) -> bool:
    """Whether words of a table were lost or won."""
    return sorted(w for w in taken if w in table) != sorted(w for w in added if w in table)


def _differs_within(was: str, now: str, table: frozenset[str]) -> bool:
    """Whether parts of a text without spaces that stand in a table were lost or won."""
    return any(was.count(part) != now.count(part) for part in table)


_UNSPACED = regex.compile(r"[\p{Han}\p{Hira}\p{Kana}\p{Thai}]")


def _numbers(words: list[str]) -> list[str]:
    """Returns the numbers among words; those in addresses and citations count nothing."""
    return sorted(word for word in words if _NUMBER.match(word) and not _ADDRESS.match(word))


def _misspelt(taken: list[str], added: list[str]) -> bool:
    """Whether words differ only in case, hyphens, apostrophes or a letter or two."""
    lost = [word for word in taken if not _WORDLESS.match(word)]
    won = [word for word in added if not _WORDLESS.match(word)]
    if bool(lost) != bool(won):
        return False
    if _bare(lost) == _bare(won):
        return True
    if len(lost) != len(won):
        return False
    return all(_same_word(one, other) for one, other in zip(lost, won, strict=True))


def _bare(words: list[str]) -> str:
    """Returns words run together, without hyphens, accents and case."""
    text = unicodedata.normalize("NFKD", "".join(words))
    return str(_SEPARATORS.sub("", text).casefold())


def _same_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one: "organize" and "organise", not "find" and "fund"."""
    a, b = _bare([one]), _bare([other])
    if a == b:
        return True
    if a in MODALITY or b in MODALITY or a in SCOPE or b in SCOPE or _NUMBER.match(a + b):
        return False
    if min(len(a), len(b)) < 5 or a[0] != b[0] or _UNSPACED.match(a):
        return False
    return int(DamerauLevenshtein.distance(a, b)) <= 1 and not _inflected(a, b)


def _inflected(one: str, other: str) -> bool:
    """Whether two words differ in their ending, which is grammar and not spelling."""
    return one[:-1] == other[:-1] or one[:-1] == other or other[:-1] == one
