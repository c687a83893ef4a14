"""Says what a list or a detail view shows of one proposal, and what it can ask for.

Its words by weight, whether it still fits the text, how its count stands, what it collides with,
and whether it waits for your vote.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from manifesto_tui.governance.amendment import Amendment, Second
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.discussion import Said
from manifesto_tui.governance.effect import Standing
from manifesto_tui.governance.lifecycle import CHANGEABLE, STILL_OPEN, UNDECIDED, Stage
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.prose import ClauseChange, by_weight, count_words
from manifesto_tui.record import layout

Need = Literal["vote", "confirmation", "wording", "conflict", "closing", "decision", "stale"]
NEEDS: tuple[Need, ...] = get_args(Need)
"""What an amendment can ask for, the most pressing first."""

TOLD: dict[Need, str] = {
    "vote": "needs your vote",
    "confirmation": "needs your confirmation",
    "wording": "another wording waits for your answer",
    "conflict": "in conflict",
    "closing": "closing soon",
    "decision": "to be counted",
    "stale": "nobody acts on it",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on an amendment: what, by whom, when, and what its signature proves."""

    what: str
    by: str
    at: str
    label: str


@dataclass(frozen=True)
class Card:
    """One proposal as a list shows it.

    `stage` follows from the files in its folder, `standing` tells whether its words still fit
    the text (None for a ballot between rivals or a change of the rules). `tally` is None before a
    ballot is opened. `signature` is that of the latest revision, or of the ballot between rivals.
    `asks` is what waits for the reader or for anybody, `discussion` the comments with those that
    are hidden, `modified_by` whose other wordings it has taken up: those of the revision that was
    put to the vote, or of the latest. `rules` are the sentences that a change of the rules takes
    out ("-") and brings ("+"), `entrenched` what it touches that takes more, in a sentence.
    `changes`, `words_delta` and `signatures` are worked out when they are asked for.
    """

    id: str
    slug: str
    title: str
    proposer: str
    filed: str
    stage: Stage
    standing: Standing | None
    kind: str
    tally: Tally | None
    collisions: tuple[Collision, ...]
    rivals: tuple[str, ...]
    needs_my_vote: bool
    my_vote: Vote | None
    ballot: Ballot | None
    proposal: Proposal
    signature: Signature
    discussion: tuple[Said, ...]
    modified_by: tuple[str, ...]
    asks: tuple[Need, ...]
    rules: tuple[tuple[str, str], ...]
    entrenched: str
    work_out: Callable[[], tuple[ClauseChange, ...]] = field(repr=False, compare=False)
    look_up: Callable[[], Mapping[str, Signature]] = field(
        repr=False, compare=False, default=dict[str, Signature]
    )

    @cached_property
    def changes(self) -> tuple[ClauseChange, ...]:
        """The changes it would make, the weightiest first."""
        return by_weight(self.work_out())

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """What the signature beside each file of its folder proves, by path."""
        return self.look_up()

    @property
    def is_still_open(self) -> bool:
        """Whether it is before the assembly, with something to be done about it."""
        return self.stage in STILL_OPEN

    @property
    def is_changeable(self) -> bool:
        """Whether its proposer may still revise it or take it back."""
        return self.stage in CHANGEABLE

    @property
    def is_undecided(self) -> bool:
        """Whether it is neither decided nor taken back."""
        return self.stage in UNDECIDED

    def label(self, path: str) -> str:
        """Returns what people read of the signature beside one of its files."""
        return self.signatures.get(path, UNSIGNED).label

    @property
    def revisions(self) -> tuple[tuple[Amendment, str], ...]:
        """Each revision, with what people read of its signature."""
        folder = self.proposal.folder
        return tuple(
            (r, self.label(layout.amendment_path(folder, r.revision)))
            for r in self.proposal.revisions
        )

    @property
    def seconds(self) -> tuple[tuple[Second, str], ...]:
        """Each second, with what people read of its signature."""
        folder = self.proposal.folder
        return tuple(
            (s, self.label(layout.second_path(folder, s.member, s.revision)))
            for s in self.proposal.seconds
        )

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done with it after it was filed: withdrawn, put to the vote, decided."""
        held, found = self.proposal, []
        if held.withdrawal:
            path = layout.withdrawal_path(held.folder)
            did = ("Withdrawn", held.withdrawal.member, held.withdrawal.at)
            found.append(Deed(*did, self.label(path)))
        if held.ballot:
            path = layout.ballot_path(held.folder)
            did = ("Put to the vote", held.ballot.opener, held.ballot.opened)
            found.append(Deed(*did, self.label(path)))
        if held.decision:
            path = layout.decision_path(held.folder)
            did = ("Decided", held.decision.decider, held.decision.decided)
            found.append(Deed(*did, self.label(path)))
        return tuple(found)

    @property
    def labels(self) -> dict[str, str]:
        """What people read of the signature beside each file, by path, votes left out."""
        votes = {vote.path for vote in self.proposal.votes}
        return {p: found.label for p, found in self.signatures.items() if p not in votes}

    def beside(self, pair: Collision) -> str:
        """Returns the amendment that a collision is with, seen from this one or this ballot."""
        return pair.b if pair.a in self.proposal.amendments else pair.a

    @cached_property
    def words_delta(self) -> int:
        """How many words longer the text would be; negative where it would be shorter."""
        return sum(count_words(c.now) - count_words(c.was) for c in self.changes)
