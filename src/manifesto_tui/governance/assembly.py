"""Holds everything that the record says at one commit, as values.

An assembly is what the record's files mean: settings, rules, roll, text, and a proposal for
each folder. It knows nothing of git or YAML; `record` makes it, and the rules read it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Manifesto, Source
from manifesto_tui.governance.problem import BadInput, Problem
from manifesto_tui.governance.proxy import Acceptance, Mandates, Proxy
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.prose import Text


@dataclass(frozen=True)
class Proposal:
    """One folder under `proposals/`: an amendment, or a ballot between rivals.

    `folder` is its path from the root. `revisions` is empty for a ballot between rivals.
    `votes` holds every vote file in the order of path, replaced ones included.
    """

    folder: str
    revisions: tuple[Amendment, ...] = ()
    seconds: tuple[Second, ...] = ()
    comments: tuple[Comment, ...] = ()
    ballot: Ballot | None = None
    votes: tuple[Vote, ...] = ()
    decision: Decision | None = None
    withdrawal: Withdrawal | None = None
    proxies: tuple[Proxy, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def mandates(self) -> Mandates:
        """Who lets whom vote for them on its ballot, and who accepted that."""
        return Mandates(self.proxies, self.acceptances)

    @property
    def slug(self) -> str:
        """The folder's own name, id first: `k7f3-publish-every-interface`."""
        return _slug(self.folder)

    @property
    def id(self) -> str:
        """The four characters that name it."""
        return _id(self.folder)

    @property
    def may_be_signed(self) -> bool:
        """Whether a signature may lie beside its files; a reader that knows of none says no."""
        return True

    @property
    def is_settled(self) -> bool:
        """Whether it is an amendment that was decided in its own folder: nothing changes that."""
        return bool(self.revisions and self.decision)

    @property
    def amendment(self) -> Amendment | None:
        """The latest revision, or None for a ballot between rivals."""
        return self.revisions[-1] if self.revisions else None

    def proposed(self) -> Amendment:
        """Returns the latest revision.

        Raises BadInput "not-an-amendment" for a ballot between rivals, and "unreadable" where no
        file of it could be read.
        """
        if self.amendment:
            return self.amendment
        if self.ballot is None:
            raise BadInput(
                "unreadable",
                f"What {self.id} proposes cannot be read.",
                "`manifesto-tui check` says what is wrong.",
                self.folder,
            )
        raise BadInput(
            "not-an-amendment",
            f"{self.id} is a ballot between rivals and has no text of its own.",
            "Name one of the rivals instead.",
            self.folder,
        )

    @property
    def amendments(self) -> tuple[str, ...]:
        """Its id, or those of the amendments that it is a ballot between."""
        if self.amendment or self.ballot is None:
            return (self.id,)
        return tuple(option.amendment for option in self.ballot.options)

    @property
    def title(self) -> str:
        """What people call it."""
        if self.amendment:
            return self.amendment.title
        return self.ballot.title if self.ballot and self.ballot.title else self.slug


@dataclass(frozen=True)
class Assembly:
    """The whole record at one commit. `commit` is "" for a working tree that has none.

    `problems` are of files that could not be read: such a file never counts and never hides
    another. `signatories` holds every act of each, `editions` come in the order of their numbers.
    """

    commit: str
    manifesto: Manifesto
    rules: Rules
    roll: Roll
    text: Text
    sources: Mapping[str, Source] = field(default_factory=dict)
    signatories: tuple[Signatory, ...] = ()
    editions: tuple[Edition, ...] = ()
    proposals: Sequence[Proposal] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_id(self) -> "ById":
        """Proposals by id; the first by folder wins where two clones chose the same id."""
        return ById(self.folders, self.proposals)

    @property
    def folders(self) -> Sequence[str]:
        """The folder of each proposal, in their order."""
        return [proposal.folder for proposal in self.proposals]

    @cached_property
    def unsettled(self) -> tuple[Proposal, ...]:
        """Its proposals but for amendments decided in their own folder, in their order.

        Of ten thousand these are a few: who looks for what is still to be done looks here.
        """
        return tuple(proposal for proposal in self.proposals if not proposal.is_settled)

    def find(self, prefix: str) -> Proposal:
        """Returns the one proposal whose id or slug starts with `prefix`.

        Raises BadInput with code `id-unknown` or `id-ambiguous`, naming the nearest or the
        several.
        """
        wanted = prefix.casefold()
        if len(self.by_id.places.get(wanted, ())) == 1:
            return self.by_id[wanted]
        slugs = enumerate(map(_slug, self.folders))
        found = [self.proposals[at] for at, slug in slugs if wanted and _answers_to(slug, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(sorted(p.slug for p in found)[:5])
            raise BadInput(
                "id-ambiguous",
                f"{len(found)} proposals answer to “{prefix}”: {names}.",
                "Give more of the id or of the name.",
            )
        known = ", ".join(p.id for p in self.proposals[:8])
        raise BadInput(
            "id-unknown",
            f"No proposal answers to “{prefix}”.",
            f"There are: {known}." if known else "None has been filed yet.",
        )

    def ballot_for(self, proposal: Proposal) -> Proposal | None:
        """Returns the folder that holds the ballot on this proposal: itself, or rivals' own."""
        if proposal.ballot:
            return proposal
        return self._rivals_ballots.get(proposal.id)

    @cached_property
    def named_by(self) -> dict[str, tuple[str, ...]]:
        """The ids of those that name an amendment as their rival, or word it otherwise."""
        found: dict[str, tuple[str, ...]] = {}
        for proposal in self.proposals:
            amendment = proposal.amendment
            for target in {*amendment.rivals, amendment.amends} - {""} if amendment else ():
                found[target] = (*found.get(target, ()), proposal.id)
        return found

    @cached_property
    def _rivals_ballots(self) -> dict[str, Proposal]:
        found: dict[str, Proposal] = {}
        for proposal in self.unsettled:
            if proposal.ballot and proposal.amendment is None:
                for option in proposal.ballot.options:
                    found.setdefault(option.amendment, proposal)
        return found


class ById(Mapping[str, Proposal]):
    """Proposals by id, found by the names of their folders, so that none has to be made for that.

    `places` tells where those of one id stand among all.
    """

    def __init__(self, folders: Sequence[str], proposals: Sequence[Proposal]) -> None:
        self._proposals = proposals
        self.places: dict[str, list[int]] = {}
        for place, folder in enumerate(folders):
            self.places.setdefault(_id(folder), []).append(place)

    def __getitem__(self, id: str) -> Proposal:
        return self._proposals[self.places[id][0]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def _slug(folder: str) -> str:
    return folder.rpartition("/")[2]


def _id(folder: str) -> str:
    return _slug(folder).partition("-")[0]


def _answers_to(slug: str, wanted: str) -> bool:
    name = slug.partition("-")[2]
    return slug.startswith(wanted) or name.startswith(wanted)
