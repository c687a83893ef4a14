"""Lets members vote for one another, where the rules of a ballot allow it.

    proxy = give(assembly, proposal, "ann", "ben", now, roll, rules)
    accepted = accept(assembly, proposal, "ben", "ann", now, roll, rules)

Every refusal says in one sentence which rule stands against it.
"""

from datetime import datetime

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.phrases import counted
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.proxy import (
    Acceptance,
    JudgedProxy,
    Proxy,
    accepted_in_force,
)
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.validity import judge
from manifesto_tui.governance.voting import open_holder, pinned_roll, refuse_absent


def give(
    assembly: Assembly,
    proposal: Proposal,
    giver: str,
    holder: str,
    now: datetime,
    roll: Roll,
    rules: Rules,
) -> Proxy:
    """Returns a member's proxy to another, for the ballot that a proposal is on.

    `roll` and `rules` are those that the ballot pinned. Raises Refused with code
    `no-proxies`, `not-on-the-roll`, `voted`, `proxy-given`, `proxy-chained`, `proxies-held`, or
    those of `open_holder`; BadInput with code `to-oneself`.
    """
    held, ballot, in_force = _before(assembly, proposal, now, roll, rules)
    refuse_absent(roll, giver, held.id)
    if holder == giver:
        raise BadInput("to-oneself", "A proxy is to somebody else.", "Vote yourself.")
    if holder not in {member.handle for member in roll.active}:
        raise Refused(
            "not-on-the-roll",
            f"“{holder}” was not on the roll when this ballot opened, and may not vote on it.",
            "Only who may vote may vote for another.",
            held.id,
        )
    if any(v.counted and v.voter == giver for v in judge(ballot, held.votes, roll, rules)):
        raise Refused(
            "voted",
            f"{giver} has voted on {held.id}, and a vote of one’s own goes before a proxy.",
            "Until the ballot closes you may vote again.",
            held.id,
        )
    last = next((p for p in in_force if p.proxy.giver == giver and _stands(p)), None)
    if last and last.proxy.holder == holder:
        raise Refused(
            "proxy-given",
            f"{holder} has {giver}’s proxy for {held.id} already.",
            f"{holder} accepts it with `manifesto-tui proxy accept {held.id} {giver}`.",
            held.id,
        )
    _refuse_chain(held.id, in_force, giver, holder)
    _refuse_too_many(held.id, in_force, holder, rules)
    return _proxy(ballot, giver, holder, now)


def take_back(
    assembly: Assembly, proposal: Proposal, giver: str, now: datetime, roll: Roll, rules: Rules
) -> Proxy:
    """Returns what takes a member's proxy back; Refused `no-proxy` where they gave none."""
    held, ballot, in_force = _before(assembly, proposal, now, roll, rules)
    if not any(p.proxy.giver == giver and _stands(p) for p in in_force):
        raise Refused(
            "no-proxy",
            f"{giver} has given no proxy for {held.id}.",
            "There is nothing to take back.",
            held.id,
        )
    return _proxy(ballot, giver, "", now)


def accept(
    assembly: Assembly,
    proposal: Proposal,
    holder: str,
    giver: str,
    now: datetime,
    roll: Roll,
    rules: Rules,
) -> Acceptance:
    """Returns a holder's acceptance of the proxy that a member gave them.

    Raises Refused with code `no-proxy`, `accepted`, `proxy-chained`, `proxies-held`, or those of
    `give`.
    """
    held, ballot, in_force = _before(assembly, proposal, now, roll, rules)
    refuse_absent(roll, holder, held.id)
    found = next((p for p in in_force if p.proxy.giver == giver and _stands(p)), None)
    if found is None or found.proxy.holder != holder:
        raise Refused(
            "no-proxy",
            f"{giver} has not given {holder} a proxy for {held.id}.",
            f"{giver} can: `manifesto-tui proxy give {held.id} {holder}`.",
            held.id,
        )
    if not found.code:
        raise Refused(
            "accepted", f"{holder} has accepted {giver}’s proxy already.", "Vote.", held.id
        )
    _refuse_chain(held.id, in_force, giver, holder)
    _refuse_too_many(held.id, in_force, holder, rules)
    return Acceptance(
        ballot=ballot.id,
        proxy=found.proxy.digest,
        giver=giver,
        holder=holder,
        accepted=written(now),
    )


def _before(
    assembly: Assembly, proposal: Proposal, now: datetime, roll: Roll, rules: Rules
) -> tuple[Proposal, Ballot, tuple[JudgedProxy, ...]]:
    held, ballot = open_holder(assembly, proposal, now)
    pinned_roll(assembly, ballot, roll)
    if not rules.proxies:
        raise Refused(
            "no-proxies",
            f"The rules of ballot {held.id} let nobody vote for another.",
            "Each member votes themselves; a steward can allow proxies in later ballots: "
            "`proxies` in manifesto/rules.yaml.",
            held.id,
        )
    return held, ballot, accepted_in_force(ballot, held.mandates, roll, rules)


def _proxy(ballot: Ballot, giver: str, holder: str, now: datetime) -> Proxy:
    return Proxy(ballot.id, ballot.digest, giver, holder, written(now))


def _stands(judged: JudgedProxy) -> bool:
    """Says whether a proxy is its giver's last, accepted or not."""
    return judged.code in ("", "not-accepted")


def _refuse_chain(ballot: str, in_force: tuple[JudgedProxy, ...], giver: str, holder: str) -> None:
    """Refuses a second step: from a giver who holds others' proxies, or to one who gave theirs."""
    accepted = [p.proxy for p in in_force if not p.code]
    chained = next((p for p in accepted if p.holder == giver or p.giver == holder), None)
    if chained:
        raise Refused(
            "proxy-chained",
            f"{chained.holder} holds {chained.giver}’s proxy for {ballot}, and a proxy goes one "
            "step only.",
            f"Choose another member, or vote; {chained.giver} can take theirs back: "
            f"`manifesto-tui proxy withdraw {ballot}`.",
            ballot,
        )


def _refuse_too_many(
    ballot: str, in_force: tuple[JudgedProxy, ...], holder: str, rules: Rules
) -> None:
    if sum(p.proxy.holder == holder for p in in_force if not p.code) >= rules.proxies:
        raise Refused(
            "proxies-held",
            f"{holder} holds {counted(rules.proxies, 'proxy', 'proxies')} for "
            f"{ballot} already, which is all that the rules allow.",
            "Choose another member, or vote yourself.",
            ballot,
        )
