"""Whatever state a repository is in: what can be done is done, the rest told in a sentence."""

import os
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.record import forms, locks, snapshot
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import read_file
from manifesto_tui.record.trouble import failed
from record.made import FOLDER, TEXT, VOTE, founded, vote_file

TEXT_PATH = "manifesto/01-open.md"


@pytest.fixture
def tip(repo):
    return commit(repo, founded(), "Found", None)


def votes_on(repo, handle="anna"):
    """Records a vote and reads it back; returns who voted."""
    commit(repo, vote_file(handle), "Vote", repo.head())
    fresh = Repository.discover(repo.work_tree, repo.environment)
    (proposal,) = snapshot.read_assembly(fresh, fresh.head()).proposals
    return [vote.voter for vote in proposal.votes]


def is_clean(repo, git):
    return git(repo.work_tree, "status", "--porcelain", "--untracked-files=all") == ""


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_any_version_of_the_index(repo, tip, git, version):
    git(repo.work_tree, "update-index", "--index-version", version)
    assert votes_on(repo) == ["anna"]
    assert is_clean(repo, git)


def test_a_split_index(repo, tip, git):
    git(repo.work_tree, "update-index", "--split-index")
    assert votes_on(repo) == ["anna"]
    assert votes_on(repo, "ben") == ["anna", "ben"]
    assert is_clean(repo, git)


@pytest.mark.parametrize("setting", ["untrackedCache", "fsmonitor"])
def test_an_index_with_extensions(repo, tip, git, setting):
    git(repo.work_tree, "config", f"core.{setting}", "true" if setting != "fsmonitor" else "false")
    git(repo.work_tree, "status")
    assert votes_on(repo) == ["anna"]
    assert is_clean(repo, git)


@pytest.mark.parametrize("cone", ["--cone", "--no-cone"])
def test_a_sparse_checkout_stays_sparse(repo, tip, git, cone):
    git(repo.work_tree, "sparse-checkout", "set", cone, "manifesto")
    assert votes_on(repo) == ["anna"]
    commit(repo, {TEXT_PATH: b"# New\n"}, "Edit", repo.head())
    assert is_clean(repo, git)
    assert (repo.work_tree / TEXT_PATH).read_bytes() == b"# New\n"


def test_a_sparse_index(repo, tip, git):
    git(repo.work_tree, "sparse-checkout", "set", "--cone", "--sparse-index", "manifesto")
    assert votes_on(repo) == ["anna"]
    assert is_clean(repo, git)


@pytest.mark.parametrize("attributes", ["* text=auto eol=crlf\n", "*.md filter=lfs diff=lfs\n"])
def test_line_ends_and_filters_do_not_touch_what_is_recorded(repo, tip, git, attributes):
    for key in ("clean", "smudge"):
        git(repo.work_tree, "config", f"filter.lfs.{key}", "tr a-z A-Z")
    git(repo.work_tree, "config", "core.autocrlf", "true")
    commit(repo, {".gitattributes": attributes.encode()}, "Attributes", tip)
    assert votes_on(repo) == ["anna"]
    commit(repo, {TEXT_PATH: TEXT + b"\nMore.\n"}, "Edit", repo.head())
    assert read_file(repo, repo.head(), TEXT_PATH) == TEXT + b"\nMore.\n"


def test_sha256(tmp_path, environment, git):
    folder = tmp_path / "sha256"
    folder.mkdir()
    git(folder, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    repo = Repository.discover(folder, environment)
    commit(repo, founded(), "Found", None)
    assert len(repo.head()) == 64
    assert votes_on(repo) == ["anna"]
    assert votes_on(repo, "ben") == ["anna", "ben"]
    assert is_clean(repo, git)


def test_an_extension_that_git_does_not_know_is_told(repo, tip, git):
    git(repo.work_tree, "config", "core.repositoryFormatVersion", "1")
    git(repo.work_tree, "config", "extensions.madeUp", "true")
    with pytest.raises(ManifestoError) as raised:
        Repository.discover(repo.work_tree, repo.environment)
    assert raised.value.code == "unknown-format"


def test_packed_refs_and_a_collection_of_garbage_in_between(repo, tip, git):
    for handle in ("anna", "ben", "cleo"):
        votes_on(repo, handle)
        git(repo.work_tree, "gc", "--quiet", "--prune=now", "--aggressive")
    assert votes_on(repo, "dag") == ["anna", "ben", "cleo", "dag"]
    assert is_clean(repo, git)


def test_garbage_is_collected_while_votes_are_recorded(repo, tip, git):
    done = threading.Event()
    failed: list[Exception] = []

    def collect():
        while not done.is_set():
            try:
                git(repo.work_tree, "repack", "-adq")
                git(repo.work_tree, "pack-refs", "--all")
                git(repo.work_tree, "prune", "--expire=2.weeks.ago")
            except subprocess.CalledProcessError as error:
                failed.append(error)

    thread = threading.Thread(target=collect)
    thread.start()
    try:
        handles = [f"m{n}" for n in range(8)]
        for handle in handles:
            assert handle in votes_on(repo, handle)
    finally:
        done.set()
        thread.join()
    assert votes_on(repo, "last") == sorted([*handles, "last"])
    assert git(repo.work_tree, "fsck", "--strict", "--no-dangling") == ""


def test_hooks_that_fail_or_hang_are_not_asked(repo, tip, git):
    folder = repo.git_dir / "hooks"
    folder.mkdir(exist_ok=True)
    for name, words in (("pre-commit", "exit 1"), ("reference-transaction", "sleep 1000")):
        (folder / name).write_text(f"#!/bin/sh\n{words}\n")
        (folder / name).chmod(0o755)
    git(repo.work_tree, "config", "core.hooksPath", str(folder))
    assert votes_on(repo) == ["anna"]


def test_a_linked_work_tree_has_a_branch_of_its_own(repo, tip, git, tmp_path):
    git(repo.work_tree, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"))
    linked = Repository.discover(tmp_path / "linked", repo.environment)
    assert votes_on(linked) == ["anna"]
    assert repo.head() == tip
    assert is_clean(linked, git)
    assert is_clean(repo, git)


def test_a_shallow_clone_may_vote(repo, tip, git, tmp_path):
    votes_on(repo)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.work_tree}", "shallow")
    shallow = Repository.discover(tmp_path / "shallow", repo.environment)
    assert shallow.shallow
    assert votes_on(shallow, "ben") == ["anna", "ben"]


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_a_clone_that_leaves_out_contents_says_what_fetches_them(
    repo, tip, git, tmp_path, left_out
):
    votes_on(repo)
    git(repo.work_tree, "config", "uploadpack.allowFilter", "true")
    where = f"file://{repo.work_tree}"
    git(tmp_path, "clone", "-q", "--no-checkout", f"--filter={left_out}", where, "partial")
    partial = Repository.discover(tmp_path / "partial", repo.environment)
    with pytest.raises(Unavailable) as raised:
        snapshot.read_assembly(partial, repo.head())
    assert raised.value.code == "partial-clone"
    assert raised.value.hint == "Fetch the rest: git fetch --refetch --no-filter."
    git(partial.work_tree, *raised.value.hint.rstrip(".").partition("git ")[2].split())
    read = [snapshot.read_assembly(each, repo.head()).text for each in (partial, repo)]
    assert read[0] == read[1]


@pytest.mark.parametrize("second", [1, 4_000_000_000])
def test_a_clock_that_is_wrong_by_decades(repo, tip, git, second):
    commit(repo, vote_file("anna"), "Vote", tip, datetime.fromtimestamp(second, UTC))
    assert votes_on(repo, "ben") == ["anna", "ben"]
    for path in repo.git_dir.rglob("*"):
        if path.is_file():
            os.utime(path, (second, second))
    assert votes_on(repo, "cleo") == ["anna", "ben", "cleo"]
    assert is_clean(repo, git)


def test_a_git_that_is_too_old_or_no_git_is_told(repo, tip, tmp_path):
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'unknown option: --no-pager' >&2\nexit 129\n")
    program.chmod(0o755)
    environment = {**repo.environment, "PATH": str(program.parent)}
    old = Repository(repo.work_tree, repo.git_dir, repo.common_dir, environment)
    with pytest.raises(ManifestoError) as raised:
        commit(old, vote_file("anna"), "Vote", tip)
    assert raised.value.sentence.endswith(".")
    assert repo.head() == tip


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_that_another_user_owns_is_told(repo, tip):
    os.chown(repo.work_tree, 12345, 12345)
    os.chown(repo.git_dir, 12345, 12345)
    with pytest.raises(ManifestoError) as raised:
        Repository.discover(repo.work_tree, repo.environment).run(("rev-parse", "HEAD"))
    assert raised.value.code == "dubious-ownership"


def test_twenty_thousand_votes_are_read(repo, tip):
    stream = ["commit refs/heads/many\ncommitter x <x> 0 +0000\ndata 0\n", f"from {tip}\n"]
    for number in range(20):
        folder = FOLDER.replace("k7f3", f"k7{number:02d}")
        for voter in range(1000):
            data = forms.write(replace(VOTE, voter=f"m{voter}")).decode()
            path = f"{folder}/votes/m{voter}.yaml"
            stream.append(f"M 100644 inline {path}\ndata {len(data.encode())}\n{data}\n")
    repo.run(("fast-import", "--quiet"), "".join(stream).encode())
    assembly = snapshot.read_assembly(repo, repo.resolve("many"))
    assert sum(len(proposal.votes) for proposal in assembly.proposals) == 20_000


def test_files_of_the_record_may_be_read_only(repo, tip, git):
    for path in repo.work_tree.rglob("*.yaml"):
        Path(path).chmod(0o444)
    commit(repo, {"manifesto/rules.yaml": founded()["manifesto/rules.yaml"] + b"# x\n"}, "R", tip)
    assert is_clean(repo, git)


@pytest.mark.parametrize("held", [b"", b"DIRC", b"0" * 300])
def test_an_index_that_is_damaged_is_told_with_what_mends_it(repo, tip, git, held):
    (repo.git_dir / "index").write_bytes(held)
    with pytest.raises(Unavailable) as raised:
        votes_on(repo)
    assert raised.value.code == "index-damaged"
    (repo.git_dir / "index").unlink()
    git(repo.work_tree, "reset", "--quiet")
    assert votes_on(repo) == ["anna"]
    assert is_clean(repo, git)


def test_an_index_that_may_not_be_read_is_not_called_damaged():
    told = failed("ls-files", 128, "fatal: .git/index: index file open failed: Permission denied")
    assert told.sentence == "Git's index cannot be read: Permission denied."
    assert told.hint == "Give yourself the right to read git's folder (.git) and all in it."


@pytest.mark.parametrize("place", ["repository", "home"])
def test_a_configuration_that_cannot_be_read_is_named_with_its_line(repo, tip, place):
    own = {"repository": repo.git_dir / "config", "home": Path(repo.environment["HOME"])}[place]
    own = own / ".gitconfig" if place == "home" else own
    lines = own.read_text().splitlines()
    own.write_text("\n".join([*lines, "[odd", ""]))
    with pytest.raises(Unavailable) as raised:
        votes_on(repo)
    assert raised.value.code == "configuration-unreadable"
    assert f"line {len(lines) + 1} of " in raised.value.sentence
    assert own.name in raised.value.sentence


def test_a_setting_with_an_impossible_value_is_named(repo, tip, git):
    git(repo.work_tree, "config", "core.bigFileThreshold", "lots")
    with pytest.raises(Unavailable) as raised:
        votes_on(repo)
    assert raised.value.code == "configuration-unreadable"
    assert "core.bigfilethreshold" in raised.value.sentence


def test_what_is_lost_is_told_with_where_a_whole_copy_is(repo, tip):
    (repo.git_dir / "objects" / tip[:2] / tip[2:]).unlink()
    with pytest.raises(Unavailable) as raised:
        votes_on(repo)
    assert raised.value.code == "object-missing"
    assert "manifesto-tui join" in raised.value.hint


@pytest.mark.parametrize("name", ["refs/remotes/origin/main", "config", "HEAD", "index"])
def test_a_lock_that_somebody_holds_is_named_with_its_age(repo, tip, monkeypatch, name):
    monkeypatch.setattr(locks, "PATIENCE", 0.01)
    (repo.git_dir / "refs" / "remotes" / "origin").mkdir(parents=True)
    (repo.git_dir / f"{name}.lock").touch()
    act = {
        "refs/remotes/origin/main": lambda: repo.point(name, tip),
        "config": lambda: repo.configure("manifesto.handle", "anna"),
    }.get(name, lambda: votes_on(repo))
    with pytest.raises(Refused) as raised:
        act()
    assert raised.value.code == "locked"
    assert f"{name.rpartition('/')[2]}.lock, since 20" in raised.value.sentence
    assert str(repo.git_dir / f"{name}.lock") in raised.value.hint
    assert repo.head() == tip
