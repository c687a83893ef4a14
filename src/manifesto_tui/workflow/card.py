"""Says what a list or a detail view shows of one proposal, and what it can ask for.

Its words by weight, whether it still fits the text, how its count stands, what it collides with,
and whether it waits for your vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol, get_args

from manifesto_tui.governance.amendment import Amendment, Second
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.budget import words_more
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.discussion import Said
from manifesto_tui.governance.effect import Standing
from manifesto_tui.governance.lifecycle import CHANGEABLE, STILL_OPEN, UNDECIDED, Stage
from manifesto_tui.governance.score import Score
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.prose import ClauseChange, by_weight
from manifesto_tui.record import layout

Need = Literal[
    "vote", "confirmation", "wording", "conflict", "closing", "decision", "refiling", "stale"
]
NEEDS: tuple[Need, ...] = get_args(Need)
"""What an amendment can ask for, the most pressing first."""

TOLD: dict[Need, str] = {
    "vote": "needs your vote",
    "confirmation": "needs your confirmation",
    "wording": "another wording waits for your answer",
    "conflict": "in conflict",
    "closing": "closing soon",
    "decision": "to be counted",
    "refiling": "what carried no longer fits: file it again",
    "stale": "nobody acts on it",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on an amendment: what, by whom, when, and what its signature proves."""

    what: str
    by: str
    at: str
    label: str


class Asked(Protocol):
    """Where a card asks for what takes a while, once it is wanted."""

    def changes(self) -> tuple[ClauseChange, ...]: ...
    def standing(self) -> Standing | None: ...
    def tally(self) -> Tally | None: ...
    def my_vote(self) -> Vote | None: ...
    def signature(self) -> Signature: ...
    def signatures(self) -> Mapping[str, Signature]: ...


@dataclass(frozen=True)
class Card:
    """One proposal as a list shows it.

    `stage` follows from the files in its folder. `score` is the count in short, None before a
    ballot is opened and where it cannot be counted. `asks` is what waits for the reader or for
    anybody, `discussion` the comments with those that are hidden, `modified_by` whose other
    wordings it has taken up: those of the revision that was put to the vote, or of the latest.
    `rules` are the sentences that a change of the rules takes out ("-") and brings ("+"),
    `entrenched` what it touches that takes more, in a sentence. What else a card tells is worked
    out when it is asked for.
    """

    id: str
    slug: str
    title: str
    proposer: str
    filed: str
    stage: Stage
    kind: str
    score: Score | None
    collisions: tuple[Collision, ...]
    rivals: tuple[str, ...]
    needs_my_vote: bool
    ballot: Ballot | None
    proposal: Proposal
    discussion: tuple[Said, ...]
    modified_by: tuple[str, ...]
    asks: tuple[Need, ...]
    rules: tuple[tuple[str, str], ...]
    entrenched: str
    asked: Asked = field(repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[ClauseChange, ...]:
        """The changes it would make, the weightiest first."""
        return by_weight(self.asked.changes())

    @cached_property
    def standing(self) -> Standing | None:
        """Whether its words still fit the text; None of rivals and of a change of the rules."""
        return self.asked.standing()

    @property
    def misfit(self) -> str:
        """In a word or two how it no longer fits the text, "" where it does or can be fitted."""
        state = self.standing.state if self.standing else ""
        return {"conflict": "in conflict", "moot": "moot"}.get(state, "")

    @cached_property
    def tally(self) -> Tally | None:
        """The whole count, None before a ballot is opened and where it cannot be counted."""
        return self.asked.tally()

    @cached_property
    def my_vote(self) -> Vote | None:
        """The reader's last vote on its ballot."""
        return self.asked.my_vote()

    @property
    def is_counted(self) -> bool:
        """Whether its votes are at hand, so that to ask for the count reads nothing."""
        return self.score is None or {"tally", "my_vote"} <= self.__dict__.keys()

    @cached_property
    def signature(self) -> Signature:
        """What the signature beside the latest revision proves, or beside the rivals' ballot."""
        return self.asked.signature()

    @property
    def is_labelled(self) -> bool:
        """Whether what lists tell of its signatures is at hand, so that to ask reads nothing."""
        return "signature" in self.__dict__ or not self.proposal.may_be_signed

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """What the signature beside each file of its folder proves, by path."""
        return self.asked.signatures()

    @property
    def is_judged(self) -> bool:
        """Whether what its signatures prove is at hand, so that to ask for it reads nothing."""
        judged = {"signature", "signatures"} <= self.__dict__.keys()
        return judged or not self.proposal.may_be_signed

    @property
    def is_at_hand(self) -> bool:
        """Whether to look at its votes and signatures reads nothing."""
        return self.is_counted and self.is_judged

    def let_go(self) -> None:
        """Lets go of what was worked out for who looks at it closely; it can be asked for again.

        The count of a ballot that is not decided stays: it is that of the time it was read.
        """
        counted = {"tally", "my_vote"} if self.is_undecided else set()
        for name in {"changes", "signature", "signatures", "tally", "my_vote"} - counted:
            self.__dict__.pop(name, None)

    @property
    def is_amendment(self) -> bool:
        """Whether it proposes something, rather than to rank what others do; and can be read."""
        return self.kind not in ("ballot", "unreadable")

    @property
    def is_on_the_text(self) -> bool:
        """Whether what it proposes changes the text, and not the rules."""
        return self.is_amendment and self.kind != "rules"

    @property
    def ranked_on(self) -> str:
        """The ballot that ranks it with its rivals, "" where there is none but its own.

        To vote on that, or to count it, is one thing to do; the ballot's own card asks for it.
        """
        return self.ballot.id if self.ballot and self.ballot.id != self.id else ""

    @property
    def own_score(self) -> Score | None:
        """The count in short where it is of this text: between rivals it is of one of them."""
        is_of_another = self.ranked_on and self.score and self.score.subject != self.id
        return None if is_of_another else self.score

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

    @property
    def has_result(self) -> bool:
        """Whether it is an amendment that was adopted or rejected at the ballot."""
        return self.stage in ("adopted", "rejected") and self.is_amendment

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
        return words_more(self.changes)
