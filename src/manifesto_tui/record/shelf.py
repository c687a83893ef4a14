"""Holds what the folders of proposals at one commit say, each read when it is first asked for.

Whoever asks for several in turn gets all of them in one go, so that a loop over ten thousand is
two processes and not twenty thousand. What was read is remembered by content, see `cache`; a
folder that only gained votes is known but for those.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import RLock
from typing import TypeVar

from manifesto_tui.governance.paths import folder_around
from manifesto_tui.record import settled
from manifesto_tui.record.cache import Cache, Key
from manifesto_tui.record.git import Repository
from manifesto_tui.record.held import (
    MOST_VOTES,
    SPENT,
    Held,
    Memory,
    Votes,
    packed,
    taken_in,
    unpacked,
    unpacked_votes,
)
from manifesto_tui.record.objects import Entry, list_tree
from manifesto_tui.record.packed import pack_votes

# How many proposals are read when one is missing that was not read along with an earlier one: who
# looks at three in turn gets a screenful, and who goes on gets more and more at once.
STEPS = (1, 1, 48, 512)
_ARGUMENTS = 500

Read = Callable[[Mapping[str, Entry]], dict[str, object]]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Grown:
    """A folder that only gained files: the tree that it was before, and the files by path."""

    before: str
    added: Mapping[str, Entry]


class Shelf:
    """The folders of proposals at one commit, read when they are looked at, from any thread.

    Of votes, of which there may be any number, only those last looked at are held.
    """

    def __init__(
        self,
        repo: Repository,
        commit: str,
        folders: Mapping[str, str],
        read: Read,
        grown: Mapping[str, Grown] | None = None,
    ) -> None:
        self._repo = repo
        self._commit = commit
        self.folders = folders
        self._read = read
        # Only by votes; what else was added may change what the rest means.
        self._grown = {
            folder: growth
            for folder, growth in (grown or {}).items()
            if all(path.startswith(f"{folder}/votes/") for path in growth.added)
        }
        self._cache = Cache(repo.common_dir)
        self._lock = RLock()
        self._memory = Memory(folders, repo.memory.get("folders"))
        repo.memory["folders"] = self._memory
        self._asked = {"folders": 0, "votes": 0}
        self._expected: Sequence[str] = ()
        self._order: list[str] = []

    def made(self, folder: str, make: Callable[[str, "Shelf"], Made]) -> Made:
        """Returns what was made of a folder, at this commit or at one where it was the same."""
        key = (folder, self.folders[folder])
        made: Made = self._memory.made.setdefault(key, make(folder, self))
        return made

    def expect(self, folders: Sequence[str]) -> None:
        """Is told that some folders will be looked at, if one of them is."""
        self._expected = folders

    def look(self, folder: str) -> Held:
        """Returns what one folder holds but for its votes."""
        key = (folder, self.folders[folder])
        with self._lock:
            if key not in self._memory.held:
                self.fetch(self._along_with(folder, "folders"))
            return self._memory.held[key]

    def values(self, folder: str) -> Held:
        """Returns what one folder holds with its values, read again where they were let go."""
        with self._lock:
            held = self.look(folder)
            if not held.packed:
                del self._memory.held[folder, self.folders[folder]]
                self.fetch((folder,))
                held = self.look(folder)
            return held

    def let_go(self, folder: str) -> None:
        """Lets go of the values of one folder, all of which were taken out."""
        with self._lock:
            held = self.look(folder)
            plain = not held.problems and not held.signed
            spent = SPENT if plain else replace(held, packed=b"")
            self._memory.held[folder, self.folders[folder]] = spent

    def votes(self, folder: str) -> Votes:
        """Returns the votes in one folder."""
        key = (folder, self.folders[folder])
        with self._lock:
            found = self._memory.votes(key)
            if found is None:
                found = self._fetch_votes(key, self._along_with(folder, "votes"))
            return found

    def fetch_votes(self, folder: str) -> None:
        """Reads the votes in one folder, and none beside them."""
        key = (folder, self.folders[folder])
        with self._lock:
            if self._memory.votes(key) is None:
                self._fetch_votes(key, (folder,))

    def fetch(self, folders: Iterable[str]) -> None:
        """Reads some folders in one go, and none beside them."""
        for _ in self.fetch_in_parts(folders):
            pass

    def fetch_in_parts(self, folders: Iterable[str]) -> Iterator[Sequence[str]]:
        """Reads some folders, a few hundred at a time; yields those that were read just now."""
        missing = [key for key in self._keys(folders) if key not in self._memory.held]
        with _uncollected(len(missing) > _ARGUMENTS):
            for start in range(0, len(missing), _ARGUMENTS):
                self._tell(start, len(missing))
                part = missing[start : start + _ARGUMENTS]
                with self._lock:
                    self._fetch(part)
                yield [folder for folder, _ in part]
        if missing:
            self._tell(len(missing), len(missing))

    def _tell(self, done: int, of: int) -> None:
        if self._repo.progress:
            self._repo.progress(done, of)

    def look_at_all(self) -> Iterator[Held]:
        """Yields what every folder holds but for its votes."""
        self.fetch(self.folders)
        for folder in self.folders:
            yield self.look(folder)

    def settled(self) -> frozenset[str]:
        """Returns the trees of folders that are known to hold a decided amendment.

        Where none is known of many folders, they are looked for.
        """
        known: frozenset[str] | None = self._repo.memory.get("settled")
        known = settled.recall(self._cache) if known is None else known
        if not known and len(self.folders) > _ARGUMENTS:
            folders = list(self.folders)
            for start in range(0, len(folders), _ARGUMENTS):
                part = folders[start : start + _ARGUMENTS]
                found = settled.find(self._repo, part, self.folders, self._read)
                known |= {self.folders[folder] for folder in found}
                self._tell(start + len(part), len(folders))
            self._settle(known)
        return known

    def settle(self, more: Iterable[str]) -> None:
        """Keeps that in some more folders an amendment was decided."""
        known = self.settled()
        new = {self.folders[folder] for folder in more} - known
        if new:
            self._settle(
                frozenset(tree for tree in self.folders.values() if tree in known or tree in new)
            )
        else:
            self._repo.memory["settled"] = known

    def _settle(self, known: frozenset[str]) -> None:
        settled.remember(self._cache, self._commit, known)
        self._repo.memory["settled"] = known

    def _along_with(self, folder: str, what: str) -> Iterable[str]:
        """Returns the folders to read now: this one, and those that are likely to be next."""
        if what == "folders" and folder in self._expected:
            return self._expected
        asked = self._asked[what]
        self._asked[what] += 1
        if asked >= len(STEPS) and what == "folders":
            return self.folders
        count = STEPS[min(asked, len(STEPS) - 1)]
        if count == 1:
            return (folder,)
        self._order = self._order or list(self.folders)
        start = self._order.index(folder)
        return self._order[start : start + count]

    def _keys(self, folders: Iterable[str]) -> list[Key]:
        return [(folder, self.folders[folder]) for folder in folders]

    def _fetch(self, keys: Sequence[Key]) -> None:
        held = self._memory.held
        for key, kept in self._cache.recall("folders", keys):
            if (held_before := unpacked(kept)) is not None:
                held[key] = held_before
        self._extend([key for key in keys if key not in held])
        self._fetch_from_git([key for key in keys if key not in held])

    def _fetch_votes(self, wanted: Key, folders: Iterable[str]) -> Votes:
        found: Votes | None = None
        count = 0
        missing = [key for key in self._keys(folders) if self._memory.votes(key) is None]
        unread = set(missing)
        for key, kept in self._cache.recall("votes", missing):
            votes = unpacked_votes(kept)
            if votes is not None:
                self._memory.hold(key, votes)
                unread.discard(key)
                count += len(votes)
                found = votes if key == wanted else found
            if count > MOST_VOTES // 2 and found is not None:
                break
        if found is None:
            self._extend([key for key in missing if key in unread])
            found = self._memory.votes(wanted)
        if found is None:
            unread = {key for key in unread if self._memory.votes(key) is None}
            found = self._fetch_from_git([key for key in missing if key in unread], wanted)
        return found

    def _extend(self, keys: Sequence[Key]) -> None:
        """Adds new votes to what is known of the folders as they were before."""
        before = {
            (folder, self._grown[folder].before): (folder, tree)
            for folder, tree in keys
            if folder in self._grown
        }
        held = {
            before[key]: found
            for key, kept in self._cache.recall("folders", before)
            if (found := unpacked(kept))
        }
        votes = {
            before[key]: cast
            for key, kept in self._cache.recall("votes", before)
            if (cast := unpacked_votes(kept)) is not None
        }
        known = held.keys() & votes.keys()
        added = [self._grown[folder].added for folder, _ in known]
        read = self._read({path: e for each in added for path, e in each.items()}) if added else {}
        for key in known:
            fresh = taken_in(
                {path: read[path] for path in self._grown[key[0]].added if path in read}
            )
            held[key] = Held(
                held[key].packed,
                (*held[key].problems, *fresh[0].problems),
                held[key].signed or fresh[0].signed,
            )
            votes[key] = tuple(sorted((*votes[key], *fresh[1]), key=lambda vote: vote.path))
        self._keep({key: (held[key], votes[key]) for key in known})

    def _fetch_from_git(self, keys: Sequence[Key], wanted: Key | None = None) -> Votes:
        """Reads folders from git and keeps what was read; returns the votes in one of them."""
        found: Votes = ()
        for start in range(0, len(keys), _ARGUMENTS):
            part = keys[start : start + _ARGUMENTS]
            values: dict[str, dict[str, object]] = {folder: {} for folder, _ in part}
            with self._repo.at_hand():
                entries = list_tree(self._repo, self._commit, list(values))
                for path, value in self._read(entries).items():
                    values[folder_around(path)][path] = value
            read = {key: taken_in(values[key[0]]) for key in part}
            self._keep(read)
            found = read[wanted][1] if wanted in read else found
        return found

    def _keep(self, read: Mapping[Key, tuple[Held, Votes]]) -> None:
        for key, (held, votes) in read.items():
            self._memory.held[key] = held
            self._memory.hold(key, votes)
        if read:
            cast = {key: pack_votes(votes) for key, (_, votes) in read.items()}
            self._cache.remember("folders", {key: packed(held) for key, (held, _) in read.items()})
            self._cache.remember("votes", cast)


@contextmanager
def _uncollected(many: bool) -> Iterator[None]:
    """Keeps the garbage collector from walking through all that is read, which doubles the time."""
    pause = many and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()
