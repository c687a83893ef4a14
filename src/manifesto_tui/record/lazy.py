"""Opens a large record at once, and reads its proposals when somebody looks at them.

The folders under `proposals/` are listed, not read: a proposal knows its folder, id and slug, and
asks the shelf for the rest when one of its parts is first asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, overload

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.record.cache import Key
from manifesto_tui.record.listing import Listing
from manifesto_tui.record.shelf import STEPS, Shelf


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


_PACKED = _PARTS.keys() - {"votes"}
_BESIDE = _PACKED - {"revisions"}


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

    def __get__(self, proposal: LazyProposal | None, kind: type) -> tuple[Vote, ...]:
        if proposal is None:
            return ()
        shelf: Shelf = proposal.__dict__["_shelf"]
        return shelf.votes(proposal.folder)


def _part(name: str) -> object:
    def read(self: LazyProposal) -> object:
        shelf: Shelf = self.__dict__["_shelf"]
        held = shelf.values(self.folder)
        if name == "revisions":  # What a list of thousands shows: the rest may never be asked for.
            parts: dict[str, object] = {name: _revisions(held.revisions)}
        else:
            others = held.others
            parts = {part: _PARTS[part](others) for part in _BESIDE}
        for part, value in parts.items():
            self.__dict__.setdefault(part, value)
        if self.__dict__.keys() >= _PACKED:
            shelf.let_go(self.folder)
        return parts[name]

    found = cached_property(read)
    found.__set_name__(LazyProposal, name)
    return found


for _name in _PARTS:
    setattr(LazyProposal, _name, _Votes() if _name == "votes" else _part(_name))


class LazyProposals(Sequence[Proposal]):
    """The proposals on a shelf, each made when it is first asked for."""

    def __init__(self, shelf: Shelf, made: dict[Key, LazyProposal]) -> None:
        self._shelf = shelf
        self._made: dict[int, LazyProposal] = {}
        # Those of the commit before whose folder is still the same.
        for place, key in enumerate(shelf.folders.items()) if made else ():
            proposal = made.get(key)
            if proposal is not None:
                proposal.__dict__["_shelf"] = shelf
                self._made[place] = proposal

    @cached_property
    def folders(self) -> list[str]:
        """The folder of each, in their order."""
        return list(self._shelf.folders)

    def _folder(self, place: int) -> str:
        listed = self._shelf.folders
        return listed.at(place) if isinstance(listed, Listing) else self.folders[place]

    def read(self) -> None:
        """Reads all of them, a few hundred at a time, so that little is held twice."""
        places = {folder: place for place, folder in enumerate(self.folders)}
        for part in self._shelf.fetch_in_parts(self.folders):
            for folder in part:
                proposal = self[places[folder]]
                _ = proposal.revisions, proposal.ballot

    def made(self) -> dict[Key, LazyProposal]:
        """Returns the proposals that somebody asked for, by folder and tree."""
        folders = self._shelf.folders
        return {(p.folder, folders[p.folder]): p for p in list(self._made.values())}

    def __len__(self) -> int:
        return len(self._shelf.folders)

    @overload
    def __getitem__(self, at: int) -> Proposal: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Proposal, ...]: ...
    def __getitem__(self, at: int | slice) -> Proposal | tuple[Proposal, ...]:
        if isinstance(at, slice):
            places = range(*at.indices(len(self)))
            if len(places) <= STEPS[-1]:
                self._shelf.expect([self._folder(place) for place in places])
            return tuple(self[place] for place in places)
        place = range(len(self))[at]
        made: Proposal | None = self._made.get(place)
        if made is None:
            made = self._shelf.made(self._folder(place), _lazy_proposal)
            # What is asked of it from now on is asked of the shelf that is there now.
            made.__dict__["_shelf"] = self._shelf
            self._made[place] = made
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.folders))

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

    @property
    def folders(self) -> Sequence[str]:
        """The folder of each proposal, in their order."""
        held: Sequence[Proposal] = self.proposals
        return held.folders if isinstance(held, LazyProposals) else super().folders

    @cached_property
    def unsettled(self) -> tuple[Proposal, ...]:
        """Its proposals but for amendments decided in their own folder, which are not read."""
        shelf: Shelf | None = self.__dict__.get("_shelf")
        if shelf is None:
            return super().unsettled
        known = shelf.settled()
        waiting = [at for at, tree in enumerate(shelf.folders.values()) if tree not in known]
        found = [self.proposals[at] for at in waiting]
        shelf.fetch(proposal.folder for proposal in found)
        shelf.settle(proposal.folder for proposal in found if proposal.is_settled)
        return tuple(proposal for proposal in found if not proposal.is_settled)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assembly):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(Assembly))

    def __hash__(self) -> int:
        return hash(self.commit)


def _lazy_proposal(folder: str, shelf: Shelf) -> LazyProposal:
    # Not by its constructor: `dataclasses.replace` needs that to take every value of a proposal.
    made = LazyProposal.__new__(LazyProposal)
    object.__setattr__(made, "folder", folder)
    object.__setattr__(made, "_shelf", shelf)
    return made


def lazy_assembly(
    known: Assembly, shelf: Shelf, before: LazyAssembly | None = None
) -> LazyAssembly:
    """Makes an assembly of one without proposals, and of the shelf that has them.

    What was made of the same folders for the assembly `before` is taken over.
    """
    made = LazyAssembly.__new__(LazyAssembly)
    made.__dict__.update({field.name: getattr(known, field.name) for field in fields(Assembly)})
    made.__dict__.update(_shelf=shelf, _known=made.__dict__.pop("problems"))
    proposals: LazyProposals | None = before.__dict__["proposals"] if before else None
    made.__dict__["proposals"] = LazyProposals(shelf, proposals.made() if proposals else {})
    return made
