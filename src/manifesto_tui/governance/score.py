"""Says in short what a count came to, for lists of many ballots.

A score does not change while the ballot's folder stays as it is, so it can be kept: whether the
ballot has closed is left open, and asked with the time.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.outcome import Outcome, Tally

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = -1


class Score(NamedTuple):
    """A count without its votes.

    `subject`, `would_be` and the numbers are those of the `Tally`; `present` members voted.
    `quorum`, `threshold` and `agreed` tell whether each was met, the last in all constituencies.
    `closes` is in microseconds from 1970 in UTC, -1 where the ballot's time cannot be read.
    """

    subject: str
    would_be: Outcome
    for_: int
    against: int
    abstain: int
    object: int
    electorate: int
    present: int
    quorum: bool
    threshold: bool
    agreed: bool
    closes: int

    @property
    def opposed(self) -> int:
        """Votes against, objections among them."""
        return self.against + self.object

    def closed(self, now: datetime) -> bool:
        """Says whether the ballot's time is over."""
        return self.closes != _NEVER and (now - _EPOCH) // _MICROSECOND >= self.closes

    def outcome(self, now: datetime) -> Outcome:
        """Returns what it came to, "open" until the ballot has closed."""
        return self.would_be if self.closed(now) else "open"


_MICROSECOND = timedelta(microseconds=1)


def score(tally: Tally, ballot: Ballot) -> Score:
    """Returns a count in short."""
    try:
        closes = (moment(ballot.closes) - _EPOCH) // _MICROSECOND
    except ValueError:
        closes = _NEVER
    return Score(
        subject=tally.subject,
        would_be=tally.would_be,
        for_=tally.for_,
        against=tally.against,
        abstain=tally.abstain,
        object=tally.object,
        electorate=tally.electorate,
        present=tally.quorum.present,
        quorum=tally.quorum.met,
        threshold=tally.threshold.met,
        agreed=all(counted.met for counted in tally.constituencies.values()),
        closes=closes,
    )
