"""Holds what a count came to: a tally, with every number that led to it.

`tally` makes one, `telling` says it in sentences, `tally --json` prints `Tally.as_dict()`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from manifesto_tui.governance.phrases import counted
from manifesto_tui.governance.proxy import JudgedProxy
from manifesto_tui.governance.turning import Way
from manifesto_tui.governance.validity import JudgedVote

Outcome = Literal["carried", "lost", "no quorum", "blocked", "open"]
Answers = Mapping[str, int]
"""How many gave each answer: "for", "against", "abstain", "object"."""


@dataclass(frozen=True, slots=True)
class QuorumMet:
    """How many had to vote, and did."""

    needed: int
    present: int
    met: bool


@dataclass(frozen=True, slots=True)
class ThresholdMet:
    """How many had to be for it, by which rule, and were. `of` is what the share is taken of."""

    rule: str
    needed: int
    got: int
    of: int
    met: bool


@dataclass(frozen=True, slots=True)
class ConstituencyCount:
    """The count within one constituency. `met` is True where the rules ask nothing of it."""

    for_: int
    against: int
    abstain: int
    object: int
    electorate: int
    needed: int
    met: bool

    @property
    def opposed(self) -> int:
        """Votes against, objections among them."""
        return self.against + self.object

    @property
    def present(self) -> int:
        """How many of its members voted."""
        return self.for_ + self.opposed + self.abstain


@dataclass(frozen=True)
class Tally:
    """A ballot counted.

    `outcome` is "open" until the ballot has closed; `would_be` is what the votes so far come to.
    Between rivals the numbers are of one text against the status quo: the one that carried, else
    the best placed; `subject` names it, and `ranking` holds all texts best first, tied ones in
    one group. `votes` holds every vote file, counted or not; `not_voted` the handles of those
    who have not. `proxies` holds every file by which a member let another vote for them, counted
    or not. `turning` is worked out when it is asked for.
    """

    ballot: str
    state: Literal["open", "closed"]
    outcome: Outcome
    would_be: Outcome
    for_: int
    against: int
    abstain: int
    object: int
    electorate: int
    quorum: QuorumMet
    threshold: ThresholdMet
    constituencies: Mapping[str, ConstituencyCount]
    votes: tuple[JudgedVote, ...]
    not_voted: tuple[str, ...]
    subject: str
    ranking: tuple[tuple[str, ...], ...] = ()
    tied: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    signed: Mapping[str, int] = field(default_factory=dict)
    proxies: tuple[JudgedProxy, ...] = ()
    look_ahead: Callable[[], tuple[Way, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def opposed(self) -> int:
        """Votes against, objections among them."""
        return self.against + self.object

    @property
    def said(self) -> str:
        """The count told step by step, as one paragraph."""
        return " ".join(self.sentences)

    @cached_property
    def turning(self) -> tuple[Way, ...]:
        """What would change the outcome while the ballot is open."""
        return self.look_ahead()

    @property
    def what_would_change_it(self) -> tuple[str, ...]:
        """What would change the outcome of an open ballot, in sentences."""
        if self.state == "closed":
            return ()
        said = []
        if not self.quorum.met:
            short = self.quorum.needed - self.quorum.present
            more = counted(short, "more member has", "more members have")
            said.append(f"{more} to vote for a quorum, whatever they answer.")
        said += [way.said for way in self.turning]
        if self.ranking:
            said.append(
                "So many votes are enough; of votes that differ, fewer might be."
                if self.turning
                else "No votes that are all alike would change it."
            )
        return tuple(said) or ("No answer that is still to come would change it.",)

    @property
    def carried(self) -> str:
        """The amendment that carried, "" where none did or the ballot is still open."""
        return self.subject if self.outcome == "carried" else ""

    @property
    def counted(self) -> tuple[JudgedVote, ...]:
        """The votes that count."""
        return tuple(vote for vote in self.votes if vote.counted)

    @property
    def represented(self) -> tuple[JudgedProxy, ...]:
        """The proxies that count."""
        return tuple(proxy for proxy in self.proxies if proxy.counted)

    @property
    def totals(self) -> dict[str, int]:
        """The whole assembly's answers, as a decision records them."""
        return answers_of(self)

    def as_dict(self) -> dict[str, Any]:
        """Returns the document that `tally --json` prints."""
        return {
            "ballot": self.ballot,
            "state": self.state,
            "outcome": self.outcome,
            "would_be": self.would_be,
            **self.totals,
            "electorate": self.electorate,
            "quorum": {
                "needed": self.quorum.needed,
                "present": self.quorum.present,
                "met": self.quorum.met,
            },
            "threshold": {
                "rule": self.threshold.rule,
                "needed": self.threshold.needed,
                "got": self.threshold.got,
                "met": self.threshold.met,
            },
            "signed": dict(self.signed),
            "constituencies": {
                name: {**answers_of(counted), "electorate": counted.electorate, "met": counted.met}
                for name, counted in self.constituencies.items()
            },
            "ranking": [list(group) for group in self.ranking],
            "tied": list(self.tied),
            "subject": self.subject,
            "votes": [vote.as_dict() for vote in self.votes],
            "proxies": [proxy.as_dict() for proxy in self.proxies],
            "not_voted": list(self.not_voted),
            "turning": [way.as_dict() for way in self.turning],
            "sentences": list(self.sentences),
        }


def answers_of(counted: "Tally | ConstituencyCount") -> dict[str, int]:
    """Returns the four answers by name, as a decision records them."""
    return {
        "for": counted.for_,
        "against": counted.against,
        "abstain": counted.abstain,
        "object": counted.object,
    }
