"""Draws reports: a proof with its findings, the problems of a text, an action in the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.replay import Proof
from manifesto_tui.prose import word_diff
from manifesto_tui.tui.draw.changes import marked
from manifesto_tui.tui.draw.when import moment
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words

if TYPE_CHECKING:
    from manifesto_tui.workflow.history import Wording


def proof_rows(proof: Proof) -> list[Row]:
    """Returns the verdict, what was counted, and every finding."""
    good = proof.verdict.startswith("PROVED")
    rows: list[Row] = [
        Passage(
            join((f"{'✓' if good else '✗'} {proof.verdict}", "good" if good else "bad")),
        ),
        Passage(
            words(
                "The text in this clone is what its decisions make it."
                if good
                else "This clone does not prove its text; see below."
            ),
            above=1,
        ),
    ]
    facts = [
        ("founded in", proof.genesis[:12]),
        ("up to", proof.head[:12]),
        ("text", proof.text.removeprefix("sha256:")[:16]),
        ("assurance", proof.assurance),
    ]
    counts = proof.counts
    facts += [(name, str(count)) for name, count in dict(counts).items()]
    for index, (name, value) in enumerate(facts):
        lead = words(f"{name:<14}", "quiet")
        rows.append(Passage(line(value), lead=lead, above=0 if index else 1))
    if proof.findings:
        rows.append(Divider(words("findings", "key"), above=1))
    for finding in proof.findings:
        sign = ("! ", "bad") if finding.severity == "error" else ("· ", "quiet")
        where = f"{finding.commit[:10]} {finding.path}".strip()
        rows.append(
            Passage(join(line(finding.sentence), "\n", line(where, "quiet")), lead=join(sign))
        )
    return rows


def problem_rows(problems: tuple[Problem, ...]) -> list[Row]:
    """Returns a row for each problem, by place."""
    rows: list[Row] = []
    for problem in problems:
        sign = {"error": ("✗ ", "bad"), "warning": ("! ", "warn")}.get(
            problem.severity, ("· ", "quiet")
        )
        body = join(
            line(problem.sentence),
            " ",
            line(problem.hint, "quiet"),
            "\n",
            line(str(problem.place), "quiet"),
        )
        rows.append(Passage(body, lead=join(sign), above=1 if rows else 0))
    return rows or [Passage(words("✓ Nothing is wrong.", "good"))]


def wording_rows(wordings: Sequence[Wording]) -> list[Row]:
    """Returns every wording of a clause, the latest first, each against the one before it."""
    rows: list[Row] = []
    earlier = ["", *(wording.words or "" for wording in wordings)]
    for was, wording in reversed(list(zip(earlier, wordings, strict=False))):
        label: list[Part] = [
            (f"{moment(wording.when)} ", "strong"),
            line(wording.author.partition(" <")[0], "quiet"),
        ]
        if wording.proposal:
            label += ["  ", line(wording.proposal.id, "key"), " ", line(wording.proposal.title)]
        rows.append(Divider(join(*label), above=1 if rows else 0))
        rows.append(Passage(marked(word_diff(was, wording.words or ""))))
        rows.append(Passage(line(wording.message, "quiet"), lead=words("“ ", "quiet")))
        decision = wording.proposal.decision if wording.proposal else None
        if decision:
            counted = ", ".join(f"{name} {count}" for name, count in decision.totals.items())
            rows.append(Passage(line(f"{decision.outcome}: {counted}", "good")))
    return rows
