"""Says what was put to the vote and cannot be put in force any more.

A ballot pins how the clauses would read. Two ballots that were decided in clones apart can have
pinned the same words: the one that was sent first stands, and what the other came to would no
longer read as it was voted on. Its votes stay as they are, and no act settles it: it is
*stranded*, asks for nothing, stands in nobody's way, and can be filed again on today's text.

    ballot on k7f3 pins "Every system …"; the text now says "All systems …": k7f3 is stranded

Should the text go back to what it was, the ballot can be decided after all.
"""

from contextlib import suppress

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.effect import Standing, enact, standing
from manifesto_tui.governance.lifecycle import is_undecided
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import rules_digest
from manifesto_tui.prose import Text


def undecided(assembly: Assembly) -> tuple[Proposal, ...]:
    """Returns the amendments that can still be decided, in the order of their folders."""
    return tuple(
        p
        for p in assembly.unsettled
        if p.amendment and is_undecided(assembly, p) and not is_stranded(assembly, p)
    )


def is_stranded(assembly: Assembly, proposal: Proposal, carried: str = "") -> bool:
    """Says whether a ballot without a decision is on what can no longer be put in force.

    `carried` names the amendment that it came to, where several are on it.
    """
    holder = assembly.ballot_for(proposal)
    if holder is None or holder.ballot is None or holder.decision:
        return False
    amendment = on_ballot(assembly, holder).get(carried or proposal.id)
    if amendment is None:
        return False
    if amendment.rules:
        return rules_digest(assembly.rules) != holder.ballot.rules
    # The text is not written for it, since lists ask this of every ballot.
    found = standing(assembly.text, amendment.changes)
    return not _reads_as_pinned(holder.ballot, amendment, found)


def enacted(ballot: Ballot, amendment: Amendment, text: Text) -> Text:
    """Returns the text with an amendment in it, as its ballot pinned it.

    Raises Refused "text-moved" where its clauses would not read as they were voted on.
    """
    found = standing(text, amendment.changes)
    if _reads_as_pinned(ballot, amendment, found):
        with suppress(Refused):
            return enact(text, amendment.changes)
    raise Refused(
        "text-moved",
        f"{amendment.id} carried, but the text has changed since the ballot opened, so "
        f"its clauses would not read as they were voted on. {found.why}".strip(),
        "File it again on the text as it stands now.",
        amendment.id,
    )


def _reads_as_pinned(ballot: Ballot, amendment: Amendment, found: Standing) -> bool:
    pinned = next(o.effect for o in ballot.options if o.amendment == amendment.id)
    return found.can_be_enacted and found.effect == pinned


def on_ballot(assembly: Assembly, holder: Proposal) -> dict[str, Amendment]:
    """Returns the revisions that the ballot in a folder names, by the amendment's id."""
    found = {}
    for option in holder.ballot.options if holder.ballot else ():
        own = assembly.by_id.get(option.amendment)
        # A ballot in an amendment's own folder is on that one, whatever else has the same id.
        revisions = holder.revisions or (own.revisions if own else ())
        for revision in revisions:
            if revision.revision == option.revision:
                found[option.amendment] = revision
    return found
