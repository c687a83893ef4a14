"""Reads Markdown as clauses, without losing a byte.

A text is its clauses plus the bytes between them. `parse` never raises and never changes a
character: whatever stands between two clauses (blank lines, definitions, rules) stays in the
source, and an edit touches the bytes of its own clause only.

    >>> outline = parse("# Open\\n\\n- Publish it. <!-- #open-1 -->\\n")
    >>> [(c.number, c.kind, c.text, c.anchor) for c in outline.clauses]
    [('1', 'heading', 'Open', None), ('1.1', 'item', 'Publish it.', 'open-1')]
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from manifesto_tui.prose.clause import Clause, Outline, Text
from manifesto_tui.prose.numbering import number
from manifesto_tui.prose.scan import Found, scan


def parse(source: str) -> Outline:
    """Reads a Markdown document. Any string at all is one."""
    found = scan(source)
    return _outline(source, found, number(found))


def read_text(
    sources: Mapping[str, str], known: Text | None = None, parsed: Iterable[Outline] = ()
) -> Text:
    """Reads several documents, in reading order, as one text with one numbering.

    Documents that stand in `known` or among `parsed` word for word are not read again.
    """
    held = (outline for _, outline in known.documents) if known else ()
    before = {outline.source: outline for outline in (*held, *parsed)}
    read: list[tuple[str, str, Sequence[Found | Clause]]] = [
        (path, source, before[source].clauses if source in before else scan(source))
        for path, source in sources.items()
    ]
    numbers = number(block for _, _, found in read for block in found)
    return Text(
        tuple(
            (path, _numbered(source, found, [*islice(numbers, len(found))], before.get(source)))
            for path, source, found in read
        )
    )


def _numbered(
    source: str, found: Sequence[Found | Clause], numbers: list[str], known: Outline | None
) -> Outline:
    """Returns a document with these numbers: the one that is known where they are its own."""
    if known and numbers == [clause.number for clause in known.clauses]:
        return known
    return _outline(source, found, numbers)


def _outline(source: str, found: Sequence[Found | Clause], numbers: Iterable[str]) -> Outline:
    return Outline(
        source,
        tuple(
            Clause(f.kind, f.text, f.depth, f.ordered, f.anchor, counted, f.start, f.end, f.line)
            for f, counted in zip(found, numbers, strict=False)
        ),
    )
