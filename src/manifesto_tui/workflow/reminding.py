"""Reminds: says which ballots close soon, and whether the member has voted on them.

Closes in 2 days: k7f3 Publish every interface; you have not voted.
"""

from dataclasses import dataclass

from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.lifecycle import closes_soon
from manifesto_tui.governance.moment import moment, until
from manifesto_tui.workflow.counting import awaits, has_answered
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.settings import chosen


@dataclass(frozen=True, slots=True)
class Closing:
    """A ballot that closes soon. `awaits` says whether the member here has still to vote."""

    id: str
    title: str
    ballot: Ballot
    awaits: bool
    sentence: str


def closing_soon(desk: Desk) -> tuple[Closing, ...]:
    """Returns the ballots that close soon, the first to close first.

    How soon that is the member has chosen, see `settings`.
    """
    now, handle = desk.now(), desk.handle
    soon = chosen(desk.environment).closing_days
    found = []
    for held in desk.assembly.unsettled:
        ballot = held.ballot
        if ballot is None or held.decision or not closes_soon(ballot, now, soon):
            continue
        waits = awaits(desk, held, handle)
        said = f"Closes {until(ballot.closes, now)}: {held.id} {held.title}"
        if waits:
            said += "; you have not voted"
        elif has_answered(held, handle):
            said += "; you have voted"
        found.append(Closing(held.id, held.title, ballot, waits, f"{said}."))
    return tuple(sorted(found, key=lambda closing: (moment(closing.ballot.closes), closing.id)))
