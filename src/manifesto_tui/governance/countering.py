"""Relates an amendment to other wordings of it: who words it otherwise, and what became of that.

Somebody files another wording of an open amendment as an amendment of their own, which names it
in `amends`. It stands beside it as a rival, until the proposer accepts it: their next revision
then has its changes and names it in `takes_up`. The wording is *taken up* for as long as that is
the latest revision; revised away from, it is open again.
"""

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.effect import standing
from manifesto_tui.prose import Text


def taken_up_by(assembly: Assembly, proposal: Proposal) -> Proposal | None:
    """Returns the amendment whose latest revision has taken this wording up, None where none."""
    amendment = proposal.amendment
    target = assembly.by_id.get(amendment.amends) if amendment and amendment.amends else None
    latest = target.amendment if target else None
    if target is None or latest is None or target.withdrawal:
        return None
    return target if latest.takes_up == proposal.id else None


def rivals_of(assembly: Assembly, proposal: Proposal) -> tuple[str, ...]:
    """Returns the ids that a proposal stands against, by what it or the other says.

    For a ballot between rivals those on it; for an amendment those it names, those that name it,
    and other wordings of it, or what it words otherwise.
    """
    if proposal.amendment is None:
        return tuple(o.amendment for o in proposal.ballot.options) if proposal.ballot else ()
    named = {*proposal.amendment.rivals, proposal.amendment.amends} - {""}
    named |= set(assembly.named_by.get(proposal.id, ()))
    return tuple(sorted(named - {proposal.id}))


def modified_by(proposal: Proposal, revision: int | None = None) -> tuple[str, ...]:
    """Returns whose other wordings an amendment has taken up, in the order of revisions.

    `revision` leaves out later ones, such as None was after the ballot.
    """
    taken = (
        each.author
        for each in proposal.revisions
        if each.takes_up and (revision is None or each.revision <= revision)
    )
    return tuple(dict.fromkeys(taken))


def reads_as(text: Text, one: Amendment, other: Amendment) -> bool:
    """Says whether two amendments make the same of a text, or have the very same changes."""
    if one.changes == other.changes:
        return True
    ours, theirs = (standing(text, each.changes).text for each in (one, other))
    return ours is not None and theirs is not None and ours.sources == theirs.sources
