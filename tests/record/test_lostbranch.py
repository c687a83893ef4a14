"""A branch that was lost is told as such, with what puts it back; one without a commit is not."""

import re
import shlex
import shutil

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record.commit import commit

MAIN = "refs/heads/main"


@pytest.fixture
def tip(repo):
    return commit(repo, {"b": b"b"}, "More", commit(repo, {"a": b"a"}, "Found", None))


def lost(repo):
    with pytest.raises(Unavailable) as raised:
        repo.head()
    assert raised.value.code == "branch-lost"
    assert "The branch main has lost its last commit" in raised.value.sentence
    return raised.value.hint


def follow(repo, git, hint):
    """Does what a hint says."""
    if hint.startswith("Move "):
        place = repo.common_dir / MAIN
        assert f"Move {place} away" in hint
        place.rename(repo.work_tree.parent / "away")
    git(repo.work_tree, *shlex.split(re.search("`git ([^`]+)`", hint)[1]))


@pytest.mark.parametrize("held", ["", "garbage\n", "0" * 40 + "\n", "5" * 39 + "\n"])
def test_a_branch_that_is_damaged_is_put_back_as_its_log_has_it(repo, tip, git, held):
    (repo.common_dir / MAIN).write_text(held)
    follow(repo, git, lost(repo))
    assert repo.head() == tip
    assert git(repo.work_tree, "status", "--porcelain") == ""


def test_a_branch_that_is_gone_is_put_back_as_its_log_has_it(repo, tip, git):
    (repo.common_dir / MAIN).unlink()
    follow(repo, git, lost(repo))
    assert repo.head() == tip


def test_the_last_line_of_a_log_may_be_torn_or_name_what_is_lost(repo, tip, git):
    (repo.common_dir / MAIN).write_text("")
    with (repo.common_dir / "logs" / MAIN).open("ab") as log:
        log.write(f"{tip} {'5' * 40} A <a@example.org> 0 +0000\tx\n".encode() + b"\0" * 60)
    follow(repo, git, lost(repo))
    assert repo.head() == tip


def test_without_a_log_what_was_seen_of_the_shared_place_helps(repo, tip, git):
    git(repo.work_tree, "remote", "add", "origin", "/nowhere")
    repo.point("refs/remotes/origin/main", tip)
    shutil.rmtree(repo.common_dir / "logs")
    (repo.common_dir / MAIN).write_text("")
    hint = lost(repo)
    assert "the shared place" in hint
    follow(repo, git, hint)
    assert repo.head() == tip


def test_without_either_git_lists_what_is_left(repo, tip):
    shutil.rmtree(repo.common_dir / "logs")
    (repo.common_dir / MAIN).write_text("")
    hint = lost(repo)
    assert "git fsck --lost-found" in hint
    assert "manifesto-tui join" in hint


def test_a_clone_that_lost_its_only_branch_is_told(repo, tip, git, tmp_path, environment):
    git(tmp_path, "clone", "--quiet", str(repo.work_tree), "clone")
    clone = type(repo).discover(tmp_path / "clone", environment)
    (clone.common_dir / MAIN).unlink()
    follow(clone, git, lost(clone))
    assert clone.head() == tip


def test_a_commit_that_is_checked_out_and_lost_is_told(repo, tip):
    (repo.git_dir / "HEAD").write_text("5" * 40 + "\n")
    with pytest.raises(Unavailable) as raised:
        repo.head()
    assert "has lost" in raised.value.sentence


@pytest.mark.parametrize(
    "words",
    [("update-ref", "-d", "HEAD"), ("checkout", "--quiet", "--orphan", "other")],
)
def test_a_branch_without_a_commit_is_none_that_was_lost(repo, git, words):
    assert repo.head() is None
    commit(repo, {"b": b"b"}, "More", commit(repo, {"a": b"a"}, "Found", None))
    git(repo.work_tree, *words)
    assert repo.head() is None


def test_a_founding_that_may_have_been_interrupted_is_no_loss(repo):
    commit(repo, {"a": b"a"}, "Found", None)
    (repo.common_dir / MAIN).unlink()
    assert repo.head() is None
