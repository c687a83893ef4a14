"""The short form of the long figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("torture.py")


def run(*args: str) -> dict[str, object]:
    command = [sys.executable, str(HARNESS), *args]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=110)
    return json.loads(said.stdout)


@pytest.mark.parametrize("writers", ["1", "4"])
def test_no_acknowledged_vote_is_lost_when_writers_are_killed(writers):
    figures = run("kills", "6", writers)
    assert figures["lost"] == 0
    assert figures["fsck"] and figures["work tree clean"]
    assert figures["killed"] >= 20


def test_writers_at_once_lose_nothing():
    figures = run("writers", "4", "10")
    assert (figures["acknowledged"], figures["lost"]) == (40, 0)
    assert figures["fsck"] and figures["work tree clean"]


def test_clones_end_with_one_head():
    assert run("clones", "4", "5", "2")["seeds that ended apart"] == 0


def test_damaged_files_are_refused_in_a_sentence():
    figures = run("yaml", "4000")
    assert figures["uncaught"] == 0
    assert figures["slowest, in seconds"] < 5
