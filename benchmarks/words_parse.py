"""Reading a large file."""

import random
from collections.abc import Callable, Iterator

from benchmarks import words_peers as peers
from benchmarks.measure import Section, ratio, shown, side_by_side
from benchmarks.words_made import clause, written
from manifesto_tui.prose import parse


def run() -> Iterator[Section]:
    """Yields the table of reading."""
    source = document(200_000)
    ways: dict[str, Callable[[], object]] = {"ours": lambda: parse(source)}
    markdown_it = peers.module("markdown_it")
    if markdown_it:
        blocks_only = markdown_it.MarkdownIt("commonmark").disable("inline")
        ways["markdown-it-py, blocks only"] = lambda: blocks_only.parse(source)
    times = side_by_side(ways, rounds=5)
    section = Section(
        "A file of 200 kB, parsed", "100 ms", ("way", "time", "against markdown-it-py")
    )
    other = times.get("markdown-it-py, blocks only")
    for name, taken in times.items():
        section.add(name, shown(taken), ratio(other, taken) if other else "")
    yield section


def document(size: int) -> str:
    """Returns a made-up document of about so many characters."""
    dice = random.Random(9)
    blocks: list[str] = []
    length = 0
    while length < size:
        mark = dice.choice(("# ", "## ", "", "", "", "- ", "- ", "  - ", "1. ", "> "))
        blocks.append(mark + written(clause(dice, 6 if "#" in mark else 40)))
        length += len(blocks[-1]) + 2
    return "\n\n".join(blocks)
