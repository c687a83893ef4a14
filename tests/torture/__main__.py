"""Runs the long figures of docs/safety.md, and prints them as its table has them.

    python -m torture [--quick] [--json] [FIGURE [NUMBER…]]

Without a figure it runs all of them at the length that a release needs, which takes hours; with
`--quick` each for a few seconds. A figure's numbers, and a word or two, are those of its function.
"""

import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from torture import clones, faults, fuzz, hostile, mutants, power, screens, votes
from torture.ground import Figure, Figures

FIGURES: dict[str, Figure] = {
    "faults": faults.faults,
    "power": power.power,
    "kills": votes.kills,
    "writers": votes.writers,
    "clones": clones.clones,
    "yaml": fuzz.fuzz,
    "hostile": hostile.hostile,
    "screens": screens.screens,
    "mutants": mutants.mutants,
}
_WORD = re.compile(r"[\w ,-]+")
Plan = Sequence[tuple[str, tuple[int | str, ...]]]
LONG: Plan = (
    ("faults", (1,)),
    ("power", (1,)),
    *(("kills", (10_000, 1000, number)) for number in (1, 4, 8)),
    ("writers", (8, 100)),
    ("writers", (20, 25)),
    ("clones", (20, 50, 100)),
    ("yaml", (5_000_000,)),
    ("hostile", (1,)),
    ("screens", (1,)),
    ("mutants", (500,)),
)
QUICK: Plan = (
    ("faults", (60,)),
    ("power", (60,)),
    ("kills", (60, 20, 4)),
    ("writers", (4, 10)),
    ("clones", (4, 5, 2)),
    ("yaml", (20_000,)),
    ("hostile", (40,)),
    ("screens", (50,)),
    ("mutants", (5,)),
)


def main(words: Sequence[str]) -> int:
    """Runs what was asked for; returns 1 where something was lost, 2 for unknown words."""
    named = [word for word in words if not word.startswith("--")]
    plan = QUICK if "--quick" in words else LONG
    if named:
        if named[0] not in FIGURES or not all(_WORD.fullmatch(word) for word in named[1:]):
            sys.stderr.write(f"{__doc__}\nFigures: {', '.join(FIGURES)}.\n")
            return 2
        numbers = tuple(int(word) if word.isdigit() else word for word in named[1:])
        plan = [(named[0], numbers)] if numbers else [step for step in plan if step[0] == named[0]]
    return max(_run(name, numbers, "--json" in words) for name, numbers in plan)


def _run(name: str, numbers: tuple[int | str, ...], as_json: bool) -> int:
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-", dir=_place()) as place:
        figures = FIGURES[name](Path(place) / "x", *numbers)
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        shown = "; ".join(f"{key}: {_shown(value)}" for key, value in figures.items())
        took = time.monotonic() - start
        sys.stdout.write(f"| {name} {' '.join(map(str, numbers))} | {shown} | {took:.0f} s |\n")
    sys.stdout.flush()
    return int(not holds(figures))


def holds(figures: Figures) -> bool:
    """Tells whether what should be nought is, and what should be so is so."""
    noughts = ("lost", "uncaught", "wrong", "readers that disagreed", "acknowledged twice")
    untrue = any(value is False for value in figures.values())
    return not untrue and not any(figures.get(key) for key in noughts)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _place() -> str | None:
    """Returns a folder in memory where there is one with room: git is tested, not the disk."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
