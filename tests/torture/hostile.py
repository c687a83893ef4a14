"""Runs every command in repositories that somebody prepared.

No trap may fire: each repository names a program wherever git or a shell might run one, and the
program leaves a trace. Every command has to end in time with one of its four exit codes, a sentence
where it could not do it, no traceback, and not one byte that drives a terminal.
"""

import io
import os
import re
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from manifesto_tui.cli import main
from torture.ground import Figures
from torture.prepared import PREPARED
from torture.scenes import CLOSED, Stage

SECONDS = 60
_DRIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\U000e0000-\U000e007f]"
)
# ID is an amendment at the ballot, HERE the prepared repository, HUB a folder for others. Those
# that only read come first, since the rest may change it.
COMMANDS = [
    line.strip().split(" ")
    for line in """\
    show / show --at HEAD / show --plain / show --json / check / list / list --needs-vote
    list --json / amendment ID / diff ID / diff HEAD HEAD / diff HEAD~1 HEAD --side-by-side
    collisions / whatif ID / history / history --clause x / rules / roll list / tally ID / verify
    guard HEAD~1 HEAD / status / signatories / roll key / completion bash / publish --format md
    publish --format html -o ../out.html / publish --format docx -o ../out.docx
    publish --format csv / publish --format json / publish --format critic --redline HEAD~1..HEAD
    publish --format html --paper booklet -o ../booklet.html / site ../site / guard --install-hook
    edit -m R / propose --title T --reason R --text ../draft.md
    propose --title T --reason R --from-worktree / revise ID --text ../two.md / rebase ID
    accept ID / second ID / comment ID -m C / hide ID / withdraw ID -m W / open ID --closes 14d
    vote ID for / proxy ben / decide ID / ratify / edition 1 / sign-on 1 / roll key --new
    roll admit dora --name Dora / roll retire cleo / undo / settings / sync / share HUB
    join HERE ../joined / init . --title T / adopt --title T / show
    verify""".replace("\n", " / ").split(" / ")
]


def hostile(folder: Path, every: int = 1) -> Figures:
    """Runs every command in every repository, or each third pair of them, say."""
    folder.mkdir(parents=True)
    trace, program = folder / "trace", folder / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n')
    program.chmod(0o755)
    stage = Stage(folder / "scenes")
    wrong: list[str] = []
    ran = at = 0
    for name, prepare in PREPARED.items():
        copy = folder / "copy"
        known = stage.put("closed", copy)
        meant = {"ID": known, "HERE": str(copy / "assembly"), "HUB": str(copy / "hub")}
        prepare(copy / "assembly", program, known)
        trace.unlink(missing_ok=True)  # Plain git, which prepared it, may have run the program.
        for words in COMMANDS:
            at += 1
            if at % every:
                continue
            ran += 1
            said = _said(copy, [meant.get(word, word) for word in words])
            if trace.exists():
                said = f"the trap fired: {trace.read_text()}"
                trace.unlink()
            if said:
                wrong.append(f"{name}: {' '.join(words)}: {said}")
                sys.stderr.write(wrong[-1] + "\n")
    return {"repositories": len(PREPARED), "commands": len(COMMANDS), "runs": ran, "wrong": wrong}


def _said(copy: Path, words: list[str]) -> str:
    """Runs one command in a child with a limit on time; returns what is wrong with it."""
    heard, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        os.environ["MANIFESTO_NOW"] = CLOSED
        os.environ["NO_COLOR"] = "1"
        os.write(telling, _judged(copy, words).encode("utf-8", "replace")[:60_000])
        os._exit(0)
    os.close(telling)
    said = b""
    while part := os.read(heard, 1 << 16):
        said += part
    os.close(heard)
    _, status = os.waitpid(child, 0)
    return f"it ran into {status}" if status else said.decode("utf-8", "replace")


def _judged(copy: Path, words: list[str]) -> str:
    out, errors = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(errors):
            os.chdir(copy / "assembly")
            code = main(words)
    except BaseException as error:  # noqa: BLE001 - a traceback is what is looked for
        return f"{error!r} came out"
    told = errors.getvalue()
    if code not in (0, 1, 2, 3):
        return f"exit code {code}"
    if "should not" in told and "Please report" in told:
        return told
    if code and not (told.strip() or out.getvalue().strip()):
        return f"exit code {code} without a word"
    driving = _DRIVING.search(out.getvalue() + told)
    if driving and words[0] != "publish":
        return f"U+{ord(driving[0]):04X} reached the terminal"
    return ""
