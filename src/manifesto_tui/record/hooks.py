"""Writes the hook through which git asks `guard` about each push."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record.git import Repository


def hook_of(repo: Repository) -> str:
    """Returns which hook serves: one that receives pushes, or in a clone one that sends them."""
    return "pre-receive" if repo.is_bare else "pre-push"


def install_hook(repo: Repository, program: Sequence[str]) -> Path:
    """Writes the hook that runs `program`, and returns where; an earlier one of its own may be.

    Raises Refused "hook-exists" where somebody else's hook stands there.
    """
    name = hook_of(repo)
    path = repo.common_dir / "hooks" / name
    script = _script(name, program)
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


_MARK = "# Written by manifesto-tui guard --install-hook."


def _script(name: str, program: Sequence[str]) -> str:
    command = shlex.join([*program, "guard", "--hook", name])
    said = "# Git names each branch of the push on standard input."
    return f"#!/bin/sh\n{_MARK}\n{said}\nexec {command}\n"


def _is_own(path: Path) -> bool:
    return _MARK.encode() in path.read_bytes()[:4096]
