"""Renders the text and its redlines, one model for every format.

Workflow imports this room; it imports governance and prose. It never compares texts, reads a
repository or opens a file: a comparison and its provenance come in, one document goes out.
"""

from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.interchange import changes_document, clauses_csv, text_document
from manifesto_tui.publish.markdown import markdown, markdown_redline
from manifesto_tui.publish.marks import clean, critic, inline, side_by_side
from manifesto_tui.publish.plain import plain_redline, plain_text
from manifesto_tui.publish.redline import Passage, redline

__all__ = [
    "Passage",
    "Provenance",
    "changes_document",
    "clauses_csv",
    "clean",
    "critic",
    "inline",
    "markdown",
    "markdown_redline",
    "plain_redline",
    "plain_text",
    "redline",
    "side_by_side",
    "text_document",
]
