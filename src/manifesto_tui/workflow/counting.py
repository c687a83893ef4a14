"""Counts a ballot with the roll and the rules that were in force when it opened."""

from dataclasses import replace

from manifesto_tui.governance import voting
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules, rules_digest
from manifesto_tui.governance.signature import Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.governance.validity import sequence
from manifesto_tui.record import layout
from manifesto_tui.record.provenance import Provenance
from manifesto_tui.workflow.desk import Desk


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
    return provenance(desk).of(held.folder, {path: handle})[path]


def with_signatures(desk: Desk, held: Proposal) -> Proposal:
    """Returns a folder whose votes know what the signatures beside them prove."""
    if not held.votes:
        return held
    found = provenance(desk).of(held.folder, {vote.path: vote.voter for vote in held.votes})
    if all(signature.state == "unsigned" for signature in found.values()):
        return held
    weighed = tuple(
        replace(vote, signed=at.state == "signed", signature=at.state)
        for vote in held.votes
        for at in (found[vote.path],)
    )
    return replace(held, votes=weighed)


def pinned(desk: Desk, ballot: Ballot) -> tuple[Roll, Rules]:
    """Returns the roll and the rules at the commit that a ballot was opened on.

    Those of today where they are still the same, and where that commit is not here, as in a
    shallow clone: the count then refuses them.
    """
    today = desk.assembly
    if today.roll.digest == ballot.roll and rules_digest(today.rules) == ballot.rules:
        return today.roll, today.rules
    try:
        opened = desk.assembly_at(ballot.base)
    except ManifestoError:
        opened = desk.assembly
    return opened.roll, opened.rules


def tally_of(desk: Desk, held: Proposal) -> Tally:
    """Returns the count of the ballot in the folder `held`, as it stands now.

    One that was decided is counted as it was then: what came later changes nothing.
    """
    assert held.ballot is not None, "only a folder with a ballot is counted"
    roll, rules = pinned(desk, held.ballot)
    held = with_signatures(desk, held)
    return voting.tally(desk.assembly, held, desk.now(), roll=roll, rules=rules)


def awaits(desk: Desk, held: Proposal, handle: str | None) -> bool:
    """Says whether a member may vote on the ballot in the folder `held`, and has not yet."""
    if held.ballot is None or handle is None or has_answered(held, handle):
        return False
    member = pinned(desk, held.ballot)[0].by_handle.get(handle)
    return member is not None and not member.retired


def has_answered(held: Proposal, handle: str | None) -> bool:
    """Says whether a member has voted on the ballot in the folder `held`."""
    return current_vote(held, handle) is not None


def current_vote(held: Proposal | None, handle: str | None) -> Vote | None:
    """Returns a member's last vote in the folder `held`, or None where there is none."""
    votes = [v for v in held.votes if v.voter == handle] if held else []
    return max(votes, key=lambda v: (sequence(v) or 0, v.path), default=None)
