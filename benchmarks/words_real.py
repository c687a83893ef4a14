"""Real amendments: how fast, how exact, and how much is marked.

Reads `team-mirai-policy-300.jsonl.xz` from the folder that the environment variable
MANIFESTO_CORPUS names, or from ../shared/corpus beside the checkout.
"""

import json
import lzma
import os
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import words_peers as peers
from benchmarks.measure import Section, ratio, shown
from manifesto_tui.prose import apply, compare, parse

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NAME = "team-mirai-policy-300.jsonl.xz"


def run() -> Iterator[Section]:
    """Yields the table of real amendments."""
    section = Section(
        "300 real amendments (team-mirai/policy, CC BY 4.0)",
        "every one applies to the clauses of its head",
        ("what", "value"),
    )
    path = Path(os.environ.get("MANIFESTO_CORPUS", _BESIDE)) / NAME
    if not path.is_file():
        section.add(NAME, peers.ABSENT)
        yield section
        return
    files = exact = changes = marked = by_lines = 0
    taken = lines_taken = 0.0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for file in json.loads(line)["files"]:
                was, now = file["base"] or "", file["head"] or ""
                start = time.perf_counter()
                old, new = parse(was), parse(now)
                found = compare(old, new)
                taken += time.perf_counter() - start
                read = [clause.block for clause in apply(old, found).clauses]
                exact += read == [clause.block for clause in new.clauses]
                files += 1
                changes += len(found)
                marked += sum(len(t) for c in found for op, t in c.words if op != "=")
                a, b = was.splitlines(), now.splitlines()
                start = time.perf_counter()
                opcodes = peers.by_difflib(a, b)
                lines_taken += time.perf_counter() - start
                by_lines += sum(
                    len("".join(a[i1:i2])) + len("".join(b[j1:j2]))
                    for tag, i1, i2, j1, j2 in opcodes
                    if tag != "equal"
                )
    section.add("files", files)
    section.add("applied to the clauses of their head", exact)
    section.add("changes found", changes)
    section.add("a file, from text to weighed changes", shown(taken / files))
    section.add("difflib by lines, a file", shown(lines_taken / files))
    section.add("characters marked, against difflib by lines", f"1 : {ratio(by_lines, marked)}")
    yield section
