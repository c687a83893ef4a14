"""Reads and writes the record's YAML: strings, lists and maps, and nothing else.

A file of the record is small, plain and means one thing. No value is guessed at: `no`, `1.10`
and `1234e5678901` are the strings that stand there, and what they are is for `forms` to say.
Anchors, aliases, tags, directives, merge keys, second documents and equal keys are refused.

ruamel.yaml decides what a file says. `plain` answers for it on the files that this program
writes, some fifty times faster, and hands over everything that it does not know.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.prose import reveal
from manifesto_tui.record import plain
from manifesto_tui.record.node import Node

LARGEST = 64 * 1024
MOST = 5000  # Lines and commas, so that no file takes half a second to read.
DEEPEST = 16
# What ruamel lets through of its own failures.
_OF_RUAMELS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_MARK = "\ufeff"
_START = (1, 1)  # Where what is wrong with the whole of a file is told.
_EXPECTED = {
    r"'\t'": "spaces",
    "quoted scalar": "the quote that ends it",
    "cannot start any token": "it in quotes",
    "mapping values are not allowed": "“: ” in quotes, or on a line of its own",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Unreadable(Exception):
    """Carries the problems for which a file could not be read; caught within `record`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def read(path: str, data: bytes) -> Node:
    """Reads one file into nodes that know their places; raises Unreadable."""
    source = decoded(path, data)
    return plain.read(source) or read_slowly(path, source)


def read_slowly(path: str, source: str) -> Node:
    """Reads a source with ruamel.yaml, which says precisely where something is wrong."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _Builder(path, source).build(YAML(typ="safe", pure=True, plug_ins=[]).parse(source))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else _START
        said = reveal(str(error.problem or error.context or "it cannot be read"))
        expected = _expected(f"{error.context} {said}")
        raise _wrong(path, at, f"This is not YAML: {said}", expected) from error
    except (YAMLError, *_OF_RUAMELS) as error:
        # On escapes beyond Unicode, for instance, or where a directive names an odd version.
        what = "This is not YAML that can be read"
        raise _wrong(path, _START, what, "expected keys and values") from error


def _expected(said: str) -> str:
    """Returns what was expected instead, of what ruamel says of a source that is not YAML."""
    for words, expected in _EXPECTED.items():
        if words in said:
            return f"expected {expected}"
    return "expected keys and values"


def decoded(path: str, data: bytes) -> str:
    """Returns a file as words, where its size and its characters allow reading; else Unreadable."""
    if len(data) > LARGEST:
        what = f"The file has {len(data):,} bytes"
        raise _wrong(path, _START, what, "expected 65,536 at most", "file-too-large")
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(not_utf8(path, error)) from error
    source = source.replace("\r\n", "\n")
    if source.count("\n") + source.count(",") > MOST:
        what = "The file has too many lines or values"
        raise _wrong(path, _START, what, "expected 5,000 at most", "file-too-large")
    found = _FORBIDDEN.search(source)
    if found:
        start = found.start()
        if not start and found[0] == _MARK:
            what = "A byte order mark stands here"
            raise _wrong(path, _START, what, "expected the file without it", "hidden-character")
        at = (source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start))
        what = f"A character stands here that cannot be seen, U+{ord(found[0]):04X}"
        raise _wrong(path, at, what, "expected it as an escape in quotes", "hidden-character")
    return source


def not_utf8(path: str, error: UnicodeDecodeError) -> Problem:
    """Returns where a file begins to be something else than UTF-8."""
    before = error.object[: error.start].decode("utf-8")
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem(place, "not-utf-8", "This is not UTF-8 — expected UTF-8.")


class _Builder:
    """Makes nodes of a stream of ruamel's events, and refuses what the record has no use for."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        # A document begins at its hyphens; the directive stands in a line before them.
        self.directive = (source[: f"\n{source}".find("\n%") + 1].count("\n") + 1, 1)

    def build(self, events: Any) -> Node:
        root: Node | None = None
        # Each level is the node being filled and, in a map, the key that waits for its value.
        open_nodes: list[tuple[Node, list[Node]]] = []
        documents = 0
        for event in events:
            name = type(event).__name__
            at = (event.start_mark.line + 1, event.start_mark.column + 1)
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _wrong(self.path, at, "A second document begins here", "expected one")
                if event.version or event.tags:
                    what = "A directive stands here"
                    raise _wrong(self.path, self.directive, what, "expected none")
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                open_nodes.pop()
            elif name in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
                node = self._node(event, name, at)
                if open_nodes:
                    self._place(*open_nodes[-1], node)
                else:
                    root = node
                if name != "ScalarEvent":
                    open_nodes.append((node, []))
                    if len(open_nodes) > DEEPEST:
                        raise _wrong(self.path, at, "This lies too deep", "expected 16 levels")
        if root is None:
            raise _wrong(self.path, _START, "The file is empty", "expected keys and values")
        return root

    def _node(self, event: Any, name: str, at: tuple[int, int]) -> Node:
        if name == "AliasEvent" or event.anchor is not None:
            raise _wrong(self.path, at, "An anchor or alias stands here", "expected the value")
        if event.tag is not None:
            raise _wrong(self.path, at, "A tag stands here", "expected a value without one")
        if name == "MappingStartEvent":
            return Node({}, *at)
        if name == "SequenceStartEvent":
            return Node([], *at)
        if re.search("[\ud800-\udfff]", event.value):
            raise _wrong(self.path, at, "Half a character stands here", "expected whole ones")
        return Node(event.value, *at)

    def _place(self, parent: Node, waiting: list[Node], node: Node) -> None:
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict) and waiting:
            key = waiting.pop()
            node.key_line, node.key_column = key.line, key.column
            parent.value[str(key.value)] = node
        else:
            at = (node.line, node.column)
            if not isinstance(node.value, str):
                raise _wrong(self.path, at, "A list or map stands as a key", "expected a word")
            if node.value == "<<":
                raise _wrong(self.path, at, "A merge key stands here", "expected the keys")
            if node.value in parent.value:
                shown = reveal(node.value[:60])
                raise _wrong(self.path, at, f"“{shown}” stands twice", "expected it once")
            waiting.append(node)


def _wrong(
    path: str, at: tuple[int, int], what: str, expected: str = "", code: str = "bad-yaml"
) -> Unreadable:
    sentence = f"{what} — {expected}." if expected else f"{what}."
    return Unreadable(Problem(Place(path, *at), code, sentence))


class Prose(str):
    """Words that people wrote, which are set as a block of their own however short."""

    __slots__ = ()


Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ/](?:[^\s:#\"'\\]|[ :](?=[^\s:#])|'(?=\w))*")
_IN_FLOW = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]*")
_WIDTH = 96
# What some reader of YAML, old or new, takes for something else than words.
_MISREAD = re.compile(
    r"(?:true|false|yes|no|on|off|y|n|null|nan|inf|~)"
    r"|[-+.]?[0-9][0-9_,.:]*(?:e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[0-9.]+e[0-9]+"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r'[\\"\x00-\x1f\x7f-\xa0\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f'
    "\ud800-\udfff\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def write(fields: Mapping[str, Value]) -> str:
    """Writes a map in the one form that this program uses, always the same for the same map."""
    return "".join(_map(fields, ""))


def _map(fields: Mapping[str, Value], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in fields.items():
        lines += _entry(f"{indent}{_inline(key)}:", value, indent)
    return lines


def _entry(start: str, value: Value, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{start}\n", *_map(value, indent + "  ")] if value else [f"{start} {{}}\n"]
    if isinstance(value, str):
        return [f"{start} {_scalar(value, indent + '  ')}\n"]
    if isinstance(value, int):
        return [f"{start} {str(value).lower()}\n"]
    flow = _flow(value)
    if flow is not None and len(start) + len(flow) < _WIDTH:
        return [f"{start} {flow}\n"]
    lines = [f"{start}\n"]
    for item in value:
        if isinstance(item, Mapping) and item:
            first, *rest = _map(item, indent + "  ")
            lines += [f"{indent}- {first[len(indent) + 2 :]}", *rest]
        else:
            lines += _entry(f"{indent}-", item, indent)
    return lines


def _flow(items: Sequence[Value]) -> str | None:
    words = [item for item in items if isinstance(item, str) and not isinstance(item, Prose)]
    if len(words) < len(items):
        return None
    if all(_IN_FLOW.fullmatch(word) and not _MISREAD.fullmatch(word) for word in words):
        return f"[{', '.join(words)}]"
    return None


def _scalar(text: str, indent: str) -> str:
    if text and (isinstance(text, Prose) or "\n" in text) and _fits_a_block(text):
        lines = text.removesuffix("\n").split("\n")
        body = "\n".join(indent + line if line else "" for line in lines)
        return f"|{'' if text.endswith(chr(10)) else '-'}\n{body}"
    return _inline(text)


def _fits_a_block(text: str) -> bool:
    if text[0].isspace() or text.removesuffix("\n")[-1:].isspace():
        return False
    return not _ESCAPED.search(text.translate({10: None, 34: None, 92: None, 0xA0: None}))


def _inline(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _MISREAD.fullmatch(text) and not _ESCAPED.search(text):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )
