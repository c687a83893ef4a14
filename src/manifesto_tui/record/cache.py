"""Remembers what was read, by content, so that opening a large record again is quick.

A small database in git's own folder. Each row is keyed by the id that git gives the content, so
it can never be out of date; it may be deleted at any time and is then filled again. Whatever is
wrong with it (another version, a torn page, a disk that is full or read-only), it answers that it
knows nothing, and reading goes to git. `verify` never asks it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from manifesto_tui.governance.amendment import Amendment, Change, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Option, Vote
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy

# Counts up whenever what is stored for the same content changes its meaning or shape.
VERSION = 3
_TYPES: dict[str, Any] = {
    f"\0{kind.__name__}": kind
    for kind in (
        *(Amendment, Change, Comment, Second, Withdrawal),
        *(Ballot, Decision, Option, Vote, Proxy, Acceptance),
        *(Place, Problem),
    )
}
_FIELDS: dict[Any, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind)) for kind in _TYPES.values()
}
_AT_ONCE = 400

Key = tuple[str, str]


class Cache:
    """What was made of folders of proposals, by path and by the id of their tree."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "manifesto-tui" / f"cache-{VERSION}.sqlite"

    def recall(self, keys: Iterable[Key]) -> dict[Key, object]:
        """Returns what is known of some contents; unknown ones are left out."""
        found: dict[Key, object] = {}
        asked = list(keys)
        with suppress(sqlite3.Error, OSError, ValueError, TypeError), self._open() as rows:
            for start in range(0, len(asked), _AT_ONCE):
                part = asked[start : start + _AT_ONCE]
                marks = ",".join("(?,?)" for _ in part)
                query = f"SELECT path, id, value FROM held WHERE (path, id) IN (VALUES {marks})"
                for path, id_, value in rows.execute(query, [word for key in part for word in key]):
                    found[path, id_] = _decoded(json.loads(value))
        return found

    def remember(self, values: Mapping[Key, object]) -> None:
        """Keeps what was made of some contents; where that is not possible it is made again."""
        rows = [(path, id_, json.dumps(_encoded(v))) for (path, id_), v in values.items()]
        with suppress(sqlite3.Error, OSError), self._open() as held, held:
            held.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)

    def forget(self) -> None:
        """Deletes everything; it is read again from git when it is wanted."""
        for path in self._path.parent.glob("cache-*.sqlite*"):
            with suppress(OSError):
                path.unlink()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(exist_ok=True)
        try:
            with closing(sqlite3.connect(self._path, timeout=1.0)) as held:
                held.execute("PRAGMA synchronous = OFF")
                held.execute(
                    "CREATE TABLE IF NOT EXISTS held (path TEXT, id TEXT, value TEXT,"
                    " PRIMARY KEY (path, id)) WITHOUT ROWID"
                )
                yield held
        except sqlite3.DatabaseError as error:
            # A lock that another program holds is no damage; anything else is.
            if not isinstance(error, sqlite3.OperationalError):
                self.forget()
            raise


def _encoded(value: object) -> object:
    """Returns a value as JSON has it: of one of our types its name and its fields in order."""
    kind = type(value)
    names = _FIELDS.get(kind)
    if names is not None:
        # No text from a file begins with a NUL, so no list of theirs looks like one of these.
        return [f"\0{kind.__name__}", *(_encoded(getattr(value, name)) for name in names)]
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: object) -> object:
    if not isinstance(value, list):
        return value
    kind = _TYPES.get(value[0]) if value and isinstance(value[0], str) else None
    if kind is not None:
        made: object = kind(*map(_decoded, value[1:]))
        return made
    return tuple(map(_decoded, value))


def as_sequence(value: object) -> Sequence[object]:
    """Returns a recalled value as the sequence it was remembered as."""
    return value if isinstance(value, tuple) else ()
