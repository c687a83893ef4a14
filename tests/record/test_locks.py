"""A lock that a dead process of ours left behind stops nobody."""

import os
import signal

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import locks
from manifesto_tui.record.commit import commit
from record.made import founded


def killed_at(name, act):
    """Runs `act` in a child that is killed when it calls `os.<name>`."""
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        return
    real = getattr(os, name)

    def last(*given, **options):
        real(*given, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(os, name, last)
    act()
    os._exit(0)


def take(lock):
    with locks.taking(lock):
        return lock.read_bytes()


def test_a_process_killed_the_moment_it_has_the_lock_stops_nobody(tmp_path):
    lock = tmp_path / "index.lock"
    killed_at("link", lambda: take(lock))
    assert lock.exists()
    assert take(lock) == b"manifesto-tui\n"
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_is_held_is_waited_for_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    lock = tmp_path / "index.lock"
    with locks.taking(lock), pytest.raises(Refused, match=r"index\.lock") as refusal:
        take(lock)
    assert refusal.value.code == "locked"
    assert not lock.exists()


def test_a_lock_of_gits_own_is_never_taken_away(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    lock = tmp_path / "index.lock"
    lock.touch()
    with pytest.raises(Refused):
        take(lock)
    assert [p.name for p in tmp_path.iterdir()] == ["index.lock"]


def test_a_lock_from_before_the_machine_was_started_is_taken_away_though_nobody_announced_it(repo):
    ref, tip = "refs/remotes/origin/main", commit(repo, founded(), "Found it", None)
    lock = repo.common_dir / f"{ref}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    with pytest.raises(Refused, match=r"main\.lock"):
        repo.point(ref, tip)
    os.utime(lock, (1, 1))
    repo.point(ref, tip)
    assert repo.resolve(ref) == tip


def test_a_lock_that_our_git_could_not_remove_is_taken_away_by_the_next_and_anothers_is_not(
    tmp_path,
):
    lock = tmp_path / "config.lock"
    with locks.claiming(tmp_path, "config"):
        lock.touch()
    with locks.claiming(tmp_path, "config"):
        assert not lock.exists()
    lock.touch()
    with locks.claiming(tmp_path, "config"):
        assert lock.exists()
