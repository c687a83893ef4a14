"""Writes the hook through which git asks `guard` about each push."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository


def hook_of(repo: Repository) -> str:
    """Returns which hook serves: one that receives pushes, or in a clone one that sends them."""
    return "pre-receive" if repo.is_bare else "pre-push"


def install_hook(repo: Repository, program: Sequence[str]) -> Path:
    """Writes the hook that runs `program`, and returns where; an earlier one of its own may be.

    Raises Refused "hook-exists" where somebody else's hook stands there, and "hooks-elsewhere"
    where git is told to look for hooks outside the repository.
    """
    name = hook_of(repo)
    script = _script(name, program)
    path = _folder(repo, script) / name
    if path.is_symlink() or path.exists():
        if path.is_file() and not path.is_symlink() and _is_own(path):
            path.unlink()
        else:
            raise Refused(
                "hook-exists",
                f"There is a {name} hook already.",
                f"Call this from it: {script.splitlines()[-1].removeprefix('exec ')}",
                str(path),
            )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(script)
        path.chmod(0o755)
    except OSError as error:
        raise Unavailable(
            "hook-unwritten", f"The hook cannot be written: {error.strerror}.", where=str(path)
        ) from error
    return path


def _folder(repo: Repository, script: str) -> Path:
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
        f"Call this from the {script.split()[-1]} hook there: "
        f"{script.splitlines()[-1].removeprefix('exec ')}",
        reveal(str(folder)),
    )


_MARK = "# Written by manifesto-tui guard --install-hook."


def _script(name: str, program: Sequence[str]) -> str:
    command = shlex.join([*program, "guard", "--hook", name])
    said = "# Git names each branch of the push on standard input."
    return f"#!/bin/sh\n{_MARK}\n{said}\nexec {command}\n"


def _is_own(path: Path) -> bool:
    return _MARK.encode() in path.read_bytes()[:4096]
