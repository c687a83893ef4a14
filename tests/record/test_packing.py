"""What acts leave in git's folder is packed where it has become much, and nothing is given up."""

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import packing
from manifesto_tui.record.git import Repository
from manifesto_tui.record.transfer import Progress, Watch


@pytest.fixture
def repo(repo, git):
    """A repository with some history."""
    for number in range(3):
        (repo.work_tree / "manifesto.md").write_text(f"Text {number}.\n")
        git(repo.work_tree, "add", ".")
        git(repo.work_tree, "commit", "-qm", f"Write {number}")
    return repo


@pytest.fixture
def much(repo, monkeypatch):
    """A repository whose files are as many as are packed, one of them reached by nothing."""
    lost = repo.run(("hash-object", "-w", "--stdin"), b"Reached by nothing.\n").decode().strip()
    monkeypatch.setattr(packing, "_COUNTED", lost[:2])
    monkeypatch.setattr(packing, "_MANY", 1)
    return repo, lost


def loose(repo):
    return sorted((repo.common_dir / "objects").glob("[0-9a-f][0-9a-f]/*"))


def history(repo):
    return repo.run(("log", "--format=%H %T", "--all")), repo.run(("ls-tree", "-r", "HEAD"))


def test_what_is_reached_is_packed_and_the_rest_stays(much):
    repo, lost = much
    before, heard = history(repo), []
    assert packing.pack(repo, Watch(heard.append))
    assert heard == [Progress("Packing")]
    assert [path.parent.name + path.name for path in loose(repo)] == [lost]
    assert history(repo) == before
    repo.run(("fsck", "--strict"))
    # What stayed is no reason to begin again.
    assert not packing.pack(repo, Watch(heard.append))
    assert len(heard) == 1


def test_a_few_files_are_left_alone(repo):
    before = loose(repo)
    assert not packing.pack(repo, Watch())
    assert loose(repo) == before != []


def test_what_hinders_it_leaves_everything_and_hinders_nobody(much, monkeypatch):
    repo, _ = much
    before = loose(repo)

    def fail(*_):
        raise Unavailable("git-timeout", "Git took too long.")

    monkeypatch.setattr(Repository, "transfer", fail)
    assert not packing.pack(repo, Watch())
    assert loose(repo) == before


def test_no_program_runs_that_the_repository_names(much, tmp_path):
    repo, _ = much
    trap = tmp_path / "trap"
    for name in ("gc.recentObjectsHook", "core.fsmonitor", "core.alternateRefsCommand"):
        repo.run(("config", "--local", name, f"touch {trap}"))
    hook = repo.git_dir / "hooks" / "pre-auto-gc"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    assert packing.pack(repo, Watch())
    assert not trap.exists()
