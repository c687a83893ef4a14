"""Holds everything that the record says at one commit, as values.

An assembly is what the record's files mean: settings, rules, roll, text, and a proposal for
each folder. It knows nothing of git or YAML; `record` makes it, and the rules read it.
"""

from collections.abc import Mapping, Sequence
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
        return self.folder.rpartition("/")[2]

    @property
    def id(self) -> str:
        """The four characters that name it."""
        return self.slug.partition("-")[0]

    @property
    def may_be_signed(self) -> bool:
        """Whether a signature may lie beside its files; a reader that knows of none says no."""
        return True

    @property
    def amendment(self) -> Amendment | None:
        """The latest revision, or None for a ballot between rivals."""
        return self.revisions[-1] if self.revisions else None

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
    def by_id(self) -> dict[str, Proposal]:
        """Proposals by id; the first by folder wins where two clones chose the same id."""
        found: dict[str, Proposal] = {}
        for proposal in self.proposals:
            found.setdefault(proposal.id, proposal)
        return found

    def find(self, prefix: str) -> Proposal:
        """Returns the one proposal whose id or slug starts with `prefix`.

        Raises BadInput with code `id-unknown` or `id-ambiguous`, naming the nearest or the
        several.
        """
        wanted = prefix.casefold()
        if wanted in self.by_id and sum(p.id == wanted for p in self.proposals) == 1:
            return self.by_id[wanted]
        found = [p for p in self.proposals if wanted and _answers_to(p.slug, wanted)]
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
        for proposal in self.proposals:
            if proposal.ballot and proposal.amendment is None:
                for option in proposal.ballot.options:
                    found.setdefault(option.amendment, proposal)
        return found


def _answers_to(slug: str, wanted: str) -> bool:
    name = slug.partition("-")[2]
    return slug.startswith(wanted) or name.startswith(wanted)
