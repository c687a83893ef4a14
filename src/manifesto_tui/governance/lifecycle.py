"""Says at what stage a proposal is; nothing stores it.

A stage follows from which files the folder holds and, for a ballot's end, from the time. Once a
ballot is open the amendment belongs to the assembly: its proposer can no longer take it back,
so a withdrawal written later than the ballot was opened changes nothing.

An open amendment that nobody revises, seconds or speaks of in the days that the rules state has
*lapsed*. Nothing is written, and the first of these brings it back.
"""

from datetime import datetime, timedelta
from typing import Literal, get_args

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision
from manifesto_tui.governance.countering import taken_up_by
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.rules import Rules

Stage = Literal[
    "open", "at the ballot", "closed", "adopted", "rejected", "withdrawn", "taken up", "lapsed"
]

STAGES: tuple[Stage, ...] = get_args(Stage)
"""All stages, in the order in which people want to see them."""

CHANGEABLE: tuple[Stage, ...] = ("open", "lapsed")
"""Before the ballot: the proposer may still revise it or take it back."""

STILL_OPEN: tuple[Stage, ...] = ("open", "at the ballot", "closed")
"""Before the assembly, with something to be done about it."""

UNDECIDED: tuple[Stage, ...] = (*STILL_OPEN, "lapsed")
"""Neither decided nor taken back."""


def stage(assembly: Assembly, proposal: Proposal, now: datetime) -> Stage:
    """Returns the stage of an amendment, or of a ballot between rivals.

    A ballot between rivals counts as adopted where one of them was, else as rejected.
    """
    decision = decision_on(assembly, proposal)
    if decision:
        adopted = decision.adopted if proposal.amendment else decision.adopted and proposal.id
        return "adopted" if adopted == proposal.id else "rejected"
    if is_withdrawn(assembly, proposal):
        return "withdrawn"
    ballot = ballot_on(assembly, proposal)
    if ballot is None:
        if taken_up_by(assembly, proposal):
            return "taken up"
        due = lapses(proposal, assembly.rules)
        return "lapsed" if due and now >= due else "open"
    return "closed" if has_closed(ballot, now) else "at the ballot"


def lapses(proposal: Proposal, rules: Rules) -> datetime | None:
    """Returns when an amendment lapses unless somebody acts on it; None where it never does."""
    last = last_act(proposal) if rules.idle_days else None
    return last + timedelta(days=rules.idle_days) if last else None


def last_act(proposal: Proposal) -> datetime | None:
    """Returns when an amendment was last revised, seconded or spoken of; None for a ballot.

    What claims a time that cannot be read was at none.
    """
    latest = proposal.amendment
    if latest is None:
        return None
    acts = []
    for at in (
        latest.filed,
        *(second.at for second in proposal.seconds),
        *(comment.at for comment in proposal.comments),
    ):
        try:
            acts.append(moment(at))
        except ValueError:
            continue
    return max(acts, default=None)


def ballot_on(assembly: Assembly, proposal: Proposal) -> Ballot | None:
    """Returns the ballot that the proposal is on: its own, or the one between it and rivals."""
    holder = assembly.ballot_for(proposal)
    return holder.ballot if holder else None


def decision_on(assembly: Assembly, proposal: Proposal) -> Decision | None:
    """Returns the decision on a proposal, wherever its ballot stands."""
    holder = assembly.ballot_for(proposal)
    return (holder and holder.decision) or proposal.decision


def is_withdrawn(assembly: Assembly, proposal: Proposal) -> bool:
    """Says whether the proposer took it back before a ballot on it was opened."""
    if proposal.withdrawal is None:
        return False
    ballot = ballot_on(assembly, proposal)
    if ballot is None:
        return True
    try:
        return moment(proposal.withdrawal.at) < moment(ballot.opened)
    except ValueError:
        return False


def is_undecided(assembly: Assembly, proposal: Proposal) -> bool:
    """Says whether the assembly has still to decide: not decided, withdrawn or taken up."""
    return (
        decision_on(assembly, proposal) is None
        and not is_withdrawn(assembly, proposal)
        and taken_up_by(assembly, proposal) is None
    )


SOON_DAYS = 3
"""How many days before a ballot closes people are reminded of it, unless they say otherwise."""


def closes_soon(ballot: Ballot, now: datetime, days: int = SOON_DAYS) -> bool:
    """Says whether the ballot is open and closes within so many days."""
    return not has_closed(ballot, now) and has_closed(ballot, now + timedelta(days=days))


def has_closed(ballot: Ballot, now: datetime) -> bool:
    """Says whether the ballot's time is over; one whose time cannot be read never closes."""
    try:
        return now >= moment(ballot.closes)
    except ValueError:
        return False
