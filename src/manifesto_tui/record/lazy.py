"""Opens a large record at once, and reads its proposals when somebody looks at them.

The folders under `proposals/` are listed, not read: a proposal knows its folder, id and slug, and
its files are read the first time that one of them is asked for. Whoever asks for several in
turn gets all of them in one go, so that a loop over ten thousand is two processes and not twenty
thousand. What was read is remembered by content, see `cache`.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from threading import RLock
from typing import Any

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.record.cache import Cache, as_sequence
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry, list_tree

# How many proposals are read when one is missing that was not read along with an earlier one: who
# looks at four in turn gets a screenful, and who goes on gets more and more at once.
STEPS = (1, 1, 1, 1, 64, 512)
_ARGUMENTS = 500

Read = Callable[[Mapping[str, Entry]], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Held:
    """What one folder holds: values in the order of their paths, and what was wrong."""

    values: tuple[object, ...]
    problems: tuple[Problem, ...]


class Shelf:
    """The folders of proposals at one commit, each read at most once, from any thread."""

    def __init__(
        self, repo: Repository, commit: str, folders: Mapping[str, str], read: Read
    ) -> None:
        self._repo = repo
        self._commit = commit
        self.folders = folders
        self._read = read
        self._cache = Cache(repo.common_dir)
        self._lock = RLock()
        before: dict[str, Held] = repo.memory.get("held", {})
        keys = (self._key(folder) for folder in folders)
        self._held = {key: before[key] for key in keys if key in before}
        repo.memory["held"] = self._held
        self._asked = 0
        self._order: list[str] = []

    def look(self, folder: str) -> Held:
        """Returns what one folder holds."""
        with self._lock:
            found = self._held.get(self._key(folder))
            if found is None:
                self._fetch(self._along_with(folder))
                self._asked += 1
                found = self._held[self._key(folder)]
            return found

    def _along_with(self, folder: str) -> Iterable[str]:
        """Returns the folders to read now: this one, and those that follow it in the listing."""
        if self._asked >= len(STEPS):
            return self.folders
        if STEPS[self._asked] == 1:
            return (folder,)
        self._order = self._order or list(self.folders)
        start = self._order.index(folder)
        return self._order[start : start + STEPS[self._asked]]

    def look_at_all(self) -> list[Held]:
        """Returns what every folder holds."""
        with self._lock:
            self._fetch(self.folders)
            return [self._held[self._key(folder)] for folder in self.folders]

    def _key(self, folder: str) -> str:
        return f"{self.folders[folder]} {folder}"

    def _fetch(self, folders: Iterable[str]) -> None:
        missing = [folder for folder in folders if self._key(folder) not in self._held]
        with _uncollected(len(missing) > _ARGUMENTS):
            self._fetch_missing(missing)

    def _fetch_missing(self, missing: Sequence[str]) -> None:
        known = self._cache.recall((folder, self.folders[folder]) for folder in missing)
        for (folder, _), value in known.items():
            parts = as_sequence(value)
            if len(parts) == 2:
                values, problems = map(as_sequence, parts)
                right = tuple(p for p in problems if isinstance(p, Problem))
                self._held[self._key(folder)] = Held(tuple(values), right)
        unread = [folder for folder in missing if self._key(folder) not in self._held]
        for start in range(0, len(unread), _ARGUMENTS):
            self._fetch_from_git(unread[start : start + _ARGUMENTS])

    def _fetch_from_git(self, folders: Sequence[str]) -> None:
        entries = list_tree(self._repo, self._commit, folders)
        found: dict[str, list[object]] = {folder: [] for folder in folders}
        for path, value in sorted(self._read(entries).items()):
            found["/".join(path.split("/")[:3])].append(value)
        fresh: dict[tuple[str, str], object] = {}
        for folder, values in found.items():
            problems = tuple(p for v in values for p in getattr(v, "problems", ()))
            held = Held(tuple(v for v in values if type(v) in _KINDS), problems)
            self._held[self._key(folder)] = held
            fresh[folder, self.folders[folder]] = (held.values, held.problems)
        self._cache.remember(fresh)


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


_KINDS = {Amendment, Second, Comment, Ballot, Vote, Decision, Withdrawal, Proxy, Acceptance}


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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Proposal):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(Proposal))

    def __hash__(self) -> int:
        return hash(self.folder)


def _part(name: str) -> cached_property[object]:
    def read(self: LazyProposal) -> object:
        return _PARTS[name](self.__dict__["_shelf"].look(self.folder).values)

    found = cached_property(read)
    found.__set_name__(LazyProposal, name)
    return found


for _name in _PARTS:
    setattr(LazyProposal, _name, _part(_name))


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


def lazy_proposal(folder: str, shelf: Shelf) -> LazyProposal:
    """Makes a proposal that knows its folder and where to look for the rest."""
    # Not by its constructor: `dataclasses.replace` needs that to take every value of a proposal.
    made = LazyProposal.__new__(LazyProposal)
    made.__dict__.update(folder=folder, _shelf=shelf)
    return made


def lazy_assembly(known: Assembly, shelf: Shelf) -> LazyAssembly:
    """Makes an assembly of one without proposals, and of the shelf that has them."""
    made = LazyAssembly.__new__(LazyAssembly)
    made.__dict__.update({field.name: getattr(known, field.name) for field in fields(Assembly)})
    made.__dict__.update(_shelf=shelf, _known=made.__dict__.pop("problems"))
    made.__dict__["proposals"] = tuple(lazy_proposal(folder, shelf) for folder in shelf.folders)
    return made
