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

from manifesto_tui.governance.replay.judging import judge_commit
from manifesto_tui.governance.replay.state import Reader, State
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
    "Proof",
    "finding",
    "narrowed",
    "replay",
    "unproved",
    "with_findings",
]


def replay(
    deltas: Iterable[CommitDelta], assemble: Assemble, check: CheckSignature = cannot_check
) -> Proof:
    """Returns the proof of a history, given from parents to children.

    `check` does the arithmetic of signatures; without it none can be checked.
    The last commit is the head. Takes time in proportion to the commits and what they change.
    """
    awaited: dict[str, int] = {}
    reader = Reader(assemble, check)
    states: dict[str, State] = {}
    findings: list[Finding] = []
    head, state, genesis, judged = "", State(), "", 0
    for delta in deltas:
        parents = [states.get(parent) or State() for parent in delta.parents]
        state, found = judge_commit(delta, parents, reader, genesis)
        findings += found
        head, genesis = delta.commit, genesis or state.genesis
        judged += bool(state.genesis)
        states[delta.commit] = state
        if delta.children is not None:
            awaited[delta.commit] = delta.children
        for parent in delta.parents:
            if parent in awaited:
                awaited[parent] -= 1
                # A state whose children are all judged is let go: a long history fits in memory.
                if not awaited[parent]:
                    del awaited[parent], states[parent]
    if not state.genesis:
        said = "No commit up to here founds a manifesto."
        findings.append(finding("not-founded", head, "", said))
    return Proof(
        verdict=_verdict(findings),
        genesis=state.genesis,
        head=head,
        text=state.digest if state.genesis else "",
        assurance=_assurance(state),
        counts=_counts(state, judged),
        findings=tuple(findings),
    )


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
    proof = Proof("NOT PROVED", "", head, "", "unsigned", _counts(State(), 0))
    return with_findings(proof, findings)


def _verdict(findings: Sequence[Finding]) -> Judgement:
    if any(found.severity == "error" for found in findings):
        return "NOT PROVED"
    return "PROVED WITH NOTES" if findings else "PROVED"


def _counts(state: State, commits: int) -> dict[str, int]:
    folders = [folder for _, folder in state.folders.items()]
    return {
        "commits": commits,
        "amendments": sum(folder.proposal.amendment is not None for folder in folders),
        "votes": sum(len(folder.votes) for folder in folders),
        "decisions": sum(folder.decision is not None for folder in folders),
    }


def _assurance(state: State) -> Assurance:
    signed = {
        vote.signed for _, folder in state.folders.items() for _, vote in folder.votes.items()
    }
    if signed == {True}:
        return "signed"
    return "mixed" if True in signed else "unsigned"
