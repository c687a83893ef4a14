"""An ordinary repository is read as files; whatever is odd about it is git's to judge."""

import os
from pathlib import Path

import pytest

from manifesto_tui.record import gitfolder
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from record.made import founded

MAIN = "refs/heads/main"


@pytest.fixture
def tip(repo):
    return commit(repo, founded(), "Found", None)


def asked_of_git(repo, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(gitfolder, "work_tree_of", lambda _: None)
        return Repository.discover(repo.work_tree, repo.environment)


def test_it_finds_what_git_finds(repo, tip, monkeypatch):
    (repo.work_tree / "deep" / "er").mkdir(parents=True)
    assert gitfolder.work_tree_of(repo.work_tree / "deep" / "er") == repo.work_tree
    assert asked_of_git(repo, monkeypatch) == Repository.discover(repo.work_tree, repo.environment)


def test_a_link_to_a_folder_within_leads_to_the_real_one(repo, tip, tmp_path):
    (tmp_path / "link").symlink_to(repo.work_tree / "manifesto")
    assert gitfolder.work_tree_of(tmp_path / "link") == repo.work_tree


@pytest.mark.parametrize(
    "line",
    [
        "[include]\n\tpath = other",
        '[includeIf "gitdir:/"]\n\tpath = other',
        "[extensions]\n\tobjectFormat = sha256",
        "[core]\n\tworktree = /",
        "[core] worktree = /",
        "[CORE]\n\tWorkTree = /",
        "[core]\n\tbare = true",
        "[core]\n\tbare",
        "[core]\n\tbare = no",
        "[core]\n\trepositoryformatversion = 1",
        "[user]\n\tname = \\\nx",
        "# \x0b[user]\n[core]\n\tworktree = /",
        "[user\n\tname",
    ],
)
def test_a_configuration_that_may_move_things_is_left_to_git(repo, tip, line):
    with (repo.git_dir / "config").open("a") as file:
        file.write(line + "\n")
    assert gitfolder.work_tree_of(repo.work_tree) is None


def test_an_ordinary_configuration_is_read(repo, tip):
    with (repo.git_dir / "config").open("a") as file:
        file.write('# one\n\n[remote "origin"]\n\turl = ../x ; y\n\tfetch = +a:b\n[a.b]\n\tc\n')
    assert gitfolder.work_tree_of(repo.work_tree) == repo.work_tree


def move_git_folder(repo, tmp_path):
    repo.git_dir.rename(tmp_path / "moved")
    return tmp_path / "moved"


def linked(repo, tmp_path):
    repo.git_dir.symlink_to(move_git_folder(repo, tmp_path))


def pointed_to(repo, tmp_path):
    repo.git_dir.write_text(f"gitdir: {move_git_folder(repo, tmp_path)}\n")


@pytest.mark.parametrize(
    "change",
    [
        linked,
        pointed_to,
        lambda repo, _: (repo.git_dir / "shallow").write_text(f"{repo.head()}\n"),
        lambda repo, _: (repo.git_dir / "commondir").write_text("../other\n"),
        lambda repo, _: (repo.git_dir / "HEAD").write_text("nothing\n"),
        lambda repo, _: (repo.git_dir / "config").unlink(),
    ],
)
def test_what_is_not_ordinary_is_left_to_git(repo, tip, tmp_path, change):
    change(repo, tmp_path)
    assert gitfolder.work_tree_of(repo.work_tree) is None


def test_a_folder_that_looks_like_gits_own_is_left_to_git(repo, tip):
    (repo.work_tree / "manifesto" / "HEAD").write_text("ref: refs/heads/main\n")
    assert gitfolder.work_tree_of(repo.work_tree / "manifesto") is None
    assert gitfolder.work_tree_of(repo.git_dir / "refs") is None


def test_another_owners_repository_is_left_to_git(repo, tip, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert gitfolder.work_tree_of(repo.work_tree) is None


def test_a_tip_is_read_loose_or_packed(repo, tip, git):
    assert gitfolder.tip_of(repo.common_dir, MAIN) == tip
    git(repo.work_tree, "pack-refs", "--all")
    assert not (repo.common_dir / MAIN).exists()
    assert gitfolder.tip_of(repo.common_dir, MAIN) == tip
    newer = commit(repo, {"README.md": b"#\n"}, "More", tip)
    assert gitfolder.tip_of(repo.common_dir, MAIN) == newer
    assert gitfolder.tip_of(repo.common_dir, "refs/heads/mai") is None


@pytest.mark.parametrize("held", ["", "0" * 39, "ref: refs/heads/other\n", "x" * 40 + "\n"])
def test_an_odd_tip_is_left_to_git(repo, tip, git, held):
    git(repo.work_tree, "pack-refs", "--all")
    (repo.common_dir / MAIN).write_text(held)
    assert gitfolder.tip_of(repo.common_dir, MAIN) is None


def test_a_branch_that_is_a_link_is_left_to_git(repo, tip, tmp_path):
    (tmp_path / "tip").write_text(f"{tip}\n")
    path = Path(repo.common_dir / MAIN)
    path.unlink()
    path.symlink_to(tmp_path / "tip")
    assert gitfolder.tip_of(repo.common_dir, MAIN) is None
    assert repo.head() == tip  # As git itself has it.


def test_a_folder_in_the_place_of_a_branch_is_left_to_git(repo, tip, git):
    git(repo.work_tree, "branch", "other/one")
    git(repo.work_tree, "symbolic-ref", "HEAD", "refs/heads/other")
    assert gitfolder.tip_of(repo.common_dir, "refs/heads/other") is None
    assert repo.head() is None


def test_refs_that_surely_are_not_there_need_no_git(repo, git):
    tip = commit(repo, {"a": b"a"}, "Found", None)
    place = "refs/tags/edition-"
    assert repo.has_none_named(place)
    repo.point("refs/tags/other", tip)
    assert repo.has_none_named(place)
    repo.point("refs/tags/edition-1", tip)
    assert not repo.has_none_named(place)
    git(repo.work_tree, "pack-refs", "--all", "--prune")
    assert not repo.has_none_named(place)
    assert repo.named("refs/tags/edition-1") == tip
    git(repo.work_tree, "tag", "-d", "edition-1")
    assert repo.has_none_named(place)
    assert repo.named("refs/tags/edition-1") is None
    (repo.git_dir / "HEAD").write_text("ref: refs/heads/.invalid\n")
    assert not repo.has_none_named(place)
