"""Reads a clause as it would be read aloud.

Emphasis, link targets, citations and code marks are for the eye and the machine; a count of
words, a slug, a screen reader and a search want the words alone.

    >>> plain("We **publish** [every interface](https://example.org) [@wachter-2016].")
    'We publish every interface.'
"""

import re

import regex

from manifesto_tui.prose.anchor import code_spans, take_anchors
from manifesto_tui.prose.clause import Clause
from manifesto_tui.prose.hidden import without_hidden

_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<comment><!--(?:[^-<]|-(?!->)){0,2000}+-->)"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}+:[^\s<>]*+|[\w.+-]++@[\w-]++(?:\.[\w-]++)++)>"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]{0,2000}+)?+/?>)"
    r"|(?P<note>(?<![ \t])[ \t]*+\[\^[^\]\s]{1,200}+\])"
    r"|(?P<cite>(?<![ \t])[ \t]*+\[[^\[\]]{0,500}(?<![\w@])@[^\[\]]{1,500}\](?![(\[]))"
    r"|(?P<open>!?\[)"
    r"|\](?P<target>\((?:[^()\\]|\\.|\([^()]{0,500}\)){0,2000}+\)|\[[^\[\]]{0,500}+\])"
    r"|(?P<emphasis>\*+|_+|~~+)"
    r"|(?P<entity>&(?:amp|lt|gt|quot|nbsp|copy|mdash|ndash|hellip|\#39);)"
)
_SPECIAL = re.compile(r"[\\<\[\]*_~&`]")
ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&nbsp;": "\u00a0",
    "&copy;": "©",
    "&mdash;": "—",
    "&ndash;": "–",
    "&hellip;": "…",
    "&#39;": "'",
}
CITATION_KEY = re.compile(r"(?<![\w@])@([A-Za-z0-9_](?:[\w:.#/+-]*[A-Za-z0-9_])?)", re.ASCII)
# What says where in a source something stands, as in `[see @a, pp. 3-4; @b, chapter 2]`.
_WHERE = re.compile(
    r"(?:[\s\d\[\];,.:§¶–-]++|(?:see|also|and|cf|pp?|pages?|paras?|paragraphs?|ch|chapters?|secs?"
    r"|sections?|articles?|arts?|parts?|vols?|volumes?|nos?|notes?|figs?|figures?|tables?|lines?)\b)*+",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:\(?\d+(?:\.\d+)*[.)．、]?|[a-z][.)])\s+")
UNSPACED = r"\p{Han}\p{Hira}\p{Kana}\u3001-\u303f\uff00-\uff60"
_SOFT_BREAK = regex.compile(r"(?<![ \t])[ \t]*+\\?\n[ \t]*+")
_BETWEEN_UNSPACED = regex.compile(rf"(?<=[{UNSPACED}])[ \t]*\\?\n[ \t]*(?=[{UNSPACED}])")
_SOUTH_EAST = r"\p{Thai}\p{Lao}\p{Khmr}\p{Mymr}"
_WORD = regex.compile(
    rf"[{_SOUTH_EAST}\p{{M}}]+|[\p{{Han}}\p{{Hira}}\p{{Kana}}ー]"
    rf"|[\p{{L}}\p{{N}}][\p{{L}}\p{{N}}\p{{M}}\u200c\u200d]*"
    rf"(?:[-‐‑'’.,·:/@_&][\p{{L}}\p{{N}}--[\p{{Han}}\p{{Hira}}\p{{Kana}}{_SOUTH_EAST}]]"
    rf"[\p{{L}}\p{{N}}\p{{M}}\u200c\u200d--[\p{{Han}}\p{{Hira}}\p{{Kana}}]]*)*",
    regex.V1,
)
_SOUTH_EAST_RUN = regex.compile(rf"[{_SOUTH_EAST}]")
_CLUSTER = regex.compile(r"\X")


def plain(text: str) -> str:
    """Returns the words of a clause without marks, targets, citations and line breaks.

    A citation that says more than where in its sources something stands keeps its words.
    """
    text, _ = take_anchors(text)
    if "\n" in text:
        text = _BETWEEN_UNSPACED.sub("", text)
        text = _SOFT_BREAK.sub(" ", text)
    if not _SPECIAL.search(text):
        return text.strip()
    pieces: list[str] = []
    # Emphasis that may still be closed: the mark, and which piece it is.
    openers: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    brackets: list[int] = []
    at = 0
    for start, end in code_spans(text):
        _words(text, at, start, pieces, openers, brackets)
        width = len(text[start:end]) - len(text[start:end].lstrip("`"))
        pieces.append(text[start + width : end - width])
        at = end
    _words(text, at, len(text), pieces, openers, brackets)
    return "".join(pieces).strip()


def _words(
    text: str,
    at: int,
    until: int,
    pieces: list[str],
    openers: dict[str, list[int]],
    brackets: list[int],
) -> None:
    """Adds the words between two places to `pieces`, taking away marks that are in pairs."""
    while match := _INLINE.search(text, at, until):
        pieces.append(text[at : match.start()])
        at = match.end()
        kind = match.lastgroup
        found = match[0]
        if kind == "escaped":
            pieces.append(match["escaped"])
        elif kind == "auto":
            pieces.append(match["auto"])
        elif kind == "entity":
            pieces.append(ENTITIES[found])
        elif kind == "open":
            brackets.append(len(pieces))
            pieces.append(found)
        elif kind == "target":
            if brackets:
                pieces[brackets.pop()] = ""
            else:
                pieces.append(found)
        elif kind == "emphasis":
            _emphasis(text, match, pieces, openers[found[0]])
        elif kind == "cite" and not _WHERE.fullmatch(CITATION_KEY.sub("", found)):
            pieces.append(CITATION_KEY.sub(r"\1", found))  # Nobody may hide words in one.
        elif kind == "tag" and found[1:3].lower() == "br":
            pieces.append(" ")
    pieces.append(text[at:until])


def _emphasis(text: str, match: re.Match[str], pieces: list[str], openers: list[int]) -> None:
    """Keeps a run of emphasis marks, or takes it away with its partner."""
    mark = match[0]
    before = text[match.start() - 1 : match.start()] or " "
    after = text[match.end() : match.end() + 1] or " "
    closes = not before.isspace()
    opens = not after.isspace()
    if mark[0] == "_":
        closes = closes and not after.isalnum()
        opens = opens and not before.isalnum()
    left = len(mark)
    while closes and left and openers:
        partner = openers[-1]
        taken = min(left, len(pieces[partner]))
        pieces[partner] = pieces[partner][taken:]
        left -= taken
        if not pieces[partner]:
            openers.pop()
    if left:
        if opens:
            openers.append(len(pieces))
        pieces.append(mark[:left])


def spoken(clause: Clause) -> str:
    """Returns what a clause says, however it is set: marks, numbering and wrapping apart."""
    if clause.kind in ("code", "html"):
        return clause.text
    words = _NUMBERING.sub("", plain(clause.text))
    return " ".join(words.split()) or clause.text


def count_words(text: str) -> int:
    """Returns how many words a clause has, for the budget of length.

    Chinese and Japanese count by character, as their writers do; Thai, Lao, Khmer and Burmese,
    which part no words either, count one for every four letters with their marks. Characters that
    show nothing, and the tokens that stand for them, are no words and part none.
    """
    total = 0
    for match in _WORD.finditer(without_hidden(plain(text))):
        word = match[0]
        if _SOUTH_EAST_RUN.match(word):
            total += -(-len(_CLUSTER.findall(word)) // 4)
        else:
            total += 1
    return total


def citations(text: str) -> tuple[str, ...]:
    """Returns the keys that a clause cites (`[@key]`, `[@a; @b, p. 3]`), in order, once each."""
    if "@" not in text:
        return ()
    code = code_spans(text) if "`" in text else []
    keys: dict[str, None] = {}
    span = 0
    for match in _INLINE.finditer(text):
        while span < len(code) and code[span][1] <= match.start():
            span += 1
        if span < len(code) and code[span][0] <= match.start():
            continue
        if match.lastgroup == "cite":
            keys.update(dict.fromkeys(CITATION_KEY.findall(match[0])))
    return tuple(keys)
