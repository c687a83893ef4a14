"""Reads and writes the acts of deciding: ballots, votes, decisions."""

from manifesto_tui.governance.ballot import Ballot, Decision, Option, Vote
from manifesto_tui.governance.rules import NO_OBJECTION, Threshold
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.yaml import Prose, Value


def read_ballot(fields: Fields) -> Ballot:
    """Reads `ballot.yaml`."""
    options = tuple(
        Option(option.name("amendment"), option.integer("revision", 1), option.digest("effect"))
        for option in fields.maps("options")
    )
    return Ballot(
        id=fields.name("id"),
        title=fields.text("title", ""),
        options=options,
        opened=fields.moment("opened"),
        closes=fields.moment("closes"),
        opener=fields.name("opener"),
        base=fields.commit("base"),
        roll=fields.digest("roll"),
        electorate=fields.counts("electorate"),
        rules=fields.digest("rules"),
        quorum=fields.phrase("quorum", Threshold.parse),
        threshold=fields.phrase("threshold", _what_carries),
        each=fields.phrase("each", Threshold.parse, ""),
        choices=fields.names("choices") or ("for", "against", "abstain"),
        proxies=fields.integer("proxies", 0),
        entrenched=fields.texts("entrenched"),
        digest=fields.file_digest,
    )


def _what_carries(phrase: str) -> object:
    return phrase if phrase == NO_OBJECTION else Threshold.parse(phrase)


def write_ballot(ballot: Ballot) -> dict[str, Value]:
    """Writes the act of putting something to the vote."""
    fields: dict[str, Value] = {"id": ballot.id}
    if ballot.title:
        fields["title"] = ballot.title
    fields |= {
        "options": [
            {"amendment": o.amendment, "revision": o.revision, "effect": o.effect}
            for o in ballot.options
        ],
        "opened": ballot.opened,
        "closes": ballot.closes,
        "opener": ballot.opener,
        "base": ballot.base,
        "roll": ballot.roll,
        "electorate": ballot.electorate,
        "rules": ballot.rules,
        "quorum": ballot.quorum,
        "threshold": ballot.threshold,
    }
    if ballot.each:
        fields["each"] = ballot.each
    fields["choices"] = ballot.choices
    if ballot.proxies:
        fields["proxies"] = ballot.proxies
    if ballot.entrenched:
        fields["entrenched"] = ballot.entrenched
    return fields


def read_vote(fields: Fields) -> Vote:
    """Reads `votes/<handle>.yaml`, or a later `votes/<handle>-<n>.yaml`."""
    voter = fields.owner("voter")
    ranking = fields.names("ranking")
    return Vote(
        ballot=fields.name("ballot"),
        effect=fields.digests("effect"),
        voter=voter,
        choice=fields.name("choice", "" if ranking else None),
        ranking=ranking,
        cast=fields.moment("cast"),
        reason=fields.prose("reason", ""),
        path=fields.path,
        digest=fields.file_digest,
        ballot_digest=fields.digest("ballot-file", ""),
    )


def write_vote(vote: Vote) -> dict[str, Value]:
    """Writes one member's answer."""
    fields: dict[str, Value] = {"ballot": vote.ballot}
    if vote.ballot_digest:
        fields["ballot-file"] = vote.ballot_digest
    fields |= {"effect": vote.effect, "voter": vote.voter}
    if vote.choice:
        fields["choice"] = vote.choice
    if vote.ranking:
        fields["ranking"] = vote.ranking
    fields["cast"] = vote.cast
    if vote.reason:
        fields["reason"] = Prose(vote.reason)
    return fields


def read_decision(fields: Fields) -> Decision:
    """Reads `decision.yaml`."""
    return Decision(
        ballot=fields.name("ballot"),
        outcome=fields.text("outcome", None, 40),
        adopted=fields.name("adopted", ""),
        decided=fields.moment("decided"),
        decider=fields.name("decider"),
        votes=fields.digest("votes"),
        counted=fields.texts("counted"),
        void=fields.lines("void"),
        proxies=fields.lines("proxies"),
        totals=fields.counts("totals"),
        constituencies=fields.section_counts("constituencies"),
        quorum=fields.text("quorum"),
        threshold=fields.text("threshold"),
        text_before=fields.digest("text-before"),
        text_after=fields.digest("text-after"),
    )


def write_decision(decision: Decision) -> dict[str, Value]:
    """Writes the counted result."""
    fields: dict[str, Value] = {"ballot": decision.ballot, "outcome": decision.outcome}
    if decision.adopted:
        fields["adopted"] = decision.adopted
    fields |= {
        "decided": decision.decided,
        "decider": decision.decider,
        "votes": decision.votes,
        "counted": decision.counted,
    }
    if decision.void:
        fields["void"] = decision.void
    if decision.proxies:
        fields["proxies"] = decision.proxies
    return fields | {
        "totals": decision.totals,
        "constituencies": decision.constituencies,
        "quorum": decision.quorum,
        "threshold": decision.threshold,
        "text-before": decision.text_before,
        "text-after": decision.text_after,
    }
