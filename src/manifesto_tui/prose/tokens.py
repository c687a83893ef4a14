"""Cuts a text into the units that an editor would mark.

A word with its hyphens and apostrophes is one, so are a number with its separators, an address, a
citation and the target of a link; emphasis marks stand by themselves, so that making a word bold
shows as two marks and not as a new word. Chinese, Japanese and Thai, which part no words, are cut
by character, Katakana by word; a letter is never cut from its accents, nor an emoji in half.

White space is not a token: each token knows what stands before it. So a comparison sees words
only, and a line that was wrapped anew is a change of white space and nothing else.
"""

import re
import threading
from functools import lru_cache

import regex

from manifesto_tui.prose.sequence import CHARACTERS

# What joins the letter before it: accents, joiners, variation selectors, skin tones, tags.
_JOINS = r"\p{Grapheme_Extend}\p{M}\u200c\u200d\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F"
_BY_CHARACTER = r"\p{Han}\p{Hira}\p{Thai}\p{Lao}\p{Khmr}\p{Mymr}"
_LETTER = rf"[\p{{L}}\p{{N}}--[{_BY_CHARACTER}\p{{Kana}}]]"
_INSIDE = rf"[\p{{L}}\p{{N}}{_JOINS}--[\p{{Han}}\p{{Hira}}\p{{Kana}}\p{{Lo}}&&[{_BY_CHARACTER}]]]"

_TOKEN = regex.compile(
    rf"\s+(?![{_JOINS}])|\s+(?=\s)|("
    rf"https?://[^\s<>\[\]()\u3000-\uffef]+[^\s<>\[\]().,;:!?'\"\u3000-\uffef]"
    rf"|\]\((?:[^()\s\\]|\\.|\([^()\s]{{0,200}}\)){{0,1000}}+(?:[ \t]+\"[^\"\n]{{0,200}}\")?\)"
    rf"|\[\^[^\]\s]{{1,100}}\]"
    rf"|\[@[^\[\]\n]{{1,300}}\]"
    rf"|</?[A-Za-z][^<>\n]{{0,300}}>"
    rf"|&(?:[A-Za-z]{{2,16}}|\#[0-9]{{1,7}});"
    rf"|\*{{1,3}}|_{{1,3}}(?![{_JOINS}])|~~|`+"
    rf"|(?:{_LETTER}{_INSIDE}*+(?:[-‐‑'’.,·:/@_&]{_LETTER}{_INSIDE}*+)*+)(?:[%‰°]|(?<=[0-9])[.,:]\d+)?"
    rf"|[\p{{Kana}}ー][\p{{Kana}}ー{_JOINS}]*"
    rf"|\X)",
    regex.V1,
)
_SPANNING = regex.compile(r"\[@|\]\(|<[/A-Za-z]")
_STARTS_JOINED = regex.compile(rf"[{_JOINS}]|\s")
_STOPS = ".!?。！？।"
_COARSE = re.compile(r"\S+(?:\s+\S+){0,31}")
_TABLE_SIZE = 200_000
_CHUNKS = 100_000
LONG_TEXT = 40_000


class Table:
    """Gives each word a character, so that a text is a string to compare.

    A coarse table takes up to 32 words for one. A chunk is what stands between two spaces; most
    were seen before, and are looked up whole.
    """

    def __init__(self, coarse: bool = False) -> None:
        self._coarse = coarse
        self._lock = threading.Lock()
        self._codes: dict[str, str] = {}
        self._words: list[str] = [""]
        self._chunks: dict[str, str] = {"": ""}

    def stops(self) -> str:
        """The characters of the marks that end a sentence, for a regular expression's set."""
        return "".join([re.escape(self._codes[mark]) for mark in _STOPS if mark in self._codes])

    @property
    def is_full(self) -> bool:
        """Whether there may be no room for the words of another two texts."""
        return len(self._words) > _TABLE_SIZE

    def encode(self, text: str) -> str:
        """Returns the words of a text, one character each."""
        if self._coarse:
            return self._encode_words(_COARSE.findall(text))
        chunks = text.split(" ")
        codes = [*map(self._chunks.get, chunks)]
        if None in codes or _SPANNING.search(text):
            return self._encode_unseen(text, chunks, codes)
        return "".join(codes)  # type: ignore[arg-type]

    def _encode_unseen(self, text: str, chunks: list[str], codes: list[str | None]) -> str:
        if _SPANNING.search(text):
            return self._encode_words(words_of(text))
        for at, code in enumerate(codes):
            if code is None:
                chunk = chunks[at]
                if _STARTS_JOINED.match(chunk):  # An accent on the space before it.
                    return self._encode_words(words_of(text))
                codes[at] = code = self._encode_words(words_of(chunk))
                if len(chunk) < 100:
                    if len(self._chunks) > _CHUNKS:
                        self._chunks = {"": ""}
                    self._chunks[chunk] = code
        return "".join(code or "" for code in codes)

    def _encode_words(self, words: list[str]) -> str:
        codes = self._codes
        with self._lock:
            for word in words:
                if word not in codes:
                    if len(self._words) >= CHARACTERS:
                        raise OverflowError("More words than there are characters.")
                    codes[word] = chr(len(self._words))
                    self._words.append(word)
        return "".join([codes[word] for word in words])

    def decode(self, code: str) -> list[str]:
        """Returns the words that characters stand for."""
        words = self._words
        return [words[ord(character)] for character in code]


class Tokens:
    """A text in tokens: one character of `code` for each word, and where the words stand.

    Codes can be compared where two texts share a `table`.
    """

    __slots__ = ("_ends", "_starts", "_words", "code", "table", "text")

    def __init__(self, text: str, table: Table) -> None:
        self.text = text
        self.table = table
        self.code = table.encode(text)
        self._words: list[str] | None = None
        self._starts: list[int] | None = None
        self._ends: list[int] = []

    @property
    def words(self) -> list[str]:
        """The words, in order."""
        if self._words is None:
            self._words = self.table.decode(self.code)
        return self._words

    @property
    def starts(self) -> list[int]:
        """Where each word begins; the last is the length of the text."""
        if self._starts is None:
            self._place()
        assert self._starts is not None
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where the word before each word ends: `ends[0]` is 0, `ends[i]` ends word i - 1."""
        if self._starts is None:
            self._place()
        return self._ends

    def _place(self) -> None:
        starts: list[int] = []
        ends = [0]
        at = 0
        find = self.text.find
        for word in self.words:  # Between two words is nothing but white space.
            at = find(word, at)
            starts.append(at)
            at += len(word)
            ends.append(at)
        starts.append(len(self.text))
        self._ends = ends
        self._starts = starts


def words_of(text: str) -> list[str]:
    """Cuts a text into words."""
    return [word for word in _TOKEN.findall(text) if word]


_shared = Table()


def tokenize(text: str) -> Tokens:
    """Returns a text in tokens; texts are remembered by what they say."""
    tokens = _remembered(text)
    if tokens.table is not _shared:
        _remembered.cache_clear()
        tokens = _remembered(text)
    return tokens


def tokenize_both(old: str, new: str) -> tuple[Tokens, Tokens]:
    """Returns two texts in tokens that can be compared."""
    global _shared
    if max(len(old), len(new)) > LONG_TEXT:
        # Whole documents would fill the shared table with words that never come again.
        table = Table()
        try:
            return Tokens(old, table), Tokens(new, table)
        except OverflowError:
            table = Table(coarse=True)  # A million different words: by runs of them, then.
            return Tokens(old, table), Tokens(new, table)
    if _shared.is_full:
        _shared = Table()
    first, second = tokenize(old), tokenize(new)
    while first.table is not second.table:  # Another thread began a new table in between.
        first, second = tokenize(old), tokenize(new)
    return first, second


@lru_cache(maxsize=2048)
def _remembered(text: str) -> Tokens:
    return Tokens(text, _shared)
