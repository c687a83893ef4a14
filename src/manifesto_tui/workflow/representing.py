"""Lets members vote for one another: gives a proxy, accepts one, takes one back."""

from dataclasses import dataclass

from manifesto_tui.governance import representing
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.proxy import JudgedProxy, Proxy
from manifesto_tui.governance.roll import Member
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.counting import held_by, pinned, tally_of, with_signatures
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again
from manifesto_tui.workflow.ways import By


@dataclass(frozen=True, slots=True)
class Represented:
    """One proxy on a ballot that is still undecided."""

    ballot: str
    title: str
    judged: JudgedProxy


@again
def give(desk: Desk, prefix: str, holder: str) -> Recorded:
    """Lets another member vote for the one who acts here, on one ballot, as one commit."""
    held, proxy = choice(desk, prefix, holder)
    return desk.record(
        {_proxy_path(held, proxy): forms.write(proxy)},
        f"Let {holder} vote for {proxy.giver} on {held.id}",
        undo=(
            *(By("proxy withdraw", held.id), " takes it back; so does voting yourself. "),
            *(f"It counts once {holder} accepts: ", By("proxy accept", f"{held.id} {proxy.giver}")),
            ".",
        ),
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
    held, back = choice(desk, prefix)
    return desk.record(
        {_proxy_path(held, back): forms.write(back)},
        f"Take back the proxy of {back.giver} on {held.id}",
        undo=(By("proxy give", f"{held.id} HANDLE"), " gives another."),
    )


def choice(desk: Desk, prefix: str, holder: str = "") -> tuple[Proposal, Proxy]:
    """Returns a ballot, and the proxy of the member here that would be filed on it now.

    Without a holder it takes theirs back. Raises as `governance.representing` does where the
    ballot takes none.
    """
    member, held, ballot = _asked(desk, prefix)
    by, now = pinned(desk, ballot), desk.now()
    if holder:
        return held, representing.give(desk.assembly, held, member.handle, holder, now, *by)
    return held, representing.take_back(desk.assembly, held, member.handle, now, *by)


def _proxy_path(held: Proposal, proxy: Proxy) -> str:
    return layout.proxy_path(held.folder, proxy.giver, [p.path for p in held.proxies])


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
