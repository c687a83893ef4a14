"""The record at size: opening, counting and recording, beside git on the same repository.

Builds a made-up record of 10,000 amendments with 100,000 votes, which takes a minute or two.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import record_made_up
from benchmarks.measure import Section, ratio, shown
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.record import forms
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.commit import Act, commit, commit_all
from manifesto_tui.record.git import Repository
from manifesto_tui.record.snapshot import read_assembly

_MEMORY = """
import os, pathlib, resource, sys
from manifesto_tui.record.git import Repository
from manifesto_tui.record.snapshot import read_assembly
repo = Repository.discover(pathlib.Path(sys.argv[1]), os.environ)
assembly = read_assembly(repo, repo.head())
for proposal in assembly.proposals:
    proposal.votes
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def run() -> list[Section]:
    """Measures a large record and a small one."""
    with tempfile.TemporaryDirectory() as folder:
        large = record_made_up.build(Path(folder) / "large")
        small = record_made_up.build(Path(folder) / "small", 100, 900)
        return [_opening(large), _recording(large, small)]


def _opening(folder: Path) -> Section:
    section = Section(
        "A record of 10,000 amendments and 100,000 votes, opened",
        "warm 0.05 × `git ls-tree -r`, after 100 votes 0.2 ×, cold 20 ×, all votes counted 0.5 ×, "
        "150 MB",
        ("what", "time", "× ls-tree"),
    )
    repo = _fresh(folder)
    cache = Cache(repo.common_dir)
    listing = _median(lambda: _git(folder, "ls-tree", "-r", "HEAD"))
    section.add("`git ls-tree -r HEAD`", shown(listing), "1")

    def measured(name: str, way: Callable[[], object], before: Callable[[], object]) -> None:
        taken = _median(way, before)
        section.add(name, shown(taken), f"{taken / listing:.2f}")

    measured(
        "open, cold: text, people, the first 50 proposals", lambda: _first(folder), cache.forget
    )
    measured("the same, warm", lambda: _first(folder), lambda: None)
    added = iter(range(1000))
    measured("the same, after 100 new votes", lambda: _first(folder), lambda: _vote(folder, added))
    measured("every file read, cold", lambda: _count(_open(folder)), cache.forget)
    measured("all votes read and counted, warm", lambda: _count(_open(folder)), lambda: None)
    opened = _open(folder)
    _count(opened)
    measured("all votes counted again", lambda: _count(opened), lambda: None)
    command = [sys.executable, "-c", _MEMORY, str(folder)]
    used = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    section.add("memory of the process, all votes read, warm", f"{used} MB", "")
    return section


def _recording(large: Path, small: Path) -> Section:
    section = Section(
        "One vote recorded",
        "no slower than `git add && git commit` at 1,000 files, 3 times faster at 110,000; 10 kB",
        ("files", "`git add && git commit`", "this program", "times faster", "bytes added"),
    )
    section.add(*_recorded(small))
    section.add(*_recorded(large))
    return section


def _recorded(folder: Path) -> tuple[object, ...]:
    count = len(_git(folder, "ls-files").splitlines())
    _git(folder, "status")
    numbers = iter(range(2000, 3000))
    theirs = _median(lambda: _by_git(folder, next(numbers)))
    repo = _fresh(folder)
    before = _loose(folder)
    ours = _median(lambda: _by_us(repo, next(numbers)))
    made = (_loose(folder) - before) // _ROUNDS
    return f"{count:,}", shown(theirs), shown(ours), ratio(theirs, ours), f"{made:,}"


_ROUNDS = 5


def _median(way: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    taken = []
    for _ in range(_ROUNDS):
        before()
        start = time.perf_counter()
        way()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _fresh(folder: Path) -> Repository:
    return Repository.discover(folder, os.environ)


def _open(folder: Path) -> Assembly:
    repo = _fresh(folder)
    return read_assembly(repo, repo.head() or "")


def _first(folder: Path) -> object:
    assembly = _open(folder)
    return assembly.text, assembly.roll, [p.title for p in assembly.proposals[:50]]


def _count(assembly: Assembly) -> Counter[str]:
    return Counter(vote.choice for p in assembly.proposals for vote in p.votes)


def _vote(folder: Path, numbers: Iterator[int]) -> None:
    repo = _fresh(folder)
    acts = [Act(_file(folder, next(numbers)), "Vote") for _ in range(100)]
    commit_all(repo, acts, repo.head())


def _file(folder: Path, number: int) -> dict[str, bytes]:
    months = sorted((folder / "proposals").iterdir())
    proposals = sorted(months[number % len(months)].iterdir())
    chosen = proposals[number % len(proposals)].relative_to(folder)
    vote = Vote("aaaa", "sha256:" + "5e" * 32, f"x{number}", "for", "2026-11-20T10:00:00Z", "Yes.")
    return {f"{chosen}/votes/x{number}.yaml": forms.write(replace(vote))}


def _by_git(folder: Path, number: int) -> None:
    for path, data in _file(folder, number).items():
        (folder / path).write_bytes(data)
        _git(folder, "add", path)
    _git(folder, "commit", "--quiet", "-m", "Vote")


def _by_us(repo: Repository, number: int) -> None:
    commit(repo, _file(repo.work_tree, number), "Vote", repo.head())


def _loose(folder: Path) -> int:
    objects = folder / ".git" / "objects"
    return sum(f.stat().st_size for f in objects.glob("[0-9a-f][0-9a-f]/*"))


def _git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
