"""What a clone remembers by name stays, and what somebody damaged is as nothing."""

import errno

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import remembered
from manifesto_tui.record.locks import hold
from manifesto_tui.record.seen import last_seen, see
from manifesto_tui.record.verified import last_verified, remember

TIP, OTHER = "a" * 40, "b" * 40


def test_what_was_seen_at_one_place_is_told_from_another(repo):
    see(repo, "origin", {"refs/heads/main": TIP})
    see(repo, "other", {"refs/heads/main": OTHER})
    assert last_seen(repo, "origin", "refs/heads/main") == TIP
    assert last_seen(repo, "other", "refs/heads/main") == OTHER
    assert last_seen(repo, "origin", "refs/heads/next") == ""


def test_a_verified_tip_is_forgotten_where_it_is_empty(repo):
    remember(repo, "refs/heads/main", TIP)
    remember(repo, "refs/heads/next", OTHER)
    remember(repo, "refs/heads/main", "")
    assert last_verified(repo, "refs/heads/main") == ""
    assert last_verified(repo, "refs/heads/next") == OTHER


@pytest.mark.parametrize("said", [b"", b"[1]", b'{"a": 1}', b"\xff", b"[" * 9000])
def test_what_somebody_damaged_is_as_nothing(repo, said):
    remember(repo, "refs/heads/main", TIP)
    see(repo, "origin", {"refs/heads/main": TIP})
    for file in (repo.common_dir / "manifesto-tui").glob("*.json"):
        file.write_bytes(said)
    assert last_verified(repo, "refs/heads/main") == ""
    assert last_seen(repo, "origin", "refs/heads/main") == ""
    see(repo, "origin", {"refs/heads/main": OTHER})
    assert last_seen(repo, "origin", "refs/heads/main") == OTHER


def test_a_full_disk_is_one_sentence_and_leaves_what_was_remembered(repo, monkeypatch):
    see(repo, "origin", {"refs/heads/main": TIP})

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(remembered, "write_whole", full)
    with pytest.raises(Unavailable) as raised:
        see(repo, "origin", {"refs/heads/main": OTHER})
    assert raised.value.code == "disk"
    remember(repo, "refs/heads/main", TIP)  # A proof is worth having without.
    assert last_seen(repo, "origin", "refs/heads/main") == TIP


def test_nobody_else_remembers_between_reading_and_writing(repo, monkeypatch):
    see(repo, "origin", {"refs/heads/main": TIP})
    read, free = remembered.read, []

    def reading(*asked):
        with (repo.common_dir / "manifesto-tui" / "claims" / "seen").open("rb") as claim:
            free.append(hold(claim.fileno()))
        return read(*asked)

    monkeypatch.setattr(remembered, "read", reading)
    see(repo, "other", {"refs/heads/main": OTHER})
    assert last_seen(repo, "origin", "refs/heads/main") == TIP
    assert free == [False, True]
