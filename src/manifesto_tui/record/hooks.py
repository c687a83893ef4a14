"""Writes the hook through which git asks `guard` about each push."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository
from manifesto_tui.record.whole import write_whole

_MARK = "# Written by manifesto-tui guard --install-hook."
_HEAD = f"#!/bin/sh\n{_MARK}\n# Git names each branch of the push on standard input.\n"


def hook_of(repo: Repository) -> str:
    """Returns which hook serves: one that receives pushes, or in a clone one that sends them."""
    return "pre-receive" if repo.is_bare else "pre-push"


def install_hook(repo: Repository, program: Sequence[str]) -> Path:
    """Writes the hook that runs `program`, and returns where; an earlier one of its own may be.

    Raises Refused "hook-exists" where somebody else's hook stands there, and "hooks-elsewhere"
    where git is told to look for hooks outside the repository.
    """
    name = hook_of(repo)
    call = shlex.join([*program, "guard", "--hook", name])
    path = _folder(repo, name, call) / name
    try:
        if (path.is_symlink() or path.exists()) and not _is_own(path):
            raise Refused(
                "hook-exists",
                f"There is a {name} hook already.",
                f"Call this from it: {call}",
                reveal(str(path)),
            )
        # Whoever else may push here has to reach it.
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, os.fsencode(f"{_HEAD}exec {call}\n"), mode=0o755)
    except OSError as error:
        raise Unavailable(
            "hook-unwritten", f"The hook cannot be written: {error.strerror}.", where=str(path)
        ) from error
    return path


def _folder(repo: Repository, name: str, call: str) -> Path:
    """Returns where git looks for hooks here: a hook anywhere else would never run."""
    asked = ("config", "--show-scope", "--type=path", "--get-all", "core.hooksPath")
    lines = repo.ask(asked).out.decode("utf-8", "surrogateescape").splitlines()
    # What this program itself says on each call is no setting of the user's.
    told = [at for scope, _, at in (line.partition("\t") for line in lines) if scope != "command"]
    if not told:
        return repo.common_dir / "hooks"
    folder = (repo.work_tree / told[-1]).resolve()
    own = (repo.work_tree.resolve(), repo.common_dir.resolve())
    if any(folder.is_relative_to(root) for root in own):
        return folder
    raise Refused(
        "hooks-elsewhere",
        "Git is told to look for hooks outside this repository (core.hooksPath), so one written "
        "here would never run.",
        f"Call this from the {name} hook there: {call}",
        reveal(str(folder)),
    )


def _is_own(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return _MARK.encode() in path.read_bytes()[:4096]
