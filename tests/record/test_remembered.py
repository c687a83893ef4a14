"""What a clone remembers by name stays, and what somebody damaged is as nothing."""

import pytest

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
