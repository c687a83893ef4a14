"""Counts a ballot with the roll and the rules that were in force when it opened."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from manifesto_tui.governance import voting
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.governance.proxy import Acceptance, Proxy, accepted_in_force
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules, rules_digest
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.governance.telling import tell_rules
from manifesto_tui.governance.validity import sequence
from manifesto_tui.record import layout
from manifesto_tui.record.provenance import Provenance
from manifesto_tui.workflow.desk import Desk


def rules_told(desk: Desk, ballot: Ballot) -> tuple[str, ...]:
    """Returns what an open ballot asks for, in sentences."""
    return tell_rules(ballot, pinned(desk, ballot)[1])


def provenance(desk: Desk) -> Provenance:
    """Returns what is signed at the tip, remembered until it moves."""
    commit = desk.assembly.commit
    known: tuple[str, Provenance] | None = desk.repo.memory.get("provenance")
    if known is None or known[0] != commit:
        known = desk.repo.memory["provenance"] = (commit, Provenance(desk.repo, commit))
    return known[1]


def signature_of(desk: Desk, held: Proposal) -> Signature:
    """Returns what the signature beside an amendment's latest revision proves.

    For a ballot between rivals it is that of the ballot.
    """
    if held.amendment:
        path = layout.amendment_path(held.folder, held.amendment.revision)
        handle = held.amendment.proposer
    else:
        path, handle = layout.ballot_path(held.folder), held.ballot.opener if held.ballot else ""
    if not held.may_be_signed:
        return UNSIGNED
    return provenance(desk).of(held.folder, {path: handle})[path]


def signatures_in(desk: Desk, held: Proposal) -> dict[str, Signature]:
    """Returns by path what the signature beside each record file of a folder proves."""
    if not held.may_be_signed:
        return {}
    folder = held.folder
    whose = {layout.amendment_path(folder, r.revision): r.proposer for r in held.revisions}
    whose |= {layout.second_path(folder, s.member, s.revision): s.member for s in held.seconds}
    whose |= {comment.path: comment.member for comment in held.comments}
    whose |= _answers(held)
    if held.ballot:
        whose[layout.ballot_path(folder)] = held.ballot.opener
    if held.decision:
        whose[layout.decision_path(folder)] = held.decision.decider
    if held.withdrawal:
        whose[layout.withdrawal_path(folder)] = held.withdrawal.member
    return provenance(desk).of(folder, whose)


def with_signatures(desk: Desk, held: Proposal) -> Proposal:
    """Returns a folder whose votes and proxies know what the signatures beside them prove."""
    found = _found(desk, held)
    if all(signature.state == "unsigned" for signature in found.values()):
        return held
    return replace(
        held,
        votes=tuple(_weighed(vote, found) for vote in held.votes),
        proxies=tuple(_weighed(proxy, found) for proxy in held.proxies),
        acceptances=tuple(_weighed(accepted, found) for accepted in held.acceptances),
    )


def all_checked(desk: Desk, held: Proposal) -> bool:
    """Says whether every signature that counts in a folder could be checked here."""
    return all(signature.state != "unchecked" for signature in _found(desk, held).values())


def _found(desk: Desk, held: Proposal) -> Mapping[str, Signature]:
    whose = _answers(held)
    return provenance(desk).of(held.folder, whose) if whose and held.may_be_signed else {}


def _answers(held: Proposal) -> dict[str, str]:
    """Returns by path whose each vote, proxy and acceptance in a folder is."""
    whose = {vote.path: vote.voter for vote in held.votes}
    whose |= {proxy.path: proxy.giver for proxy in held.proxies}
    return whose | {accepted.path: accepted.holder for accepted in held.acceptances}


_Counted = TypeVar("_Counted", Vote, Proxy, Acceptance)


def _weighed(file: _Counted, found: Mapping[str, Signature]) -> _Counted:
    state = found[file.path].state
    return replace(file, signed=state == "signed", signature=state)


def pinned(desk: Desk, ballot: Ballot) -> tuple[Roll, Rules]:
    """Returns the roll and the rules at the commit that a ballot was opened on.

    Those of today where they are still the same, and where that commit is not here, as in a
    shallow clone: the count then refuses them.
    """
    today = desk.assembly
    if today.roll.digest == ballot.roll and rules_digest(today.rules) == ballot.rules:
        return today.roll, today.rules
    # Many ballots are opened with the same roll and rules, each on a commit of its own.
    known: dict[tuple[str, str], tuple[Roll, Rules]] = desk.repo.memory.setdefault("pinned", {})
    pins = (ballot.roll, ballot.rules)
    if pins not in known:
        try:
            opened = desk.assembly_at(ballot.base)
        except ManifestoError:
            opened = today
        if (opened.roll.digest, rules_digest(opened.rules)) != pins:
            return opened.roll, opened.rules
        known[pins] = opened.roll, opened.rules
    return known[pins]


def rules_amended(desk: Desk, proposal: Proposal) -> Rules:
    """Returns the rules that a change of them is to: in force, or pinned once it is decided."""
    ballot = proposal.ballot if proposal.decision else None
    return pinned(desk, ballot)[1] if ballot else desk.assembly.rules


def held_by(desk: Desk, prefix: str) -> Proposal:
    """Returns the folder of the ballot that a proposal is on; Refused "no-ballot" if none."""
    proposal = desk.find(prefix)
    held = desk.assembly.ballot_for(proposal)
    if held is None:
        raise Refused(
            "no-ballot",
            f"No ballot is open on {proposal.id}.",
            f"A steward opens it: `manifesto-tui open {proposal.id} --closes 14d`.",
            proposal.folder,
        )
    return held


def tally_of(desk: Desk, held: Proposal) -> Tally:
    """Returns the count of the ballot in the folder `held`, as it stands now.

    One that was decided is counted as it was then: what came later changes nothing.
    """
    assert held.ballot is not None, "only a folder with a ballot is counted"
    roll, rules = pinned(desk, held.ballot)
    held = with_signatures(desk, held)
    return voting.tally(desk.assembly, held, desk.now(), roll=roll, rules=rules)


def awaits(desk: Desk, held: Proposal, handle: str | None) -> bool:
    """Says whether a member may vote on the ballot in the folder `held`, and has not yet.

    Who has let another vote for them, and the other has accepted, is waited for no more.
    """
    if held.ballot is None or handle is None or has_answered(held, handle):
        return False
    roll, rules = pinned(desk, held.ballot)
    member = roll.by_handle.get(handle)
    if member is None or member.retired:
        return False
    given = any(proxy.giver == handle for proxy in held.proxies)
    mandates = with_signatures(desk, held).mandates if given else held.mandates
    return not any(
        judged.proxy.giver == handle and not judged.code
        for judged in accepted_in_force(held.ballot, mandates, roll, rules)
    )


def has_answered(held: Proposal, handle: str | None) -> bool:
    """Says whether a member has voted on the ballot in the folder `held`."""
    return current_vote(held, handle) is not None


def current_vote(held: Proposal | None, handle: str | None) -> Vote | None:
    """Returns a member's last vote in the folder `held`, or None where there is none."""
    votes = [v for v in held.votes if v.voter == handle] if held else []
    return max(votes, key=lambda v: (sequence(v) or 0, v.path), default=None)
