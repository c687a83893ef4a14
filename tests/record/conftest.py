"""Real git in temporary folders, with a made-up identity and nothing of the machine's."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from manifesto_tui.record.beginning import begin
from manifesto_tui.record.git import Repository

IDENTITY = "[user]\n\tname = Made-up Member\n\temail = made-up@example.org\n"


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """An environment whose home holds a made-up identity and nothing else."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(IDENTITY, encoding="utf-8")
    return {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}


@pytest.fixture
def git(environment: Mapping[str, str]) -> Callable[..., str]:
    """Runs plain git, as a person would beside this program."""

    def run(folder: Path, *args: str) -> str:
        command = ["git", *args]
        return subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        ).stdout

    return run


@pytest.fixture
def repo(tmp_path: Path, environment: Mapping[str, str]) -> Repository:
    """An empty repository on an unborn branch `main`."""
    return begin(tmp_path / "repository", environment)
