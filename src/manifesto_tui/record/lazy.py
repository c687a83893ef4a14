"""Opens a large record at once, and reads its proposals when somebody looks at them.

The folders under `proposals/` are listed, not read: a proposal knows its folder, id and slug, and
its files are read the first time that one of them is asked for. Whoever asks for several in
turn gets all of them in one go, so that a loop over ten thousand is two processes and not twenty
thousand. What was read is remembered by content, see `cache`.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from functools import cached_property
from threading import RLock
from typing import Any, overload

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.record.cache import Cache, Key
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry, list_tree
from manifesto_tui.record.packed import as_sequence, pack, pack_votes, unpack, unpack_votes

# How many proposals are read when one is missing that was not read along with an earlier one: who
# looks at three in turn gets a screenful, and who goes on gets more and more at once.
STEPS = (1, 1, 48, 512)
_ARGUMENTS = 500
# So many votes are held at once; a ballot that has more by itself is held alone.
MOST_VOTES = 20_000

Read = Callable[[Mapping[str, Entry]], dict[str, object]]
Votes = tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What one folder holds but for its votes: values in the order of their paths, and problems.

    `signed` tells whether a signature lies in it.
    """

    values: tuple[object, ...]
    problems: tuple[Problem, ...]
    signed: bool


class _Memory:
    """What is held in memory of the folders at one commit, by path and tree.

    It begins with what was held at the commit before and is still the same.
    """

    def __init__(self, folders: Mapping[str, str], before: "_Memory | None") -> None:
        self.held: dict[Key, Held] = {}
        self._votes: OrderedDict[Key, Votes] = OrderedDict()
        self._count = 0
        if before:
            for key, held in list(before.held.items()):
                if folders.get(key[0]) == key[1]:
                    self.held[key] = held
            for key, votes in list(before._votes.items()):
                if folders.get(key[0]) == key[1]:
                    self.hold(key, votes)

    def votes(self, key: Key) -> Votes | None:
        """Returns a folder's votes where they are still held."""
        found = self._votes.get(key)
        if found is not None:
            self._votes.move_to_end(key)
        return found

    def hold(self, key: Key, votes: Votes) -> None:
        """Holds a folder's votes, and lets go of those that were not asked for longest."""
        self._count += len(votes) - len(self._votes.pop(key, ()))
        self._votes[key] = votes
        while self._count > MOST_VOTES and len(self._votes) > 1:
            _, gone = self._votes.popitem(last=False)
            self._count -= len(gone)


class Shelf:
    """The folders of proposals at one commit, read when they are looked at, from any thread.

    Of votes, of which there may be any number, only those last looked at are held.
    """

    def __init__(
        self, repo: Repository, commit: str, folders: Mapping[str, str], read: Read
    ) -> None:
        self._repo = repo
        self._commit = commit
        self.folders = folders
        self._read = read
        self._cache = Cache(repo.common_dir)
        self._lock = RLock()
        self._memory = _Memory(folders, repo.memory.get("folders"))
        repo.memory["folders"] = self._memory
        self._asked = {"folders": 0, "votes": 0}
        self._order: list[str] = []

    def look(self, folder: str) -> Held:
        """Returns what one folder holds but for its votes."""
        key = (folder, self.folders[folder])
        with self._lock:
            if key not in self._memory.held:
                self._fetch(self._along_with(folder, "folders"))
            return self._memory.held[key]

    def votes(self, folder: str) -> Votes:
        """Returns the votes in one folder."""
        key = (folder, self.folders[folder])
        with self._lock:
            found = self._memory.votes(key)
            if found is None:
                found = self._fetch_votes(key, self._along_with(folder, "votes"))
            return found

    def look_at_all(self) -> Iterator[Held]:
        """Yields what every folder holds but for its votes."""
        with self._lock:
            self._fetch(self.folders)
        for folder in self.folders:
            yield self.look(folder)

    def _along_with(self, folder: str, what: str) -> Iterable[str]:
        """Returns the folders to read now: this one, and those that follow it in the listing."""
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

    def _fetch(self, folders: Iterable[str]) -> None:
        held = self._memory.held
        missing = [key for key in self._keys(folders) if key not in held]
        with _uncollected(len(missing) > _ARGUMENTS):
            for key, kept in self._cache.recall("folders", missing):
                if found := _unpacked(kept):
                    held[key] = found
            self._fetch_from_git([key for key in missing if key not in held])

    def _fetch_votes(self, wanted: Key, folders: Iterable[str]) -> Votes:
        found: Votes | None = None
        count = 0
        missing = [key for key in self._keys(folders) if self._memory.votes(key) is None]
        unread = set(missing)
        for key, kept in self._cache.recall("votes", missing):
            with suppress(ValueError, TypeError, KeyError):
                votes = unpack_votes(kept)
                self._memory.hold(key, votes)
                unread.discard(key)
                count += len(votes)
                found = votes if key == wanted else found
            if count > MOST_VOTES // 2 and found is not None:
                break
        if found is None:
            found = self._fetch_from_git([key for key in missing if key in unread], wanted)
        return found

    def _fetch_from_git(self, keys: Sequence[Key], wanted: Key | None = None) -> Votes:
        """Reads folders from git and keeps what was read; returns the votes in one of them."""
        found: Votes = ()
        for start in range(0, len(keys), _ARGUMENTS):
            if self._repo.progress:
                self._repo.progress(start, len(keys))
            part = keys[start : start + _ARGUMENTS]
            read = self._read_folders([folder for folder, _ in part])
            held = {key: read[key[0]][0] for key in part}
            votes = {key: read[key[0]][1] for key in part}
            self._memory.held.update(held)
            for key in part:
                self._memory.hold(key, votes[key])
            found = votes.get(wanted, found) if wanted else found
            self._cache.remember("folders", {key: _packed(value) for key, value in held.items()})
            self._cache.remember("votes", {key: pack_votes(cast) for key, cast in votes.items()})
        if self._repo.progress and keys:
            self._repo.progress(len(keys), len(keys))
        return found

    def _read_folders(self, folders: Sequence[str]) -> dict[str, tuple[Held, Votes]]:
        entries = list_tree(self._repo, self._commit, folders)
        values: dict[str, list[object]] = {folder: [] for folder in folders}
        for path, value in sorted(self._read(entries).items()):
            values[_folder(path)].append(value)
        signed = {_folder(path) for path in entries if path.endswith(".sig")}
        return {
            folder: (
                Held(
                    tuple(v for v in found if type(v) in _KINDS),
                    tuple(p for v in found for p in getattr(v, "problems", ())),
                    folder in signed,
                ),
                tuple(v for v in found if type(v) is Vote),
            )
            for folder, found in values.items()
        }


def _folder(path: str) -> str:
    return "/".join(path.split("/")[:3])


def _packed(held: Held) -> bytes:
    return pack((held.values, held.problems, held.signed))


def _unpacked(kept: bytes) -> Held | None:
    with suppress(ValueError, TypeError, KeyError):
        values, problems, signed = as_sequence(unpack(kept))
        right = tuple(p for p in as_sequence(problems) if isinstance(p, Problem))
        return Held(tuple(as_sequence(values)), right, bool(signed))
    return None


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


_KINDS = {Amendment, Second, Comment, Ballot, Decision, Withdrawal, Proxy, Acceptance}


def proposal_of(folder: str, values: Iterable[object]) -> Proposal:
    """Puts the values of one folder together."""
    held = list(values)
    parts: dict[str, Any] = {name: make(held) for name, make in _PARTS.items()}
    return Proposal(folder, **parts)


def _all(kind: type) -> Callable[[Iterable[object]], object]:
    return lambda values: tuple(value for value in values if type(value) is kind)


def _one(kind: type) -> Callable[[Iterable[object]], object]:
    return lambda values: next((value for value in values if type(value) is kind), None)


def _revisions(values: Iterable[object]) -> tuple[Amendment, ...]:
    found = [value for value in values if isinstance(value, Amendment)]
    return tuple(sorted(found, key=lambda amendment: amendment.revision))


_PARTS: dict[str, Callable[[Iterable[object]], object]] = {
    "revisions": _revisions,
    "seconds": _all(Second),
    "comments": _all(Comment),
    "ballot": _one(Ballot),
    "votes": _all(Vote),
    "decision": _one(Decision),
    "withdrawal": _one(Withdrawal),
    "proxies": _all(Proxy),
    "acceptances": _all(Acceptance),
}


class LazyProposal(Proposal):
    """A proposal whose files are read when one of them is first asked for."""

    @property
    def may_be_signed(self) -> bool:
        """Whether a signature lies in its folder, as far as is known."""
        shelf: Shelf | None = self.__dict__.get("_shelf")
        return shelf is None or shelf.look(self.folder).signed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Proposal):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(Proposal))

    def __hash__(self) -> int:
        return hash(self.folder)


class _Votes:
    """The votes of a proposal, read again where they were let go; what `replace` sets stays."""

    def __get__(self, proposal: LazyProposal | None, kind: type) -> Votes:
        if proposal is None:
            return ()
        shelf: Shelf = proposal.__dict__["_shelf"]
        return shelf.votes(proposal.folder)


def _part(name: str) -> object:
    def read(self: LazyProposal) -> object:
        return _PARTS[name](self.__dict__["_shelf"].look(self.folder).values)

    found = cached_property(read)
    found.__set_name__(LazyProposal, name)
    return found


for _name in _PARTS:
    setattr(LazyProposal, _name, _Votes() if _name == "votes" else _part(_name))


class LazyProposals(Sequence[Proposal]):
    """The proposals on a shelf, each made when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._folders = list(shelf.folders)
        self._made: dict[int, Proposal] = {}

    def __len__(self) -> int:
        return len(self._folders)

    @overload
    def __getitem__(self, at: int) -> Proposal: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Proposal, ...]: ...
    def __getitem__(self, at: int | slice) -> Proposal | tuple[Proposal, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        place = range(len(self))[at]
        made = self._made.get(place)
        if made is None:
            made = self._made.setdefault(place, _lazy_proposal(self._folders[place], self._shelf))
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._folders))

    def __repr__(self) -> str:
        return repr(tuple(self))


class LazyAssembly(Assembly):
    """An assembly whose problems are gathered when they are asked for, since that reads it all."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong anywhere in the record, in the order of the paths."""
        found = [
            problem for held in self.__dict__["_shelf"].look_at_all() for problem in held.problems
        ]
        return tuple(sorted([*self.__dict__["_known"], *found], key=lambda p: p.place))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assembly):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(Assembly))

    def __hash__(self) -> int:
        return hash(self.commit)


def _lazy_proposal(folder: str, shelf: Shelf) -> LazyProposal:
    # Not by its constructor: `dataclasses.replace` needs that to take every value of a proposal.
    made = LazyProposal.__new__(LazyProposal)
    made.__dict__.update(folder=folder, _shelf=shelf)
    return made


def lazy_assembly(known: Assembly, shelf: Shelf) -> LazyAssembly:
    """Makes an assembly of one without proposals, and of the shelf that has them."""
    made = LazyAssembly.__new__(LazyAssembly)
    made.__dict__.update({field.name: getattr(known, field.name) for field in fields(Assembly)})
    made.__dict__.update(_shelf=shelf, _known=made.__dict__.pop("problems"))
    made.__dict__["proposals"] = LazyProposals(shelf)
    return made
