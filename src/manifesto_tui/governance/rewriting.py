"""Changes a text clause by clause, and writes it only when somebody asks for it.

Whether an amendment still fits is asked of every open amendment at every turn; what the text
would be is asked of few. So a rewriting notes what is to be done to which clause, answers how
the clauses would read and stand, and touches bytes last.
"""

from dataclasses import dataclass

from manifesto_tui.prose import Block, Outline, Text, read_text
from manifesto_tui.prose.layout import Piece, lay_out

START = "start"
"""The place before the first clause of the text, where a change names no clause to follow."""


class Unplaced(LookupError):
    """The clause that another is to stand after is not in the text."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing to do: the clause, what it becomes (None: nothing), and where, if it goes."""

    anchor: str
    block: Block | None
    after: str | None = None
    is_new: bool = False


class Rewriting:
    """A text with changes noted on it."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._steps: list[_Step] = []
        self._blocks: dict[str, Block | None] = {}
        self._order: list[str] | None = None

    def block(self, anchor: str) -> Block | None:
        """Returns how the clause reads by now, or None where there is none."""
        if anchor in self._blocks:
            return self._blocks[anchor]
        found = self._text.by_anchor.get(anchor)
        return found[1].block if found else None

    def replace(self, anchor: str, block: Block) -> None:
        """Gives a clause other words."""
        self._note(_Step(anchor, block))

    def insert(self, after: str, anchor: str, block: Block) -> None:
        """Puts a new clause after another, or at the start.

        Raises Unplaced, with the anchor, where that other one is not in the text.
        """
        self._find(after)
        self._note(_Step(anchor, block, after, is_new=True))

    def move(self, anchor: str, after: str, block: Block) -> None:
        """Puts a clause after another, with these words. Raises Unplaced as `insert` does."""
        self._find(after)
        if after == anchor:
            raise Unplaced(after)
        self._note(_Step(anchor, block, None if self.stands_after(anchor, after) else after))

    def delete(self, anchor: str) -> None:
        """Takes a clause out."""
        self._note(_Step(anchor, None))

    def stands_after(self, anchor: str, after: str) -> bool:
        """Says whether a clause stands right after another by now, or at the start."""
        if self._order is None:
            self._order = [clause.anchor or "" for _, clause in self._text]
            for step in self._steps:
                self._place(step)
        at = self._order.index(anchor)
        return self._order[at - 1] == after if at else after == START

    def write(self) -> Text:
        """Returns the text with everything done that was noted; each file is written once."""
        pieces = self._pieces()
        if not self._steps:
            return self._text
        written = {}
        for path, outline in self._text.documents:
            kept = [Piece(at) for at in range(len(outline.clauses))]
            made = outline if pieces[path] == kept else lay_out(outline, pieces[path])
            written[path] = made.source
        return read_text(written, self._text)

    def reads_as_noted(self, written: Text) -> bool:
        """Says whether a text that was written reads as it should, clause by clause.

        Some blocks cannot stand where they are put: code after a list becomes part of the list.
        """
        wanted = [
            _reading(outline, piece)
            for path, outline in self._text.documents
            for piece in self._pieces()[path]
        ]
        return wanted == [(clause.block, clause.anchor) for _, clause in written]

    def _pieces(self) -> dict[str, list[Piece]]:
        """Returns what each file is to hold."""
        documents = self._text.documents
        rows = {path: [Piece(at) for at in range(len(o.clauses))] for path, o in documents}
        names: dict[str, list[str | None]] = {
            path: [clause.anchor for clause in outline.clauses] for path, outline in documents
        }
        for step in self._steps:
            _carry_out(rows, names, step)
        return rows

    def _find(self, anchor: str) -> None:
        nowhere = not self._text.documents if anchor == START else self.block(anchor) is None
        if nowhere:
            raise Unplaced(anchor)

    def _note(self, step: _Step) -> None:
        if step.block == self.block(step.anchor) and step.after is None:
            return
        self._steps.append(step)
        self._blocks[step.anchor] = step.block
        if self._order is not None:
            self._place(step)

    def _place(self, step: _Step) -> None:
        assert self._order is not None
        if step.after is None:
            return
        if not step.is_new:
            self._order.remove(step.anchor)
        at = 0 if step.after == START else self._order.index(step.after) + 1
        self._order.insert(at, step.anchor)


def _carry_out(
    rows: dict[str, list[Piece]], names: dict[str, list[str | None]], step: _Step
) -> None:
    def find(anchor: str) -> tuple[str, int]:
        return next((path, row.index(anchor)) for path, row in names.items() if anchor in row)

    stays = step.after is None
    if not step.is_new:
        path, at = find(step.anchor)
        if stays and step.block is not None:
            rows[path][at] = Piece(rows[path][at].at, step.block, step.anchor)
            return
        del rows[path][at], names[path][at]
    if step.after is None or step.block is None:
        return
    path, at = (next(iter(rows)), -1) if step.after == START else find(step.after)
    rows[path].insert(at + 1, Piece(None, step.block, step.anchor))
    names[path].insert(at + 1, step.anchor)


def _reading(outline: Outline, piece: Piece) -> tuple[Block, str | None]:
    if piece.block is not None:
        return piece.block, piece.anchor
    assert piece.at is not None
    clause = outline.clauses[piece.at]
    return clause.block, clause.anchor
