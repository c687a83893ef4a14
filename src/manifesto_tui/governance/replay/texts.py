"""Judges the text: in force it changes by decision alone, and anchors name one clause for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from manifesto_tui.governance.effect import enact, text_digest
from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.replay.ballots import judge_digests, text_decided
from manifesto_tui.governance.replay.state import State
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.prose import Text, shortened


def judge_text(
    commit: str, before: State, after: State, parents: Sequence[State], decided: Sequence[str]
) -> Iterator[Finding]:
    """Judges what a commit did to the text.

    `before` is what was in force, `decided` are the folders whose decision this commit adds. A
    merge's text must be what one parent's text becomes by the decisions of the others.
    """
    yield from _ratification(commit, before, after)
    if decided:
        yield from _by_decision(commit, before, after, decided)
    elif len(parents) > 1:
        yield from _by_merge(commit, after, parents)
    elif after.text is not before.text and before.in_force and after.digest != before.digest:
        path = _changed(before.text, after.text)
        said = "The text in force was changed without a decision."
        yield finding("text-edited", commit, path, said)
    yield from _anchors(commit, before, after, parents)


def _by_decision(
    commit: str, before: State, after: State, decided: Sequence[str]
) -> Iterator[Finding]:
    now = before
    for path, folder, decision in after.decided(decided):
        due = text_decided(now, folder, decision)
        if due is None:
            said = f"What {decision.adopted} would change is not what its ballot was on."
            yield finding("decision-text", commit, f"{path}/decision.yaml", said)
            return
        yield from judge_digests(commit, now, decision, due, f"{path}/decision.yaml")
        now = replace(now, text=due)
    if after.digest != now.digest:
        path = _changed(now.text, after.text)
        said = "The text is not what the decision makes of it."
        yield finding("decision-text", commit, path, said)


def _by_merge(commit: str, after: State, parents: Sequence[State]) -> Iterator[Finding]:
    in_force = [parent for parent in parents if parent.in_force]
    if not in_force or all(parent.text is after.text for parent in parents):
        return
    if any(_replayed(parent, after) == after.digest for parent in in_force):
        return
    changed = (_changed(parent.text, after.text) for parent in in_force)
    path = next((path for path in changed if path != MANIFESTO), MANIFESTO)
    said = "The text of this merge is not what the decisions of both sides make of it."
    yield finding("text-edited", commit, path, said)


def _replayed(parent: State, merged: State) -> str:
    """Returns the digest of one parent's text with the decisions that the merge brings to it."""
    text = parent.text
    brought = [path for path in merged.adopted if path not in parent.adopted]
    decided = list(merged.decided(brought))
    if len(decided) < len(brought):
        return ""
    for _, folder, decision in decided:
        amendment = merged.amendments_on(folder).get(decision.adopted)
        try:
            if amendment and not amendment.rules:
                text = enact(text, amendment.changes)
        except Refused:
            return ""
    return text_digest(text)


def _ratification(commit: str, before: State, after: State) -> Iterator[Finding]:
    if before.in_force and not after.in_force:
        said = "The text was in force, and was made a draft again."
        yield finding("state-undone", commit, MANIFESTO, said)
    if after.in_force and not before.in_force and after.settings:
        ratified = after.settings.ratified
        if ratified != after.digest:
            said = "The text that was put in force is not the one whose digest is recorded."
            yield finding("ratified-otherwise", commit, MANIFESTO, said)


def _anchors(
    commit: str, before: State, after: State, parents: Sequence[State]
) -> Iterator[Finding]:
    """Yields anchors that come back to the text on another clause than they left it with."""
    if after.text is before.text:
        return
    known = {anchor for parent in (before, *parents) for anchor in parent.text.by_anchor}
    for anchor, (path, clause) in after.text.by_anchor.items():
        words = before.words.get(anchor)
        # A clause that comes back as it was has been restored, not replaced by another.
        if anchor in known or words is None or words == clause.text:
            continue
        code = "anchor-reused" if before.in_force else "anchor-reused-drafting"
        said = f"The anchor {anchor} named another clause before: “{shortened(words)}”."
        yield finding(code, commit, path, said)


def _changed(before: Text, after: Text) -> str:
    old, new = before.sources, after.sources
    paths = [*new, *old]
    return next((path for path in paths if old.get(path) != new.get(path)), MANIFESTO)
