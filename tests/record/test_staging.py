"""An index that is made here is the very one that git makes; what is odd is left to git."""

import os
import random
from hashlib import sha1
from pathlib import Path

import pytest

from manifesto_tui.record.commit import commit
from manifesto_tui.record.disk import blob_id
from manifesto_tui.record.objects import Entry
from manifesto_tui.record.staging import with_new_files
from record.made import founded, vote_file

NEW = next(iter(vote_file("anna")))
LONG = 40


def entry(path, length=LONG):
    return Entry("100644", blob_id(path.encode(), length))


def by_git(repo, git, files, tmp_path):
    """Returns the index with the files in it as git makes it, of files older than the index."""
    other = tmp_path / "other"
    other.write_bytes((repo.git_dir / "index").read_bytes())
    lines = "".join(f"{e.mode} {e.id}\t{path}\0" for path, e in files.items())
    repo.ask(("update-index", "-z", "--index-info"), lines.encode(), index=other)
    return other.read_bytes()


def made(repo, files, length=LONG):
    return with_new_files((repo.git_dir / "index").read_bytes(), files, length)


@pytest.fixture
def index(repo, git):
    odd = dict.fromkeys(("a/x", "a.b", "a-b", "a0", "Über „uns“/ひ.md", "a/c/d/e"), b"x\n")
    commit(repo, {**founded(), **odd}, "Found", None)
    for path in repo.work_tree.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    git(repo.work_tree, "read-tree", "HEAD")
    git(repo.work_tree, "update-index", "--refresh")
    return repo.git_dir / "index"


@pytest.mark.parametrize("seed", range(8))
def test_it_is_the_one_that_git_makes(repo, git, index, tmp_path, seed):
    chance = random.Random(seed)
    if seed % 2:  # With flags that only a later version has.
        (repo.work_tree / "meant").write_bytes(b"")
        git(repo.work_tree, "add", "--intent-to-add", "meant")
    for _ in range(12):
        parts = [chance.choice(("a", "b", "proposals", "ü", "a.b")) for _ in range(4)]
        some = {"/".join([*parts[: chance.randrange(5)], f"f{chance.randrange(999)}"])}
        files = {path: entry(path) for path in {*some, f"{chance.randrange(99)}-{NEW}"}}
        ours = made(repo, files)
        if ours is None:  # One is in the other's way: "a.b" is a file.
            assert any(path.startswith("a.b/") for path in files)
            continue
        assert ours == by_git(repo, git, files, tmp_path)
        index.write_bytes(ours)
        if chance.random() < 0.3:
            git(
                repo.work_tree,
                "read-tree",
                git(repo.work_tree, "write-tree", "--missing-ok").strip(),
            )
    assert len(git(repo.work_tree, "ls-files").splitlines()) > 12


def test_one_of_other_ids_is_made_too(tmp_path, environment, git):
    git(tmp_path, "init", "-q", "--object-format=sha256", "long")
    folder = tmp_path / "long"
    (folder / "own.md").write_text("# Own\n")
    git(folder, "add", "own.md")
    data = with_new_files((folder / ".git/index").read_bytes(), {NEW: entry(NEW, 64)}, 64)
    (folder / ".git/index").write_bytes(data)
    assert git(folder, "ls-files", "--stage", NEW).split()[1] == entry(NEW, 64).id


@pytest.mark.parametrize("files", [{NEW: None}, {NEW: Entry("100755", "a" * 40)}])
def test_what_is_no_new_plain_file_is_left_to_git(repo, index, files):
    assert made(repo, files) is None


@pytest.mark.parametrize("path", ["a0", "a/x", "a", "a/c", "a0/new", "a/x/y/new", "x" * 5000])
def test_what_is_there_or_in_the_way_is_left_to_git(repo, index, path):
    assert made(repo, {"a/new": entry("new")}) is not None
    assert made(repo, {path: entry(path)}) is None


def test_of_two_new_files_neither_may_be_the_others_folder(repo, index):
    assert made(repo, {"n": entry("n"), "n/m": entry("m")}) is None


@pytest.mark.parametrize(
    "command",
    [
        ("update-index", "--index-version", "4"),
        ("update-index", "--split-index"),
        ("update-index", "--force-untracked-cache"),
        ("rm", "-q", "--cached", "-r", "."),
    ],
)
def test_another_form_of_index_is_left_to_git_or_is_made_as_git_does(
    repo, git, index, tmp_path, command
):
    git(repo.work_tree, *command)
    found = made(repo, {NEW: entry(NEW)})
    assert found in (None, by_git(repo, git, {NEW: entry(NEW)}, tmp_path))
    assert (found is None) == (command[0] == "update-index")


def test_a_conflict_is_left_to_git(repo, git, index):
    lines = "".join(f"100644 {'a' * 40} {stage}\tfought\0" for stage in (1, 2, 3))
    repo.run(("update-index", "-z", "--index-info"), lines.encode())
    assert made(repo, {NEW: entry(NEW)}) is None


def test_a_damaged_index_is_left_to_git(repo, index):
    data = index.read_bytes()
    files = {NEW: entry(NEW)}
    assert with_new_files(data, files, LONG) is not None
    for at in range(0, len(data), 7):
        assert (
            with_new_files(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], files, LONG) is None
        )
        assert with_new_files(data[:at], files, LONG) is None


def test_an_index_that_lies_is_left_to_git_or_made_without_trouble(repo, index):
    data, chance = index.read_bytes()[:-20], random.Random(1)
    files = {NEW: entry(NEW), "a/new": entry("new")}
    lies = [data[:8] + b"\0\0\xff\xff" + data[12:], data.replace(b"\0-1 ", b"\0-1x"), data[:-9]]
    for _ in range(500):
        at = chance.randrange(len(data))
        lies.append(data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :])
    found = [with_new_files(lie + sha1(lie).digest(), files, LONG) for lie in lies]
    assert found[0] is found[2] is None
    assert None in found[3:]


def test_an_edit_of_the_moment_in_which_the_index_was_written_is_still_seen(repo, git):
    tip = commit(repo, founded(), "Found", None)
    git(repo.work_tree, "config", "core.trustCTime", "false")
    own, index, moment = (
        Path(repo.work_tree, "own.md"),
        repo.git_dir / "index",
        (1_700_000_000,) * 2,
    )
    own.write_text("one\n")
    os.utime(own, moment)
    git(repo.work_tree, "add", "own.md")
    os.utime(index, moment)
    # Of the same length and time: that it is another can only be told by looking into it.
    own.write_text("two\n")
    os.utime(own, moment)
    assert made(repo, {NEW: entry(NEW)}) is not None
    commit(repo, vote_file("anna"), "Vote", tip)
    assert git(repo.work_tree, "status", "--porcelain") == "AM own.md\n"
