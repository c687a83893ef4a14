"""Measures how long a history takes to prove: cold, at three sizes, and after a push.

The records are made up: amendments on which 100 members vote, each of them a commit. Beside
the time that passed stands the processor's, which depends less on what else the machine does.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import record_made_up
from benchmarks.measure import Section, shown
from manifesto_tui.governance.replay import Proof
from manifesto_tui.record.git import Repository
from manifesto_tui.workflow.guarding import guard
from manifesto_tui.workflow.verifying import prove

SIZES = (1_000, 10_000, 100_000)
EACH = 100


def run() -> list[Section]:
    """Returns a table of proofs from nothing, and one of what a push costs."""
    cold = Section(
        "A proof from nothing",
        "100,000 votes in 60 s, growing with the votes",
        ("votes", "commits", "time", "processor", "a vote", "most memory"),
    )
    after = Section(
        "100 new votes after 100,000 were proved",
        "under a second",
        ("what", "time", "processor"),
    )
    with tempfile.TemporaryDirectory() as folder:
        for votes in SIZES:
            place = record_made_up.build(Path(folder) / str(votes), votes // EACH, votes)
            cold.add(f"{votes:,}", *_cold(place, votes))
        signed = record_made_up.build(Path(folder) / "signed", 100, 10_000, signed=True)
        cold.add("10,000, signed", *_cold(signed, 10_000))
        _after(after, place, SIZES[-1])
    return [cold, after]


def _cold(place: Path, votes: int) -> tuple[str, ...]:
    command = [sys.executable, "-c", _PROVE, str(place)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    commits, passed, used, memory = said
    each = shown(float(used) / votes)
    return f"{int(commits):,}", shown(float(passed)), shown(float(used)), each, f"{memory} MB"


_PROVE = """
import os, pathlib, resource, sys, time
from benchmarks.measure import most_memory
from manifesto_tui.record.git import Repository
from manifesto_tui.workflow.verifying import prove
repo = Repository.discover(pathlib.Path(sys.argv[1]), dict(os.environ))
start = time.perf_counter()
proof = prove(repo, repo.head(), full=True)
passed = time.perf_counter() - start
assert proof.verdict == "PROVED", proof.findings[:3]
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
busy = sum(each.ru_utime + each.ru_stime for each in used)
print(proof.counts["commits"], passed, busy, most_memory())
"""


def _after(section: Section, place: Path, votes: int) -> None:
    repo = Repository.discover(place, dict(os.environ))

    def judged(way: Callable[[str, str], object], old: str) -> object:
        return way(old, repo.head() or "")

    for what, way in (
        ("judged, in this process", lambda old, new: _sound(prove(repo, new))),
        ("a push judged by `guard`", lambda old, new: _sound(guard(repo, old, new))),
        ("`manifesto-tui verify`, from its start to its end", lambda old, new: _command(place)),
    ):
        old = repo.head() or ""
        record_made_up.push(place, votes // EACH, votes)
        subprocess.run(["git", "reset", "-q", "--hard"], cwd=place, check=True)
        section.add(what, *_timed(partial(judged, way, old)))


def _timed(way: Callable[[], object]) -> tuple[str, str]:
    start, busy = time.perf_counter(), os.times()
    way()
    passed, after = time.perf_counter() - start, os.times()
    return shown(passed), shown(sum(after[:4]) - sum(busy[:4]))


def _sound(proof: Proof) -> None:
    assert proof.verdict == "PROVED", proof.findings[:3]


def _command(place: Path) -> None:
    command = [sys.executable, "-m", "manifesto_tui", "-C", str(place), "verify"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("PROVED."), done.stdout
