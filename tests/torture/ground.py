"""Lends a repository to torture, in a home of its own and with a made-up identity."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from manifesto_tui.record.beginning import begin
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from record.made import founded

Figures = dict[str, object]
Figure = Callable[..., Figures]
IDENTITY = "[user]\n\tname = Made-up\n\temail = made-up@example.org\n"


def environment(folder: Path) -> dict[str, str]:
    """Returns an environment whose home holds a made-up identity and nothing else."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitconfig").write_text(IDENTITY)
    return {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}


def repository(folder: Path) -> Repository:
    """Makes a repository in which a manifesto is founded."""
    repo = begin(folder / "repository", environment(folder))
    commit(repo, founded(), "Found", None)
    return repo


def git(environment: Mapping[str, str], folder: Path, *args: str | Path) -> str:
    """Runs plain git, as a person would beside this program."""
    done = subprocess.run(
        ["git", *map(str, args)], cwd=folder, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode("utf-8", "replace")
