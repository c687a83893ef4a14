"""What differs between two commits is the same, by the git at hand and by one of its own."""

import random

import pytest

from manifesto_tui.record import differing
from manifesto_tui.record.commit import commit
from manifesto_tui.record.differing import differences
from record.made import founded, vote_file
from record.test_opening import acts, record

ODD = "proposals/2026-01/b000-say"


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_find_the_same(repo, seed, monkeypatch):
    chance = random.Random(seed)
    tips = [commit(repo, founded() | vote_file("anna"), "Found", None)]
    swaps = ([(ODD, "100644", b"x")], [(f"{ODD}/y/z", "100755", b"x")], [(ODD, "120000", b"x")])
    for made in range(9):
        listed = repo.run(("ls-tree", "-r", "--name-only", "-z", tips[-1], "proposals/")).decode()
        odd = swaps[made // 3 % 3] if made % 3 == 0 else []
        gone = [("proposals/2026-01", "", None), *odd] if odd else []
        changes = gone or list(acts(chance, listed.split("\0")[:-1]))
        tips.append(record(repo, changes, tips[-1]))
    pairs = [(chance.choice(tips), chance.choice(tips)) for _ in range(12)]
    pairs += [(tips[n], tips[n + 1]) for n in range(9)]
    alone = [differences(repo, *pair) for pair in pairs]
    with repo.at_hand():
        monkeypatch.setattr(differing, "_asked", None)
        assert [differences(repo, *pair) for pair in pairs] == alone
    assert any(each for each in alone)


def test_a_file_in_the_place_of_a_folder_is_told_after_what_went(repo):
    tip = commit(repo, founded() | {f"{ODD}/comments/a.yaml": b"x: 1\n"}, "Found", None)
    newer = record(repo, [(ODD, "", None), (ODD, "100644", b"x")], tip)
    told = [each for each in differences(repo, tip, newer) if each.path == ODD]
    assert [(each.is_folder, each.now is None) for each in told] == [(True, True), (False, False)]


def test_what_is_too_much_is_not_told(repo):
    tip = commit(repo, founded(), "Found", None)
    newer = commit(repo, vote_file("anna"), "Vote", tip)
    assert differences(repo, tip, newer, 80) is None


def test_much_is_asked_of_a_git_of_its_own(repo, monkeypatch):
    tip = commit(repo, founded(), "Found", None)
    many = {f"proposals/2026-01/b{n:03}-say/comments/1.yaml": b"x: 1\n" for n in range(50)}
    newer = commit(repo, many, "Comment", tip)
    alone = differences(repo, tip, newer)
    asked = []
    real = differing._asked
    monkeypatch.setattr(differing, "_asked", lambda *a: asked.append(a) or real(*a))
    with repo.at_hand():
        assert differences(repo, tip, newer) == alone
    assert asked
