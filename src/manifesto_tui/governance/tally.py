"""Counts a ballot.

A count is arithmetic that anyone can repeat with a pencil: it takes the votes that are valid,
the electorate as it stood when the ballot opened and the rules as they stood then, and says
which thresholds were met and by how much.

    >>> count(ballot, votes, roll, rules, now).said
    '16 of 20 members voted; quorum 11: met. For 12, against 3; at least two thirds of 15 is 10:
    met. Clinicians 8 to 1: met. Carried.'

Which votes are valid is `validity`; how rivals are ranked is `schulze`; how a count is told is
`telling`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from manifesto_tui.governance import schulze
from manifesto_tui.governance.ballot import STATUS_QUO, Ballot, Vote
from manifesto_tui.governance.lifecycle import has_closed
from manifesto_tui.governance.outcome import (
    Answers,
    ConstituencyCount,
    Outcome,
    QuorumMet,
    Tally,
    ThresholdMet,
)
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.proxy import Mandates, judge_proxies
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import NO_OBJECTION, Rules, Threshold
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
    voices = [Voice(voter, vote, vote.signed) for voter, vote in own.items()]
    for proxy in proxies:
        if proxy.counted:
            vote = own[proxy.proxy.holder]
            voices.append(Voice(proxy.proxy.giver, vote, vote.signed and proxy.signed))
    counting = _Counting(ballot, roll, rules, tuple(voices))
    if ballot.ranked:
        winner, subject, ranking, tied = counting.rank()
    else:
        winner = subject = ballot.options[0].amendment
        ranking, tied = (), ()
    answers = counting.answers(subject)
    would_be = counting.outcome(subject)
    if would_be == "carried" and not winner:
        would_be = "lost"
    closed = has_closed(ballot, now)
    voters = {voice.member for voice in voices}
    tally = Tally(
        ballot=ballot.id,
        state="closed" if closed else "open",
        outcome=would_be if closed else "open",
        would_be=would_be,
        for_=answers["for"],
        against=answers["against"],
        abstain=answers["abstain"],
        object=answers["object"],
        electorate=counting.electorate,
        quorum=counting.quorum(),
        threshold=counting.threshold(answers),
        constituencies=counting.constituencies(subject),
        votes=judged,
        not_voted=tuple(m.handle for m in roll.active if m.handle not in voters),
        subject=subject,
        ranking=ranking,
        tied=tied,
        signed=counting.answers(subject, signed=True),
        proxies=proxies,
        turning=() if closed else counting.turning(subject, carries=would_be == "carried"),
    )
    return replace(tally, sentences=tell(tally, ballot, rules))


@dataclass(frozen=True, slots=True)
class Voice:
    """One member's voice: their own vote, or the vote of who holds their proxy."""

    member: str
    vote: Vote
    signed: bool


@dataclass(frozen=True)
class _Counting:
    """The voices that count on one ballot, and what it asks of them."""

    ballot: Ballot
    roll: Roll
    rules: Rules
    voices: tuple[Voice, ...]

    @property
    def electorate(self) -> int:
        return sum(self.ballot.electorate.values())

    def answers(
        self, subject: str, constituency: str | None = None, signed: bool = False
    ) -> Answers:
        """Counts the answers on one text, in all or within one constituency, or those signed."""
        found = dict.fromkeys(("for", "against", "abstain", "object"), 0)
        members = self.roll.by_handle
        for voice in self.voices:
            if signed and not voice.signed:
                continue
            if constituency is None or members[voice.member].constituency == constituency:
                found[self._answer(voice.vote, subject)] += 1
        return found

    def _answer(self, vote: Vote, subject: str) -> str:
        if not self.ballot.ranked:
            return vote.choice
        # A text that a ranking leaves out stands below all that it names.
        last = len(vote.ranking)
        place = {name: at for at, name in enumerate(vote.ranking)}
        text, status_quo = place.get(subject, last), place.get(STATUS_QUO, last)
        return "for" if text < status_quo else "against" if text > status_quo else "abstain"

    def quorum(self) -> QuorumMet:
        needed = Threshold.parse(self.ballot.quorum).needed(self.electorate)
        return QuorumMet(needed, len(self.voices), len(self.voices) >= needed)

    def threshold(self, answers: Answers) -> ThresholdMet:
        """Says whether enough are for it; where silence is enough, whether nobody is against."""
        if self.ballot.threshold == NO_OBJECTION:
            opposed = answers["against"] + answers["object"]
            return ThresholdMet(NO_OBJECTION, 0, opposed, sum(answers.values()), not opposed)
        return _reach(Threshold.parse(self.ballot.threshold), answers, self.electorate)

    def constituencies(self, subject: str) -> dict[str, ConstituencyCount]:
        return {
            name: self._constituency(name, members, subject)
            for name, members in sorted(self.ballot.electorate.items())
            if name and members
        }

    def _constituency(self, name: str, members: int, subject: str) -> ConstituencyCount:
        answers = self.answers(subject, name)
        needed, met = 0, True
        if self.ballot.each:
            reached = _reach(Threshold.parse(self.ballot.each), answers, members)
            needed, met = reached.needed, reached.met
        if self.rules.each_quorum and self.ballot.threshold != NO_OBJECTION:
            met = met and sum(answers.values()) >= self.rules.each_quorum.needed(members)
        return ConstituencyCount(
            answers["for"],
            answers["against"],
            answers["abstain"],
            answers["object"],
            members,
            needed,
            met,
        )

    def outcome(self, subject: str) -> Outcome:
        """Says what the votes on one text come to."""
        answers = self.answers(subject)
        met = self.threshold(answers).met
        if self.ballot.threshold == NO_OBJECTION:
            return "carried" if met else "blocked"
        if not self.quorum().met:
            return "no quorum"
        agreed = all(counted.met for counted in self.constituencies(subject).values())
        if not (met and agreed):
            return "lost"
        return "blocked" if answers["object"] and not self._outvoted(answers) else "carried"

    def turning(self, subject: str, *, carries: bool) -> tuple[Way, ...]:
        """Returns what would change the outcome."""
        groups = {}
        for name, members in self.ballot.electorate.items():
            found = self.answers(subject, name)
            groups[name] = Group(
                found["for"],
                found["against"],
                found["abstain"],
                found["object"],
                members - sum(found.values()),
            )
        return turning(groups, self.ballot, self.rules, carries=carries)

    def _outvoted(self, answers: Answers) -> bool:
        asked = self.rules.objections
        return asked is not None and _reach(asked, answers, self.electorate).met

    def rank(self) -> tuple[str, str, tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """Returns the winner, the text to speak of, all texts best first, and those tied for it.

        The winner is "" where the status quo stays; the text to speak of is then the amendment
        that is placed best.

        A text that does not by itself carry against the status quo is out of the running, as in
        Debian's constitution, section A.5; among the rest and the status quo the most preferred
        one wins. Where several are tied for that, none is chosen by chance: nothing carries.
        """
        names = [option.amendment for option in self.ballot.options]
        pairs = schulze.prefer([*names, STATUS_QUO], (v.vote.ranking for v in self.voices))
        ranking = schulze.order([*names, STATUS_QUO], pairs)
        running = [name for name in names if self.outcome(name) == "carried"]
        first = schulze.order([*running, STATUS_QUO], pairs)[0]
        if len(first) == 1 and first[0] != STATUS_QUO:
            return first[0], first[0], ranking, ()
        best = next(name for group in ranking for name in group if name != STATUS_QUO)
        return "", best, ranking, first if len(first) > 1 else ()


def _reach(threshold: Threshold, answers: Answers, members: int) -> ThresholdMet:
    opposed = answers["against"] + answers["object"]
    of = {
        "votes cast": sum(answers.values()),
        "for and against": answers["for"] + opposed,
        "members": members,
    }[threshold.of]
    # Two thirds of nobody are nobody: without this, an assembly of abstainers would agree.
    needed = max(1, threshold.needed(of))
    return ThresholdMet(str(threshold), needed, answers["for"], of, answers["for"] >= needed)
