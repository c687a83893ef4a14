"""Draws reports: a proof with its findings, the problems of a text, an action in the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.replay import Proof
from manifesto_tui.prose import word_diff
from manifesto_tui.tui.draw.changes import marked
from manifesto_tui.tui.draw.when import minute
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words

if TYPE_CHECKING:
    from manifesto_tui.workflow.explaining import Explained


def proof_rows(proof: Proof) -> list[Row]:
    """Returns the verdict, what was counted, and every finding."""
    good = proof.verdict.startswith("PROVED")
    rows: list[Row] = [
        Passage(
            join((f"{'✓' if good else '✗'} {proof.verdict}", "good" if good else "bad")),
        ),
        Passage(
            words(
                "The text in this folder is what its decisions make it."
                if good
                else "This folder does not prove its text; see below."
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


def wording_rows(explained: Sequence[Explained]) -> list[Row]:
    """Returns every wording of a clause, the latest first, each against the one before it."""
    rows: list[Row] = []
    earlier = ["", *(one.wording.words or "" for one in explained)]
    for was, one in reversed(list(zip(earlier, explained, strict=False))):
        wording = one.wording
        label: list[Part] = [
            (f"{minute(wording.when)} ", "strong"),
            line(wording.author.partition(" <")[0], "quiet"),
        ]
        if wording.proposal:
            label += ["  ", line(wording.proposal.id, "key"), " ", line(wording.proposal.title)]
        rows.append(Divider(join(*label), above=1 if rows else 0))
        if wording.words is None:
            rows.append(Passage(words("It was taken out.", "bad")))
        rows.append(Passage(marked(word_diff(was, wording.words or ""))))
        if wording.how:
            rows.append(Passage(line(wording.how), lead=words("→ ", "mark")))
        if one.modified_by:
            told = f"adopted as modified, with the wording of {', '.join(one.modified_by)}"
            rows.append(Passage(line(told, "mark")))
        rows.append(
            Passage(line(one.reasons or wording.message, "quiet"), lead=words("“ ", "quiet"))
        )
        if one.count:
            counted = " ".join(one.count)
            rows.append(Passage(line(counted, "good")))
        for part in one.parts:
            sign = ("✗ ", "bad") if part.why else ("· ", "quiet")
            rows.append(Passage(line(part.sentence, "quiet"), lead=join(sign)))
    return rows
