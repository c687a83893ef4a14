"""Counts clauses for people: "2" for a principle, "2.3" for what stands in it.

A number says where a clause stands today, so that someone can say "look at 2.3" in a meeting. It
is computed, never stored, and changes when the text does; the anchor is the name that stays.
"""

from collections.abc import Iterable, Iterator

from manifesto_tui.prose.clause import Clause
from manifesto_tui.prose.scan import Found


def number(blocks: Iterable[Found | Clause]) -> Iterator[str]:
    """Yields the number of each block of a text, in reading order.

    Headings of the highest level in use are principles. One alone at that level, opening the
    text above deeper ones, is the title: it has no number, and the next level holds the
    principles. What comes before the first principle is "0.1", "0.2" and so on.
    """
    found = list(blocks)
    levels = [block.depth for block in found if block.kind == "heading"]
    top = min(levels, default=1)
    deeper = [level for level in levels if level > top]
    title = levels.count(top) == 1 and bool(deeper) and found[0].kind == "heading"
    title = title and found[0].depth == top
    if title:
        top = min(deeper)
    principle = 0
    # Open headings below the principle: their level, their number, what was counted in them.
    stack: list[tuple[int, str]] = [(top, "0")]
    counts = [0]
    for index, block in enumerate(found):
        if title and index == 0:
            yield ""
            continue
        if block.kind != "heading":
            counts[-1] += 1
            yield f"{stack[-1][1]}.{counts[-1]}"
            continue
        if block.depth <= top:
            principle += 1
            stack, counts = [(top, str(principle))], [0]
            yield str(principle)
            continue
        while stack[-1][0] >= block.depth:
            stack.pop()
            counts.pop()
        counts[-1] += 1
        counted = f"{stack[-1][1]}.{counts[-1]}"
        stack.append((block.depth, counted))
        counts.append(0)
        yield counted
