"""Changes a text clause by clause, and writes it only when somebody asks for it.

Whether an amendment still fits is asked of every open amendment at every turn; what the text
would be is asked of few. So a rewriting notes what is to be done to which clause, answers how
the clauses would read and stand, and touches bytes last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from manifesto_tui.prose import Block, Clause, Outline, Text, read_text
from manifesto_tui.prose.layout import Piece, lay_out, reading

START = "start"
"""The place before the first clause of the text, where a change names no clause to follow."""


_VERBATIM = ("code", "html", "table")


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
        self.text = text
        self._steps: list[_Step] = []
        self._blocks: dict[str, Block | None] = {}
        self._order: list[str] | None = None
        self._may_be_too_deep = False

    def block(self, anchor: str) -> Block | None:
        """Returns how the clause reads by now, or None where there is none."""
        if anchor in self._blocks:
            return self._blocks[anchor]
        found = self.text.by_anchor.get(anchor)
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

    def raise_what_stands_too_deep(self) -> dict[str, Block]:
        """Gives new words that stand in a list which is not there the depth that they can have.

        An item is at most one level deeper than what stands before it. Returns them by anchor.
        """
        raised: dict[str, Block] = {}
        outlines = dict(self.text.documents)
        for path, pieces in self._pieces().items() if self._may_be_too_deep else ():
            lists = 0
            for piece in pieces:
                block, anchor = _reading(outlines[path], piece)
                if block.kind == "heading":
                    continue
                most = lists + (block.kind == "item")
                if block.depth > most and piece.block is not None and anchor:
                    block = raised[anchor] = replace(block, depth=most)
                lists = block.depth
        for anchor, block in raised.items():
            self._note(_Step(anchor, block))
        return raised

    def stands_after(self, anchor: str, after: str) -> bool:
        """Says whether a clause stands right after another by now, or at the start."""
        if self._order is None:
            self._order = [clause.anchor or "" for _, clause in self.text]
            for step in self._steps:
                self._place(step)
        at = self._order.index(anchor)
        return self._order[at - 1] == after if at else after == START

    def write(self) -> Text:
        """Returns the text with everything done that was noted; each file is written once."""
        if not self._steps:
            return self.text
        written = self.text.sources
        outlines = dict(self.text.documents)
        laid: list[Outline] = []
        for path, pieces in self._pieces().items():
            if pieces != [Piece(at) for at in range(len(outlines[path].clauses))]:
                laid.append(lay_out(outlines[path], pieces))
                written[path] = laid[-1].source
        return read_text(written, self.text, laid)

    def can_be_written(self) -> bool:
        """Says whether the text, once written, would read as noted, where that is in doubt.

        Plain paragraphs and items always do. What was found of a document is kept with it.
        """
        outlines = dict(self.text.documents)
        if not any(self._is_in_doubt(step, outlines) for step in self._steps):
            return True
        steps = tuple(self._steps)
        for path, pieces in self._pieces().items():
            found = outlines[path].found
            if steps not in found:
                wanted = [_reading(outlines[path], piece) for piece in pieces]
                found[steps] = reading(lay_out(outlines[path], pieces).clauses) == wanted
            if not found[steps]:
                return False
        return True

    def _is_in_doubt(self, step: _Step, outlines: Mapping[str, Outline]) -> bool:
        """Says whether a step may change how what stands around it reads."""
        block, there = step.block, self.text.by_anchor.get(step.anchor)
        if block and step.after is None and there and _is_set_alike(block, there[1]):
            return block.kind in _VERBATIM
        if block and (block.kind in _VERBATIM or (block.depth > 1 and block.kind != "heading")):
            return True
        beside = self.text.by_anchor.get(step.after or "") or there
        outline = outlines[beside[0]] if beside else None
        return outline is not None and (outline.has_code or outline.nests)

    def reads_as_noted(self, written: Text) -> bool:
        """Says whether a text that was written reads as it should, clause by clause.

        Some blocks cannot stand where they are put: code after a list becomes part of the list.
        """
        found = dict(written.documents)
        outlines = dict(self.text.documents)
        return all(
            [_reading(outlines[path], piece) for piece in pieces] == reading(found[path].clauses)
            for path, pieces in self._pieces().items()
        )

    def _pieces(self) -> dict[str, list[Piece]]:
        """Returns what each file is to hold that something is done in."""
        sheet = _Sheet(self.text)
        for step in self._steps:
            sheet.carry_out(step)
        return sheet.rows

    def _find(self, anchor: str) -> None:
        nowhere = not self.text.documents if anchor == START else self.block(anchor) is None
        if nowhere:
            raise Unplaced(anchor)

    def _note(self, step: _Step) -> None:
        if step.block == self.block(step.anchor) and step.after is None:
            return
        if step.block and step.block.kind != "heading":
            # What stands outermost never stands too deep.
            self._may_be_too_deep |= step.block.depth > (step.block.kind == "item")
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


class _Sheet:
    """The files that something is done in, as rows of pieces with their names."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._outlines = dict(text.documents)
        self._went: dict[str, str] = {}  # The files of clauses that are new or moved.
        self.rows: dict[str, list[Piece]] = {}
        self._names: dict[str, list[str | None]] = {}

    def carry_out(self, step: _Step) -> None:
        stays = step.after is None
        if not step.is_new:
            path, at = self._find(step.anchor)
            if stays and step.block is not None:
                self.rows[path][at] = Piece(self.rows[path][at].at, step.block, step.anchor)
                return
            del self.rows[path][at], self._names[path][at]
        if step.after is None or step.block is None:
            return
        if step.after == START:
            path, at = self._open(next(iter(self._outlines))), -1
        else:
            path, at = self._find(step.after)
        self.rows[path].insert(at + 1, Piece(None, step.block, step.anchor))
        self._names[path].insert(at + 1, step.anchor)
        self._went[step.anchor] = path

    def _find(self, anchor: str) -> tuple[str, int]:
        path = self._open(self._went.get(anchor) or self._text.by_anchor[anchor][0])
        return path, self._names[path].index(anchor)

    def _open(self, path: str) -> str:
        if path not in self.rows:
            clauses = self._outlines[path].clauses
            self.rows[path] = [Piece(at) for at in range(len(clauses))]
            self._names[path] = [clause.anchor for clause in clauses]
        return path


def _reading(outline: Outline, piece: Piece) -> tuple[Block, str | None]:
    if piece.block is not None:
        return piece.block, piece.anchor
    assert piece.at is not None
    clause = outline.clauses[piece.at]
    return clause.block, clause.anchor


def _is_set_alike(block: Block, clause: Clause) -> bool:
    return (block.kind, block.depth, block.ordered) == (clause.kind, clause.depth, clause.ordered)
