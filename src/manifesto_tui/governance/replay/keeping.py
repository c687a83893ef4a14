"""Judges whether a merge keeps what each of its sides did to the roll, the rules and the settings.

Where a merge takes a file as one side has it, no act is judged, whatever the other side did to it.
What acts took away, and where, is in `taking`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manifesto_tui.governance.paths import MANIFESTO, RULES, is_settings, member_at
from manifesto_tui.governance.replay.ruling import is_entrenched
from manifesto_tui.governance.replay.state import State
from manifesto_tui.governance.replay.values import FileChange, Finding


def judge_kept(
    commit: str,
    before: State,
    after: State,
    parents: Sequence[State],
    own: Sequence[FileChange],
) -> tuple[State, list[Finding]]:
    """Judges whether a merge keeps what each of its sides did to the roll, rules and settings."""
    changed = {name for change in own if (name := _holder(change.path))}
    sides = parents if len(parents) > 1 else ()
    if not (sides or changed):
        return after, []
    known = before.withdrawals.after(commit, before.held, after.held, changed)
    # What is deleted or cannot be read is found by itself, and what a merge itself makes of rules
    # and settings is judged as an act on the whole of them.
    told = {name for name in changed if is_settings(name) or name not in after.members}
    told |= {_holder(path) for path in before.blamed}
    papers = _papers(after)
    lost = (
        (name, side.held(name))
        for side in sides
        for path, paper in _papers(side).items()
        if papers.get(path) != paper and (name := _holder(path)) not in told
    )
    known, findings = known.judged(commit, after.held, lost)
    if is_entrenched(parents):
        findings = [found for found in findings if found.path != RULES]
    return replace(after, withdrawals=known), findings


def _holder(path: str) -> str:
    """Returns what a path says something of: a handle, the path of rules or settings, or ""."""
    return path if is_settings(path) else member_at(path)


def _papers(state: State) -> Mapping[str, str]:
    papers = {MANIFESTO: state.settings_paper, RULES: state.rules_paper}
    return {**papers, **state.enrolled.papers}
