"""Git is run with nothing inherited, and says in one sentence why it could not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.record import identity
from manifesto_tui.record.git import Repository
from manifesto_tui.record.sides import parted


def refused(code, call, *args):
    with pytest.raises((Unavailable, BadInput)) as raised:
        call(*args)
    assert raised.value.code == code
    assert raised.value.sentence.endswith(".")
    return raised.value


def test_a_repository_is_found_from_a_folder_within(repo, environment):
    (repo.work_tree / "deep" / "er").mkdir(parents=True)
    assert Repository.discover(repo.work_tree / "deep" / "er", environment) == repo


def test_nothing_of_gits_environment_is_inherited(repo, environment, monkeypatch, tmp_path):
    for source in (monkeypatch.setenv, environment.__setitem__):
        source("GIT_DIR", str(tmp_path / "nowhere"))
        source("GIT_CONFIG_COUNT", "1")
        source("GIT_CONFIG_KEY_0", "user.name")
        source("GIT_CONFIG_VALUE_0", "Somebody Else")
    assert identity.author(Repository.discover(repo.work_tree, environment))[0] == "Made-up Member"


def test_only_the_given_environment_is_used(repo, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    assert identity.author(repo) == ("Made-up Member", "made-up@example.org")


def test_no_repository(tmp_path, environment):
    assert "init" in refused("not-a-repository", Repository.discover, tmp_path, environment).hint


def test_a_bare_repository(tmp_path, environment, git):
    git(tmp_path, "init", "--quiet", "--bare", "bare")
    refused("bare-repository", Repository.discover, tmp_path / "bare", environment)


def test_within_gits_own_folder(repo, environment):
    refused("no-work-tree", Repository.discover, repo.git_dir, environment)


def test_no_such_folder(tmp_path, environment):
    refused("no-such-folder", Repository.discover, tmp_path / "none", environment)


def test_git_is_missing(repo, tmp_path, environment):
    without = {"PATH": str(tmp_path)}
    refused("git-missing", Repository.discover, tmp_path, without)
    refused("git-missing", Repository.discover(repo.work_tree, without).config, "user.name")


def test_a_format_that_git_does_not_know(repo, environment, git):
    git(repo.work_tree, "config", "core.repositoryFormatVersion", "99")
    refused("unknown-format", Repository.discover, repo.work_tree, environment)


def test_files_kept_elsewhere_by_configuration(repo, environment, git, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    git(repo.work_tree, "config", "core.worktree", str(tmp_path / "elsewhere"))
    refused("no-work-tree", Repository.discover, repo.work_tree, environment)


def test_no_identity(repo, environment):
    Path(environment["HOME"], ".gitconfig").unlink()
    assert "git config" in refused("no-identity", identity.author, repo).hint


def test_who_told_only_this_program_who_they_are_goes_by_their_handle(repo, environment):
    Path(environment["HOME"], ".gitconfig").unlink()
    repo.configure("manifesto.handle", "anna")
    assert identity.author(repo) == ("anna", "anna@manifesto.invalid")
    repo.configure("user.name", "Made-up Anna")
    assert identity.author(repo) == ("Made-up Anna", "anna@manifesto.invalid")


def test_an_identity_cannot_break_a_commit_line(repo):
    repo.configure("user.name", "A <b>\nc")
    assert identity.author(repo)[0] == "A b c"


def test_an_unborn_branch_has_no_head(repo):
    assert (repo.head(), repo.branch()) == (None, "refs/heads/main")


@pytest.mark.parametrize("revision", ["", "nothing", "--all", "-h", "HEAD:x", "a\nb", "a b"])
def test_an_unknown_revision(repo, revision):
    refused("unknown-revision", repo.resolve, revision)


def test_a_failure_is_one_sentence(repo):
    error = refused("git-failed", repo.run, ("cat-file", "-t", "1" * 40))
    assert "cat-file" in error.sentence


def test_a_limit_on_time_ends_git_and_what_it_started(repo):
    command = ("-c", "alias.wait=!sleep 60", "wait")
    error = refused("git-timeout", repo.run, command, None, 0.1)
    assert "stopped" in error.sentence


def test_leaving_a_long_answer_early_ends_git(repo, git):
    (repo.work_tree / "large").write_bytes(os.urandom(1 << 20))
    git(repo.work_tree, "add", "large")
    blob = git(repo.work_tree, "rev-parse", ":large").strip()
    with repo.reading(("cat-file", "blob", blob)) as out:
        assert len(out.read(10)) == 10


def test_no_program_of_the_repository_is_run(repo, environment, git):
    trap = repo.work_tree / "trap"
    program = repo.work_tree / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.editor", "diff.external", "gpg.program"):
        git(repo.work_tree, "config", key, str(program))
    for hook in ("reference-transaction", "post-index-change", "post-commit", "pre-commit"):
        (repo.git_dir / "hooks").mkdir(exist_ok=True)
        (repo.git_dir / "hooks" / hook).symlink_to(program)
    fresh = Repository.discover(repo.work_tree, environment)
    fresh.run(("update-index", "-z", "--index-info"), b"")
    fresh.run(("log", "--all"))
    fresh.run(("update-ref", "refs/heads/other", "0" * 40, "0" * 40))
    assert not trap.exists()


def test_whoever_is_told_to_introduce_themselves_can_do_so_while_the_program_runs(
    repo, environment
):
    settings = Path(environment["HOME"], ".gitconfig")
    told = settings.read_text()
    settings.unlink()
    refused("no-identity", identity.author, repo)
    settings.write_text(told)
    assert identity.author(repo) == ("Made-up Member", "made-up@example.org")


def test_that_git_cannot_tell_is_not_taken_for_no(repo, git):
    tips = []
    for name in "abc":
        git(repo.work_tree, "commit", "--quiet", "--allow-empty", "-m", name)
        tips.append(repo.head())
    first, between, last = tips
    assert repo.holds(first, last)
    assert not repo.holds(last, first)
    assert not repo.holds("1" * 40, last)
    assert not repo.holds(last, "1" * 40)
    (repo.git_dir / "objects" / between[:2] / between[2:]).unlink()
    refused("object-missing", repo.holds, first, last)
    refused("object-missing", parted, repo, first, last)


def test_no_git_is_started_but_for_what_is_asked(repo, environment, tmp_path):
    real, told = shutil.which("git", path=environment["PATH"]), tmp_path / "told"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {told}\nexec {real} "$@"\n')
    program.chmod(0o755)
    asked = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from manifesto_tui.record.git import Repository\n"
        "repo = Repository.discover(Path(sys.argv[1]), dict(os.environ))\n"
        "repo.run(('var', 'GIT_DEFAULT_BRANCH'))\n"
        # Of the library only a part was wanted; whoever wants all of it gets it.
        "import git\n"
        "assert git.Repo and git.cmd.Git is git.Git\n"
    )
    path = f"{program.parent}:{environment['PATH']}"
    around = {**environment, "PATH": path, "GIT_PYTHON_REFRESH": "quiet"}
    around["GIT_PYTHON_GIT_EXECUTABLE"] = str(tmp_path / "another")
    words = [sys.executable, "-c", asked, str(repo.work_tree)]
    subprocess.run(words, env=around, check=True, timeout=60)
    assert [line.split()[-1] for line in told.read_text().splitlines()] == ["GIT_DEFAULT_BRANCH"]
