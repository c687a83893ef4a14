"""Lets members vote for one another: gives a proxy, accepts one, takes one back."""

from dataclasses import dataclass

from manifesto_tui.governance import representing
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.proxy import JudgedProxy
from manifesto_tui.governance.roll import Member
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.counting import held_by, pinned, tally_of, with_signatures
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again


@dataclass(frozen=True, slots=True)
class Represented:
    """One proxy on a ballot that is still undecided."""

    ballot: str
    title: str
    judged: JudgedProxy


@again
def give(desk: Desk, prefix: str, holder: str) -> Recorded:
    """Lets another member vote for the one who acts here, on one ballot, as one commit."""
    member, held, ballot = _asked(desk, prefix)
    proxy = representing.give(
        desk.assembly, held, member.handle, holder, desk.now(), *pinned(desk, ballot)
    )
    path = layout.proxy_path(held.folder, member.handle, [p.path for p in held.proxies])
    return desk.record(
        {path: forms.write(proxy)},
        f"Let {holder} vote for {member.handle} on {held.id}",
        undo=f"`manifesto-tui proxy withdraw {held.id}` takes it back; so does voting yourself. "
        f"It counts once {holder} accepts: `manifesto-tui proxy accept {held.id} "
        f"{member.handle}`.",
    )


@again
def accept(desk: Desk, prefix: str, giver: str) -> Recorded:
    """Accepts to vote for another member on one ballot, as one commit."""
    member, held, ballot = _asked(desk, prefix)
    accepted = representing.accept(
        desk.assembly, held, member.handle, giver, desk.now(), *pinned(desk, ballot)
    )
    path = layout.acceptance_path(held.folder, member.handle, [a.path for a in held.acceptances])
    return desk.record(
        {path: forms.write(accepted)},
        f"Accept to vote for {giver} on {held.id}",
        undo=f"It stands until {giver} takes it back or votes; your own vote counts for both, "
        f"until {in_words(moment(ballot.closes))}.",
    )


@again
def withdraw(desk: Desk, prefix: str) -> Recorded:
    """Takes back the proxy of the member who acts here, on one ballot, as one commit."""
    member, held, ballot = _asked(desk, prefix)
    back = representing.take_back(
        desk.assembly, held, member.handle, desk.now(), *pinned(desk, ballot)
    )
    path = layout.proxy_path(held.folder, member.handle, [p.path for p in held.proxies])
    return desk.record(
        {path: forms.write(back)},
        f"Take back the proxy of {member.handle} on {held.id}",
        undo=f"`manifesto-tui proxy give {held.id} HANDLE` gives another.",
    )


def _asked(desk: Desk, prefix: str) -> tuple[Member, Proposal, Ballot]:
    """Returns who acts here, and the ballot that `prefix` names with its signatures weighed."""
    member, held = desk.me(), with_signatures(desk, held_by(desk, prefix))
    assert held.ballot is not None, "a held ballot has been opened"
    return member, held, held.ballot


def proxies(desk: Desk, prefix: str | None = None) -> tuple[Represented, ...]:
    """Returns the proxies on one ballot, or on all that are still undecided."""
    chosen: list[Proposal] = [held_by(desk, prefix)] if prefix else list(desk.assembly.proposals)
    return tuple(
        Represented(held.id, held.title, judged)
        for held in chosen
        if held.ballot and held.proxies and (prefix or not held.decision)
        for judged in tally_of(desk, held).proxies
    )
