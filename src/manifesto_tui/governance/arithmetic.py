"""Does the sums of a ballot: how many answered what, which thresholds that meets, which text wins.

Answers that are alike count as one with a number, so a sum takes as long as there are different
answers, however many members gave them; and what would come of other answers is the same sum
with other numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from manifesto_tui.governance import schulze
from manifesto_tui.governance.ballot import STATUS_QUO, Ballot
from manifesto_tui.governance.outcome import (
    Answers,
    ConstituencyCount,
    Outcome,
    QuorumMet,
    ThresholdMet,
)
from manifesto_tui.governance.rules import NO_OBJECTION, Rules, Threshold


class Alike(NamedTuple):
    """What some members said alike: their constituency, "" for none, their answer or ranking."""

    constituency: str
    choice: str
    ranking: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Sums:
    """The voices that count on one ballot, by what they say, and what it asks of them."""

    ballot: Ballot
    rules: Rules
    voices: Mapping[Alike, int]

    @cached_property
    def electorate(self) -> int:
        """How many members may vote."""
        return sum(self.ballot.electorate.values())

    @cached_property
    def present(self) -> int:
        """How many members voted, or are represented."""
        return sum(self.voices.values())

    def answers(
        self, subject: str, constituency: str | None = None, signed: bool = False
    ) -> Answers:
        """Counts the answers on one text, in all or within one constituency, or those signed."""
        found = dict.fromkeys(("for", "against", "abstain", "object"), 0)
        for voice, count in self.voices.items():
            if signed and not voice.signed:
                continue
            if constituency is None or voice.constituency == constituency:
                found[self._answer(voice, subject)] += count
        return found

    def _answer(self, voice: Alike, subject: str) -> str:
        if not self.ballot.ranked:
            return voice.choice
        # A text that a ranking leaves out stands below all that it names.
        last = len(voice.ranking)
        place = {name: at for at, name in enumerate(voice.ranking)}
        text, status_quo = place.get(subject, last), place.get(STATUS_QUO, last)
        return "for" if text < status_quo else "against" if text > status_quo else "abstain"

    def quorum(self) -> QuorumMet:
        """Says whether enough have voted."""
        needed = Threshold.parse(self.ballot.quorum).needed(self.electorate)
        return QuorumMet(needed, self.present, self.present >= needed)

    def threshold(self, answers: Answers) -> ThresholdMet:
        """Says whether enough are for it; where silence is enough, whether nobody is against."""
        if self.ballot.threshold == NO_OBJECTION:
            opposed = answers["against"] + answers["object"]
            return ThresholdMet(NO_OBJECTION, 0, opposed, sum(answers.values()), not opposed)
        return _reach(Threshold.parse(self.ballot.threshold), answers, self.electorate)

    def constituencies(self, subject: str) -> dict[str, ConstituencyCount]:
        """Counts the answers on one text in each constituency that has members."""
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
        rankings = ((voice.ranking, count) for voice, count in self.voices.items())
        pairs = schulze.prefer([*names, STATUS_QUO], rankings)
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
