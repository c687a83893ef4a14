"""A git of ours that was killed leaves locks; they are taken away, and nobody else's are."""

import json
import os
from dataclasses import replace

import pytest

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import alongside, locks
from manifesto_tui.record.commit import commit
from record.made import founded, vote_file

BRANCH = "refs/heads/main"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.01)


@pytest.fixture
def tip(repo):
    return commit(repo, founded(), "Found", None)


@pytest.fixture
def dead(repo, tip):
    """A vote whose program was killed before the branch moved: its note, and its commit."""
    new = commit(repo, vote_file("anna"), "Vote", tip)
    said = repo.run(("cat-file", "commit", new)).decode()
    repo.run(("reset", "--hard", "--quiet", tip))
    note = repo.git_dir / "manifesto-tui" / "pending" / "dead.json"
    sign = said.partition("author ")[2].partition("\n")[2].partition("committer ")[2]
    note.write_text(json.dumps({"branch": BRANCH, "sign": sign, "before": {}}))
    os.utime(note, (1, 1))
    return new


def lock(repo, name, words):
    path = repo.git_dir / f"{name}.lock"
    path.write_text(words)
    return path


@pytest.mark.parametrize("partly", ["whole", "empty"])
def test_the_branch_that_our_dead_git_locked_is_freed(repo, tip, dead, partly):
    on_branch = lock(repo, BRANCH, f"{dead}\n" if partly == "whole" else "")
    on_head = lock(repo, "HEAD", "")
    commit(repo, vote_file("ben"), "Vote", tip)
    assert not on_branch.exists()
    assert not on_head.exists()
    assert not list((repo.git_dir / "manifesto-tui" / "pending").iterdir())


def test_a_lock_that_names_another_commit_is_somebody_elses(repo, tip, dead):
    held = lock(repo, BRANCH, f"{tip}\n")
    on_head = lock(repo, "HEAD", "")
    with pytest.raises(Refused, match="Another program holds"):
        commit(repo, vote_file("ben"), "Vote", tip)
    assert held.exists()
    assert on_head.exists()


def test_a_lock_that_is_older_than_the_note_is_somebody_elses(repo, tip, dead):
    held = lock(repo, BRANCH, f"{dead}\n")
    os.utime(repo.git_dir / "manifesto-tui" / "pending" / "dead.json")
    os.utime(held, ns=(0, held.stat().st_mtime_ns - 10**9))
    with pytest.raises(Refused, match="Another program holds"):
        commit(repo, vote_file("ben"), "Vote", tip)


def test_without_a_note_of_ours_a_lock_is_somebody_elses(repo, tip, dead):
    (repo.git_dir / "manifesto-tui" / "pending" / "dead.json").unlink()
    lock(repo, BRANCH, "")
    with pytest.raises(Refused, match="Another program holds"):
        commit(repo, vote_file("ben"), "Vote", tip)


def test_what_was_about_to_be_an_index_lock_is_swept_up(repo, tip, dead):
    left = repo.git_dir / "index.lock.0badc0de"
    left.write_bytes(b"")
    os.utime(left, (1, 1))
    index = repo.git_dir / "manifesto-tui" / "pending" / "dead.0badc0de.index.lock"
    index.write_bytes(b"half")
    alongside.recover(repo)
    assert not left.exists()
    assert not index.exists()


def test_a_configuration_that_our_dead_git_locked_is_freed(repo):
    claim = repo.git_dir / "manifesto-tui" / "claims" / "config"
    claim.parent.mkdir(parents=True)
    claim.write_bytes(b"manifesto-tui\n")
    held = lock(repo, "config", "half")
    repo.configure("manifesto.handle", "anna")
    assert not held.exists()
    assert claim.read_bytes() == b""


@pytest.mark.parametrize("name", ["refs/remotes/origin/main", "config"])
def test_what_a_git_locked_that_was_killed_under_a_living_program_is_freed(
    repo, tip, tmp_path, name
):
    place = tmp_path / "bin"
    place.mkdir()
    held = repo.git_dir / f"{name}.lock"
    held.parent.mkdir(parents=True, exist_ok=True)
    program = place / "git"
    program.write_text(f"#!/bin/sh\n: > {held}\nkill -9 $$\n")
    program.chmod(0o755)
    path = f"{place}:{repo.environment['PATH']}"
    dying = replace(repo, environment={**repo.environment, "PATH": path})

    def act(at):
        if name == "config":
            at.configure("manifesto.handle", "anna")
        else:
            at.point(name, tip)

    with pytest.raises(Unavailable):
        act(dying)
    assert held.exists()
    act(repo)
    assert not held.exists()


def test_a_configuration_that_somebody_else_locked_is_left(repo):
    held = lock(repo, "config", "half")
    with pytest.raises(Exception, match="Another program holds"):
        repo.configure("manifesto.handle", "anna")
    assert held.exists()
