"""Shapes what commands report as JSON documents, as `docs/json.md` describes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.score import Score
from manifesto_tui.publish.interchange import change_document, changes_document
from manifesto_tui.workflow.card import Card

if TYPE_CHECKING:  # Few commands compare or plan, and what that takes is not loaded at once.
    from manifesto_tui.workflow.previewing import Planned
    from manifesto_tui.workflow.whatif import WhatIf


def problem_document(problem: Problem) -> dict[str, Any]:
    """Returns one problem as `check --json` prints it."""
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity,
        "code": problem.code,
        "sentence": problem.sentence,
        "hint": problem.hint,
    }


def rules_document(difference: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Returns the sentences in which rules change, as `amendment --json` prints them."""
    return [{"op": sign, "sentence": sentence} for sign, sentence in difference]


def collision_document(found: Collision) -> dict[str, Any]:
    """Returns one pair as `collisions --json` prints it."""
    return {
        "a": found.a,
        "b": found.b,
        "relation": found.relation,
        "clauses": list(found.clauses),
        "why": found.why,
        "each": [
            {"clause": o.clause, "relation": o.relation, "why": o.why, "a": o.a, "b": o.b}
            for o in found.each
        ],
    }


def whatif_document(found: "WhatIf") -> dict[str, Any]:
    """Returns a what-if as `whatif --json` prints it: a comparison, and what is whose."""
    step = found.comparison
    return {
        **changes_document(step.changes, step.from_, step.to),
        "amendments": [
            {
                "number": part.number,
                "id": part.id,
                "title": part.title,
                "proposer": part.proposer,
                "fits": part.fits,
                "why": part.why,
            }
            for part in found.parts
        ],
        "marked": [
            {
                "clause": each.passage.clause.anchor,
                "kind": each.passage.kind,
                "amendments": [found.parts[number - 1].id for number in each.by],
                "words": [
                    [words.op, words.text, found.parts[words.by - 1].id if words.by else ""]
                    for words in each.words
                ],
            }
            for each in found.passages
            if each.passage.change
        ],
        "budget": found.spending.sentence,
        "over": [spent.name for spent in found.spending.over],
    }


def card_document(card: Card, whole: bool = False) -> dict[str, Any]:
    """Returns one proposal as `list --json` prints it; `whole` as `amendment --json` does."""
    found = card.proposal.amendment
    shown: dict[str, Any] = {
        "id": card.id,
        "name": card.slug,
        "title": card.title,
        "proposer": card.proposer,
        "filed": card.filed,
        "signature": card.signature.label,
        "state": card.stage,
        "kind": card.kind,
        "standing": card.standing.state if card.standing else "",
        "words_delta": card.words_delta,
        "rivals": list(card.rivals),
        "collides_with": [card.beside(pair) for pair in card.collisions],
        "closes": card.ballot.closes if card.ballot else "",
        "needs_my_vote": card.needs_my_vote,
        "my_vote": _answer(card),
        "asks": list(card.asks),
        "amends": found.amends if found else "",
        "modified_by": list(card.modified_by),
    }
    if not whole:
        return shown
    return {
        **shown,
        "revision": found.revision if found else 0,
        "base": found.base if found else "",
        "rationale": found.rationale if found else "",
        "sources": list(found.sources) if found else [],
        "changes": [change_document(change) for change in card.changes],
        "entrenched": card.entrenched,
        "rules": rules_document(card.rules),
        "collisions": [collision_document(c) for c in card.collisions],
        "seconds": [s.member for s in card.proposal.seconds],
        "comments": [
            {
                "member": c.member,
                "at": c.at,
                "text": "" if hidden else c.text,
                "clause": c.clause,
                "quote": c.quote,
                "hidden": hidden.text if hidden else "",
                "signature": card.label(c.path),
            }
            for c, hidden in ((said.comment, said.hidden) for said in card.discussion)
        ],
        "signatures": [
            {"path": path, "signature": label} for path, label in sorted(card.labels.items())
        ],
        "effect": card.ballot.effect if card.ballot else "",
        "tally": card.tally.as_dict() if card.tally else None,
    }


def _answer(card: Card) -> str:
    return (",".join(card.my_vote.ranking) or card.my_vote.choice) if card.my_vote else ""


def planned_document(planned: "Planned") -> dict[str, Any]:
    """Returns an amendment that would be filed as `propose --preview --json` prints it."""
    return {
        "title": planned.amendment.title,
        "rationale": planned.amendment.rationale,
        "same_as": planned.same_as,
        "changes": [change_document(change) for change in planned.changes],
        "collisions": [collision_document(c) for c in planned.collisions],
    }


def score_document(folder: str, score: Score, now: datetime) -> dict[str, Any]:
    """Returns one ballot of many as JSON."""
    return {
        "ballot": folder.rpartition("/")[2].partition("-")[0],
        "folder": folder,
        "state": "closed" if score.closed(now) else "open",
        "outcome": score.outcome(now),
        "would_be": score.would_be,
        "subject": score.subject,
        "for": score.for_,
        "against": score.against,
        "abstain": score.abstain,
        "object": score.object,
        "electorate": score.electorate,
        "quorum": {"present": score.present, "met": score.quorum},
        "threshold": {"met": score.threshold},
        "constituencies": {"met": score.agreed},
    }
