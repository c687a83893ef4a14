"""Edits one clause of a document and leaves every other byte as it was.

>>> from manifesto_tui.prose import parse
>>> outline = parse("- One. <!-- #a-1 -->\\n- Two. <!-- #a-2 -->\\n")
>>> insert_clause(outline, "a-1", "a-3", Block("item", "Between.", 1)).source
'- One. <!-- #a-1 -->\\n- Between. <!-- #a-3 -->\\n- Two. <!-- #a-2 -->\\n'
"""

from manifesto_tui.prose.clause import Block, Outline
from manifesto_tui.prose.layout import Piece, lay_out


def replace_clause(outline: Outline, anchor: str, block: Block) -> Outline:
    """Returns a document in which a clause reads as `block`; it keeps its anchor.

    Raises KeyError where the document has no such clause.
    """
    at = _find(outline, anchor)
    if outline.clauses[at].block == block:
        return outline
    pieces = [Piece(index) for index in range(len(outline.clauses))]
    pieces[at] = Piece(at, block, anchor)
    return lay_out(outline, pieces)


def insert_clause(outline: Outline, after: str | None, anchor: str, block: Block) -> Outline:
    """Returns a document with a new clause behind the one named, or at the start for None.

    Raises KeyError where the document has no such clause.
    """
    at = -1 if after is None else _find(outline, after)
    pieces = [Piece(index) for index in range(len(outline.clauses))]
    pieces.insert(at + 1, Piece(None, block, anchor))
    return lay_out(outline, pieces)


def delete_clause(outline: Outline, anchor: str) -> Outline:
    """Returns a document without a clause and the blank lines that it leaves over.

    Raises KeyError where the document has no such clause.
    """
    at = _find(outline, anchor)
    pieces = [Piece(index) for index in range(len(outline.clauses)) if index != at]
    return lay_out(outline, pieces)


def _find(outline: Outline, anchor: str) -> int:
    """Returns the place of the clause with an anchor."""
    for index, clause in enumerate(outline.clauses):
        if clause.anchor == anchor:
            return index
    raise KeyError(anchor)
