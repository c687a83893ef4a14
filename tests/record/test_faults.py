"""Whatever dies, and whenever: nothing acknowledged is lost, and trying again is enough."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("faults.py")


def run(folder: Path, *chosen: str) -> dict[str, object]:
    # In a process of its own, since it forks and a forked pytest has threads.
    command = [sys.executable, str(HARNESS), str(folder), *chosen]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=100)
    return json.loads(said.stdout)


@pytest.mark.parametrize("operation", ["vote", "edit", "decide", "drop", "import"])
def test_killed_at_every_step(operation, tmp_path):
    result = run(tmp_path / "x", operation, "killed")
    assert result["failures"] == []
    assert result["runs"]["killed"] >= 10


# An edit sets what is in the index already, which is left to git; a vote is added without it.
@pytest.mark.parametrize(("operation", "least"), [("vote", 3), ("edit", 4)])
@pytest.mark.parametrize("fault", ["git-killed-during", "git-killed-after"])
def test_git_killed_at_every_run(operation, least, fault, tmp_path):
    result = run(tmp_path / "x", operation, fault)
    assert result["failures"] == []
    assert result["runs"][fault] >= least


def test_a_full_disk_at_every_step(tmp_path):
    result = run(tmp_path / "x", "decide", "disk-full")
    assert result["failures"] == []
    assert result["runs"]["disk-full"] >= 10
