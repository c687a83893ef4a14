"""Makes visible what a text hides.

A character that shows nothing can change what a sentence says, turn its order round, or drive a
terminal. What people vote on must be what they see: so such characters are shown as tokens,
before anything is compared or drawn, and a hidden change becomes a visible one.

    >>> reveal("pay\\u202eyap\\u202c")
    'pay⟦U+202E⟧yap⟦U+202C⟧'

Joiners stay where a script needs them: Persian, the scripts of India, emoji.
"""

import unicodedata
from dataclasses import dataclass

import regex

_SUSPECT = regex.compile(
    r"[\p{Cc}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}"
    r"\p{Noncharacter_Code_Point}\u2028\u2029\uFFF9-\uFFFB]"
    # No script writes more than eight marks on one letter; a heap of them covers other lines.
    r"|[\p{Mn}\p{Me}](?<=[\p{Mn}\p{Me}]{9})"
)
_JOINED = regex.compile(
    r"[\p{Arab}\p{Syrc}\p{Mong}\p{Nkoo}\p{Mand}\p{Adlm}\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}"
    r"\p{Taml}\p{Telu}\p{Knda}\p{Mlym}\p{Sinh}\p{Mymr}\p{Khmr}\p{Tibt}\p{Mn}]"
)
_PICTURE = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]")
_PICTURE_BASE = regex.compile(r"\p{Extended_Pictographic}")
_SELECTABLE = regex.compile(r"[\p{Emoji}\p{S}\p{P}\p{Han}\p{Mong}\p{Mymr}\p{Phag}]")
_SELECTOR = regex.compile("[\ufe00-\ufe0f\u180b-\u180d\u180f]")
_IDEOGRAPH = regex.compile(r"\p{Han}")
_IDEOGRAPH_SELECTOR = regex.compile("[\U000e0100-\U000e01ef]")
_FLAG = regex.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_BREAK = regex.compile(r"[\t\r\n]")
_TOKEN = regex.compile(r"⟦U\+[0-9A-F]{4,6}⟧")
_NON_JOINER, _JOINER = "\u200c", "\u200d"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character that does not show: where it is, and what Unicode calls it."""

    offset: int
    codepoint: int
    name: str


def find_hidden(text: str) -> tuple[Hidden, ...]:
    """Returns every hidden character of a text, in order."""
    flags: set[int] | None = None
    found = []
    for match in _SUSPECT.finditer(text):
        at = match.start()
        character = text[at]
        if character in "\t\n" or (character == "\r" and text[at + 1 : at + 2] == "\n"):
            continue
        if "\U000e0000" <= character <= "\U000e007f":
            if flags is None:
                flags = {i for m in _FLAG.finditer(text) for i in range(m.start(), m.end())}
            if at in flags:
                continue
        if not _needed(text, at, character):
            found.append(Hidden(at, ord(character), _name(character)))
    return tuple(found)


def find_revealed(text: str) -> tuple[str, ...]:
    """Returns every token that `reveal` has put in the place of a character."""
    return tuple(match[0] for match in _TOKEN.finditer(text))


def reveal(text: str) -> str:
    """Returns `text` with every hidden character as a token; doing so twice changes nothing."""
    if text.isascii() and text.isprintable():
        return text
    pieces = []
    at = 0
    for hidden in find_hidden(text):
        pieces += [text[at : hidden.offset], f"⟦U+{hidden.codepoint:04X}⟧"]
        at = hidden.offset + 1
    return "".join([*pieces, text[at:]])


def reveal_line(text: str) -> str:
    """Returns `text` revealed, its tabs and line breaks too: a name takes no second line.

    >>> reveal_line("a\\nPROVED.")
    'a⟦U+000A⟧PROVED.'
    """
    shown = reveal(text)
    return shown if shown.isprintable() else _BREAK.sub(lambda m: f"⟦U+{ord(m[0]):04X}⟧", shown)


def conceal(text: str, like: str) -> str:
    """Returns `text` with each token that stands for a hidden character of `like` as that one.

    >>> conceal("pay⟦U+00AD⟧ment", "re\\u00adpay").isprintable()
    False
    """
    if "⟦U+" not in text:
        return text
    held = {f"⟦U+{found.codepoint:04X}⟧": chr(found.codepoint) for found in find_hidden(like)}
    shown: str = _TOKEN.sub(lambda token: held.get(token[0], token[0]), text)
    return shown


def without_hidden(text: str) -> str:
    """Returns `text` with neither hidden characters nor the tokens that stand for them."""
    return text if text.isascii() and text.isprintable() else _TOKEN.sub("", reveal(text))


def escape_in_json(document: str) -> str:
    """Returns a JSON document with every hidden character in JSON's own escapes: the same values.

    >>> escape_in_json('"pay\\u202e"')
    '"pay\\\\u202e"'
    """
    pieces = []
    at = 0
    for hidden in find_hidden(document):
        units = chr(hidden.codepoint).encode("utf-16-be", "surrogatepass")
        escapes = (f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))
        pieces += [document[at : hidden.offset], *escapes]
        at = hidden.offset + 1
    return "".join([*pieces, document[at:]])


def _needed(text: str, at: int, character: str) -> bool:
    """Whether the writing itself needs this character here."""
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if not before:
        return False
    if character in (_NON_JOINER, _JOINER):
        if unicodedata.combining(before) == 9:  # A virama: joiners choose its form.
            return True
        if _JOINED.match(before) and _JOINED.match(after):
            return True
        return (
            character == _JOINER
            and bool(_PICTURE.match(before))
            and bool(_PICTURE_BASE.match(after))
        )
    if _SELECTOR.match(character):
        return bool(_SELECTABLE.match(before))
    return bool(_IDEOGRAPH_SELECTOR.match(character) and _IDEOGRAPH.match(before))


def _name(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "LONE SURROGATE"
    if category == "Co":
        return "PRIVATE USE CHARACTER"
    if category == "Cc":
        return _CONTROLS.get(character, "CONTROL CHARACTER")
    return unicodedata.name(character, "UNASSIGNED CHARACTER")


_CONTROLS = {
    "\0": "NULL",
    "\a": "BELL",
    "\b": "BACKSPACE",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\x9b": "CONTROL SEQUENCE INTRODUCER",
}
