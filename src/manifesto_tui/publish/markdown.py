"""Renders the text as Markdown, for any host, editor or site."""

from collections.abc import Iterable

from manifesto_tui.prose import Text, without_anchors, write_block
from manifesto_tui.prose.clause import Block
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.marks import critic
from manifesto_tui.publish.redline import Passage


def markdown(text: Text, provenance: Provenance, anchors: bool = False) -> str:
    """Returns the whole text as one Markdown document, the files in reading order.

    Without `anchors` the invisible names of the clauses are left out: the form to print and to
    pass on. With them it is the form to amend and to bring back.
    """
    parts = (source.strip("\n") for source in text.sources.values())
    if not anchors:
        parts = (without_anchors(part).strip("\n") for part in parts)
    return "\n\n".join([*parts, _footer(provenance)]) + "\n"


def markdown_redline(passages: Iterable[Passage], provenance: Provenance | None = None) -> str:
    """Returns a redline as Markdown with CriticMarkup in it; `provenance` closes a document."""
    parts: list[str] = []
    previous = None
    for passage in passages:
        clause = passage.clause
        if previous is not None:
            parts.append("\n" if previous == clause.kind == "item" else "\n\n")
        marked = critic(passage.spans)
        parts.append(write_block(Block(clause.kind, marked, clause.depth, clause.ordered)))
        previous = clause.kind
    footer = f"\n\n{_footer(provenance)}" if provenance else ""
    return "".join(parts) + footer + "\n"


def _footer(provenance: Provenance) -> str:
    return "---\n\n" + "  \n".join([f"*{provenance.title}*", *provenance.lines])
