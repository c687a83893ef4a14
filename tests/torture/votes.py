"""Lets many writers vote at once, kills them at random, and counts the votes that are lost.

A writer notes a vote as acknowledged only after the program has said that it is recorded; whatever
stands in those notes has to be in the history at the end.
"""

import os
import random
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import alongside, forms, layout
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from record.made import VOTE, files_at
from torture.ground import Figures, repository

_PROPOSALS = 100


def kills(folder: Path, votes: int, at_least: int, writers: int, minutes: int = 600) -> Figures:
    """Kills a writer every few votes, until so many votes were acknowledged and so many died."""
    repo = repository(folder)
    chance = random.Random(7)
    apart = votes / at_least
    running: dict[int, tuple[Path, int]] = {}
    said: list[Path] = []
    killed = told = 0
    end = time.monotonic() + minutes * 60
    while (told < votes or killed < at_least) and time.monotonic() < end:
        while len(running) < writers:
            said.append(folder / f"said-{len(said)}")
            child, heard = _writer(repo, f"w{len(said)}", said[-1])
            running[child] = (said[-1], heard)
        # The next death comes after some votes and at any point within the one after them.
        told += _listen([heard for _, heard in running.values()], chance.expovariate(1 / apart))
        time.sleep(chance.uniform(0, 0.15))
        victim = chance.choice(sorted(running))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        killed += 1
        _, heard = running.pop(victim)
        told += _drained(heard)
        if killed % 100 == 0:
            sys.stderr.write(f"{writers} writers: {killed} killed, {told} acknowledged\n")
            sys.stderr.flush()
    for child, (_, heard) in running.items():
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
    return {"writers": writers, "killed": killed + len(running), **_judged(repo, said)}


def writers(folder: Path, number: int, votes: int) -> Figures:
    """Lets writers vote at once, as fast as they can; every vote has to be there."""
    repo = repository(folder)
    said = [folder / f"said-{n}" for n in range(number)]
    started = [_writer(repo, f"w{n}", file, votes) for n, file in enumerate(said)]
    for child, heard in started:
        while os.read(heard, 4096):
            pass
        os.waitpid(child, 0)
        os.close(heard)
    return {"writers": number, "wanted": number * votes, **_judged(repo, said)}


def _listen(heard: list[int], wanted: float) -> int:
    """Waits until that many votes were acknowledged by any of the writers; returns how many."""
    told = 0
    while told < wanted:
        ready, _, _ = select.select(heard, [], [], 10)
        if not ready:
            break
        told += sum(len(os.read(handle, 4096)) for handle in ready)
    return told


def _drained(heard: int) -> int:
    told = 0
    while part := os.read(heard, 4096):
        told += len(part)
    os.close(heard)
    return told


def _writer(repo: Repository, name: str, said: Path, votes: int = 10**9) -> tuple[int, int]:
    """Forks a writer; returns its process and where one byte comes for each vote acknowledged."""
    heard, telling = os.pipe()
    child = os.fork()
    if child:
        os.close(telling)
        return child, heard
    try:
        _vote(repo, name, said, telling, votes)
    except BaseException as error:  # noqa: BLE001 - a forked child must not go on as its parent
        sys.stderr.write(f"{name}: {error!r}\n")
        os._exit(1)
    os._exit(0)


def _vote(repo: Repository, name: str, said: Path, telling: int, votes: int) -> None:
    mine = Repository.discover(repo.work_tree, repo.environment)
    acknowledged = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number, (path, data) in zip(range(votes), _votes(name), strict=False):
        while True:
            try:
                commit(mine, {path: data}, f"Vote {number}", mine.head())
            except Refused as error:
                if error.code not in ("tip-moved", "locked"):
                    raise
            except Unavailable as error:
                sys.stderr.write(f"{name}: {error}\n")
            else:
                os.write(acknowledged, f"{path}\n".encode())
                os.write(telling, b".")
                break


def _votes(name: str) -> Iterator[tuple[str, bytes]]:
    """Makes votes of one member on proposal after proposal, each a file of its own."""
    chance = random.Random(name)
    data = forms.write(VOTE)
    for number in range(10**9):
        folder = f"proposals/2026-11/k7{chance.randrange(_PROPOSALS):02d}-publish"
        yield layout.vote_path(folder, f"{name}-x{number}"), data


def _judged(repo: Repository, said: list[Path]) -> Figures:
    told = [path for file in said if file.exists() for path in file.read_text().split()]
    # Whoever was killed may have left a git behind that still runs; it ends by itself.
    for _ in range(100):
        alongside.recover(repo)
        if not list((repo.git_dir / "manifesto-tui" / "pending").glob("*.json")):
            break
        time.sleep(0.02)
    held = set(files_at(repo, repo.head() or ""))
    return {
        "acknowledged": len(told),
        "lost": sum(path not in held for path in told),
        "acknowledged twice": len(told) - len(set(told)),
        "work tree clean": repo.run(("status", "--porcelain")) == b"",
        "fsck": repo.ask(("fsck", "--no-dangling", "--no-progress"), timeout=None).status == 0,
    }
