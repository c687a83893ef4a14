"""Explains a clause: each wording it has had, by which amendment, why, and with what count."""

from dataclasses import dataclass
from typing import Any

from manifesto_tui.governance.countering import modified_by
from manifesto_tui.workflow.counting import tally_of
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.life import Wording, life


@dataclass(frozen=True, slots=True)
class Explained:
    """One wording and what it rests on; `count` is empty for an edit while drafting.

    `votes` are those that counted, `signed` how many of them stand beside a signature;
    `modified_by` whose wording the amendment had taken up.
    """

    wording: Wording
    reasons: str = ""
    count: tuple[str, ...] = ()
    votes: int = 0
    signed: int = 0
    modified_by: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Returns the wording as `verify --explain --json` prints it."""
        return {
            "commit": self.wording.commit,
            "when": self.wording.when,
            "author": self.wording.author,
            "message": self.wording.message,
            "words": self.wording.words,
            "how": self.wording.how,
            "amendment": _decided(self.wording),
            "modified_by": list(self.modified_by),
            "reasons": self.reasons,
            "sentences": list(self.count),
            "votes": self.votes,
            "signed": self.signed,
        }


def explain(desk: Desk, anchor: str) -> tuple[Explained, ...]:
    """Returns every wording of a clause with its grounds; BadInput "clause-unknown" for none."""
    return tuple(_explained(desk, wording) for wording in life(desk, anchor))


def _decided(wording: Wording) -> str:
    proposal = wording.proposal
    decision = proposal.decision if proposal else None
    return decision.adopted if decision else ""


def _explained(desk: Desk, wording: Wording) -> Explained:
    adopted, held = _decided(wording), wording.proposal
    if not adopted or held is None:
        return Explained(wording)
    proposal = desk.find(adopted)
    amendment = proposal.amendment
    tally = tally_of(desk, held)
    signed = sum(judged.vote.signed for judged in tally.counted)
    reasons = amendment.rationale.strip() if amendment else ""
    counted = tally.sentences, len(tally.counted), signed
    return Explained(wording, reasons, *counted, modified_by(proposal))
