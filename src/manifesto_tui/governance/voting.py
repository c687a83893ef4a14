"""Puts amendments to the vote, takes votes, and decides.

    ballot = open_ballot(assembly, ["k7f3"], closes, "ada", now)
    vote = cast(assembly, proposal, "grace", now, choice="for")
    decision, text = decide(assembly, proposal, "ada", now)

Whoever counts passes the roll and the rules that the ballot pinned: those at the commit that
`Ballot.base` names. Those of today serve only where they are still the same.
"""

from collections.abc import Sequence
from datetime import datetime

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import STATUS_QUO, Ballot, Decision, Vote
from manifesto_tui.governance.concluding import conclude, mandates_known, votes_known
from manifesto_tui.governance.lifecycle import has_closed
from manifesto_tui.governance.moment import in_words, moment, written
from manifesto_tui.governance.opening import open_ballot
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules, rules_digest
from manifesto_tui.governance.stranding import on_ballot
from manifesto_tui.governance.tally import Tally, count
from manifesto_tui.governance.validity import wrong_answer
from manifesto_tui.prose import Text

__all__ = ["cast", "decide", "on_ballot", "open_ballot", "pinned_roll", "tally"]


def cast(
    assembly: Assembly,
    proposal: Proposal,
    handle: str,
    now: datetime,
    *,
    choice: str = "",
    ranking: Sequence[str] = (),
    reason: str = "",
    seen: str = "",
    roll: Roll | None = None,
) -> Vote:
    """Returns a member's vote on the ballot that a proposal is on.

    `roll` is the one the ballot pinned, `seen` the effect that the voter was shown.

    Raises Refused with code `no-ballot`, `already-decided`, `ballot-closed`, `text-moved` or
    `not-on-the-roll`; BadInput with code `not-a-choice` or `reason-missing`.
    """
    holder, ballot = open_holder(assembly, proposal, now)
    if seen and seen != ballot.effect:
        raise Refused(
            "text-moved",
            "The text on this ballot is not the one that was shown.",
            "Read it again, then vote.",
            holder.id,
        )
    refuse_absent(pinned_roll(assembly, ballot, roll), handle, holder.id)
    wrong = wrong_answer(ballot, choice, tuple(ranking))
    if wrong:
        raise BadInput("not-a-choice", f"This is no answer here: {wrong}.", _answers(ballot))
    if choice == "object" and not reason.strip():
        raise BadInput(
            "reason-missing",
            "An objection needs a reason, so that it can be answered.",
            "Give it with --reason.",
        )
    return Vote(
        ballot=ballot.id,
        effect=ballot.effect,
        voter=handle,
        choice=choice,
        cast=written(now),
        reason=reason,
        ranking=tuple(ranking),
        ballot_digest=ballot.digest,
    )


def open_holder(assembly: Assembly, proposal: Proposal, now: datetime) -> tuple[Proposal, Ballot]:
    """Returns the folder and the ballot that a proposal is on, while it is open.

    Raises Refused with code `no-ballot`, `already-decided` or `ballot-closed`.
    """
    holder = _holder(assembly, proposal)
    ballot = holder.ballot
    assert ballot is not None
    if holder.decision:
        raise Refused("already-decided", f"{holder.title} has been decided.", where=holder.id)
    if has_closed(ballot, now):
        closed = in_words(moment(ballot.closes))
        raise Refused("ballot-closed", f"The ballot closed on {closed}.", where=holder.id)
    return holder, ballot


def refuse_absent(roll: Roll, handle: str, ballot: str) -> None:
    """Raises Refused with code `not-on-the-roll` for who may not vote on a ballot."""
    member = roll.by_handle.get(handle)
    if member is None or member.retired:
        raise Refused(
            "not-on-the-roll",
            f"“{handle}” was not on the roll when this ballot opened, and may not vote on it.",
            "Those on the roll when a ballot opens may vote on it, and no others.",
            ballot,
        )


def tally(
    assembly: Assembly,
    proposal: Proposal,
    now: datetime,
    *,
    roll: Roll | None = None,
    rules: Rules | None = None,
) -> Tally:
    """Returns the count of the ballot that a proposal is on, as it stands; decided, as it stood.

    `roll` and `rules` are those that the ballot pinned. Raises Refused with code `no-ballot` or
    `another-electorate`.
    """
    holder = _holder(assembly, proposal)
    assert holder.ballot is not None
    pinned = pinned_roll(assembly, holder.ballot, roll)
    known = votes_known(holder.decision) if holder.decision else None
    mandates = holder.mandates
    if holder.decision:
        mandates = mandates_known(mandates, holder.decision)
    rules = rules or assembly.rules
    return count(holder.ballot, holder.votes, pinned, rules, now, known, mandates)


def decide(
    assembly: Assembly,
    proposal: Proposal,
    decider: str,
    now: datetime,
    *,
    roll: Roll | None = None,
    rules: Rules | None = None,
) -> tuple[Decision, Text]:
    """Returns the decision on a closed ballot, and the text as it then reads.

    `roll` and `rules` are those that the ballot pinned. Deciding late changes nothing: votes
    cast after the ballot closed do not count, whenever somebody counts.

    Raises Refused with code `no-ballot`, `already-decided`, `ballot-open`, `another-electorate`,
    `other-rules` or `text-moved`, and those of `permission`.
    """
    refuse(assembly, decider, "decide")
    holder = _holder(assembly, proposal)
    ballot = holder.ballot
    assert ballot is not None
    if holder.decision:
        raise Refused("already-decided", f"{holder.title} has been decided.", where=holder.id)
    if not has_closed(ballot, now):
        raise Refused(
            "ballot-open",
            f"The ballot is open until {in_words(moment(ballot.closes))}.",
            "It can be decided once it has closed.",
            holder.id,
        )
    rules = rules or assembly.rules
    if rules_digest(rules) != ballot.rules:
        raise Refused(
            "other-rules",
            "The rules are not those that the ballot was opened under.",
            f"They stand in the record at commit {ballot.base[:12]}.",
            holder.id,
        )
    roll = pinned_roll(assembly, ballot, roll)
    amendments = on_ballot(assembly, holder)
    return conclude(
        ballot,
        amendments,
        holder.votes,
        roll,
        rules,
        assembly.text,
        decider,
        now,
        holder.mandates,
        in_force=assembly.rules,
    )


def pinned_roll(assembly: Assembly, ballot: Ballot, roll: Roll | None) -> Roll:
    """Returns the roll that a ballot pinned: the one given, or today's if it is still the same.

    Raises Refused with code `another-electorate` where it is neither.
    """
    found = roll or assembly.roll
    if found.digest == ballot.roll:
        return found
    raise Refused(
        "another-electorate",
        f"The roll is not the one that ballot {ballot.id} was opened with.",
        f"It stands in the record at commit {ballot.base[:12]}.",
        ballot.id,
    )


def _holder(assembly: Assembly, proposal: Proposal) -> Proposal:
    holder = assembly.ballot_for(proposal)
    if holder is None or holder.ballot is None:
        raise Refused(
            "no-ballot",
            f"{quoted(proposal.title)} has not been put to the vote.",
            f"A steward opens a ballot: manifesto-tui open {proposal.id} --closes 14d.",
            proposal.id,
        )
    return holder


def _answers(ballot: Ballot) -> str:
    if ballot.ranked:
        names = ", ".join(option.amendment for option in ballot.options)
        return f"Rank {names} and {STATUS_QUO}, best first."
    return f"Choose one of: {', '.join(ballot.choices)}."
