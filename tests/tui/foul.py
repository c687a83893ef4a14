"""Hostile text for every field of a record, and a judge of what then reaches a terminal.

The judge knows every sequence that the app itself sends and lets no other pass: a colour has to be
one of ours, a place has to be on the screen, and nothing else may begin with an escape.
"""

import re
from base64 import b64decode
from bisect import bisect_right

# What is thrown at the terminal: docs/safety.md names the kinds.
TEXTS = {
    "markup": "[/] [@click=app.quit]x[/] [sic] [b] [link=http://evil.example]y[/link] ]z $error",
    "markup escaped": "\\[b] \\\\[@click=app.bell]x[/] {{ x }} {x} %s **b** `c`",
    "csi": "\x1b[2J\x1b[99;99H\x1b[6n\x1b[?1049l\x1b[38;5;199m\x1b[8;3;3t\x1b[5i red",
    "osc with bell": "\x1b]0;title\x07\x1b]52;c;Zm9v\x07\x1b]8;;http://e.example\x07x\x1b]8;;\x07",
    "osc with st": "\x1b]2;title\x1b\\\x1b]52;c;Zm9v\x1b\\\x1b]1337;File=:Zm\x1b\\\x1b]9;4;1\x1b\\",
    "dcs": "\x1bP1$r0m\x1b\\ \x1bPq#0;2;0;0;0\x1b\\",
    "apc, pm and sos": "\x1b_Gi=1;x\x1b\\ \x1b^pm\x1b\\ \x1bXsos\x1b\\",
    "c1": "\x9b31m \x9d52;c;Zm9v\x9c \x90q\x9c \x84\x85\x8d\x9f",
    "other escapes": "\x1bc \x1b(0lqk \x1b#8 \x1b7\x1b8 \x1bM \x0e\x0f \x1b",
    "c0": "\x01\x02\x05\x07\x08\x0b\x0c\x0d\x1a\x1c\x7f\x08\x08\x08\x08x",
    "bidirectional": "\u202epay\u202c \u2066x\u2069 \u2067y \u200e\u200f\u061c \u202az\u202d",
    "zero-width": "a\u200bb\u2060c\ufeffd\u00ade\u180ef\u200cg\u200dh\u034f\u115f\u3164\uffa0",
    "tags and private use": "\U000e0041\U000e0042 \ue000\uf8ff\U0010fffd \ufdd0\uffff \ufff9x",
    "line ends": "one\u2028two\u2029three\x85four\rfive\x0bsix\x0cseven",
    "combining": "e" + "\u0301" * 500 + " a" + "\u0489" * 200,
    "look-alikes": "\u0440\u0430\u0443 \u0391\u0392\u0395 \uff41\uff42 \U0001d41a\U0001d41b",
    "long": "x" * 280,
    "scripts": "سلام نمی‌خواهم שלום हिन्दी क्‍ष 日本語　한국어 👩‍⚕️ 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️ é ไทย",
}
# What many things at once are, in the length of a title.
LINE = (
    "[/] [@click=app.quit]x[/] [sic] \x1b[2J\x1b[9;999H\x1b]0;t\x07\x1b]52;c;Zm9v\x1b\\\x1b]8;;"
    "http://e\x07\x1bPq\x1b\\\x1b_G\x1b\\\x1bc\x9b31m\x9d2;x\x9c\u202e\u2066\u200b\u2060\U000e0041\ue000\u2028\x85\r\x0b\x08"
)
EVERYTHING = " ".join(text for name, text in TEXTS.items() if name not in ("long", "combining"))

# The folders that two records lie in side by side: of one letter each, that no line parts.
PLACES = "þð"
# The same width each, and no markup: where only these differ, two screens are the same.
TAMED = dict(zip("[]{}$%@" + PLACES[0], "()()++=" + PLACES[1], strict=True))
# What a text is kept under, and how long it is, differs with it.
DIGESTS = re.compile(
    r"\b[0-9a-f]{7,}\b|\b[0-9a-f]+(?= *$)|\d+ (?:kB|bytes|words|of 900)|(?<=\+)\d+(?= -)"
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U0010fffd]"
    # Joiners stay within scripts and pictures.
    r"|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
    # Eight marks on one letter are more than any script writes.
    "|(?<=[\u0300-\u036f\u0483-\u0489]{8})[\u0300-\u036f\u0483-\u0489]"
)


def visible(text: str) -> str:
    """Returns a text in which what hides is written out.

    What is white, and what a script needs, stays: those are judged by what reaches the terminal.
    """
    return _HIDDEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)


def tame(text: str) -> str:
    """Returns the visible form of a text, without what could be taken for markup."""
    return visible(text).translate(str.maketrans(TAMED))


def fitting(text: str, most: int) -> str:
    """Returns the longest beginning of a text that has no more characters, all written out."""
    return text[: bisect_right(range(1, len(text) + 1), most, key=lambda end: _length(text[:end]))]


def _length(text: str) -> int:
    """Returns how many characters a text has once the app has written out what it hides."""
    return len(re.sub(r"[\r\x0b\x0c]", "⟦U+0000⟧", tame(text)))


_SEQUENCE = re.compile(
    r"\x1b(?:\[([?<=>]?)([0-9;:]*)([ -/]?)([@-~])|\]([^\x07\x1b]*)(?:\x07|\x1b\\))"
)
_PLACES = {("", "", "H"), ("", "", "m"), ("?", "", "h"), ("?", "", "l"), ("?", "$", "p")}
_KEYBOARD = {(">", "", "u"), ("<", "", "u"), ("=", "", "u")}
_MODES = frozenset((7, 25, 1000, 1002, 1003, 1004, 1006, 1015, 1049, 2004, 2026, 2031, 2048))
_COLOUR = re.compile(
    r"(?:0|[1-4]|7|9|22|[349][0-79]|10[0-7]|[34]8;2;\d{1,3};\d{1,3};\d{1,3})(?:;|$)"
)
_DRIVING = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u00ad\u180e"
    "\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]|\u0301{9}"
)


def foul(seen: bytes, width: int, height: int) -> str:
    """Returns what reached a terminal of this size that the app itself never sends, or nothing."""
    try:
        # The last character may be on its way still.
        written = seen.decode("utf-8", "strict" if seen[-1:] < b"\x80" else "ignore")
    except UnicodeDecodeError as problem:
        return f"no UTF-8: {seen[problem.start - 20 : problem.end + 20]!r}"
    if (cut := written.rfind("\x1b", -40)) >= 0 and not _SEQUENCE.match(written, cut):
        written = written[:cut]
    for found in _SEQUENCE.finditer(written):
        if not _ours(found, width, height):
            return f"a sequence: {found[0]!r}"
    bare = _SEQUENCE.sub("", written)
    found = _DRIVING.search(bare)
    return f"a character: {bare[max(found.start() - 20, 0) : found.end() + 20]!r}" if found else ""


def _ours(found: re.Match[str], width: int, height: int) -> bool:
    kind, numbers, between, final, system = found.groups()
    if system is not None:
        if system.startswith("52;c;"):  # What one copies oneself.
            return not _DRIVING.search(b64decode(system[5:]).decode()) and system != "52;c;Zm9v"
        return system.startswith("22;") and system[3:].replace("-", "").isalpha()
    if (kind, between, final) in _KEYBOARD:
        return True
    if (kind, between, final) not in _PLACES:
        return False
    if final == "H":
        row, _, column = (numbers or "1;1").partition(";")
        return int(row) <= height and int(column or 1) <= width + 1
    if final == "m":
        return not _COLOUR.sub("", numbers)
    return numbers.isdigit() and int(numbers) in _MODES
