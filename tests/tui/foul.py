"""Hostile text for every field of a record, and a judge of what then reaches a terminal.

The judge knows every sequence that the app itself sends and lets no other pass: a colour has to be
one of ours, a place has to be on the screen, and nothing else may begin with an escape.
"""

import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

from tui import made_up

# What is thrown at the terminal: docs/safety.md names the kinds.
TEXTS = {
    "markup": "[/] [@click=app.quit]x[/] [sic] [b] [link=http://evil.example]y[/link] ]z $error",
    "markup escaped": "\\[b] \\\\[@click=app.bell]x[/] {{ x }} {x} %s",
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
EVERYTHING = " ".join(text for name, text in TEXTS.items() if name not in ("long", "combining"))
# The same in the length of a title.
LINE = (
    "[/] [@click=app.quit]x[/] [sic] \x1b[2J\x1b[9;999H\x1b]0;t\x07\x1b]52;c;Zm9v\x1b\\\x1b]8;;"
    "http://e\x07\x1bPq\x1b\\\x1b_G\x1b\\\x1bc\x9b31m\x9d2;x\x9c\u202e\u2066\u200b\u2060\U000e0041\ue000\u2028\x85\r\x0b\x08"
)
# Fields that hold words of people, where any text still leaves a record that is read.
FREE = frozenset(
    {"title", "rationale", "reason", "text", "name", "role", "organisation", "evidence", "quote"}
)

_SEQUENCE = re.compile(
    r"\x1b(?:\[([?<=>]?)([0-9;:]*)([ -/]?)([@-~])|\]([^\x07\x1b]*)(?:\x07|\x1b\\))"
)
_PLACES = {("", "", "H"), ("", "", "m"), ("?", "", "h"), ("?", "", "l"), ("?", "$", "p")}
_KEYBOARD = {(">", "", "u"), ("<", "", "u"), ("=", "", "u")}
_MODES = frozenset((7, 25, 1000, 1002, 1003, 1004, 1006, 1015, 1049, 2004, 2026, 2031, 2048))
_COLOUR = re.compile(r"(?:0|[1-4]|7|9|22|[34]8;2;\d{1,3};\d{1,3};\d{1,3})(?:;|$)")
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


def build(directory: Path, home: Path) -> None:
    """Builds the made-up assembly with a file of every kind that its app shows."""
    made_up.build(directory, home)
    for name, words in {
        "editions/1-0-0.yaml": f'number: "1.0.0"\ntext: sha256:{"0" * 64}\n'
        "made: 2026-11-19T10:00:00Z\nsteward: alma\n",
        "signatories/kim.yaml": "edition: 1.0.0\nsigned: 2026-11-19T10:00:00Z\nname: Kim Made-Up\n"
        "role: nurse\norganisation: a made-up ward\nconstituency: clinicians\n",
        "sources.yaml": "sources:\n  made-up:\n    title: A made-up source\n"
        "    url: https://example.org/\n",
    }.items():
        path = directory / "manifesto" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("format: 1\n" + words)
    record(directory, "Add files")


def record(directory: Path, message: str, author: str = "x", mail: str = "x@example.org") -> None:
    """Commits all that is there with plain git, as somebody else may."""
    git = ["git", "-C", str(directory), "-c", f"user.name={author}", "-c", f"user.email={mail}"]
    subprocess.run([*git, "add", "-A"], check=True)
    words = [*git, "commit", "-qm", message, "--allow-empty", "--allow-empty-message"]
    words.append("--cleanup=verbatim")
    subprocess.run(words, check=True, capture_output=True)


def fields(directory: Path) -> dict[str, Callable[[Path, str], None]]:
    """Returns every field of the record by name, each with what puts a text into it."""
    found: dict[str, Callable[[Path, str], None]] = {}
    for path in sorted(_files(directory)):
        for key in re.findall(r"(?m)^ *(?:- )?([a-z-]+):", path.read_text()):
            kind = _kind(directory, path)
            found[f"{kind}: {key}"] = _putting(kind, key)
    return found | _ELSEWHERE


def poison_all(directory: Path, text: str) -> None:
    """Puts a text into every field that holds words of people, and into the text itself."""
    for name, put in fields(directory).items():
        free = name.rpartition(" ")[2] in FREE or name in ("a clause", "a heading")
        if free and name not in ("manifesto.yaml: text", "editions/*: text"):
            put(directory, text if "text" in name or "rationale" in name else LINE)
    record(directory, text.replace("\0", "") or "x")


def _files(directory: Path) -> Iterator[Path]:
    for folder in ("manifesto", "proposals"):
        yield from (directory / folder).rglob("*.yaml")


_SEVERAL = ("votes", "comments", "seconds", "roll", "editions", "signatories")


def _kind(directory: Path, path: Path) -> str:
    several = path.parent.name in (
        "votes",
        "comments",
        "seconds",
        "roll",
        "editions",
        "signatories",
    )
    return f"{path.parent.name}/*" if several else path.name


def _putting(kind: str, key: str) -> Callable[[Path, str], None]:
    def put(directory: Path, text: str) -> None:
        for path in _files(directory):
            if _kind(directory, path) == kind:
                path.write_text("\n".join(_poisoned(path.read_text().split("\n"), key, text)))

    return put


def _poisoned(lines: list[str], key: str, text: str) -> Iterator[str]:
    """Yields the lines of a file with a text as the value of `key`, and not what it held."""
    while lines:
        line = lines.pop(0)
        found = re.match(rf"( *(?:- )?){key}:", line)
        if not found:
            yield line
            continue
        yield f"{found[0]} {_quoted(text)}"
        # What is deeper, or a list on the same level.
        below = re.compile(f"$| {{{len(found[1]) + 1}}}|{' ' * len(found[1])}- ")
        below = list(takewhile(below.match, lines))
        del lines[: len(below)]


def _quoted(text: str) -> str:
    """Returns a text as YAML writes it in double quotes, all but plain letters as escapes."""
    plain = re.compile(r"[ !#-\[\]-~]")
    return '"' + "".join(c if plain.match(c) else f"\\U{ord(c):08X}" for c in text) + '"'


def _in_text(old: str) -> Callable[[Path, str], None]:
    def put(directory: Path, text: str) -> None:
        path = next((directory / "manifesto").glob("*.md"))
        words = path.read_text().replace(old, f"{old} {text}", 1)
        path.write_text(words, encoding="utf-8", errors="surrogatepass")

    return put


def _as_file(folder: str) -> Callable[[Path, str], None]:
    def put(directory: Path, text: str) -> None:
        name = re.sub(r"[/\0]", "", text)[:40].strip(".") or "x"
        path = directory / folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"format: 1\n{_quoted(text)}: {_quoted(text)}\n")

    return put


def _raw(directory: Path, text: str) -> None:
    """Writes the bytes as they are, where YAML would have them escaped."""
    for path in (directory / "manifesto/roll").glob("bodo.yaml"):
        path.write_text(path.read_text().replace("Bodo", f"Bodo {text}"), encoding="utf-8")


def _in_git(what: str) -> Callable[[Path, str], None]:
    def put(directory: Path, text: str) -> None:
        path = next((directory / "manifesto").glob("*.md"))
        path.write_text(path.read_text() + "\nOne more made-up clause.\n")
        # Neither can be given on a command line.
        named = {what: re.sub(r"[\0\n<>]", "", text) or "x"}
        record(
            directory, named.get("message", "x"), named.get("author", "x"), named.get("mail", "x@y")
        )

    return put


_ELSEWHERE: dict[str, Callable[[Path, str], None]] = {
    "a clause": _in_text("Poor systems"),
    "a heading": _in_text("# Open by default"),
    "a quotation": _in_text("> “If it"),
    "an item": _in_text("- A new system"),
    "raw bytes in a file of the roll": _raw,
    "a file beside the roll": _as_file("manifesto/roll"),
    "a file in the folder of proposals": _as_file(
        "proposals/2026-11/w8hn-must-not-should/comments"
    ),
    "a folder of proposals": _as_file("proposals/2026-11/zzzz-\u202eevil"),
    "the message of a commit": _in_git("message"),
    "the author of a commit": _in_git("author"),
    "the address of an author": _in_git("mail"),
}
