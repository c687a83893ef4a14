"""Names the unit of amendment: one block of a text.

A clause is a heading, a paragraph, a list item, a quotation, a table or a piece of code. Its
words are what people argue about; its marks (`##`, `-`, `>`) are how it is set, and its anchor
is the invisible name it keeps for ever.

    >>> from manifesto_tui.prose import parse
    >>> [c.kind for c in parse("# Open <!-- #open -->\\n\\nPublish it.\\n").clauses]
    ['heading', 'paragraph']
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "quote", "table", "code", "html"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown apart from any document: what it is, how deep, and its words.

    `depth` is the level of a heading (1 to 6) and the nesting of a list item (1 for the
    outermost); 0 for a block that stands in no list. `ordered` tells a numbered item from a
    bulleted one. `text` is Markdown without the block's own marks and without its anchor.
    """

    kind: Kind
    text: str
    depth: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One block of a document, with its place in the source.

    `start` and `end` are character offsets of the block in `Outline.source`, anchor included,
    line end excluded. `number` is computed for people ("2.3", "" where there is none) and
    changes when the text does; `anchor` ("open-3", or None) never does. `line` counts from 1.
    """

    kind: Kind
    text: str
    depth: int
    ordered: bool
    anchor: str | None
    number: str
    start: int
    end: int
    line: int

    @property
    def block(self) -> Block:
        """The clause apart from its place."""
        return Block(self.kind, self.text, self.depth, self.ordered)


@dataclass(frozen=True)
class Outline:
    """A document: its source, to the byte, and the clauses in it in reading order."""

    source: str
    clauses: tuple[Clause, ...]

    @cached_property
    def by_anchor(self) -> dict[str, Clause]:
        """Clauses by anchor; the first one wins where an anchor stands twice."""
        found: dict[str, Clause] = {}
        for clause in self.clauses:
            if clause.anchor is not None:
                found.setdefault(clause.anchor, clause)
        return found

    @cached_property
    def has_code(self) -> bool:
        """Whether some of it is code or HTML, which may swallow what stands beside it."""
        return any(clause.kind in ("code", "html") for clause in self.clauses)

    @cached_property
    def nests(self) -> bool:
        """Whether some clause stands within an item of a list."""
        return any(c.depth > (c.kind == "item") and c.kind != "heading" for c in self.clauses)

    @cached_property
    def found(self) -> dict[object, bool]:
        """What was found out about it, by what was asked."""
        return {}


@dataclass(frozen=True)
class Text:
    """The whole text: documents by path, in reading order, numbered as one.

    Made by `read_text`, never by hand, so that the numbers run through all documents.
    """

    documents: tuple[tuple[str, Outline], ...]

    def __iter__(self) -> Iterator[tuple[str, Clause]]:
        """Yields every clause with the path of its document, in reading order."""
        for path, outline in self.documents:
            for clause in outline.clauses:
                yield path, clause

    @cached_property
    def by_anchor(self) -> dict[str, tuple[str, Clause]]:
        """Path and clause by anchor; the first one wins where an anchor stands twice."""
        found: dict[str, tuple[str, Clause]] = {}
        for path, clause in self:
            if clause.anchor is not None:
                found.setdefault(clause.anchor, (path, clause))
        return found

    def number_of(self, anchor: str) -> str:
        """Returns the number that people see of a clause; its anchor where it has gone."""
        return self.by_anchor[anchor][1].number if anchor in self.by_anchor else anchor

    @property
    def sources(self) -> dict[str, str]:
        """The documents' sources by path."""
        return {path: outline.source for path, outline in self.documents}
