"""An index that is made here is the very one that git makes; what is odd is left to git."""

import os
import random
from hashlib import sha1
from pathlib import Path

import pytest

from manifesto_tui.record import staging
from manifesto_tui.record.commit import commit
from manifesto_tui.record.disk import blob_id
from manifesto_tui.record.objects import Entry
from record.made import founded, vote_file

NEW = next(iter(vote_file("anna")))
FIRST = str(Path(NEW).with_name("aaa.yaml"))
LONG = 40


def entry(path, length=LONG):
    return Entry("100644", blob_id(path.encode(), length))


def in_one(index, files, length):
    parts = staging.with_new_files(index, files, length)
    return None if parts is None else b"".join(parts)


def by_git(repo, git, files, tmp_path):
    """Returns the index with the files in it as git makes it, of files older than the index."""
    other = tmp_path / "other"
    other.write_bytes((repo.git_dir / "index").read_bytes())
    lines = "".join(f"{e.mode} {e.id}\t{path}\0" for path, e in files.items())
    repo.ask(("update-index", "-z", "--index-info"), lines.encode(), index=other)
    return other.read_bytes()


def made(repo, files, length=LONG):
    return in_one((repo.git_dir / "index").read_bytes(), files, length)


@pytest.fixture(params=["read", "looked up"])
def way(request, monkeypatch):
    """How the places of new files are found, as in a small index or as in a large one."""
    if request.param == "looked up":
        monkeypatch.setattr(staging, "SMALL", 0)
    return request.param


@pytest.fixture
def index(repo, git, way):
    odd = dict.fromkeys((FIRST, "a/x", "a.b", "a-b", "a0", "Über „uns“/ひ.md", "a/c/d/e"), b"x\n")
    commit(repo, {**founded(), **odd}, "Found", None)
    for path in repo.work_tree.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    git(repo.work_tree, "read-tree", "HEAD")
    git(repo.work_tree, "update-index", "--refresh")
    return repo.git_dir / "index"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("way", ["read"], indirect=True)
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
        remember_trees(repo, git, chance)
    assert len(git(repo.work_tree, "ls-files").splitlines()) > 12


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("way", ["looked up"], indirect=True)
def test_in_the_folders_of_a_record_it_is_too(repo, git, index, tmp_path, seed):
    chance = random.Random(seed)
    if seed % 2:
        (repo.work_tree / "meant").write_bytes(b"")
        git(repo.work_tree, "add", "--intent-to-add", "meant")
    for _ in range(24):
        month = f"proposals/2026-{chance.randrange(8, 13):02}"
        name = chance.choice(("aaaa", "k7f3", "zzzz")) + chance.choice(("", "-x", ".x"))
        folder = f"{month}/{name}"
        within = chance.choice(("", "votes/", "votes-/", "votes.x/", "votes/x/"))
        names = {f"{folder}/{within}{chance.choice('amz')}{chance.randrange(99)}" for _ in "12"}
        files = {path: entry(path) for path in names}
        ours, theirs = made(repo, files), by_git(repo, git, files, tmp_path)
        known = set(git(repo.work_tree, "ls-files").splitlines())
        if not known.isdisjoint(names):
            assert ours is None
        else:
            assert ours == theirs
        index.write_bytes(theirs)
        remember_trees(repo, git, chance)


def remember_trees(repo, git, chance):
    """Lets git, now and then, note in the index all the trees that it makes."""
    if chance.random() < 0.3:
        tree = git(repo.work_tree, "write-tree", "--missing-ok").strip()
        git(repo.work_tree, "read-tree", tree)


def test_one_of_other_ids_is_made_too(tmp_path, environment, git):
    git(tmp_path, "init", "-q", "--object-format=sha256", "long")
    folder = tmp_path / "long"
    (folder / "own.md").write_text("# Own\n")
    git(folder, "add", "own.md")
    data = in_one((folder / ".git/index").read_bytes(), {NEW: entry(NEW, 64)}, 64)
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
    repo, git, index, tmp_path, command, way
):
    git(repo.work_tree, *command)
    found = made(repo, {NEW: entry(NEW)})
    assert found in (None, by_git(repo, git, {NEW: entry(NEW)}, tmp_path))
    # Nothing can be looked up where there is nothing any more.
    assert (found is None) == (command[0] == "update-index" or way == "looked up")


@pytest.mark.parametrize("fought", ["fought", FIRST.replace("aaa", "aab")])
def test_a_conflict_is_left_to_git_or_stays_as_it_is(repo, git, index, tmp_path, fought, way):
    lines = "".join(f"100644 {'a' * 40} {stage}\t{fought}\0" for stage in (1, 2, 3))
    repo.run(("update-index", "-z", "--index-info"), lines.encode())
    found = made(repo, {NEW: entry(NEW)})
    if way == "read" or fought != "fought":
        assert found is None
    else:
        assert found == by_git(repo, git, {NEW: entry(NEW)}, tmp_path)


def test_a_damaged_index_is_left_to_git(repo, index):
    data = index.read_bytes()
    files = {NEW: entry(NEW)}
    assert in_one(data, files, LONG) is not None
    for at in range(0, len(data), 7):
        assert in_one(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], files, LONG) is None
        assert in_one(data[:at], files, LONG) is None


def test_an_index_that_lies_is_left_to_git_or_made_without_trouble(repo, index, way):
    data, chance = index.read_bytes()[:-20], random.Random(1)
    files = {NEW: entry(NEW), "a/new": entry("new")}
    lies = [data[:8] + b"\0\0\xff\xff" + data[12:], data.replace(b"\0-1 ", b"\0-1x"), data[:-9]]
    for _ in range(500):
        at = chance.randrange(len(data))
        lies.append(data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :])
    found = [in_one(lie + sha1(lie).digest(), files, LONG) for lie in lies]
    assert found[2] is None
    # What is not read stays as wrong as it was.
    assert (found[0] is None) == (way == "read")
    assert None in found[3:]


@pytest.mark.parametrize("way", ["looked up"], indirect=True)
@pytest.mark.parametrize("odd", ["x", "1234567"])
def test_a_folder_that_is_named_elsewhere_before_is_left_to_git(repo, git, index, odd):
    folder = str(Path(NEW).parent)
    other = f"a/{odd}/{folder}/x"
    line = f"100644 {'a' * 40}\t{other}\0"
    assert made(repo, {NEW: entry(NEW)}) is not None
    repo.run(("update-index", "-z", "--index-info"), line.encode())
    assert made(repo, {NEW: entry(NEW)}) is None


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
