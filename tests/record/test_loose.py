"""What is written without git is what git would have written, and is whole or not there."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import commit as commits
from manifesto_tui.record.commit import Act, commit
from manifesto_tui.record.objects import Entry
from record.made import files_at, founded, vote_file

WHEN = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
VOTE = vote_file("anna")


@pytest.fixture
def tip(repo):
    odd = dict.fromkeys(("a/x", "a.b", "a-b", "a0", "Über „uns“/ひ.md"), b"x\n")
    return commit(repo, {**founded(), **odd}, "Found", None)


def left(repo):
    pending = repo.git_dir / "manifesto-tui" / "pending"
    return [*repo.git_dir.glob("objects/*/tmp_obj_*"), *pending.glob("*.tmp")]


@pytest.mark.parametrize(
    "files",
    [
        VOTE,
        {"a.b": b"y\n", "a/x": b"y\n", "a/b/c/d": b"new\n"},
        {"a/x": None},
        {"Über „uns“/ひ.md": None, "a0": b""},
    ],
)
def test_a_commit_is_the_one_that_git_makes(repo, tip, git, files):
    by_git = commits.aside(repo, Act(files, "Act\n\nWhy.", WHEN), tip, "refs/made/by-git")
    assert commit(repo, files, "Act\n\nWhy.", tip, WHEN) == by_git
    assert git(repo.work_tree, "fsck", "--strict", "--no-dangling") == ""
    assert git(repo.work_tree, "status", "--porcelain", "-uall") == ""


def test_a_commit_of_two_tips_is_the_one_that_git_makes(repo, tip, git):
    other = commits.aside(repo, Act(vote_file("ben"), "Theirs", WHEN), tip, "refs/made/other")
    ours = commit(repo, VOTE, "Ours", tip, WHEN)
    act = Act(vote_file("ben"), "Unite", WHEN, other)
    by_git = commits.aside(repo, act, ours, "refs/made/by-git")
    assert commits.merge(repo, act.files, act.message, ours, other, WHEN) == by_git


def test_others_code_keeps_its_mode_and_its_content(repo, tip, git):
    (repo.work_tree / "run").write_text("#!/bin/sh\n")
    (repo.work_tree / "run").chmod(0o755)
    blob = git(repo.work_tree, "hash-object", "-w", "run").strip()
    files = {"run": Entry("100755", blob), "a/x": None}
    by_git = commits.aside(repo, Act(files, "Act", WHEN), tip, "refs/made/by-git")
    assert commits.commit_all(repo, (Act(files, "Act", WHEN),), tip) == (by_git,)
    assert git(repo.work_tree, "status", "--porcelain", "-uall") == ""


def test_a_tip_without_any_file_takes_a_first_one(repo, git):
    git(repo.work_tree, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    made = commit(repo, VOTE, "Vote", repo.head())
    assert files_at(repo, made) == tuple(VOTE)


def test_a_damaged_object_of_the_same_content_is_written_anew(repo, tip, git):
    data = next(iter(VOTE.values()))
    (repo.work_tree / "same").write_bytes(data)
    named = git(repo.work_tree, "hash-object", "-w", "same").strip()
    (repo.work_tree / "same").unlink()
    held = repo.git_dir / "objects" / named[:2] / named[2:]
    held.chmod(0o644)
    held.write_bytes(b"")
    commit(repo, VOTE, "Vote", tip)
    assert git(repo.work_tree, "fsck", "--no-dangling") == ""


@pytest.mark.parametrize("failing", range(10))
def test_what_cannot_be_synced_is_not_recorded(repo, tip, git, monkeypatch, failing):
    calls = iter(range(100))
    sync = os.fsync

    def fsync(handle):
        if next(calls) == failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(Unavailable) as raised:
            commit(repo, VOTE, "Vote", tip)
    assert raised.value.code == "not-recorded"
    assert (repo.head(), left(repo)) == (tip, [])
    commit(repo, VOTE, "Vote", tip)
    assert git(repo.work_tree, "status", "--porcelain", "-uall") == ""


def test_a_folder_that_cannot_be_made_is_not_tried_for_ever(repo, tip, git):
    for first in range(256):
        folder = repo.git_dir / "objects" / f"{first:02x}"
        if not folder.exists():
            folder.symlink_to("nowhere")
    with pytest.raises(Unavailable) as raised:
        commit(repo, VOTE, "Vote", tip)
    assert raised.value.code == "not-recorded"
    assert (repo.head(), left(repo)) == (tip, [])


def test_a_lost_folder_is_not_taken_for_an_empty_one(repo, tip, git):
    commit(repo, VOTE, "Vote", tip)
    lost = git(repo.work_tree, "rev-parse", "HEAD:proposals/2026-11").strip()
    (repo.git_dir / "objects" / lost[:2] / lost[2:]).unlink()
    head = repo.head()
    with pytest.raises(Unavailable) as raised:
        commit(repo, vote_file("ben"), "Vote", head)
    assert "proposals/2026-11" in raised.value.sentence
    assert repo.head() == head


def test_a_repository_that_a_group_shares_stays_writable_for_it(repo, tip, git):
    git(repo.work_tree, "config", "core.sharedRepository", "group")
    old = {*repo.git_dir.glob("objects/??")}
    commit(repo, VOTE, "Vote", tip)
    new = {*repo.git_dir.glob("objects/??")} - old
    assert new
    assert all(folder.stat().st_mode & 0o020 for folder in new)


def test_a_folder_that_git_takes_away_while_it_is_empty_is_made_again(repo, tip, git, monkeypatch):
    really_open = os.open
    taken: list[Path] = []

    def open_late(path, *more, **named):
        folder = repo.git_dir / "objects" / Path(path).parent
        empty = folder.is_dir() and not any(folder.iterdir())
        if empty and not taken and Path(path).name.startswith("tmp_obj_"):
            taken.append(folder)
            folder.rmdir()
        return really_open(path, *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", open_late)
        made = commit(repo, VOTE, "Vote", tip)
    assert len(taken) == 1
    assert repo.head() == made
    assert git(repo.work_tree, "fsck", "--strict", "--no-dangling") == ""
