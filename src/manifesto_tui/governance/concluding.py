"""Draws the conclusion of a closed ballot: the decision, and the text as it then reads.

`conclude` asks nobody's permission and takes every value it rests on, so that `verify` can draw
the conclusion again from what was in force when somebody else did.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.outcome import answers_of
from manifesto_tui.governance.proxy import Acceptance, Mandates, Proxy, counted_files
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.ruling import refuse_enacting
from manifesto_tui.governance.stranding import enacted
from manifesto_tui.governance.tally import NOBODYS, Tally, count
from manifesto_tui.governance.validity import file_name
from manifesto_tui.prose import Text

_NAMED = 200
"""How many votes a decision names one by one; its digest is over all of them."""


def conclude(
    ballot: Ballot,
    amendments: Mapping[str, Amendment],
    votes: Iterable[Vote],
    roll: Roll,
    rules: Rules,
    text: Text,
    decider: str,
    decided: datetime,
    mandates: Mandates = NOBODYS,
    in_force: Rules | None = None,
) -> tuple[Decision, Text]:
    """Returns the decision that these votes come to, and the text as it then reads.

    `amendments` holds, by id, the revisions that the ballot names; `in_force` are the rules of
    today, where they are not the pinned ones. Raises Refused with code `text-moved` where the text
    has changed so that what carried is not what people voted on, `rules-moved` or `rules-not-yet`
    where new rules cannot come into force.
    """
    counted = count(ballot, votes, roll, rules, decided, mandates=mandates)
    after = text
    if counted.carried and amendments[counted.carried].rules:
        refuse_enacting(ballot, rules, in_force or rules, decided)
    elif counted.carried:
        after = enacted(ballot, amendments[counted.carried], text)
    return _decision(ballot, counted, decider, decided, text, after), after


def votes_known(decision: Decision) -> frozenset[str] | None:
    """Returns the names of all files that a decision knew of, None where not all are named."""
    if max(len(decision.counted), len(decision.void)) >= _NAMED:
        return None
    return frozenset(decision.counted) | frozenset(decision.void)


def mandates_known(mandates: Mandates, decision: Decision) -> Mandates:
    """Returns the proxies that a decision counted, all where it does not name every one."""
    named = decision.proxies
    return mandates if len(named) >= _NAMED else mandates.named(named)


def votes_digest(votes: Iterable[Vote | Proxy | Acceptance]) -> str:
    """Returns "sha256:…" over the files of votes and proxies, as two common commands do.

    It is what `sha256sum FILE… | sha256sum` prints for the files in the order of their paths.
    """
    lines = sorted((vote.path, vote.digest.removeprefix("sha256:")) for vote in votes)
    joined = "".join(f"{digest}  {path}\n" for path, digest in lines)
    return "sha256:" + hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()


def _decision(
    ballot: Ballot, counted: Tally, decider: str, decided: datetime, before: Text, after: Text
) -> Decision:
    answers = ("for", "against", "abstain") if ballot.ranked else ballot.choices
    quorum, threshold = counted.quorum, counted.threshold
    void = [(file_name(vote.vote), vote.code) for vote in counted.votes if vote.code]
    valid = [vote.vote for vote in counted.counted]
    used = [file for p in counted.represented for file in (p.proxy, p.acceptance) if file]
    return Decision(
        ballot=ballot.id,
        outcome=counted.outcome,
        decided=written(decided),
        decider=decider,
        votes=votes_digest([*valid, *used]),
        totals={answer: counted.totals[answer] for answer in answers},
        constituencies={
            name: {answer: answers_of(there)[answer] for answer in answers}
            for name, there in counted.constituencies.items()
        },
        quorum=f"{quorum.present} of {counted.electorate}, needed {quorum.needed}: "
        + ("met" if quorum.met else "not met"),
        threshold=f"{threshold.got} of {threshold.of}, needed {threshold.needed}: "
        + ("met" if threshold.met else "not met"),
        text_before=text_digest(before),
        text_after=text_digest(after),
        adopted=counted.carried,
        counted=tuple(file_name(vote) for vote in valid[:_NAMED]),
        void=dict(sorted(void)[:_NAMED]),
        proxies=dict(sorted(counted_files(counted.represented).items())[:_NAMED]),
    )
