"""Makes the papers of a meeting: the booklet, the ballot paper, the record of decisions.

All are papers like the text itself, so each comes in every format that shows papers. What they
tell comes in as motions, which workflow fills from the record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.ballot import STATUS_QUO, Ballot, Decision
from manifesto_tui.governance.manifesto import Source
from manifesto_tui.governance.moment import bound, day, instant
from manifesto_tui.governance.phrases import capital
from manifesto_tui.publish.blocks import Block, clause_block, plain_block, redline_blocks
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.numerals import counted, in_words
from manifesto_tui.publish.paper import Paper, made_paper, markdown_blocks
from manifesto_tui.publish.redline import Passage

_CHOICES = {
    "for": "For",
    "against": "Against",
    "abstain": "Abstain",
    "object": "Object, for this reason:",
}


@dataclass(frozen=True)
class Motion:
    """One amendment as people meet it on paper.

    `passages` are the passages that it changes, in text order; `place` says where in the text
    the first of them stands. `proposer`, `seconds` and `modified_by` are names. `rivals` are ids
    with titles. `count` tells the ballot in sentences, empty before one was opened. `against` is
    the digest of the text that its changes are shown against.
    """

    id: str
    title: str
    proposer: str
    filed: str
    stage: str
    kind: str
    passages: tuple[Passage, ...]
    place: int = 0
    rationale: str = ""
    standing: str = ""
    seconds: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    rivals: tuple[tuple[str, str], ...] = ()
    ballot: Ballot | None = None
    decision: Decision | None = None
    count: tuple[str, ...] = ()
    against: str = ""
    modified_by: tuple[str, ...] = ()


def booklet(
    motions: Iterable[Motion], provenance: Provenance, sources: Mapping[str, Source]
) -> Paper:
    """Returns the booklet of amendments in text order: now, proposed, reason, rivals."""
    blocks: list[Block] = []
    starts = []
    ordered = sorted(motions, key=lambda motion: (motion.place, motion.filed, motion.id))
    if not ordered:
        blocks.append(plain_block("paragraph", "No amendment is open."))
    for motion in ordered:
        starts.append(len(blocks))
        blocks += motion_blocks(motion)
    return made_paper(blocks, provenance, sources, "Booklet of open amendments", starts)


def motion_blocks(motion: Motion) -> Iterator[Block]:
    """Yields one amendment: who proposes it, the words now and as proposed, why, and rivals."""
    yield plain_block("heading", f"{motion.id}: {motion.title}", 1)
    yield plain_block("paragraph", proposed_by(motion))
    if motion.standing:
        yield plain_block("paragraph", motion.standing)
    yield plain_block("heading", "Now", 2)
    now = [clause for passage in motion.passages for clause in _old(passage)]
    yield from now or (plain_block("paragraph", "Nothing stands there yet."),)
    yield plain_block("heading", "Proposed", 2)
    yield from (replace(b, anchor="") for b in redline_blocks(motion.passages))
    if motion.rationale:
        yield plain_block("heading", "Reason", 2)
        yield from markdown_blocks(motion.rationale, deeper=2)
    if motion.rivals:
        yield plain_block("heading", "Rivals", 2)
        for rival, title in motion.rivals:
            yield plain_block("item", f"{rival}: {title}", 1)


def proposed_by(motion: Motion) -> str:
    """Returns who proposed it, when, and how far it has come, in a sentence or two."""
    modified = ""
    if motion.modified_by:
        verb = "Adopted as modified" if motion.stage == "adopted" else "Modified"
        modified = f" {verb}, with the wording of {', '.join(motion.modified_by)}."
    seconded = f" Seconded by {', '.join(motion.seconds)}." if motion.seconds else ""
    stage = capital(motion.stage)
    return (
        f"Proposed by {motion.proposer} on {day(motion.filed)}; {motion.kind}. {stage}.{modified}"
        f"{seconded}"
    )


def ballot_paper(
    title: str,
    ballot: Ballot,
    options: Sequence[Motion],
    provenance: Provenance,
    sources: Mapping[str, Source],
) -> Paper:
    """Returns the paper to vote with, to print or to send by mail."""
    blocks = [
        plain_block("heading", title, 1),
        plain_block("paragraph", f"Ballot {ballot.id}. It closes on {bound(ballot.closes)}."),
        plain_block(
            "paragraph", "Votes are open: who voted how, and why, stands in the record for all."
        ),
    ]
    for option in options:
        blocks.append(plain_block("heading", f"{option.id}: {option.title}", 2))
        blocks += (replace(block, anchor="") for block in redline_blocks(option.passages))
    blocks.append(plain_block("heading", "Your vote", 2))
    if ballot.ranked:
        blocks.append(
            plain_block("paragraph", "Rank the texts: 1 for the one you prefer, then 2, and so on.")
        )
        named = [f"____  {option.id}: {option.title}" for option in options]
        blocks += (plain_block("paragraph", line) for line in (*named, "____  Keep the text."))
        names = ",".join((*(option.id for option in options), STATUS_QUO))
        how = f"manifesto-tui vote {ballot.id} --rank {names}"
    else:
        blocks += (
            plain_block("paragraph", f"☐  {_CHOICES.get(choice, choice)}")
            for choice in ballot.choices
        )
        how = f"manifesto-tui vote {ballot.id} {'|'.join(ballot.choices)}"
    blocks += (
        plain_block("paragraph", f"{line} ________________________________")
        for line in ("Reason:", "Name and handle:", "Date:")
    )
    effects = (f"What is voted on: {option.effect}." for option in ballot.options)
    blocks += (
        plain_block("paragraph", f"On a computer: {how}"),
        *(plain_block("paragraph", line) for line in effects),
    )
    return made_paper(blocks, provenance, sources, "Ballot paper")


def record_of_decisions(
    decided: Iterable[tuple[str, Decision, Sequence[Motion]]],
    provenance: Provenance,
    sources: Mapping[str, Source],
) -> Paper:
    """Returns every decision, the earliest first: title, decision, and what it changed."""
    blocks: list[Block] = []
    for title, decision, motions in decided:
        blocks.append(plain_block("heading", title, 1))
        blocks += decision_blocks(decision, motions)
    if not blocks:
        blocks.append(plain_block("paragraph", "Nothing has been decided yet."))
    return made_paper(blocks, provenance, sources, "Record of decisions")


def decision_blocks(decision: Decision, motions: Iterable[Motion]) -> Iterator[Block]:
    """Yields a decision with its counts in words, and what the motion that it adopted changed."""
    yield from (plain_block("paragraph", line) for line in decision_sentences(decision))
    for motion in motions:
        if motion.id == decision.adopted:
            yield from (replace(b, anchor="") for b in redline_blocks(motion.passages))


def decision_sentences(decision: Decision) -> tuple[str, ...]:
    """Returns a decision with its counts in words."""
    adopted = f"Adopted: {decision.adopted}." if decision.adopted else "Not adopted."
    totals = decision.totals
    said = [
        f"{adopted} Outcome: {decision.outcome}. Decided on {instant(decision.decided)}, "
        f"recorded by {decision.decider}.",
        f"{_votes(totals)}.",
        f"Quorum: {decision.quorum}. Threshold: {decision.threshold}.",
    ]
    said += [
        f"{capital(name)}: {_votes(counts)[:1].lower()}{_votes(counts)[1:]}."
        for name, counts in decision.constituencies.items()
        if name
    ]
    if decision.void:
        said.append(f"{capital(counted(len(decision.void), 'vote'))} did not count.")
    said.append(f"The text before: {decision.text_before}. After: {decision.text_after}.")
    return tuple(said)


def _old(passage: Passage) -> Iterator[Block]:
    if passage.change is not None and passage.kind not in ("inserted", "moved"):
        clauses = passage.change.old
        if passage.kind in ("deleted", "moved-away"):
            clauses = (passage.clause,)
        for clause in clauses:
            yield replace(clause_block(clause), anchor="", number="")


def _votes(totals: Mapping[str, int]) -> str:
    parts = [
        f"{in_words(totals.get('for', 0))} for",
        f"{in_words(totals.get('against', 0))} against",
    ]
    if totals.get("object"):
        parts.append(counted(totals["object"], "objection"))
    if totals.get("abstain"):
        parts.append(counted(totals["abstain"], "abstention"))
    return capital(", ".join(parts))
