"""Reads the plain form of YAML that this program writes, and nothing beyond it.

Answers None for whatever it is not sure of: comments, blank lines, folded or indented scalars,
single quotes, escapes, everything in braces, what lies deep. ruamel.yaml then reads the file.
What this does read it reads as ruamel does, to the character, and a test holds the two against
each other.
"""

import re

from manifesto_tui.record.node import Node

# Without quotes: no indicator at the start, no ": " or " #" within, no space at the end. YAML
# takes a tab for white space there, so a tab is left to ruamel.
_WORDS = re.compile(r"[A-Za-z0-9À-ɏ/](?:[^\s:#]|[ ](?=[^\s#])|:(?=[^\s:])|(?<=[^\s])#)*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
_FLOW = re.compile(r"\[(?:[A-Za-z0-9][A-Za-z0-9._@/+-]*(?:, [A-Za-z0-9][A-Za-z0-9._@/+-]*)*)?\]")
# Nobody's constituency is called "": of how many who have none a ballot tells under that key.
_KEY = re.compile(r'([a-z][a-z0-9-]{0,63}|""):(?: (.+))?')
# A map that is indented further may lie too deep: each two spaces are two levels at most.
_WIDEST = 14


def read(source: str) -> Node | None:
    """Reads a source into nodes, or returns None where ruamel.yaml has to."""
    if not source.endswith("\n") or "\t" in source:
        return None
    reader = _Reader(source[:-1].split("\n"))
    root = reader.map("")
    return root if root is not None and reader.at == len(reader.lines) else None


class _Reader:
    """Goes through the lines once; any method returns None to give up."""

    __slots__ = ("at", "lines")

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def map(self, indent: str, first: str | None = None) -> Node | None:
        """Reads the keys that stand at `indent`; `first` is what followed a list's hyphen."""
        lines, width = self.lines, len(indent)
        fields: dict[str, Node] = {}
        node = Node(fields, self.at + 1, width + 1)
        if width > _WIDEST:
            return None
        while self.at < len(lines):
            if first is not None:
                rest, first = first, None
            else:
                line = lines[self.at]
                if not line.startswith(indent):
                    break
                rest = line[width:]
                if rest[:1] in (" ", "") or (rest.startswith("- ") and fields):
                    break
            match = _KEY.fullmatch(rest)
            if match is None:
                return None
            written, text = match.groups()
            key = written.strip('"')
            if key in fields:
                return None
            number = self.at + 1
            self.at += 1
            value = self._value(text, indent)
            if value is None:
                return None
            fields[key] = Node(value, number, width + len(written) + 3, number, width + 1)
        return node if fields else None

    def _value(self, text: str | None, indent: str) -> "str | list[Node] | dict[str, Node] | None":
        if text is None:
            return self._nested(indent)
        if text[0] == "|":
            return self._block(text, indent + "  ")
        if text[0] == "[":
            if not _FLOW.fullmatch(text):
                return None
            return [Node(word, self.at, 1) for word in text[1:-1].split(", ") if word]
        return _scalar(text)

    def _nested(self, indent: str) -> "list[Node] | dict[str, Node] | None":
        if self.at >= len(self.lines):
            return None
        line = self.lines[self.at]
        if line.startswith(indent + "- "):
            return self._list(indent)
        if not line.startswith(indent + "  "):
            return None
        inner = self.map(indent + "  ")
        return inner.value if inner is not None else None  # type: ignore[return-value]

    def _list(self, indent: str) -> "list[Node] | None":
        items: list[Node] = []
        start = indent + "- "
        while self.at < len(self.lines) and self.lines[self.at].startswith(start):
            text = self.lines[self.at][len(start) :]
            if not text:
                return None
            number = self.at + 1
            if _KEY.fullmatch(text):
                item = self.map(indent + "  ", text)
            else:
                self.at += 1
                value = self._value(text, indent)
                item = None if value is None else Node(value, number, len(start) + 1)
            if item is None:
                return None
            items.append(item)
        return items

    def _block(self, mark: str, indent: str) -> str | None:
        lines, width, start = self.lines, len(indent), self.at
        if mark not in ("|", "|-") or start >= len(lines):
            return None
        if not lines[start].startswith(indent) or lines[start][width : width + 1] in ("", " "):
            return None
        at = start
        while at < len(lines) and (not lines[at] or lines[at].startswith(indent)):
            at += 1
        if not lines[at - 1].strip() or (at < len(lines) and not lines[at].strip()):
            return None
        self.at = at
        text = "\n".join(line[width:] for line in lines[start:at])
        return text if mark == "|-" else text + "\n"


def _scalar(text: str) -> str | None:
    if text[0] == '"':
        match = _QUOTED.fullmatch(text)
        return re.sub(r"\\(.)", r"\1", match[1]) if match else None
    return text if _WORDS.fullmatch(text) else None
