"""Nests list items: from items with depths to lists within lists."""

from collections.abc import Iterator, Sequence

from manifesto_tui.publish.blocks import Block

Step = tuple[str, Block | None]


def nested(items: Sequence[Block]) -> Iterator[Step]:
    """Yields what opens and closes around items that follow one another.

    Steps are "ol" or "ul", "item" with its block, "/item", "/ol" or "/ul". Depths that are
    skipped open no list of their own, and a list of the other kind closes the one before it.
    """
    open_lists: list[tuple[int, str]] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        while open_lists and open_lists[-1][0] > item.depth:
            yield from _closed(open_lists)
        if open_lists and open_lists[-1][0] == item.depth:
            if open_lists[-1][1] == tag:
                yield "/item", None
            else:
                yield from _closed(open_lists)
        if not open_lists or open_lists[-1][0] < item.depth:
            open_lists.append((item.depth, tag))
            yield tag, None
        yield "item", item
    while open_lists:
        yield from _closed(open_lists)


def _closed(open_lists: list[tuple[int, str]]) -> Iterator[Step]:
    _, tag = open_lists.pop()
    yield "/item", None
    yield f"/{tag}", None
