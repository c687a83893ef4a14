"""Lets every call that changes the disk go wrong, in every verb that records, and looks after it.

Each verb is said in a scene of its own, again and again: a forked child says it under the shim,
which kills it, or git, or both, or fills the disk, one call later each time. Then the program is
started again and the verb is said again, and all of this has to hold:

- what was acknowledged is in the history, and nothing that was there before has gone;
- the next start answers, and saying it again succeeds, without anyone's help;
- each commit made is the whole act and nothing else;
- index, files and what the user had lying there are as they should be, and no lock is left;
- `git fsck` finds nothing broken, and `verify` proves the history.

The module runs itself under the shim, see `under_shim`, and prints JSON.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from torture import shim
from torture.ground import Figures
from torture.scenes import HANDLE, VERBS, Stage, Verb, git

FAULTS: Mapping[str, int] = {
    "killed before": shim.KILL_BEFORE,
    "killed after": shim.KILL_AFTER,
    "all killed": shim.KILL_ALL,
    "disk full": shim.FULL,
    "I/O error": shim.BROKEN,
}
_TESTS = Path(__file__).parents[1]
_ID = re.compile(r"(?<=proposals/\d{4}-\d{2}/)[0-9a-z]{4}(?=-)")


def faults(folder: Path, every: int = 1, *named: str) -> Figures:
    """Lets every call go wrong in each way, or each third call say, in all verbs or in some.

    `named` are verbs and ways: `vote`, `sync-uniting`, `disk-full`.
    """
    asked = spelt(named, (*VERBS, *FAULTS))
    hows = [how for how in FAULTS if how in asked] or FAULTS
    verbs = [verb for verb in VERBS if verb in asked] or VERBS
    return under_shim(folder, "torture.faults", str(every), ",".join(hows), ",".join(verbs))


def spelt(named: Sequence[str], known: Sequence[str]) -> list[str]:
    """Returns names as they are known, which have no spaces on a command line."""
    names = {name.replace(" ", "-").replace("/", ""): name for name in known}
    return [names[name.replace(" ", "-").replace("/", "")] for name in named]


def under_shim(folder: Path, module: str, *words: str) -> Figures:
    """Runs a module of these in a process of its own that has the shim, and reads its figures."""
    folder.mkdir(parents=True, exist_ok=True)
    control = shim.Control.make(folder)
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join([str(_TESTS.parent / "src"), str(_TESTS)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        # Else argparse looks for translations of its own words in dozens of places, each time.
        "LANGUAGE": "C",
        "LD_PRELOAD": str(shim.compile_shim(folder)),
        "TORTURE_CONTROL": str(control.path),
    }
    command = [sys.executable, "-m", module, str(folder), *words]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    figures: Figures = json.loads(said.stdout)
    return figures


@dataclass(frozen=True)
class Heard:
    """What a command said before it ended: its exit code, None where it was killed."""

    code: int | None
    out: str
    errors: str


@dataclass
class Tally:
    """What became of one kind of fault."""

    met: int = 0
    retried: int = 0
    failed: int = 0
    falsely: int = 0

    @property
    def figures(self) -> Figures:
        """The counts by what they are called."""
        return {
            "met": self.met,
            "tried again": self.retried,
            "tried again in vain": self.failed,
            "told falsely": self.falsely,
        }


class Torture:
    """One folder in which verbs are tortured, under the shim."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage(folder / "scenes")
        self.copy = folder / "copy"
        self.control = shim.Control.open(Path(os.environ["TORTURE_CONTROL"]))
        self.wrong: list[str] = []
        self.tallies: dict[str, Tally] = {}
        self.calls: dict[str, int] = {}
        self.judgements = 0

    def torture(self, name: str, how: str, every: int) -> None:
        """Meets one fault at each call of one verb."""
        verb = VERBS[name]
        tally = self.tallies.setdefault(how, Tally())
        before, whole = self.whole(verb)
        # Of every third call, say, each kind of fault meets another third.
        at = 1 + list(FAULTS).index(how) % every
        while True:
            known = self.put(verb)
            heard = self._say(verb, known, how, at)
            if not self.control.fired:
                self.calls[name] = max(self.calls.get(name, 0), self.control.count)
                return
            tally.met += 1
            where = self.control.where.replace(f"{self.copy}/", "")
            wrong = self.judged(verb, known, before, heard, whole, tally)
            if wrong:
                self.wrong.append(f"{name}, {how} at call {at} ({where}): {wrong}")
                sys.stderr.write(self.wrong[-1] + "\n")
                sys.stderr.flush()
            at += every

    def whole(self, verb: Verb) -> tuple[str, list[frozenset[str]]]:
        """Says a verb where nothing happens; returns the tip before, and what its commits are."""
        known = self.put(verb)
        before = head_of(self.copy / verb.folder)
        heard = self._say(verb, known)
        if heard.code:
            raise AssertionError(f"{verb.words}: {heard.errors}")
        return before, acts_since(self.repository(verb), before)

    def put(self, verb: Verb) -> str:
        """Sets a verb's scene, with the member in it who says the verb; returns the amendment."""
        known = self.stage.put(verb.scene, self.copy)
        if verb.handle != HANDLE:
            git(self.copy / verb.folder, "config", "manifesto.handle", verb.handle)
        return known

    def repository(self, verb: Verb) -> Path:
        return self.copy / "new" if verb.scene == "empty" else self.copy / verb.folder

    def judged(
        self,
        verb: Verb,
        known: str,
        before: str,
        heard: Heard,
        whole: list[frozenset[str]],
        tally: Tally,
    ) -> str:
        """Starts again and says it again; returns what is wrong then, "" if nothing is."""
        try:
            return self._judged(verb, known, before, heard, whole, tally)
        except subprocess.CalledProcessError as error:
            return f"git cannot read it: {error.stderr.decode('utf-8', 'replace')}"

    def _judged(
        self,
        verb: Verb,
        known: str,
        before: str,
        heard: Heard,
        whole: list[frozenset[str]],
        tally: Tally,
    ) -> str:
        repository = self.repository(verb)
        made = acts_since(repository, before)
        told = heard.code == 0
        if told and made != whole and verb.words[0] != "sync":
            tally.falsely += 1
            return f"it was told as done, and {made} was recorded"
        if heard.code not in (None, 0) and ("Traceback" in heard.errors or not heard.errors):
            return f"no sentence: {heard.errors!r}"
        if heard.code not in (None, 0) and "unexpected" in heard.errors:
            return heard.errors
        if made and made != whole[: len(made)]:
            return f"a part of the act was recorded: {made}"
        if made or verb.scene not in ("empty", "bare text"):
            look = Verb(("list",), "empty", verb.now, str(repository))
            started = self._say(look, known)
            if started.code:
                return f"the next start fails: {started.errors}"
        tally.retried += 1
        again = self._say(verb, known)
        done_before = bool(made)
        if again.code and not (done_before and again.code in (1, 2)):
            tally.failed += 1
            return f"trying again fails: {again.code}, {again.errors}"
        return self._state(verb, repository, before, whole, done_before and not again.code)

    def _state(
        self, verb: Verb, repository: Path, before: str, whole: list[frozenset[str]], twice: bool
    ) -> str:
        self.judgements += 1
        made = acts_since(repository, before)
        if made[: len(whole)] != whole or (len(made) > len(whole) and not twice):
            return f"other acts than the one are recorded: {made}"
        loose = git(repository, "status", "--porcelain", "-uall").split("\n")
        if any(line and not line.endswith("notes.txt") for line in loose):
            return f"not clean: {loose}"
        notes = repository / "notes.txt"
        if notes.exists() and notes.read_text() != "Mine.\n":
            return "the user's own file has changed"
        left = [
            *repository.glob(".git/**/*.lock"),
            # An empty one is in nobody's way, and is swept up when it is some seconds old.
            *(path for path in repository.glob(".git/**/*.lock.*") if path.stat().st_size),
            *repository.glob(".git/manifesto-tui/pending/*"),
        ]
        if left:
            return f"left behind: {[str(path.relative_to(repository)) for path in left]}"
        broken = subprocess.run(
            ["git", "-C", repository, "fsck", "--no-dangling", "--no-progress"], capture_output=True
        )
        if broken.returncode:
            return f"fsck: {broken.stderr.decode()}"
        # A proof takes longer than all the rest, and what is compared above is nearly all of it.
        if self.judgements % 10:
            return ""
        proved = self._say(Verb(("verify",), "empty", verb.now, str(repository)), "")
        return f"not proved: {proved.out}{proved.errors}" if proved.code else ""

    def record(self, verb: Verb, known: str, log: Path) -> Heard:
        """Says a verb while the shim writes down what it does to the disk."""
        return self._say(verb, known, log=log)

    def _say(
        self, verb: Verb, known: str, how: str = "", at: int = 0, log: Path | None = None
    ) -> Heard:
        """Says a verb in a forked child, which meets a fault at one of its calls."""
        out, telling = os.pipe()
        errors, complaining = os.pipe()
        folder = self.copy / verb.folder
        child = os.fork()
        if child == 0:
            sys.stdout = os.fdopen(telling, "w", encoding="utf-8")
            sys.stderr = os.fdopen(complaining, "w", encoding="utf-8")
            os.environ["MANIFESTO_NOW"] = verb.now
            words = [known if word == "ID" else word for word in verb.words]
            if how or log:
                self.control.arm(FAULTS[how] if how else shim.RECORD, at, log)
            code = _main(["-C", str(folder), *words])
            os._exit(code)
        os.close(telling)
        os.close(complaining)
        _, status = os.waitpid(child, 0)
        self.control.disarm()
        return Heard(
            os.WEXITSTATUS(status) if os.WIFEXITED(status) else None, _read(out), _read(errors)
        )


def _main(words: list[str]) -> int:
    from manifesto_tui.cli import main

    try:
        code = main(words)
    except BaseException as error:  # noqa: BLE001 - a traceback is what is looked for
        sys.stderr.write(f"Traceback: {error!r}\n")
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _read(handle: int) -> str:
    """Reads what stands in a pipe by now; whoever was left behind may hold its other end."""
    os.set_blocking(handle, False)
    parts = []
    try:
        while part := os.read(handle, 1 << 16):
            parts.append(part)
    except BlockingIOError:
        pass
    os.close(handle)
    return b"".join(parts).decode("utf-8", "replace")


def head_of(folder: Path) -> str:
    done = subprocess.run(
        ["git", "-C", folder, "rev-parse", "--verify", "--quiet", "HEAD"], capture_output=True
    )
    return done.stdout.decode().strip()


def acts_since(folder: Path, before: str) -> list[frozenset[str]]:
    """Returns what each commit since then did to which paths, ids of amendments left out."""
    span = f"{before}..HEAD" if before else "HEAD"
    asked = ("log", "--reverse", "--format=%x00", "--name-status", "--no-renames", "--root", "-m")
    try:
        parts = git(folder, *asked, "--first-parent", span).split("\0")[1:]
    except subprocess.CalledProcessError:
        if head_of(folder):
            raise
        return []
    return [frozenset(_ID.sub("ID", line) for line in part.split("\n") if line) for part in parts]


def main() -> None:
    """Tortures what the words say, under the shim, and prints the figures."""
    folder, every, hows, verbs = sys.argv[1:]
    torture = Torture(Path(folder))
    for name in verbs.split(","):
        for how in hows.split(","):
            torture.torture(name, how, int(every))
        tallies = {how: tally.figures for how, tally in torture.tallies.items()}
        sys.stderr.write(f"{name}: {torture.calls.get(name)} calls; so far {tallies}\n")
        sys.stderr.flush()
    figures = {
        "verbs": len(verbs.split(",")),
        "calls": torture.calls,
        "faults": tallies,
        "wrong": torture.wrong,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
