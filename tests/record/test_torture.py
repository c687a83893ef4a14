"""The short form of the long figures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from torture import faults, shim

TESTS = Path(__file__).parents[1]
needs_a_compiler = pytest.mark.skipif(
    shim.compiler() is None or not sys.platform.startswith("linux"),
    reason="the shim is C, for Linux",
)


def run(*words: str) -> dict[str, object]:
    # In a process of its own, since it forks and a forked pytest has threads.
    places = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    said = subprocess.run(
        [sys.executable, "-m", "torture", "--json", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=900,
        env={**os.environ, "PYTHONPATH": places},
    )
    assert said.returncode == 0, said.stdout + said.stderr
    return json.loads(said.stdout)


@pytest.mark.parametrize("writers", ["1", "4"])
def test_no_acknowledged_vote_is_lost_when_writers_are_killed(writers):
    figures = run("kills", "40", "20", writers)
    assert figures["lost"] == 0
    assert figures["killed"] >= 20
    assert figures["acknowledged"] >= 40


def test_writers_at_once_lose_nothing():
    figures = run("writers", "4", "10")
    assert (figures["acknowledged"], figures["lost"]) == (40, 0)


def test_clones_that_act_apart_end_as_one():
    assert run("clones", "4", "5", "1")["wrong"] == []


def test_damaged_files_are_read_by_both_readers_alike_or_refused_in_a_sentence():
    figures = run("yaml", "20000")
    assert figures["files"] == 20_000
    assert (figures["uncaught"], figures["readers that disagreed"]) == (0, 0)
    assert figures["read by both readers"] > 2000


@needs_a_compiler
def test_a_fault_at_a_call_loses_nothing(tmp_path):
    verbs = ("init", "vote", "decide", "sync uniting")
    figures = faults.faults(tmp_path / "x", 100, *verbs)
    assert figures["wrong"] == []
    assert all(fault["met"] >= len(verbs) for fault in figures["faults"].values())


@needs_a_compiler
def test_a_loss_of_power_in_a_vote_loses_nothing():
    figures = run("power", "40")
    assert figures["wrong"] == []
    assert figures["met"] >= 9


def test_no_trap_of_a_hostile_repository_fires_in_a_command():
    figures = run("hostile", "60")
    assert figures["wrong"] == []
    assert figures["runs"] >= 20
