"""Changes a text clause by clause, and writes it only when somebody asks for it.

Whether an amendment still fits is asked of every open amendment at every turn; what the text
would be is asked of few. So a rewriting notes what is to be done to which clause, answers how
the clauses would read and stand, and touches bytes last.
"""

from collections.abc import Callable
from dataclasses import dataclass

from manifesto_tui.prose import (
    Block,
    Outline,
    Text,
    delete_clause,
    insert_clause,
    read_text,
    replace_clause,
)

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
        """Returns the text with everything done that was noted."""
        outlines = dict(self._text.documents)
        for step in self._steps:
            _carry_out(outlines, step)
        if not self._steps:
            return self._text
        return read_text({path: outline.source for path, outline in outlines.items()})

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


def _carry_out(outlines: dict[str, Outline], step: _Step) -> None:
    def change(anchor: str, how: Callable[[Outline], Outline]) -> None:
        path = next(path for path, outline in outlines.items() if anchor in outline.by_anchor)
        outlines[path] = how(outlines[path])

    block = step.block
    if block is None:
        change(step.anchor, lambda outline: delete_clause(outline, step.anchor))
        return
    if step.after is None:
        change(step.anchor, lambda outline: replace_clause(outline, step.anchor, block))
        return
    if not step.is_new:
        change(step.anchor, lambda outline: delete_clause(outline, step.anchor))
    if step.after == START:
        first = next(iter(outlines))
        outlines[first] = insert_clause(outlines[first], None, step.anchor, block)
        return
    change(step.after, lambda outline: insert_clause(outline, step.after, step.anchor, block))
