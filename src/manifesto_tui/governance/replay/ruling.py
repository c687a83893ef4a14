"""Judges changes of the rules: entrenched ones change by decision alone, and as it says."""

from collections.abc import Iterator, Sequence

from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.replay.state import State
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.governance.rules import Rules, rules_digest
from manifesto_tui.governance.ruling import is_bound, rules_adopted


def rules_decided(state: State, decided: Sequence[str]) -> Rules | None:
    """Returns the rules that the decisions in these folders put in force, the last of them."""
    found = [rules for path in decided if (rules := _adopted(state, path))]
    return found[-1] if found else None


def judge_rules(
    commit: str, before: State, after: State, parents: Sequence[State], decided: Sequence[str]
) -> Iterator[Finding]:
    """Judges what a commit did to the rules; `decided` are the folders whose decision it adds."""
    due = rules_decided(after, decided)
    if due:
        if rules_digest(due) != rules_digest(after.rules):
            said = "The rules are not those that the decision puts in force."
            yield finding("decision-rules", commit, RULES, said)
    elif not is_entrenched(parents):
        return
    elif len(parents) > 1 and not _is_latest(after, parents):
        said = "The rules of this merge are not those that its sides were bound to."
        yield finding("rules-edited", commit, RULES, said)
    elif len(parents) == 1 and rules_digest(before.rules) != rules_digest(after.rules):
        said = "The rules are entrenched, and were changed without a decision."
        yield finding("rules-edited", commit, RULES, said)


def is_entrenched(parents: Sequence[State]) -> bool:
    """Says whether what a commit may do to the rules is for `judge_rules` to say."""
    return any(parent.in_force and is_bound(parent.rules) for parent in parents)


def _is_latest(after: State, parents: Sequence[State]) -> bool:
    """Says whether a merge has the rules of a side that knows of every decision on them.

    Where there was none, of a side on which they are entrenched: a branch that left before they
    were, or before the text was in force, cannot bring others.
    """
    known = {path for parent in parents for path in parent.adopted if _adopted(parent, path)}
    return any(
        rules_digest(parent.rules) == rules_digest(after.rules)
        for parent in parents
        if parent.in_force and known <= set(parent.adopted) and (known or is_bound(parent.rules))
    )


def _adopted(state: State, path: str) -> Rules | None:
    found = state.decided([path])
    return next((rules_adopted(state.amendments_on(f), d.adopted) for _, f, d in found), None)
