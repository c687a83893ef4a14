"""Says which entrenched clauses an amendment touches, and what its ballot then asks.

An entrenched heading stands for its principle: the heading and all that stands under it, down to
the next heading of its rank. A clause is touched where it would read otherwise, go, or stand
elsewhere; a principle also where a clause comes into it.
"""

from collections.abc import Sequence

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.phrases import listed
from manifesto_tui.governance.rules import Rules, Threshold
from manifesto_tui.prose import Clause, Text

THE_RULES = "manifesto/rules.yaml"
"""What a ballot names as touched where the rules themselves are entrenched."""

_LISTED = 8


def touched(text: Text, amendments: Sequence[Amendment], rules: Rules) -> tuple[str, ...]:
    """Returns what is entrenched and any of the amendments touches, in the order of the rules."""
    entrenched = rules.entrenched
    if entrenched is None:
        return ()
    if any(amendment.rules for amendment in amendments):
        return (THE_RULES,) if entrenched.rules else ()
    found = {
        anchor
        for amendment in amendments
        for anchor in entrenched.clauses
        if anchor in text.by_anchor and _touches(text, amendment, anchor)
    }
    return tuple(anchor for anchor in entrenched.clauses if anchor in found)


def asked(rules: Rules, touches: Sequence[str]) -> tuple[Threshold, Threshold, Threshold | None]:
    """Returns the quorum, the threshold and what each constituency has to meet."""
    entrenched = rules.entrenched
    if entrenched is None or not touches:
        return rules.quorum, rules.threshold, rules.each
    return (
        entrenched.quorum or rules.quorum,
        entrenched.threshold,
        entrenched.each or rules.each,
    )


def told(touches: Sequence[str], threshold: Threshold) -> str:
    """Says what is touched, and what that takes; at most eight names."""
    names = ["the rules" if name == THE_RULES else name for name in touches[:_LISTED]]
    names += ["others"] if len(touches) > _LISTED else []
    return f"It touches {listed(names)}, entrenched: that takes {threshold.sentence_part}."


def _touches(text: Text, amendment: Amendment, anchor: str) -> bool:
    if any(change.clause == anchor for change in amendment.changes):
        return True
    after = standing(text, amendment.changes).text
    return after is not None and _reads(text, anchor) != _reads(after, anchor)


def _reads(text: Text, anchor: str) -> list[tuple[object, ...]]:
    """Returns a clause, or a heading with all that stands under it, as it reads."""
    path, first = text.by_anchor.get(anchor, ("", None))
    if first is None:
        return []
    if first.kind != "heading":
        return [_shown(first)]
    clauses = dict(text.documents)[path].clauses
    at = next(place for place, clause in enumerate(clauses) if clause.anchor == anchor)
    within = [_shown(first)]
    for clause in clauses[at + 1 :]:
        if clause.kind == "heading" and clause.depth <= first.depth:
            break
        within.append(_shown(clause))
    return within


def _shown(clause: Clause) -> tuple[object, ...]:
    return clause.anchor, clause.kind, clause.depth, clause.ordered, clause.text
