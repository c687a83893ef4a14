"""Runs all benchmarks, or those named: `python -m benchmarks [words_clause …]`.

What would take very long is measured in part where all are run, and whole where it is named.
"""

import importlib
import pkgutil
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import benchmarks
from benchmarks.measure import Section

FOLDER = Path(__file__).parent


def main(names: list[str]) -> int:
    """Runs benchmarks; writes the results when all of them ran."""
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    unknown = sorted(set(names) - set(found))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}.", file=sys.stderr)
        return 2
    sections: list[Section] = []
    for name in sorted(found):
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "run") and (not names or name in names):
            print(f"{name} …", file=sys.stderr)
            run = getattr(module, "run_whole", module.run) if names else module.run
            for section in run():
                print(section.table(), flush=True)
                sections.append(section)
    if not names:
        text = "\n".join([_head(), *(section.table() for section in sections)])
        (FOLDER / "RESULTS.md").write_text(text, encoding="utf-8")
    return 0


def _head() -> str:
    git = ["git", "-C", str(FOLDER)]
    commit = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True).stdout
    dirty = subprocess.run(
        [*git, "status", "--porcelain", "--", "../src"], capture_output=True, text=True
    ).stdout
    return (
        "# Results\n\nWritten by `python -m benchmarks`; never by hand.\n\n"
        f"Commit {commit.strip() or 'unknown'}{' with changes in src' if dirty else ''}, "
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()} on "
        f"{platform.machine()}. Times are medians; “against” is how many times faster than the "
        "row that says 1.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
