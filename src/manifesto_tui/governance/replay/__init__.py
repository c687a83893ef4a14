"""Replays a history and says whether its text is what was agreed.

A replay walks the commits from parents to children, carries a state along every edge, and judges
each commit by what was in force at its parent. It asks nobody and trusts nobody: it counts each
ballot again, makes each decision's text again, and compares. What it finds is data: a code, the
commit, the file, one sentence. Paths outside `manifesto/` and `proposals/`, other than the files
of the text, are nobody's business.

    proof = replay(deltas, assemble)
    proof.verdict      # "PROVED", "PROVED WITH NOTES", "NOT PROVED"

At a merge, what one parent has and the merge takes over was judged where it was made; what no
parent has is an act of the merge itself, and judged like any other.
"""

import dataclasses
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from manifesto_tui.governance.replay.judging import judge_commit
from manifesto_tui.governance.replay.memory import Milestone, recall, remember
from manifesto_tui.governance.replay.onward import Judged, Seen, go_on
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.state import Counts, State
from manifesto_tui.governance.replay.values import (
    CODES,
    Assemble,
    Assurance,
    Code,
    CommitDelta,
    FileChange,
    Finding,
    Judgement,
    Proof,
    finding,
)
from manifesto_tui.governance.signature import CheckSignature, cannot_check

__all__ = [
    "CODES",
    "Assemble",
    "Code",
    "CommitDelta",
    "FileChange",
    "Finding",
    "Judged",
    "Milestone",
    "Played",
    "Proof",
    "Reader",
    "finding",
    "go_on",
    "narrowed",
    "play",
    "recall",
    "remember",
    "replay",
    "unproved",
    "with_findings",
]


DISTANCES = (0, 64, 1024, 16_384)
"""How many commits before the last one milestones are left, for branches that left earlier."""


@dataclass(frozen=True, slots=True)
class Played:
    """A proof, and the milestones from which a later replay may go on."""

    proof: Proof
    milestones: tuple[Milestone, ...]


def replay(
    deltas: Iterable[CommitDelta], assemble: Assemble, check: CheckSignature = cannot_check
) -> Proof:
    """Returns the proof of a history, given from parents to children.

    `check` does the arithmetic of signatures; without it none can be checked.
    The last commit is the head. Takes time in proportion to the commits and what they change.
    """
    return play(deltas, Reader(assemble, check)).proof


def play(
    deltas: Iterable[CommitDelta],
    reader: Reader,
    since: Milestone | None = None,
    held: Judged | None = None,
) -> Played:
    """Replays a history, from its beginning or from a milestone on.

    Every parent of the commits given is then among them, or is the milestone. `held` holds on to
    the last of them, for what is judged next.
    """
    awaited: dict[str, int] = {}
    states: dict[str, State] = {since.commit: since.state} if since else {}
    findings: list[Finding] = list(since.findings if since else ())
    head, state, judged = "", State(), 0
    if since:
        head, state, judged = since.commit, since.state, since.judged
        if held:
            held.hold(head, (), state, since.findings)
    genesis = state.genesis
    reader.judged = seen = Seen(since.before if since else ())
    marks: dict[int, tuple[str, State, int, int]] = {}
    for delta in deltas:
        parents = [states.get(parent) or State() for parent in delta.parents]
        state, found = judge_commit(delta, parents, reader, genesis)
        findings += found
        head, genesis = delta.commit, genesis or state.genesis
        if held:
            held.hold(head, delta.parents, state, found)
        judged += bool(state.genesis)
        seen.add(delta.commit)
        states[delta.commit] = state
        if delta.children is not None:
            awaited[delta.commit] = delta.children
        for parent in delta.parents:
            if parent in awaited:
                awaited[parent] -= 1
                # A state whose children are all judged is let go: a long history fits in memory.
                if not awaited[parent]:
                    del awaited[parent], states[parent]
        if state.genesis and len(states) - (since is not None and since.commit in states) == 1:
            for distance in DISTANCES[1:]:
                if delta.to_come >= distance:
                    marks[distance] = head, state, len(findings), judged
    if not state.genesis:
        said = "No commit up to here founds a manifesto."
        findings.append(finding("not-founded", head, "", said))
    else:
        marks[0] = head, state, len(findings), judged
        if held:
            held.genesis = genesis
            held.reached(head)
    proof = Proof(
        verdict=_verdict(findings),
        genesis=state.genesis,
        head=head,
        text=state.digest if state.genesis else "",
        assurance=_assurance(state.counts),
        counts=_counts(state.counts, judged),
        findings=tuple(findings),
        editions={e.edition.number: e.commit for e in state.editions.values() if e.commit},
    )
    milestones = (
        Milestone(commit, held, tuple(findings[:so_far]), number)
        for commit, held, so_far, number in marks.values()
    )
    return Played(proof, tuple(milestones))


def with_findings(proof: Proof, more: Iterable[Finding]) -> Proof:
    """Returns a proof with findings about the clone or the push before those of the history."""
    findings = (*more, *proof.findings)
    return dataclasses.replace(proof, findings=findings, verdict=_verdict(findings))


def narrowed(proof: Proof, commits: Container[str]) -> Proof:
    """Returns a proof with the findings of some commits alone."""
    findings = tuple(found for found in proof.findings if found.commit in commits)
    return dataclasses.replace(proof, findings=findings, verdict=_verdict(findings))


def unproved(findings: Iterable[Finding], head: str = "") -> Proof:
    """Returns the proof of a history that could not be replayed at all."""
    proof = Proof("NOT PROVED", "", head, "", "unsigned", _counts(Counts(), 0))
    return with_findings(proof, findings)


def _verdict(findings: Sequence[Finding]) -> Judgement:
    if any(found.severity == "error" for found in findings):
        return "NOT PROVED"
    return "PROVED WITH NOTES" if findings else "PROVED"


def _counts(counts: Counts, commits: int) -> dict[str, int]:
    return {
        "commits": commits,
        "amendments": counts.amendments,
        "votes": counts.votes,
        "decisions": counts.decisions,
        "records": counts.records,
        "signed": counts.signed,
    }


def _assurance(counts: Counts) -> Assurance:
    if not counts.signed:
        return "unsigned"
    return "signed" if counts.signed == counts.records else "mixed"
