"""Finds where sentences end.

Agreement is about sentences: two amendments that each change a word of one sentence may be merged
by a machine, but not agreed by one. A full stop after "e.g." or in "3.5" ends nothing; the
Japanese, Chinese, Arabic and Hindi stops need no space behind them.

    >>> sentences("Use open tools (e.g. Linux). Pay 3.5 %. Why?")
    ('Use open tools (e.g. Linux).', 'Pay 3.5 %.', 'Why?')
"""

from functools import lru_cache
from itertools import pairwise

import regex

# Short forms that a sentence goes on behind. Lower case, without the last full stop.
_SHORT_FORMS_LIST = """
    e.g eg i.e ie cf etc vs viz approx ca no nos vol fig figs p pp para paras art sec ch ed
    eds al dr mr mrs ms prof st jr sr rev hon gen inc ltd co dept est min max bzw z.b d.h
    u.a ggf nr abs s.o s.u usw p.ex c.-à-d m mme
"""
SHORT_FORMS = frozenset(_SHORT_FORMS_LIST.split())
_END = regex.compile(
    r"(?:[.!?…]+|[。！？｡．।॥۔؟։።]+)"
    r"(?P<close>(?:[\"'”’»)\]】」』）\*_`]|\]\([^()\s]{0,500}\))*+)"
    r"(?P<space>\s*)"
)
_LAST_WORD = regex.compile(r"[\p{L}\p{M}.\-]+$")
_NEXT = regex.compile(r"[\"'“‘«(\[\*_`¿¡]*+(\p{Ll}|,|;)")
_BREAK = regex.compile(r"(?:(?<! ) {2,}+|\\)\n\s*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Returns where the sentences of a text stand; together they are the whole text.

    White space belongs to the sentence before it. A hard line break ends a sentence too.
    """
    ends = {0, len(text)}
    ends.update(match.end() for match in _BREAK.finditer(text))
    ends.update(match.end() for match in _END.finditer(text) if _ends(text, match))
    return list(pairwise(sorted(ends)))


@lru_cache(maxsize=4096)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Returns where each sentence begins; asked again and again of one clause."""
    return tuple(start for start, _ in sentence_spans(text))


def sentences(text: str) -> tuple[str, ...]:
    """Returns the sentences of a text, without the white space around them."""
    found = (text[start:end].strip() for start, end in sentence_spans(text))
    return tuple(sentence.removesuffix("\\").rstrip() for sentence in found if sentence)


def _ends(text: str, match: "regex.Match[str]") -> bool:
    """Whether a stop ends a sentence, where something follows it."""
    stop = text[match.start()]
    if stop in "。！？｡।॥۔؟։።":
        return True
    if stop == "．":  # The full-width full stop also stands behind a heading's number.
        return not text[match.start() - 1 : match.start()].isdigit()
    if not match["space"] or _NEXT.match(text, match.end()):
        return False
    if stop == "." and not match["close"]:
        before = text[max(0, match.start() - 12) : match.start()]
        word = _LAST_WORD.search(before)
        if word and (word[0].lower() in SHORT_FORMS or _is_initial(word[0])):
            return False
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"
