"""Works out what an amendment does to the text, also where it no longer fits it.

An open amendment that still fits is shown against the text of today. One that was decided, or
that the text has moved away from, is shown against the text it was written for.
"""

from collections.abc import Sequence

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.effect import enact, standing
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.prose import ClauseChange, Text, compare_texts, read_text
from manifesto_tui.workflow.desk import Desk


def changes_of(desk: Desk, proposal: Proposal) -> tuple[ClauseChange, ...]:
    """Returns the clause-level changes that a proposal would make, or made, in text order."""
    if proposal.amendment is None:
        return ()
    before, after = before_and_after(desk, proposal)
    return compare_texts(before, after)


def before_and_after(desk: Desk, proposal: Proposal) -> tuple[Text, Text]:
    """Returns the text without and with the amendment.

    Raises BadInput "not-an-amendment" for a ballot between rivals.
    """
    amendment = proposal.proposed()
    text = desk.assembly.text
    if proposal.decision is None:
        fitted = standing(text, amendment.changes).text
        if fitted is not None:
            return text, fitted
    for base in _bases(proposal, amendment):
        try:
            before = desk.text_at(base)
            return before, enact(before, amendment.changes)
        except ManifestoError:
            continue
    return _alone(amendment.changes)


def _bases(proposal: Proposal, amendment: Amendment) -> tuple[str, ...]:
    ballot = (proposal.ballot.base,) if proposal.ballot else ()
    return (*ballot, amendment.base)


def _alone(changes: tuple[Change, ...]) -> tuple[Text, Text]:
    """Returns the changed clauses by themselves, where the text they were written for is gone."""
    before = [(c.target, c.was) for c in changes if c.was is not None]
    after = [(c.target, c.was if c.now is None else c.now) for c in changes if c.verb != "delete"]
    return _fragment(before), _fragment(after)


def _fragment(clauses: Sequence[tuple[str, str | None]]) -> Text:
    written = (f"{words} <!-- #{anchor} -->" for anchor, words in clauses if words)
    return read_text({"": "\n\n".join(written) + "\n"})
