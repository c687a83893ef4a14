"""Names the acts of deciding: the ballot that pins what is voted on, votes, the decision."""

from dataclasses import dataclass, field

from manifesto_tui.governance.signature import State

STATUS_QUO = "status-quo"


@dataclass(frozen=True, slots=True)
class Option:
    """One text on a ballot: an amendment's revision and the effect it would have.

    `effect` is "sha256:…" over the canonical form of the resulting clauses.
    """

    amendment: str
    revision: int
    effect: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """The act of putting an amendment, or rivals, to the vote, as in `ballot.yaml`.

    Pins the effect, the electorate and the rules: `roll` and `rules` are digests, `electorate`
    counts members by constituency ("" for those in none). `base` is the commit that it was opened
    on: its roll and its rules are the ones that count. `opened` and `closes` are ISO 8601 with a
    zone. `quorum`, `threshold` and `each` are phrases (see `rules`), `each` "" where
    constituencies are not asked; `threshold` is "no objection" where silence carries. A ballot
    on one amendment has its id; one between rivals an id of its own. `digest` is that of the file
    it was read from, "" before it is one. `proxies` is how many a member may hold.
    `entrenched` names what it touches that takes more to change.
    """

    id: str
    options: tuple[Option, ...]
    opened: str
    closes: str
    opener: str
    base: str
    roll: str
    electorate: dict[str, int]
    rules: str
    quorum: str
    threshold: str
    each: str = ""
    choices: tuple[str, ...] = ("for", "against", "abstain")
    title: str = ""
    digest: str = field(default="", compare=False)
    proxies: int = 0
    entrenched: tuple[str, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether rivals are ranked against the status quo, rather than one text accepted."""
        return len(self.options) > 1

    @property
    def effect(self) -> str:
        """What a vote names to show which text was voted on.

        The one option's effect; for rivals every option's, joined in ballot order by commas.
        """
        return ",".join(option.effect for option in self.options)


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's answer on one ballot.

    `ranking` holds amendments' ids and "status-quo", best first, on a ballot between rivals.
    `ballot_digest` names the ballot's file, so that a vote, with its signature, fits no ballot
    of another manifesto; "" in votes that do not say. `path` and `digest` tell which file the
    vote came from, `signature` what the one beside it comes to, `signed` whether it is the voter's.
    """

    ballot: str
    effect: str
    voter: str
    choice: str
    cast: str
    reason: str = ""
    ranking: tuple[str, ...] = ()
    path: str = ""
    digest: str = ""
    signed: bool = False
    signature: State = "unsigned"
    ballot_digest: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The counted result, as in `decision.yaml`: arithmetic that anyone can repeat.

    `votes` is the digest over the paths and contents of the votes that counted. `text_before`
    and `text_after` are digests of the whole text. `totals` counts by choice, `constituencies`
    by constituency and choice; between rivals both are of one text against the status quo.
    `quorum` and `threshold` are arithmetic: "16 of 20, needed 11: met". `adopted` names the
    amendment that carried, "" where none did. `counted` names the files of the votes that
    counted, `void` those of the others with the code of the reason, `proxies` those of the proxies
    that counted with those of their acceptances, the first 200 of each.
    """

    ballot: str
    outcome: str
    decided: str
    decider: str
    votes: str
    totals: dict[str, int]
    constituencies: dict[str, dict[str, int]]
    quorum: str
    threshold: str
    text_before: str
    text_after: str
    adopted: str = ""
    counted: tuple[str, ...] = ()
    void: dict[str, str] = field(default_factory=dict)
    proxies: dict[str, str] = field(default_factory=dict)
