"""An act is recorded once, on the tip it was made on, and touches nothing else."""

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import alongside, locks
from manifesto_tui.record import commit as commits
from manifesto_tui.record.commit import Act, advance, aside, commit, commit_all, exchange
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import read_file
from record.made import TEXT, files_at, founded, vote_file

TEXT_PATH = "manifesto/01-open.md"


@pytest.fixture
def tip(repo):
    return commit(repo, founded(), "Found a made-up manifesto", None)


def refused(code, call, *args):
    with pytest.raises((Refused, Unavailable)) as raised:
        call(*args)
    assert raised.value.code == code
    return raised.value


def status(repo, git):
    return git(repo.work_tree, "status", "--porcelain", "--untracked-files=all")


def test_the_first_commit_of_an_unborn_branch(repo, tip, git):
    assert repo.head() == tip
    assert git(repo.work_tree, "log", "--format=%P %an %s") == (
        " Made-up Member Found a made-up manifesto\n"
    )


def test_index_and_files_follow(repo, tip, git):
    commit(repo, vote_file("anna"), "Vote on k7f3: for", tip)
    assert status(repo, git) == ""


def test_a_file_may_go(repo, tip, git):
    commit(repo, {TEXT_PATH: None}, "Drop the text", tip)
    assert not (repo.work_tree / TEXT_PATH).exists()
    assert status(repo, git) == ""


def test_the_time_is_the_one_given(repo, tip, git):
    when = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
    commit(repo, vote_file("anna"), "Vote", tip, when)
    assert git(repo.work_tree, "log", "-1", "--format=%ct").strip() == str(int(when.timestamp()))


def test_the_slower_of_two_is_told(repo, tip):
    commit(repo, vote_file("anna"), "Vote", tip)
    refused("tip-moved", commit, repo, vote_file("ben"), "Vote", tip)
    assert not list((repo.git_dir / "manifesto-tui" / "pending").iterdir())


def test_a_founding_does_not_overwrite_another(repo, tip):
    refused("tip-moved", commit, repo, vote_file("ben"), "Found", None)


def test_nothing_acknowledged_is_lost_between_writers(repo, tip, git):
    def write(writer: int) -> list[str]:
        mine = Repository.discover(repo.work_tree, repo.environment)
        told = []
        for number in range(5):
            path = f"proposals/2026-11/k7f3-publish/votes/w{writer}-x{number}.yaml"
            while True:
                try:
                    commit(mine, {path: b"made: up\n"}, f"Vote {path}", mine.head())
                except Refused as error:
                    assert error.code == "tip-moved", error
                else:
                    told.append(path)
                    break
        return told

    with ThreadPoolExecutor(4) as pool:
        told = [path for paths in pool.map(write, range(4)) for path in paths]
    alongside.recover(repo)
    assert len(told) == 20
    assert set(told) <= set(files_at(repo, repo.head()))
    assert status(repo, git) == ""


def test_what_the_user_edited_and_staged_elsewhere_stays(repo, tip, git):
    (repo.work_tree / TEXT_PATH).write_bytes(TEXT + b"\nMine.\n")
    (repo.work_tree / "staged.txt").write_text("mine")
    (repo.work_tree / "loose.txt").write_text("mine")
    git(repo.work_tree, "add", "staged.txt")
    before = status(repo, git)
    new = commit(repo, vote_file("anna"), "Vote", tip)
    assert status(repo, git) == before
    assert "staged.txt" not in files_at(repo, new)


def test_a_touched_file_with_edits_of_the_users_is_refused(repo, tip):
    (repo.work_tree / TEXT_PATH).write_bytes(TEXT + b"\nMine.\n")
    files = {TEXT_PATH: TEXT + b"\nTheirs.\n"}
    error = refused("work-tree-dirty", commit, repo, files, "Edit", tip)
    assert TEXT_PATH in error.sentence
    assert (repo.head(), (repo.work_tree / TEXT_PATH).read_bytes()) == (tip, TEXT + b"\nMine.\n")


def test_a_touched_file_that_was_moved_away_as_the_refusal_says_is_written_anew(
    repo, tip, git, tmp_path
):
    edited = repo.work_tree / TEXT_PATH
    edited.write_bytes(TEXT + b"\nMine.\n")
    files = {TEXT_PATH: TEXT + b"\nTheirs.\n"}
    error = refused("work-tree-dirty", commit, repo, files, "Edit", tip)
    assert error.hint.startswith(f"Move {TEXT_PATH} out of this folder")
    edited.rename(tmp_path / "kept.md")
    commit(repo, files, "Edit", tip)
    assert edited.read_bytes() == TEXT + b"\nTheirs.\n"
    assert status(repo, git) == ""


def test_a_touched_file_whose_removal_is_staged_is_refused(repo, tip, git):
    git(repo.work_tree, "rm", "--quiet", TEXT_PATH)
    refused("work-tree-dirty", commit, repo, {TEXT_PATH: b"new\n"}, "Edit", tip)
    assert not (repo.work_tree / TEXT_PATH).exists()


def test_an_edit_that_is_what_gets_recorded_is_no_obstacle(repo, tip, git):
    edited = TEXT + b"\nMine.\n"
    (repo.work_tree / TEXT_PATH).write_bytes(edited)
    git(repo.work_tree, "add", TEXT_PATH)
    commit(repo, {TEXT_PATH: edited}, "Edit", tip)
    assert status(repo, git) == ""


def test_a_touched_file_that_is_staged_otherwise_is_refused(repo, tip, git):
    (repo.work_tree / TEXT_PATH).write_bytes(b"staged\n")
    git(repo.work_tree, "add", TEXT_PATH)
    (repo.work_tree / TEXT_PATH).write_bytes(TEXT)
    refused("work-tree-dirty", commit, repo, {TEXT_PATH: b"new\n"}, "Edit", tip)


def test_other_line_ends_on_disk_are_no_edit(repo, tip, git):
    (repo.work_tree / TEXT_PATH).write_bytes(TEXT.replace(b"\n", b"\r\n"))
    commit(repo, {TEXT_PATH: b"# New\n"}, "Edit", tip)
    assert (repo.work_tree / TEXT_PATH).read_bytes() == b"# New\n"


def test_an_unrecorded_file_in_the_way_is_refused(repo, tip):
    (path, _), *_ = vote_file("anna").items()
    (repo.work_tree / path).parent.mkdir(parents=True)
    (repo.work_tree / path).write_text("mine")
    refused("work-tree-dirty", commit, repo, vote_file("anna"), "Vote", tip)


def test_a_link_where_a_folder_should_be_is_not_followed(repo, tip, tmp_path):
    (tmp_path / "outside").mkdir()
    (repo.work_tree / "proposals").symlink_to(tmp_path / "outside")
    refused("not-a-plain-file", commit, repo, vote_file("anna"), "Vote", tip)
    assert not list((tmp_path / "outside").iterdir())


def test_a_folder_where_a_file_should_be_is_refused(repo, tip):
    (path, _), *_ = vote_file("anna").items()
    (repo.work_tree / path).mkdir(parents=True)
    refused("not-a-plain-file", commit, repo, vote_file("anna"), "Vote", tip)
    assert repo.head() == tip


def test_a_link_recorded_where_a_folder_should_be_is_not_replaced(repo, tip, git):
    (repo.work_tree / "proposals").symlink_to("manifesto")
    git(repo.work_tree, "add", "proposals")
    git(repo.work_tree, "commit", "--quiet", "-m", "A link")
    (repo.work_tree / "proposals").unlink()
    refused("not-a-plain-file", commit, repo, vote_file("anna"), "Vote", repo.head())


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/x", ".git/hooks/x", "a/.Git/x", "a\\b", ""]
)
def test_a_path_out_of_the_tree_is_refused(repo, tip, path):
    refused("bad-path", commit, repo, {path: b"x"}, "Escape", tip)


def test_mails_that_are_being_applied_are_not_called_a_rebase(repo, tip):
    (repo.git_dir / "rebase-apply").mkdir()
    (repo.git_dir / "rebase-apply/applying").touch()
    error = refused("in-the-middle-of-merge", commit, repo, vote_file("anna"), "Vote", tip)
    assert error.sentence == "Mails are being applied in this repository (git am)."
    assert "git am --continue" in error.hint


def test_a_detached_head_is_refused(repo, tip, git):
    git(repo.work_tree, "checkout", "--quiet", "--detach")
    assert "switch" in refused("detached-head", commit, repo, vote_file("a"), "Vote", tip).hint


@pytest.mark.parametrize("doing", ["merge", "rebase", "cherry-pick", "revert"])
def test_in_the_middle_of_gits_own_work_it_is_refused_with_the_way_out(repo, tip, git, doing):
    git(repo.work_tree, "switch", "--quiet", "-c", "other")
    commit(repo, {TEXT_PATH: b"one\n"}, "One", tip)
    git(repo.work_tree, "switch", "--quiet", "main")
    for words in (b"two\n", b"three\n"):
        head = commit(repo, {TEXT_PATH: words}, words.decode().strip(), repo.head())
    assert repo.ask((doing, "HEAD~1" if doing == "revert" else "other")).status
    there = status(repo, git)
    error = refused("in-the-middle-of-merge", commit, repo, vote_file("anna"), "Vote", head)
    assert f"git {doing} --abort" in error.hint
    assert repo.resolve("main") == head
    assert status(repo, git) == there


def test_a_conflict_in_the_index_stays_and_stops_only_what_touches_it(repo, tip, git):
    (repo.work_tree / TEXT_PATH).write_bytes(b"mine\n")
    git(repo.work_tree, "stash", "--quiet")
    head = commit(repo, {TEXT_PATH: b"theirs\n"}, "Theirs", tip)
    assert repo.ask(("stash", "pop")).status
    stages = git(repo.work_tree, "ls-files", "--unmerged")
    assert stages.count(TEXT_PATH) == 3
    head = commit(repo, vote_file("anna"), "Vote", head)
    refused("work-tree-dirty", commit, repo, {TEXT_PATH: b"new\n"}, "Edit", head)
    assert git(repo.work_tree, "ls-files", "--unmerged") == stages
    assert b"<<<<<<<" in (repo.work_tree / TEXT_PATH).read_bytes()


def test_no_identity_is_refused_before_anything_is_written(repo, tip, environment):
    repo.configure("user.name", "")
    refused("no-identity", commit, repo, vote_file("anna"), "Vote", tip)
    assert repo.head() == tip


def test_a_lock_that_stays_is_named(repo, tip, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    lock = repo.git_dir / "index.lock"
    lock.touch()
    error = refused("locked", commit, repo, vote_file("anna"), "Vote", tip)
    assert "index.lock" in error.sentence
    assert repo.head() == tip


def test_many_acts_are_one_commit_each(repo, tip, git):
    acts = [Act(vote_file(f"m{number}"), f"Vote {number}") for number in range(150)]
    made = commit_all(repo, acts, tip)
    assert git(repo.work_tree, "rev-list", "--count", f"{tip}..").strip() == "150"
    assert repo.head() == made[-1]
    assert status(repo, git) == ""


def test_no_acts_are_no_commit(repo, tip):
    assert commit_all(repo, (), tip) == ()
    assert repo.head() == tip


@pytest.mark.parametrize("number", [1, 2])
def test_whoever_is_quicker_while_an_act_is_made_is_not_overwritten(
    repo, tip, git, monkeypatch, number
):
    theirs = aside(repo, Act(vote_file("theirs"), "Theirs"), tip, "refs/made/theirs")
    sync = alongside.Touched.sync

    def late(touched, more=()):
        sync(touched, more)
        git(repo.work_tree, "update-ref", "refs/heads/main", theirs, tip)

    acts = [Act(vote_file(f"m{n}"), f"Vote {n}") for n in range(number)]
    with monkeypatch.context() as patched:
        patched.setattr(alongside.Touched, "sync", late)
        refused("tip-moved", commit_all, repo, acts, tip)
    assert repo.head() == theirs
    assert not list((repo.git_dir / "manifesto-tui" / "pending").iterdir())
    assert not (repo.work_tree / next(iter(vote_file("m0")))).exists()


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    ("said", "words"),
    [("fatal: no space left on the disk", "no space left on the disk"), ("", "did not move")],
)
def test_a_git_that_fails_is_told_in_a_sentence_and_nothing_is_recorded(
    repo, tip, git, tmp_path, number, said, words
):
    failing = with_a_git_that(repo, tmp_path, f'echo "{said}" >&2; exit 1')
    acts = [Act(vote_file(f"m{n}"), f"Vote {n}") for n in range(number)]
    assert words in refused("not-recorded", commit_all, failing, acts, tip).sentence
    assert repo.head() == tip
    made = commit_all(repo, acts, tip)
    assert repo.head() == made[-1]
    assert status(repo, git) == ""


def with_a_git_that(repo, tmp_path, does):
    """Returns the repository with a git in front of git that does this where a branch moves."""
    place = tmp_path / "bin"
    place.mkdir()
    real = shutil.which("git", path=repo.environment["PATH"])
    program = place / "git"
    program.write_text(
        f'#!/bin/sh\ncase " $* " in *" update-ref "*|*" fast-import "*) {does};; esac\n'
        f'exec {real} "$@"\n'
    )
    program.chmod(0o755)
    path = f"{place}:{repo.environment['PATH']}"
    return replace(repo, environment={**repo.environment, "PATH": path})


def test_a_branch_that_the_disk_did_not_confirm_is_not_told_as_recorded(
    repo, tip, git, monkeypatch
):
    def broken(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(commits, "sync_folder", broken)
        error = refused("not-synced", commit, repo, vote_file("anna"), "Vote", tip)
    assert repo.head()[:10] in error.sentence
    alongside.recover(repo)
    assert status(repo, git) == ""


def test_what_git_cannot_make_is_told(repo, tip):
    nobody = Act(vote_file("anna"), "Vote", author="no author")
    assert "no author" in refused("not-recorded", aside, repo, nobody, tip, "refs/made/x").sentence


@pytest.mark.parametrize("way", [advance, exchange])
def test_the_branch_moves_to_a_commit_that_is_there_already(repo, tip, git, way):
    newer = aside(repo, Act(vote_file("anna"), "Vote"), tip, "refs/made/newer")
    way(repo, vote_file("anna"), tip, newer)
    assert (repo.head(), status(repo, git)) == (newer, "")
    refused("tip-moved", way, repo, vote_file("anna"), tip, newer)


def test_what_a_crash_interrupted_is_finished_at_the_next_start(repo, tip, git, monkeypatch):
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alongside.Touched, "bring_along", crash)
        with pytest.raises(KeyboardInterrupt):
            commit(repo, {**vote_file("anna"), TEXT_PATH: b"# New\n"}, "Vote", tip)
    assert status(repo, git) != ""
    alongside.recover(repo)
    assert status(repo, git) == ""
    assert (repo.work_tree / TEXT_PATH).read_bytes() == b"# New\n"


def test_finishing_leaves_what_the_user_did_since(repo, tip, git, monkeypatch):
    monkeypatch.setattr(alongside.Touched, "bring_along", lambda *_: None)
    commit(repo, {TEXT_PATH: b"# New\n"}, "Edit", tip)
    (repo.work_tree / TEXT_PATH).write_bytes(b"# Mine\n")
    alongside.recover(repo)
    assert (repo.work_tree / TEXT_PATH).read_bytes() == b"# Mine\n"


def test_a_path_with_spaces_and_letters_of_any_script(repo, tip, git):
    path = 'manifesto/Über "uns" ひらく.md'
    new = commit(repo, {path: b"x\n"}, "Add", tip)
    assert read_file(repo, new, path) == b"x\n"
    assert status(repo, git) == ""


def test_a_message_cannot_hide_anything(repo, tip, git):
    commit(repo, vote_file("anna"), "Vote\x1b[31m", tip)
    assert "\x1b" not in git(repo.work_tree, "log", "-1", "--format=%B")


def test_a_sparse_checkout_keeps_working(repo, tip, git):
    git(repo.work_tree, "sparse-checkout", "set", "proposals")
    commit(repo, {TEXT_PATH: b"# New\n"}, "Edit", tip)
    assert read_file(repo, repo.head(), TEXT_PATH) == b"# New\n"
    assert git(repo.work_tree, "diff", "--cached", "--stat") == ""


def test_a_linked_work_tree_moves_its_own_branch(repo, tip, git, tmp_path):
    git(repo.work_tree, "worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    linked = Repository.discover(tmp_path / "linked", repo.environment)
    commit(linked, vote_file("anna"), "Vote", tip)
    assert repo.head() == tip
    assert status(linked, git) == ""


def test_a_repository_with_sha256_ids(tmp_path, environment, git):
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "-b", "main", "long")
    repo = Repository.discover(tmp_path / "long", environment)
    tip = commit(repo, founded(), "Found", None)
    commit(repo, vote_file("anna"), "Vote", tip)
    assert status(repo, git) == ""


def test_a_branch_that_another_stands_in_the_way_of_is_no_lost_race(repo, tip, git):
    git(repo.work_tree, "switch", "--quiet", "--create", "other/one")
    git(repo.work_tree, "switch", "--quiet", "--orphan", "other")
    problem = refused("not-recorded", commit, repo, founded(), "Found", None)
    assert "other/one" in problem.sentence
    assert repo.head() is None
