"""Ten thousand clauses without anchors: which became which."""

import random
from collections.abc import Iterator

from benchmarks.measure import Section, shown, side_by_side
from benchmarks.words_made import clause, edit, written
from manifesto_tui.prose import compare, parse
from manifesto_tui.prose.align import Aligner

CLAUSES = 10_000


def run() -> Iterator[Section]:
    """Yields the table of alignment."""
    section = Section(
        f"{CLAUSES:,} clauses aligned without anchors",
        "half a second; precision and recall .99",
        ("what", "value"),
    )
    old_texts, new_texts, truth = revised(random.Random(5))
    old, new = parse("\n\n".join(old_texts)), parse("\n\n".join(new_texts))
    pairs = Aligner(old.clauses, new.clauses).run()
    right = sum(pairs.get(i) == j for i, j in truth.items())
    times = side_by_side(
        {
            "align": lambda: Aligner(old.clauses, new.clauses).run(),
            "compare": lambda: compare(old, new),
        },
        rounds=3,
    )
    section.add("aligned in", shown(times["align"]))
    section.add("whole comparison, with weights", shown(times["compare"]))
    section.add("precision", f"{right / len(pairs):.4f}")
    section.add("recall", f"{right / len(truth):.4f}")
    section.add("clauses changed, dropped, added, moved", "25 %, 3 %, 3 %, 2 %")
    yield section


def revised(dice: random.Random) -> tuple[list[str], list[str], dict[int, int]]:
    """Returns clauses, their revision, and which became which."""
    words = [clause(dice, dice.randint(8, 50)) for _ in range(CLAUSES)]
    order = list(range(CLAUSES))
    for _ in range(CLAUSES // 50):
        order.insert(dice.randrange(CLAUSES), order.pop(dice.randrange(CLAUSES)))
    new: list[str] = []
    truth: dict[int, int] = {}
    for i in order:
        chance = dice.random()
        if chance < 0.03:
            continue
        if chance < 0.06:
            new.append(written(clause(dice, 30)))
        truth[i] = len(new)
        changed = 0.06 <= chance < 0.31
        new.append(written(edit(dice, words[i], 3).new if changed else words[i]))
    return [written(one) for one in words], new, truth
