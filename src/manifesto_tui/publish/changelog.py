"""Writes the changelog: edition by edition, what was decided and how that changed the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.manifesto import Source
from manifesto_tui.publish.blocks import Block, plain_block
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.meeting import Motion, decision_blocks, proposed_by
from manifesto_tui.publish.paper import Paper, made_paper


@dataclass(frozen=True)
class Entry:
    """One amendment that was adopted: the motion, and the decision on it."""

    motion: Motion
    decision: Decision


@dataclass(frozen=True)
class Chapter:
    """What one edition brought, or what was decided since the last.

    `told` says in sentences when it was made, why it has its number, whose names stood before.
    """

    title: str
    told: Sequence[str]
    entries: Sequence[Entry]


def changelog_paper(
    chapters: Iterable[Chapter], provenance: Provenance, sources: Mapping[str, Source]
) -> Paper:
    """Returns the chapters in the order given: clause by clause, with the counts in words."""
    blocks: list[Block] = []
    for chapter in chapters:
        blocks.append(plain_block("heading", chapter.title, 1))
        blocks += (plain_block("paragraph", sentence) for sentence in chapter.told)
        for entry in chapter.entries:
            motion = entry.motion
            blocks.append(plain_block("heading", f"{motion.id}: {motion.title}", 2))
            blocks.append(plain_block("paragraph", proposed_by(motion)))
            blocks += decision_blocks(entry.decision, [motion])
    if not blocks:
        blocks.append(plain_block("paragraph", "No edition has been made yet."))
    return made_paper(blocks, provenance, sources, "Changelog")
