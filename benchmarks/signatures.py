"""Measures how fast signatures are checked, beside git on signed commits of the same history.

Each commit of the history adds one made-up vote with its signature, and is itself signed with
the same SSH key. `git log --format=%G?` checks the commits; this program reads the votes and
their signatures out of the same repository, packed as a clone is, and checks those.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from benchmarks.measure import Section, ratio, shown, side_by_side
from manifesto_tui.record import keys
from manifesto_tui.record.beginning import begin
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import list_tree, read_files
from manifesto_tui.record.signatures import check

COMMITS = 500
VOTE = "format: 1\nballot: k7f3\neffect: sha256:{0:064x}\nvoter: member-{0}\nchoice: for\n"


def run() -> list[Section]:
    """Returns one table."""
    with tempfile.TemporaryDirectory() as folder:
        return [_measured(Path(folder))]


def _measured(folder: Path) -> Section:
    section = Section(
        "Signatures",
        "5,000 signatures a second; 20 × faster than git on the same history, reading included",
        ("way", "each", "a second", "against git", "processor, each"),
    )
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    repo = begin(folder / "made-up", environment)
    if shutil.which("ssh-keygen") is None:
        section.add("git log --format=%G?", "absent: needs ssh-keygen", "–", "–", "–")
        return section
    _make(repo, folder)
    head = repo.head() or ""
    files = read_files(repo, list_tree(repo, head, ("votes",)))
    pairs = [(data, files[f"{p}.sig"]) for p, data in files.items() if not p.endswith(".sig")]

    def arithmetic() -> None:
        assert all(check(*pair).result == "good" for pair in pairs)

    def from_git() -> None:
        found = read_files(repo, list_tree(repo, head, ("votes",)))
        signed = [p for p in found if not p.endswith(".sig")]
        assert all(check(found[p], found[f"{p}.sig"]).result == "good" for p in signed)

    ours = side_by_side({"arithmetic": arithmetic, "reading": from_git})
    git, busy = _once(lambda: _git_checks(repo))
    for name, taken, used in (
        ("git log --format=%G?", git, busy),
        ("read from git, and checked", ours["reading"], _once(from_git)[1]),
        ("checked", ours["arithmetic"], _once(arithmetic)[1]),
    ):
        rate = f"{COMMITS / taken:,.0f}"
        section.add(name, shown(taken / COMMITS), rate, ratio(git, taken), shown(used / COMMITS))
    return section


def _once(way: Callable[[], None]) -> tuple[float, float]:
    """Returns the seconds that passed, and those of the processor, git's among them."""
    start, before = time.perf_counter(), _busy()
    way()
    return time.perf_counter() - start, _busy() - before


def _busy() -> float:
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _git(repo: Repository, *words: str) -> str:
    command = ["git", "-C", str(repo.work_tree), *words]
    environment = {**repo.environment, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


def _git_checks(repo: Repository) -> None:
    assert _git(repo, "log", "--format=%G?").split() == ["G"] * COMMITS


def _make(repo: Repository, folder: Path) -> None:
    key = keys.make(repo, "member")
    signers = folder / "signers"
    signers.write_text(f"made-up@example.org {key.public}\n", encoding="utf-8")
    for name, value in (
        ("user.name", "Made-up Member"),
        ("user.email", "made-up@example.org"),
        ("gpg.format", "ssh"),
        ("user.signingkey", str(key.path)),
        ("gpg.ssh.allowedSignersFile", str(signers)),
    ):
        repo.configure(name, value)
    votes = repo.work_tree / "votes"
    votes.mkdir()
    for number in range(COMMITS):
        content = VOTE.format(number).encode()
        (votes / f"member-{number}.yaml").write_bytes(content)
        (votes / f"member-{number}.yaml.sig").write_bytes(keys.sign(repo, key, content))
        _git(repo, "add", "votes")
        _git(repo, "commit", "-q", "-S", "-m", f"Vote {number}")
    _git(repo, "repack", "-adq")
