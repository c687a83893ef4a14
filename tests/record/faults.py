"""Kills an operation at every step, and looks at what is left.

Run as `python tests/record/faults.py FOLDER [OPERATION…] [FAULT…]`; prints one JSON document. For
each operation a child is forked again and again, each time killed one step later: before a file is
opened for writing, linked, renamed, removed or a folder made (as Python's audit events tell),
before git is started, a moment after it was started, or with git killed in its stead. Or the disk
is full at that step. Then the operation is simply tried again, and all of this has to hold:

- what was acknowledged before the kill is in the history;
- trying again succeeds without anyone's help, and the act is in the history exactly once;
- work tree and index are as the tip has them, and what the user had edited is as it was;
- `git fsck` finds nothing broken.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fcntl import LOCK_EX, flock
from itertools import count, product
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from manifesto_tui.governance.problem import ManifestoError, Refused  # noqa: E402
from manifesto_tui.record import alongside  # noqa: E402
from manifesto_tui.record.beginning import begin  # noqa: E402
from manifesto_tui.record.commit import Act, commit_all  # noqa: E402
from manifesto_tui.record.git import Repository  # noqa: E402
from manifesto_tui.record.objects import read_file  # noqa: E402
from record.made import TEXT, founded, vote_file  # noqa: E402

TEXT_PATH = "manifesto/01-open.md"
MINE = TEXT + b"\nMine.\n"
FOLDER = "proposals/2026-11/k7f3-publish"
Acts = tuple[Act, ...]
STEPS = {"os.link", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen"}
# Several may run at once; a folder is made by one of them alone.
SHIM = """#!/bin/sh
count=1; until mkdir "$0.$count" 2>/dev/null; do count=$((count + 1)); done
[ $count = {at} ] && : > {reached}
[ $count = {at} ] && [ {how} = before ] && kill -9 $$
if [ $count = {at} ] && [ {how} = during ]; then
  {git} "$@" <&0 & child=$!; kill -9 $child; kill -9 $$
fi
[ $count = {at} ] && {{ {git} "$@"; kill -9 $$; }}
exec {git} "$@"
"""

OPERATIONS: dict[str, Acts] = {
    "vote": (Act(vote_file("anna"), "Vote on k7f3: for"),),
    "edit": (Act({TEXT_PATH: b"# New\n"}, "Edit"),),
    "decide": (Act({f"{FOLDER}/decision.yaml": b"x: y\n", TEXT_PATH: b"# New\n"}, "Decide"),),
    "drop": (Act({TEXT_PATH: None, "manifesto/02.md": TEXT}, "Split"),),
    "import": tuple(Act(vote_file(f"m{n}"), f"Vote {n}") for n in range(3)),
}


FAULTS = {
    "killed": (0.0,),
    "killed-while-git-runs": (0.0005, 0.002, 0.005),
    "git-killed-before": (0.0,),
    "git-killed-during": (0.0,),
    "git-killed-after": (0.0,),
    "disk-full": (0.0,),
}


def torture(
    folder: Path, operations: Iterable[str] = OPERATIONS, faults: Iterable[str] = FAULTS
) -> dict[str, object]:
    """Runs some faults at every step of some operations, and returns what went wrong."""
    home = folder / "home"
    home.mkdir(parents=True)
    (home / ".gitconfig").write_text("[user]\n\tname = Made-up\n\temail = made-up@example.org\n")
    environment = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    template = begin(folder / "template", environment)
    commit_all(template, (Act(founded(), "Found"),), None)
    (template.work_tree / "notes.txt").write_bytes(MINE)
    runs: dict[str, int] = {}
    failures = []
    for operation, fault in product(operations, faults):
        for delay in FAULTS[fault]:
            for at in count(1):
                copy = folder / "copy"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(template.work_tree, copy)
                told, met = _run(copy, environment, OPERATIONS[operation], fault, at, delay)
                if not met:
                    break
                runs[fault] = runs.get(fault, 0) + 1
                wrong = _judge(Repository.discover(copy, environment), OPERATIONS[operation], told)
                if wrong:
                    failures.append(f"{operation}, {fault} at step {at}: {wrong}")
    return {"runs": runs, "failures": failures}


def _run(
    copy: Path, environment: Mapping[str, str], acts: Acts, fault: str, at: int, delay: float
) -> tuple[str, bool]:
    """Runs an operation in a child that meets a fault; returns what it said, and if it did meet."""
    said, reached = copy.parent / "said", copy.parent / "reached"
    for file in (said, reached):
        file.unlink(missing_ok=True)
    if fault.startswith("git-killed"):
        environment = _with_shim(copy.parent / "bin", environment, fault, at, reached)
    child = os.fork()
    if child == 0:
        repo = Repository.discover(copy, environment)
        handle = os.open(said, os.O_WRONLY | os.O_CREAT)
        if not fault.startswith("git-killed"):
            sys.addaudithook(_trap(fault, at, delay, reached))
        try:
            ids = commit_all(repo, acts, repo.head())
        except ManifestoError as error:
            os.write(handle, b"" if error.sentence else b"no sentence")
        else:
            os.write(handle, ids[-1].encode())
        os._exit(0)
    os.waitpid(child, 0)
    # A git that outlives us for a moment finishes what it does; who starts then leaves it alone.
    for note in (copy / ".git/manifesto-tui/pending").glob("*.json"):
        with suppress(FileNotFoundError), note.open("rb") as file:
            flock(file.fileno(), LOCK_EX)
    return (said.read_text() if said.exists() else ""), reached.exists()


def _trap(
    fault: str, at: int, delay: float, reached: Path
) -> Callable[[str, tuple[object, ...]], None]:
    seen = 0

    def meet(event: str, args: tuple[object, ...]) -> None:
        nonlocal seen
        if fault == "killed-while-git-runs":
            step = event == "subprocess.Popen"
        else:
            writing = event == "open" and isinstance(args[2], int) and args[2] & _WRITING
            step = event in STEPS or bool(writing)
        seen += step
        if not step or seen != at:
            return
        seen += 1
        os.close(os.open(reached, os.O_CREAT | os.O_RDONLY))
        if fault == "disk-full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if delay:
            signal.setitimer(signal.ITIMER_REAL, delay)
        else:
            os.kill(os.getpid(), signal.SIGKILL)

    return meet


_WRITING = os.O_WRONLY | os.O_RDWR


def _with_shim(
    folder: Path, environment: Mapping[str, str], fault: str, at: int, reached: Path
) -> dict[str, str]:
    """Puts a git in front of git that is killed before, during or after its n-th run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shim = folder / "git"
    real = shutil.which("git", path=environment["PATH"])
    how = fault.removeprefix("git-killed-")
    shim.write_text(SHIM.format(at=at, how=how, git=real, reached=reached))
    shim.chmod(0o755)
    return {**environment, "PATH": f"{folder}:{environment['PATH']}"}


def _judge(repo: Repository, acts: Acts, told: str) -> str:
    """Tries an interrupted operation again; returns what is wrong then, "" if nothing is."""
    head = repo.head() or ""
    if told and not repo.holds(told, head):
        return f"acknowledged {told[:7]} is not in the history"
    for _ in range(20):
        head = repo.head() or ""
        try:
            alongside.recover(repo)
            missing = [act for act in acts if not _done(repo, head, act)]
            commit_all(repo, missing, head)
        except Refused as error:
            if error.code != "tip-moved":
                return f"trying again is refused: {error}"
        except ManifestoError as error:
            return f"trying again fails: {error}"
        else:
            break
    subjects = repo.run(("log", "--format=%s")).decode().split("\n")
    if any(subjects.count(act.message) != 1 for act in acts):
        return f"the act is not in the history once: {subjects}"
    if repo.run(("status", "--porcelain", "-z", "-uall")) != b"?? notes.txt\0":
        return f"not clean: {repo.run(('status', '--porcelain')).decode()!r}"
    if (repo.work_tree / "notes.txt").read_bytes() != MINE:
        return "the user's own file has changed"
    broken = repo.ask(("fsck", "--no-dangling", "--no-progress", "--strict"))
    return f"fsck: {broken.error}" if broken.status else ""


def _done(repo: Repository, head: str, act: Act) -> bool:
    return all(read_file(repo, head, path) == data for path, data in act.files.items())


def main() -> None:
    """Runs everything in a folder that is given, and prints the result."""
    chosen = sys.argv[2:]
    operations = [word for word in chosen if word in OPERATIONS] or OPERATIONS
    faults = [word for word in chosen if word in FAULTS] or FAULTS
    result = torture(Path(sys.argv[1]), operations, faults)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
