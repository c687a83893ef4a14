"""Finds which words differ, and settles where an edit begins and ends.

The shortest list of edits is not what an editor would have marked: between two rewritten phrases
it keeps a stray "the" that happens to stand in both. So the raw hunks are cleaned: an edit that
could stand in several places slides to the border of a sentence; edits that are parted only by
words of no weight become one; marks of emphasis are left alone.
"""

from functools import lru_cache

import regex

from manifesto_tui.prose.language import WEAK_WORDS
from manifesto_tui.prose.sequence import Hunk, differences, touching_joined
from manifesto_tui.prose.tokens import Tokens

_MARKUP = regex.compile(r"(?:\*+|_+|~~|`+|\[|!\[|\]\(.*\)|\\)$", regex.DOTALL)
_SENTENCE_END = regex.compile(r"[.!?…。！？｡।۔؟]+$")
_CLAUSE_END = regex.compile(r"[,;:、，；：—–)\]）」』”»]+$")
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]+$")
_IDEOGRAPH = regex.compile(r"\p{Han}")
_FARTHEST = 64
_SYLLABLE = regex.compile(r"[\p{Hira}\p{Thai}\p{Lao}\p{Khmr}\p{Mymr}]")


def raw_hunks(old: Tokens, new: Tokens) -> list[Hunk]:
    """Returns the words that differ, by a longest common subsequence."""
    return differences(old.code, new.code, old.table.stops)


def clean_hunks(old: Tokens, new: Tokens) -> list[Hunk]:
    """Returns the words that differ as an editor would have marked them."""
    return settle(_join(raw_hunks(old, new), old, new), old, new)


def _join(hunks: list[Hunk], old: Tokens, new: Tokens) -> list[Hunk]:
    """Makes one edit of edits that are parted by next to nothing."""
    words = old.words
    # A joined edit may draw in the one before it; going back at most once each keeps this linear.
    joined: list[Hunk] = []
    for hunk in hunks:
        joined.append(hunk)
        while len(joined) > 1 and _belong(joined[-2], joined[-1], words, new.words):
            after = joined.pop()
            before = joined.pop()
            joined.append((before[0], after[1], before[2], after[3]))
    return [_trimmed(hunk, old.code, new.code) for hunk in joined]


def _trimmed(hunk: Hunk, old: str, new: str) -> Hunk:
    """Takes what both sides of an edit end and begin with out of it."""
    i1, i2, j1, j2 = hunk
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2 -= 1
        j2 -= 1
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        i1 += 1
        j1 += 1
    return i1, i2, j1, j2


def _belong(before: Hunk, after: Hunk, old: list[str], new: list[str]) -> bool:
    """Whether two edits are one."""
    kept = after[0] - before[1]
    if kept > 3:
        return False
    between = old[before[1] : after[0]]
    sizes = [max(h[1] - h[0], h[3] - h[2]) for h in (before, after)]
    if _is_markup(before, old, new) or _is_markup(after, old, new):
        return False
    characters = sum(map(len, between))
    if all(map(_is_unspaced, between)):
        # Letters of a script without spaces: short stretches are no words of their own.
        return kept <= (1 if _IDEOGRAPH.match(between[0]) else 2) or (
            characters * 2 <= min(_length(before, old, new), _length(after, old, new))
        )
    if any(_SENTENCE_END.match(word) for word in between):
        return False
    if all(map(is_weak, between)):
        # Two single words on both sides of an "and" are two edits; phrases are one.
        return sum(sizes) > 2 or all(map(_PUNCTUATION.match, between))
    return kept == 1 and min(sizes) >= 2 and sum(sizes) >= 5


def _length(hunk: Hunk, old: list[str], new: list[str]) -> int:
    return max(sum(map(len, old[hunk[0] : hunk[1]])), sum(map(len, new[hunk[2] : hunk[3]])))


def _is_markup(hunk: Hunk, old: list[str], new: list[str]) -> bool:
    words = old[hunk[0] : hunk[1]] + new[hunk[2] : hunk[3]]
    return all(map(_MARKUP.match, words))


@lru_cache(maxsize=65536)
def is_weak(word: str) -> bool:
    """Whether a word says nothing by itself: an article, a preposition, a comma."""
    return word.lower() in WEAK_WORDS or bool(_PUNCTUATION.match(word))


@lru_cache(maxsize=65536)
def _is_unspaced(word: str) -> bool:
    return bool(_SYLLABLE.match(word) or _IDEOGRAPH.match(word))


def settle(hunks: list[Hunk], old: Tokens, new: Tokens) -> list[Hunk]:
    """Moves each pure insertion or deletion to where a reader would put it."""
    slid: list[Hunk] = []
    for at, (i1, i2, j1, j2) in enumerate(hunks):
        if (i1 == i2) == (j1 == j2):
            slid.append((i1, i2, j1, j2))
            continue
        floor = i1 - slid[-1][1] if slid else i1
        ceiling = (hunks[at + 1][0] if at + 1 < len(hunks) else len(old.code)) - i2
        code, words, begin, end = (old.code, old, i1, i2) if i1 < i2 else (new.code, new, j1, j2)
        left = right = 0
        while left < floor and code[begin - left - 1] == code[end - left - 1]:
            left += 1
        while right < ceiling and code[begin + right] == code[end + right]:
            right += 1
        best = 0
        if left or right:
            # Near places first, so that an edit without a better place stays where it is.
            places = sorted(range(-min(left, _FARTHEST), min(right, _FARTHEST) + 1), key=abs)
            best = max(places, key=lambda by: _border(words, begin + by, end + by))
        slid.append((i1 + best, i2 + best, j1 + best, j2 + best))
    return touching_joined(slid)


def _border(tokens: Tokens, begin: int, end: int) -> int:
    """Scores how natural it is for an edit to begin and end here."""
    words = tokens.words
    score = 0
    before = words[begin - 1] if begin else ""
    last = words[end - 1]
    gap = tokens.text[tokens.ends[begin] : tokens.starts[begin]]
    if not before or _SENTENCE_END.match(before) or "\n" in gap:
        score += 8 if not before or _SENTENCE_END.match(last) or end == len(words) else 2
    elif _CLAUSE_END.match(before):
        score += 3 if _CLAUSE_END.match(last) else 1
    elif _CLAUSE_END.match(words[begin]) and not _PUNCTUATION.match(last):
        score += 2  # ", and openly" reads better than "and openly,".
    if _PUNCTUATION.match(words[begin]) and _PUNCTUATION.match(last) and end - begin > 1:
        score -= 1
    if not gap and before and not _PUNCTUATION.match(before):
        score -= 1
    return score
