"""Counts a ballot.

A count is arithmetic that anyone can repeat with a pencil: it takes the votes that are valid,
the electorate as it stood when the ballot opened and the rules as they stood then, and says
which thresholds were met and by how much.

    >>> count(ballot, votes, roll, rules, now).said
    '16 of 20 members voted; quorum 11: met. For 12, against 3; at least two thirds of 15 is 10:
    met. Clinicians 8 to 1: met. Carried.'

Which votes are valid is `validity`; the sums are done in `arithmetic`; how rivals are ranked is
`schulze`; how a count is told is `telling`; what would change it are `turning` and `overtaking`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from manifesto_tui.governance.arithmetic import Alike, Sums
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.lifecycle import has_closed
from manifesto_tui.governance.outcome import Tally
from manifesto_tui.governance.overtaking import overtaking
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.proxy import Mandates, judge_proxies
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.telling import tell
from manifesto_tui.governance.turning import Group, Way, turning
from manifesto_tui.governance.validity import judge

__all__ = ["Tally", "count"]

NOBODYS = Mandates()
"""Nobody lets anybody vote for them."""


def count(
    ballot: Ballot,
    votes: Iterable[Vote],
    roll: Roll,
    rules: Rules,
    now: datetime,
    known: Collection[str] | None = None,
    mandates: Mandates = NOBODYS,
) -> Tally:
    """Counts a ballot under the roll and the rules that it pinned when it opened.

    `roll` and `rules` are those at the commit that `ballot.base` names; the thresholds are read
    from the ballot itself, which spells them out.

    A share is never met by nobody: what must be reached is at least one vote for, so an
    amendment that all abstain on is lost. A constituency without members is not asked; one in
    which nobody voted for or against has not agreed.

    `known` names the files of the votes that a decision knew of, where there is one: what came
    after it does not count. `mandates` say who lets whom vote for them.

    Raises Refused with code `another-electorate` where the roll is not the one the ballot names.
    """
    if roll.digest != ballot.roll:
        raise Refused(
            "another-electorate",
            f"The roll is not the one that ballot {ballot.id} was opened with.",
            f"It stands in the record at commit {ballot.base[:12]}.",
            ballot.id,
        )
    judged = judge(ballot, votes, roll, rules, known)
    own = {vote.voter: vote.vote for vote in judged if vote.counted}
    proxies = judge_proxies(ballot, mandates, roll, rules, own)
    voices = {voter: (vote, vote.signed) for voter, vote in own.items()}
    for proxy in proxies:
        if proxy.counted:
            vote = own[proxy.proxy.holder]
            voices[proxy.proxy.giver] = vote, vote.signed and proxy.signed
    sums = Sums(ballot, rules, _alike(voices, roll))
    if ballot.ranked:
        winner, subject, ranking, tied = sums.rank()
    else:
        winner = subject = ballot.options[0].amendment
        ranking, tied = (), ()
    answers = sums.answers(subject)
    would_be = sums.outcome(subject)
    if would_be == "carried" and not winner:
        would_be = "lost"
    closed = has_closed(ballot, now)
    tally = Tally(
        ballot=ballot.id,
        state="closed" if closed else "open",
        outcome=would_be if closed else "open",
        would_be=would_be,
        for_=answers["for"],
        against=answers["against"],
        abstain=answers["abstain"],
        object=answers["object"],
        electorate=sums.electorate,
        quorum=sums.quorum(),
        threshold=sums.threshold(answers),
        constituencies=sums.constituencies(subject),
        votes=judged,
        not_voted=tuple(m.handle for m in roll.active if m.handle not in voices),
        subject=subject,
        ranking=ranking,
        tied=tied,
        signed=sums.answers(subject, signed=True),
        proxies=proxies,
        look_ahead=tuple if closed else lambda: _turning(sums, would_be == "carried", winner),
    )
    return replace(tally, sentences=tell(tally, ballot, rules))


def _alike(voices: Mapping[str, tuple[Vote, bool]], roll: Roll) -> Counter[Alike]:
    members = roll.by_handle
    return Counter(
        Alike(members[handle].constituency, vote.choice, vote.ranking, signed)
        for handle, (vote, signed) in voices.items()
    )


def _turning(sums: Sums, carries: bool, winner: str) -> tuple[Way, ...]:
    """Returns what would change the outcome of an open ballot."""
    if sums.ballot.ranked:
        return overtaking(sums, winner)
    return turning(_groups(sums), sums.ballot, sums.rules, carries=carries)


def _groups(sums: Sums) -> dict[str, Group]:
    subject = sums.ballot.options[0].amendment
    groups = {}
    for name, members in sums.ballot.electorate.items():
        found = sums.answers(subject, name)
        missing = members - sum(found.values())
        groups[name] = Group(
            found["for"], found["against"], found["abstain"], found["object"], missing
        )
    return groups
