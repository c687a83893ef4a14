"""Remembers what was read, by content, so that opening a large record again is quick.

A small database in git's own folder. Each row is kept under the id that git gives the content it
was made of, and carries a check over its name, that id and what it holds: so it can never be out
of date, and one that is torn, cut short or of another content is not believed. The whole may be
deleted at any time and is then filled again. Whatever is wrong with it (another version, a disk
that is full or read-only, a link that leads elsewhere), it answers that it knows nothing, and
reading goes to git. `verify` never asks it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal

# Counts up whenever what is stored for the same content changes its meaning or shape.
VERSION = 10
_AT_ONCE = 400
# A list of ten thousand folders is one row of half a megabyte: four reads a page are too many.
_PAGE = 16 * 1024
# Of what stands for a whole commit so many are kept: a large record's takes a megabyte.
_TIPS = 4

Table = Literal["folders", "votes", "openings", "listings", "scores", "labels", "settled"]
_PER_COMMIT = ("openings", "listings", "scores", "labels", "settled")
Key = tuple[str, str]
"""What something is called, and the id of the content that it was made of."""


class Cache:
    """What was made of folders of proposals by their trees, and of whole commits by their ids."""

    def __init__(self, folder: Path, held: sqlite3.Connection | None = None) -> None:
        self._folder = folder
        self._held = held
        self._path = folder / "manifesto-tui" / f"cache-{VERSION}.sqlite"

    def recall(self, table: Table, keys: Iterable[Key]) -> Iterator[tuple[Key, bytes]]:
        """Yields what is known of some contents, in any order; unknown ones are left out."""
        wanted = {key: key for key in keys}  # Yielded are these: thousands need no second copy.
        by = 1 if table in _PER_COMMIT else 0
        primary = [key[by] for key in wanted]
        if not primary:
            return
        with suppress(sqlite3.Error, OSError), self._open() as rows:
            for start in range(0, len(primary), _AT_ONCE):
                part = primary[start : start + _AT_ONCE]
                within = f"{('name', 'id')[by]} IN ({','.join('?' * len(part))})"
                query = f"SELECT name, id, checked, value FROM {table} WHERE {within}"
                for name, id_, checked, value in rows.execute(query, part):
                    key = wanted.get((name, id_))
                    if key and _is_right(name, id_, checked, value):
                        yield key, value

    def latest(self, table: Table) -> tuple[str, bytes] | None:
        """Returns what was kept last for a commit, and for which."""
        with suppress(sqlite3.Error, OSError), self._open() as rows:
            query = f"SELECT name, id, checked, value FROM {table} ORDER BY rowid DESC LIMIT 1"
            for name, id_, checked, value in rows.execute(query):
                return (id_, value) if _is_right(name, id_, checked, value) else None
        return None

    def recall_near(self, table: Table, name: str, commit: str) -> tuple[bytes, str]:
        """Returns what was kept for a commit, or else for the last one that was; and for which."""
        for _, kept in self.recall(table, [(name, commit)]):
            return kept, commit
        latest = self.latest(table)
        return (latest[1], latest[0]) if latest else (b"", "")

    def remember(self, table: Table, values: Mapping[Key, bytes]) -> None:
        """Keeps what was made of some contents; where that is not possible it is made again."""
        rows = [
            (name, id_, _check(name, id_, value), value) for (name, id_), value in values.items()
        ]
        with suppress(sqlite3.Error, OSError), self._open() as held, held:
            held.execute("PRAGMA synchronous = OFF")
            held.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)", rows)
            if table in _PER_COMMIT:
                oldest = f"SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT {_TIPS}"
                held.execute(f"DELETE FROM {table} WHERE rowid NOT IN ({oldest})")

    def forget(self) -> None:
        """Deletes everything; it is read again from git when it is wanted."""
        for path in self._path.parent.glob("cache-*.sqlite*"):
            with suppress(OSError):
                path.unlink()

    @contextmanager
    def together(self) -> Iterator["Cache"]:
        """Hands over a cache that is opened once for several questions in this thread."""
        with ExitStack() as open_until_then:
            held = None
            with suppress(sqlite3.Error, OSError):
                held = open_until_then.enter_context(self._open())
            yield Cache(self._folder, held)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if self._held is not None:
            yield self._held
            return
        try:
            with closing(self._connect()) as held:
                yield held
        except sqlite3.DatabaseError as error:
            # What is no database, or a damaged one, is said so; a lock that another holds is not.
            if type(error) is sqlite3.DatabaseError:
                self.forget()
            raise

    def _connect(self) -> sqlite3.Connection:
        """Opens the database; makes it where there is none, and deletes those of other versions."""
        if self._path.parent.is_symlink():
            raise OSError("a link leads elsewhere")
        place = f"{self._path.absolute().as_uri()}?mode=rw"
        with suppress(sqlite3.OperationalError):
            held = sqlite3.connect(place, timeout=1.0, uri=True)
            if self._path.stat().st_size:
                return held
            held.close()
        self._path.parent.mkdir(exist_ok=True)
        for path in self._path.parent.glob("cache-*.sqlite*"):
            if not path.name.startswith(self._path.name):
                with suppress(OSError):
                    path.unlink()
        made = sqlite3.connect(self._path, timeout=1.0)
        _make_tables(made)
        return made


def _make_tables(held: sqlite3.Connection) -> None:
    # One row for each folder, the last that was read: a ballot of thousands would else be kept
    # again with every vote. Of commits there are a few.
    held.execute(f"PRAGMA page_size = {_PAGE}")
    for table in ("folders", "votes"):
        columns = "(name TEXT PRIMARY KEY, id, checked, value)"
        held.execute(f"CREATE TABLE IF NOT EXISTS {table} {columns}")
    for table in _PER_COMMIT:
        columns = "(name TEXT, id TEXT PRIMARY KEY, checked, value)"
        held.execute(f"CREATE TABLE IF NOT EXISTS {table} {columns}")


def _check(name: str, id_: str, value: bytes) -> bytes:
    found = sha256(b"%b\0%b\0" % (name.encode(), id_.encode()))
    found.update(value)
    return found.digest()


def _is_right(name: object, id_: object, checked: object, value: object) -> bool:
    """Tells whether a row holds what was kept under this name."""
    if not (isinstance(name, str) and isinstance(id_, str) and isinstance(value, bytes)):
        return False
    return checked == _check(name, id_, value)
