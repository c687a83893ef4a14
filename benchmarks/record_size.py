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
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
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
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.scoring import scores

_MEMORY = """
import datetime, os, pathlib, sys
from benchmarks.measure import most_memory
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.scoring import scores
now = datetime.datetime.now(datetime.UTC)
desk = Desk.open(pathlib.Path(sys.argv[1]), os.environ, lambda: now)
held = scores(desk)
for proposal in desk.assembly.proposals:
    proposal.votes
    if sys.argv[2] == "all":
        proposal.title
print(most_memory())
"""
_NOW = datetime.now(UTC)


def run() -> list[Section]:
    """Measures a large record, a small one, and one whose months are crowded."""
    large = record_made_up.large()
    with tempfile.TemporaryDirectory() as folder:
        small = record_made_up.build(Path(folder) / "small", 100, 900)
        crowded = record_made_up.build(Path(folder) / "crowded", 1400, 1400, 50)
        return [_opening(large), _recording(small, large, crowded)]


def _opening(folder: Path) -> Section:
    section = Section(
        "A record of 10,000 amendments and 100,000 votes, opened",
        "warm 0.05 × `git ls-tree -r`, after 100 votes 0.2 ×, cold 20 ×, all ballots tallied "
        "0.5 ×, 150 MB",
        ("what", "time", "× ls-tree"),
    )
    cache = Cache(_fresh(folder).common_dir)
    section.add("`git ls-tree -r HEAD`", shown(_median(lambda: _list(folder))), "1")
    added = iter(range(100_000))

    def measured(
        name: str,
        way: Callable[[], object],
        before: Callable[[], object] = lambda: None,
        rounds: int = _ROUNDS,
    ) -> None:
        # Beside git each time: what else the machine does is then the same for both.
        pairs = []
        for _ in range(rounds):
            before()
            pairs.append((_timed(way), _timed(lambda: _list(folder))))
        ours, theirs = map(statistics.median, zip(*pairs, strict=True))
        share = ours / theirs
        section.add(name, shown(ours), f"{share:.3f}" if share < 0.1 else f"{share:.2f}")

    measured(
        "open, cold: text, people, the first 50 proposals", lambda: _first(folder), cache.forget
    )
    measured("the same, warm", lambda: _first(folder), rounds=4 * _ROUNDS)
    measured("the same, after 100 new votes", lambda: _first(folder), lambda: _vote(folder, added))
    measured(
        "every file read and every ballot tallied, cold", lambda: _tally(folder), cache.forget, 1
    )
    measured("every ballot tallied, warm", lambda: _tally(folder))
    measured("the same, after 100 new votes", lambda: _tally(folder), lambda: _vote(folder, added))
    measured("every vote read, warm", lambda: _count(_open(folder)))
    for name, what in (("all tallies and votes", ""), ("those and all amendments", "all")):
        command = [sys.executable, "-c", _MEMORY, str(folder), what]
        used = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        section.add(f"memory of a process that read {name}, warm", f"{used} MB", "")
    return section


def _recording(small: Path, large: Path, crowded: Path) -> Section:
    section = Section(
        "One vote recorded",
        "no slower than `git add && git commit` at 1,000 files, 3 times faster at 110,000; 10 kB",
        (
            "files",
            "amendments a month",
            "`git add && git commit`",
            "the same, told to sync as this program does",
            "this program",
            "times faster than the first",
            "bytes added",
        ),
    )
    for folder in (small, large, crowded):
        section.add(*_recorded(folder))
    return section


def _recorded(folder: Path) -> tuple[object, ...]:
    count = len(_git(folder, "ls-files").splitlines())
    crowd = max(len(list(month.iterdir())) for month in (folder / "proposals").iterdir())
    _git(folder, "status")
    repo = _fresh(folder)
    ours, theirs, synced, made = [], [], [], []
    for number in range(200_000, 200_000 + 9 * _ROUNDS, 3):
        before = _loose(folder)
        one, other, third = (_file(folder, number + more) for more in range(3))
        ours.append(_timed(partial(_by_us, repo, one)))
        made.append(_loose(folder) - before)
        theirs.append(_timed(partial(_by_git, folder, other)))
        synced.append(_timed(partial(_by_git, folder, third, "-c", "core.fsync=all")))
    us, git, as_we = map(statistics.median, (ours, theirs, synced))
    bytes_made = f"{statistics.median(made):,.0f}"
    return f"{count:,}", crowd, shown(git), shown(as_we), shown(us), ratio(git, us), bytes_made


_ROUNDS = 7


def _timed(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _median(way: Callable[[], object]) -> float:
    return statistics.median(_timed(way) for _ in range(_ROUNDS))


def _list(folder: Path) -> None:
    _git(folder, "ls-tree", "-r", "HEAD")


def _fresh(folder: Path) -> Repository:
    return Repository.discover(folder, os.environ)


def _open(folder: Path) -> Assembly:
    repo = _fresh(folder)
    return read_assembly(repo, repo.head() or "")


def _first(folder: Path) -> object:
    assembly = _open(folder)
    return assembly.text, assembly.roll, [p.title for p in assembly.proposals[:50]]


def _tally(folder: Path) -> object:
    found = scores(Desk.open(folder, os.environ, lambda: _NOW))
    return Counter(score.outcome(_NOW) for score in found.values()), sum(
        s[2] for s in found.values()
    )


def _count(assembly: Assembly) -> Counter[str]:
    return Counter(vote.choice for p in assembly.proposals for vote in p.votes)


def _vote(folder: Path, numbers: Iterator[int]) -> None:
    repo = _fresh(folder)
    acts = [Act(_file(folder, next(numbers)), "Vote") for _ in range(100)]
    commit_all(repo, acts, repo.head())


def _file(folder: Path, number: int) -> Mapping[str, bytes]:
    months = sorted((folder / "proposals").iterdir())
    proposals = sorted(months[number % len(months)].iterdir())
    chosen = proposals[number % len(proposals)].relative_to(folder)
    vote = Vote("aaaa", "sha256:" + "5e" * 32, f"x{number}", "for", "2026-11-20T10:00:00Z", "Yes.")
    return {f"{chosen}/votes/x{number}.yaml": forms.write(vote)}


def _by_us(repo: Repository, files: Mapping[str, bytes]) -> None:
    commit(repo, files, "Vote", repo.head())


def _by_git(folder: Path, files: Mapping[str, bytes], *settings: str) -> None:
    for path, data in files.items():
        (folder / path).write_bytes(data)
        _git(folder, *settings, "add", path)
    _git(folder, *settings, "commit", "--quiet", "-m", "Vote")


def _loose(folder: Path) -> int:
    objects = folder / ".git" / "objects"
    return sum(f.stat().st_size for f in objects.glob("[0-9a-f][0-9a-f]/*"))


def _git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
