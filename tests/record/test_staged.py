"""A path is only said to be absent from git's index where it surely is."""

import pytest

from manifesto_tui.record.commit import commit
from manifesto_tui.record.staged import surely_absent
from record.made import founded, vote_file

(NEW,) = vote_file("anna")


@pytest.fixture
def index(repo, git):
    commit(repo, founded(), "Found", None)
    (repo.work_tree / "own.md").write_text("# Own\n")
    git(repo.work_tree, "add", "own.md")
    return repo.git_dir / "index"


def test_only_what_is_not_there_is_absent(repo, index):
    assert surely_absent(repo.git_dir, [NEW, "other.md"], 40)
    assert not surely_absent(repo.git_dir, [NEW, "own.md"], 40)
    assert not surely_absent(repo.git_dir, ["manifesto/manifesto.yaml"], 40)
    # The end of a path that is there: git would say that it is not, so git is asked.
    assert not surely_absent(repo.git_dir, ["manifesto.yaml"], 40)


def test_a_damaged_index_is_left_to_git(repo, index):
    data = bytearray(index.read_bytes())
    data[70] ^= 1
    index.write_bytes(data)
    assert not surely_absent(repo.git_dir, [NEW], 40)
    index.write_bytes(data[:80])
    assert not surely_absent(repo.git_dir, [NEW], 40)
    index.write_bytes(b"")
    assert not surely_absent(repo.git_dir, [NEW], 40)
    index.unlink()
    assert not surely_absent(repo.git_dir, [NEW], 40)


@pytest.mark.parametrize(
    "command",
    [
        ("update-index", "--index-version", "4"),
        ("update-index", "--split-index"),
        ("sparse-checkout", "set", "manifesto"),
    ],
)
def test_another_form_of_index_is_left_to_git(repo, index, git, command):
    assert surely_absent(repo.git_dir, [NEW], 40)
    git(repo.work_tree, *command)
    assert not surely_absent(repo.git_dir, [NEW], 40)


def test_an_index_of_other_ids_is_read_too(tmp_path, environment, git):
    git(tmp_path, "init", "-q", "--object-format=sha256", "long")
    (tmp_path / "long" / "own.md").write_text("# Own\n")
    git(tmp_path / "long", "add", "own.md")
    assert surely_absent(tmp_path / "long" / ".git", [NEW], 64)
    assert not surely_absent(tmp_path / "long" / ".git", ["own.md"], 64)
    assert not surely_absent(tmp_path / "long" / ".git", [NEW], 40)
