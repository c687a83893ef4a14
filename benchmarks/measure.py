"""Times several ways of doing one thing side by side, and shows them in a table."""

import gc
import resource
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Section:
    """One table of results: what was measured, what was to be reached, and the rows."""

    title: str
    reach: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Adds a row."""
        self.rows.append(tuple(str(cell) for cell in cells))

    def table(self) -> str:
        """Returns the section in Markdown."""
        lines = [f"\n## {self.title}\n", f"To reach: {self.reach}.\n"]
        lines.append("| " + " | ".join(self.columns) + " |")
        lines.append("|" + "---|" * len(self.columns))
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines)


def side_by_side(ways: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, float]:
    """Returns the median seconds of each way, taken in turns so that all meet the same machine."""
    loops: dict[str, int] = {}
    for name, way in ways.items():
        way()
        start = time.perf_counter()
        way()
        once = time.perf_counter() - start
        loops[name] = max(1, min(2000, int(0.02 / max(once, 1e-7))))
    times: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, way in ways.items():
                count = loops[name]
                start = time.perf_counter()
                for _ in range(count):
                    way()
                times[name].append((time.perf_counter() - start) / count)
    finally:
        gc.enable()
    return {name: statistics.median(taken) for name, taken in times.items()}


def memory(way: Callable[[], object]) -> float:
    """Returns the most megabytes that were in use at once, as Python counts them."""
    gc.collect()
    tracemalloc.start()
    way()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def most_memory(process: int | None = None) -> int:
    """Returns the most megabytes that a process held at once, its libraries too; this one's else.

    Where there is no /proc this is of this process alone.
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    # Not what `getrusage` says: on Linux that begins with the memory of whoever started it.
    most = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(most.split()[1]) // 1024


def shown(seconds: float) -> str:
    """Returns a time as people read it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def ratio(base: float, other: float) -> str:
    """Returns how many times faster `other` is than `base`."""
    return f"{base / other:.1f}" if base / other < 100 else f"{base / other:.0f}"
