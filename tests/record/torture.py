"""Runs the long figures of docs/safety.md, and prints them.

    python tests/record/torture.py [FIGURE NUMBER…]

Figures: `kills SECONDS WRITERS`, `writers NUMBER VOTES`, `clones NUMBER ACTS SEEDS`, `yaml NUMBER`
and `faults`.
Without arguments all of them run at the length that a release needs, which takes a good while.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from manifesto_tui.governance.problem import Refused, Unavailable  # noqa: E402
from manifesto_tui.record import alongside, forms, yaml  # noqa: E402
from manifesto_tui.record.commit import commit  # noqa: E402
from manifesto_tui.record.git import Repository  # noqa: E402
from manifesto_tui.record.sync import sync  # noqa: E402
from record import faults  # noqa: E402
from record.made import FILES, founded, vote_file  # noqa: E402

Figures = dict[str, object]


def kills(folder: Path, seconds: float, writers: int) -> Figures:
    """Lets writers vote, kills one of them every moment, and counts what is lost."""
    repo = _repository(folder)
    chance = random.Random(7)
    running: dict[int, Path] = {}
    said: list[Path] = []
    killed, end = 0, time.monotonic() + seconds
    while time.monotonic() < end or running:
        while len(running) < writers and time.monotonic() < end:
            said.append(folder / f"said-{len(said)}")
            running[_writer(repo, f"w{len(said)}", said[-1], 10_000)] = said[-1]
        time.sleep(chance.uniform(0.01, 0.12))
        victim = chance.choice(sorted(running))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        del running[victim]
        killed += 1
    return {"killed": killed, "writers": writers, **_judged(repo, said)}


def writers(folder: Path, number: int, votes: int) -> Figures:
    """Lets writers vote at once, as fast as they can; every vote has to be there."""
    repo = _repository(folder)
    said = [folder / f"said-{n}" for n in range(number)]
    started = [_writer(repo, f"w{n}", file, votes) for n, file in enumerate(said)]
    for child in started:
        os.waitpid(child, 0)
    return {"writers": number, "wanted": number * votes, **_judged(repo, said)}


def clones(folder: Path, number: int, acts: int, seeds: int) -> Figures:
    """Lets clones go their own ways and synchronises them; they have to end with one head."""
    apart = 0
    for seed in range(seeds):
        place = folder / f"seed-{seed}"
        chance = random.Random(seed)
        first = _repository(place)
        hub = place / "hub.git"
        _git(first, "init", "-q", "--bare", "-b", "main", hub)
        first.run(("remote", "add", "origin", str(hub)))
        sync(first)
        made = [first]
        for n in range(1, number):
            _git(first, "clone", "-q", hub, place / f"clone-{n}")
            made.append(Repository.discover(place / f"clone-{n}", first.environment))
        for act in range(acts):
            repo = chance.choice(made)
            commit(repo, vote_file(f"m{act}"), f"Vote {act}", repo.head())
            if chance.random() < 0.3:
                sync(chance.choice(made))
        for repo in (*made, *made):
            sync(repo)
        held = set(first.files(first.head() or ""))
        whole = all(path in held for act in range(acts) for path in vote_file(f"m{act}"))
        apart += len({repo.head() for repo in made}) != 1 or not whole
        shutil.rmtree(place)
    return {"clones": number, "acts": acts, "seeds": seeds, "seeds that ended apart": apart}


def fuzz(_: Path, number: int, seed: int = 1) -> Figures:
    """Damages files of the record in every way, and counts what is not refused in a sentence."""
    chance = random.Random(seed)
    files = [(path, forms.write(value)) for path, value in FILES.items()]
    pieces = [b"&a ", b"*a ", b"<<: ", b"!!x ", b"- ", b"? ", b"{", b"[", b'"', b"'", b"|", b">"]
    pieces += [b"\n", b"  ", b"\t", b"#", b"---\n", b"%YAML 1.1\n", b"\xff", b"\0", b"\\U99999999"]
    uncaught, slowest = 0, 0.0
    for _ in range(number):
        path, data = chance.choice(files)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data) + 1)
            cut = at + chance.choice((0, 0, 1, 5, 40))
            data = data[:at] + chance.choice(pieces) * chance.choice((1, 1, 2, 90)) + data[cut:]
        start = time.perf_counter()
        try:
            forms.read(path, data)
        except yaml.Unreadable:
            pass
        except Exception as error:  # noqa: BLE001 - counting these is the purpose
            uncaught += 1
            sys.stderr.write(f"{error!r} on {path}: {data!r}\n")
        slowest = max(slowest, time.perf_counter() - start)
    return {"files": number, "uncaught": uncaught, "slowest, in seconds": round(slowest, 3)}


def _repository(folder: Path) -> Repository:
    home = folder / "home"
    home.mkdir(parents=True)
    (home / ".gitconfig").write_text("[user]\n\tname = Made-up\n\temail = made-up@example.org\n")
    environment = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    repo = Repository.init(folder / "repository", environment)
    commit(repo, founded(), "Found", None)
    return repo


def _git(repo: Repository, *args: str | Path) -> None:
    subprocess.run(["git", *args], check=True, env={**repo.environment})


def _writer(repo: Repository, name: str, said: Path, votes: int) -> int:
    child = os.fork()
    if child:
        return child
    mine = Repository.discover(repo.work_tree, repo.environment)
    acknowledged = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(votes):
        files = vote_file(f"{name}-x{number}")
        while True:
            try:
                commit(mine, files, "Vote", mine.head())
            except Refused as error:
                if error.code not in ("tip-moved", "locked"):
                    os._exit(1)
            except Unavailable:
                continue
            else:
                os.write(acknowledged, f"{next(iter(files))}\n".encode())
                break
    os._exit(0)


def _judged(repo: Repository, said: list[Path]) -> Figures:
    told = [path for file in said if file.exists() for path in file.read_text().split()]
    # Whoever was killed may have left a git behind that still runs; it ends by itself.
    for _ in range(100):
        alongside.recover(repo)
        if not list((repo.git_dir / "manifesto-tui" / "pending").glob("*.json")):
            break
        time.sleep(0.02)
    held = set(repo.files(repo.head() or ""))
    return {
        "acknowledged": len(told),
        "lost": sum(path not in held for path in told),
        "work tree clean": repo.run(("status", "--porcelain")) == b"",
        "fsck": repo.ask(("fsck", "--no-dangling", "--no-progress")).status == 0,
    }


FIGURES: dict[str, Callable[..., Figures]] = {
    "faults": faults.torture,
    "kills": kills,
    "writers": writers,
    "clones": clones,
    "yaml": fuzz,
}


def main(args: list[str]) -> None:
    """Runs what was asked for, or everything, and prints one JSON document a line."""
    plans = (
        [args]
        if args
        else [
            ["faults"],
            *(["kills", "600", str(number)] for number in (1, 4, 8)),
            ["writers", "8", "100"],
            ["writers", "20", "25"],
            ["clones", "20", "50", "100"],
            ["yaml", "5000000"],
        ]
    )
    for name, *given in plans:
        with tempfile.TemporaryDirectory() as place:
            figures = FIGURES[name](Path(place) / "x", *(int(word) for word in given))
            sys.stdout.write(json.dumps({"figure": name, **figures}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
