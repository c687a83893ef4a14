"""Asks a file's keys for values of the right shape, and collects what is wrong with them.

A reader asks for each key once and says what it expects; afterwards `check` finds the keys that
nobody asked for. A value that is not right comes back as an empty one, so that one reading
tells a person everything that is wrong with their file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TypeVar

from manifesto_tui.governance.edition import NUMBER
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.paths import NAME, stem
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.prose import reveal
from manifesto_tui.record.node import Node
from manifesto_tui.record.yaml import Unreadable

_T = TypeVar("_T")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DIGESTS = re.compile(rf"{_DIGEST.pattern}(?:,{_DIGEST.pattern})*")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_CENTURY = 36_525  # In days: no time may come of it that cannot be written.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


class Fields:
    """The keys of one map in one file."""

    def __init__(
        self, path: str, node: Node, data: bytes = b"", problems: list[Problem] | None = None
    ) -> None:
        self.path = path
        self._data = data
        self.problems: list[Problem] = [] if problems is None else problems
        self._asked: set[str] = set()
        self._node = node
        self._fields: dict[str, Node] = {}
        if isinstance(node.value, dict):
            self._fields = node.value
        else:
            self._report(node, "This is not a map", "keys and values")
        if problems is None:
            version = self._get("format", "")
            if version is not None and version.value != "1":
                self._report(version, "This format is not known", "1")

    @property
    def file_digest(self) -> str:
        """The digest of the whole file, by which other files name it."""
        return f"sha256:{sha256(self._data).hexdigest()}"

    def text(self, key: str, default: str | None = None, longest: int = 300) -> str:
        """Returns one line of words, cleaned of what cannot be seen."""
        return self._take(key, default, lambda node: self._line(node, longest))

    def prose(self, key: str, default: str | None = None) -> str:
        """Returns words over any number of lines, cleaned of what cannot be seen."""
        return self._take(key, default, self._words)

    def optional_prose(self, key: str) -> str | None:
        """Returns words, or None where the key is missing."""
        return self.prose(key) if key in self._fields else None

    def name(self, key: str, default: str | None = None) -> str:
        """Returns a handle, an id or an anchor."""
        return self._take(key, default, self._name)

    def names(self, key: str) -> tuple[str, ...]:
        """Returns a list of handles, ids or keys; nothing where it is missing."""
        return self._several(key, self._name)

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Returns a list of lines; nothing where it is missing."""
        return self._several(key, lambda node: self._line(node, 1000), required)

    def edition(self, key: str) -> str:
        """Returns the number of an edition, such as 1.0.0."""
        return self._matching(key, None, NUMBER, "a number like 1.0.0")

    def digest(self, key: str, default: str | None = None) -> str:
        """Returns `sha256:` and 64 hexadecimal digits."""
        return self._matching(key, default, _DIGEST, "sha256: and 64 hexadecimal digits")

    def digests(self, key: str) -> str:
        """Returns one digest, or several joined by commas."""
        return self._matching(key, None, _DIGESTS, "sha256: and 64 hexadecimal digits")

    def commit(self, key: str) -> str:
        """Returns a commit's whole id; "" where the key is missing."""
        return self._matching(key, "", _COMMIT, "a commit's whole id")

    def moment(self, key: str) -> str:
        """Returns a date and time with a zone, as ISO 8601 writes them."""

        def read(node: Node) -> str:
            if isinstance(node.value, str) and _MOMENT.fullmatch(node.value):
                try:
                    moment(node.value)
                except ValueError:
                    pass
                else:
                    return node.value
            return self._report(node, "This is not a time", "one like 2026-11-20T10:04:00Z")

        return self._take(key, None, read)

    def integer(self, key: str, default: int | None = None) -> int:
        """Returns a whole number from 0."""
        found = self._take(key, None if default is None else str(default), self._number)
        return int(found or 0)

    def days(self, key: str) -> int:
        """Returns a number of days, none where the key is missing."""
        days = self.integer(key, 0)
        if days > _CENTURY:
            self.wrong(key, f"“{days}” is too many days", f"{_CENTURY} at most")
        return days

    def optional_integer(self, key: str, default: int | None = None) -> int | None:
        """Returns a whole number; the default where the key is missing, None where it is `none`."""
        node = self._get(key, "")
        if node is None:
            return default
        if node.value == "none":
            return None
        return self.integer(key)

    def flag(self, key: str) -> bool:
        """Returns whether the key says `true`; it may be missing."""
        return self.one_of(key, ("false", "true"), "false") == "true"

    def one_of(self, key: str, words: Sequence[str], default: str | None = None) -> str:
        """Returns one of the words, the first of them where something else stands there."""

        def read(node: Node) -> str:
            if isinstance(node.value, str) and node.value in words:
                return node.value
            return self._report(node, f"“{_shown(node)}” is not known here", " or ".join(words))

        return self._take(key, default, read) or words[0]

    def parsed(self, key: str, parse: Callable[[str], _T], default: _T) -> _T:
        """Returns what `parse` makes of a line; its ValueError becomes the problem."""
        node = self._get(key, "")
        if node is None:
            return default
        text = self._line(node, 300)
        try:
            return parse(text) if text or node.value == "" else default
        except ValueError as error:
            self._report(node, str(error).rstrip("."))
            return default

    def phrase(self, key: str, parse: Callable[[str], object], default: str | None = None) -> str:
        """Returns a line that `parse` can read; its ValueError becomes the problem."""

        def read(node: Node) -> str:
            text = self._line(node, 300)
            try:
                if text:
                    parse(text)
            except ValueError as error:
                return self._report(node, str(error).rstrip("."))
            return text

        return self._take(key, default, read)

    def counts(self, key: str) -> dict[str, int]:
        """Returns whole numbers by name."""
        return {reveal(name): int(self._number(node) or 0) for name, node in self._pairs(key)}

    def lines(self, key: str) -> dict[str, str]:
        """Returns lines by name."""
        return {reveal(name): self._line(node, 300) for name, node in self._pairs(key)}

    def maps(self, key: str) -> "Iterator[Fields]":
        """Yields the maps of a list, each checked for unknown keys after its turn."""
        node = self._get(key, None)
        if node is None:
            return
        if not isinstance(node.value, list) or not node.value:
            self._report(node, "This is not a list", "at least one entry that starts with “- ”")
            return
        for item in node.value:
            yield from self._inner(item)

    def section(self, key: str) -> "Iterator[Fields]":
        """Yields the one map under a key, if it is there, checked for unknown keys after it."""
        node = self._get(key, "")
        if node is not None:
            yield from self._inner(node)

    def everything(self) -> "Iterator[tuple[str, Fields]]":
        """Yields every key that has not been asked for, as a map of its own."""
        for name, node in list(self._fields.items()):
            if name not in self._asked:
                self._asked.add(name)
                if not NAME.fullmatch(name):
                    self._report(node, f"“{reveal(name)[:60]}” is not a name", _NAMES)
                for fields in self._inner(node):
                    yield name, fields

    def section_counts(self, key: str) -> dict[str, dict[str, int]]:
        """Returns whole numbers by name within name."""
        found: dict[str, dict[str, int]] = {}
        for name, node in self._pairs(key):
            inner = Fields(
                self.path, Node({name: node}, node.line, node.column), b"", self.problems
            )
            found[reveal(name)] = inner.counts(name)
        return found

    def owner(self, key: str) -> str:
        """Returns the handle under `key`, which has to be the one that the file is named after."""
        handle, name = self.name(key), stem(self.path)
        if handle and not re.fullmatch(rf"{re.escape(handle)}(?:-(?:[2-9]|[1-9][0-9]+))?", name):
            self.wrong(key, f"“{handle}” is not whom the file is named after", name)
        return handle

    def wrong(self, key: str, what: str, expected: str = "") -> None:
        """Reports a key whose value is of the right shape and still not right."""
        node = self._fields.get(key, self._node)
        self._report(node, what, expected)

    def has(self, key: str) -> bool:
        """Tells whether a key is there."""
        return key in self._fields

    def check(self) -> None:
        """Raises Unreadable with every problem, unknown keys among them."""
        self._unknown()
        if self.problems:
            raise Unreadable(*sorted(self.problems, key=lambda problem: problem.place))

    def _inner(self, node: Node) -> "Iterator[Fields]":
        fields = Fields(self.path, node, b"", self.problems)
        yield fields
        fields._unknown()

    def _unknown(self) -> None:
        for key, node in self._fields.items():
            if key not in self._asked:
                known = ", ".join(sorted(self._asked)) or "none"
                self._add(
                    (node.key_line, node.key_column),
                    f"The key “{reveal(key)[:60]}” is not known here — expected {known}.",
                )

    def _get(self, key: str, default: object) -> Node | None:
        self._asked.add(key)
        node = self._fields.get(key)
        if node is None and default is None and isinstance(self._node.value, dict):
            at = (self._node.line, self._node.column)
            self._add(at, f"The key “{key}” is missing — expected it here.")
        return node

    def _take(self, key: str, default: str | None, read: Callable[[Node], str]) -> str:
        node = self._get(key, default)
        if node is None:
            return default or ""
        return read(node)

    def _matching(self, key: str, default: str | None, form: re.Pattern[str], told: str) -> str:
        def read(node: Node) -> str:
            if isinstance(node.value, str) and form.fullmatch(node.value):
                return node.value
            if node.value == "" and default == "":
                return ""
            return self._report(node, f"“{_shown(node)}” is not right", told)

        return self._take(key, default, read)

    def _several(
        self, key: str, read: Callable[[Node], str], required: bool = False
    ) -> tuple[str, ...]:
        node = self._get(key, None if required else "")
        if node is None:
            return ()
        if not isinstance(node.value, list):
            self._report(node, "This is not a list", "a list like [one, two]")
            return ()
        return tuple(found for item in node.value if (found := read(item)))

    def _pairs(self, key: str) -> list[tuple[str, Node]]:
        node = self._get(key, "")
        if node is None:
            return []
        if not isinstance(node.value, dict):
            self._report(node, "This is not a map", "keys and values")
            return []
        return list(node.value.items())

    def _line(self, node: Node, longest: int) -> str:
        if not isinstance(node.value, str):
            return self._report(node, "This is a list or a map", "words")
        if "\n" in node.value:
            return self._report(node, "This has several lines", "one line")
        if len(node.value) > longest:
            return self._report(
                node, f"This has {len(node.value)} characters", f"{longest} at most"
            )
        return reveal(node.value)

    def _words(self, node: Node) -> str:
        if not isinstance(node.value, str):
            return self._report(node, "This is a list or a map", "words")
        return reveal(node.value)

    def _name(self, node: Node) -> str:
        if isinstance(node.value, str) and NAME.fullmatch(node.value):
            return node.value
        return self._report(node, f"“{_shown(node)}” is not a name", _NAMES)

    def _number(self, node: Node) -> str:
        if isinstance(node.value, str) and _INTEGER.fullmatch(node.value):
            return node.value
        return self._report(node, f"“{_shown(node)}” is not a number", "a whole number from 0")

    def _report(self, node: Node, what: str, expected: str = "") -> str:
        """Notes what is wrong with a value, and stands in for it with an empty one."""
        said = f"{what} — expected {expected}." if expected else f"{what}."
        self._add((node.line, node.column), said)
        return ""

    def _add(self, at: tuple[int, int], sentence: str) -> None:
        self.problems.append(Problem(Place(self.path, *at), "bad-file", sentence))


_NAMES = "small letters, digits and hyphens, 64 at most"


def _shown(node: Node) -> str:
    return reveal(node.value[:60]) if isinstance(node.value, str) else "a list or a map"
