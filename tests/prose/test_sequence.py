"""Sequences are compared exactly where they are short, and by landmarks where they are long."""

from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from manifesto_tui.prose import sequence
from manifesto_tui.prose.sequence import differences, increasing, unique_in_order

letters = st.text("abcd.", max_size=14)


@pytest.fixture(autouse=True)
def _short_counts_as_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sequence, "EXACT", 4)
    monkeypatch.setattr(sequence, "LARGEST", 30)


def told(old: str, new: str, stops: str = "") -> list[tuple[str, str]]:
    """What was taken and what was put there, piece by piece, the rest being equal."""
    hunks = differences(old, new, lambda: stops)
    i = j = 0
    for i1, i2, j1, j2 in [*hunks, (len(old), len(old), len(new), len(new))]:
        assert old[i:i1] == new[j:j1]
        i, j = i2, j2
    return [(old[i1:i2], new[j1:j2]) for i1, i2, j1, j2 in hunks]


@given(letters, letters, st.sampled_from(["", r"\."]))
def test_what_is_not_told_to_differ_is_equal_and_pieces_never_touch(old, new, stops):
    pieces = told(old, new, stops)
    assert all(taken or put for taken, put in pieces)
    hunks = differences(old, new, lambda: stops)
    assert all(a[1] < b[0] and a[3] < b[2] for a, b in pairwise(hunks))


@given(st.text("ab", max_size=4), st.text("ab", max_size=4))
def test_short_ones_are_compared_exactly(old, new):
    changed = sum(len(taken) + len(put) for taken, put in told(old, new))
    assert changed == Indel.distance(old, new)


@pytest.mark.parametrize(
    ("old", "new", "stops", "pieces"),
    [
        # Equal beginnings and ends count for nothing: what lies between is short enough.
        ("aaaaaabcaaaaaa", "aaaaaacbaaaaaa", "", [("", "c"), ("c", "")]),
        ("aaaaaa", "aaaaaa", "", []),
        ("aaaaaaaa", "aaaaaa", "", [("aa", "")]),
        ("aaaaaaxaaa", "aaaaaaaaa", "", [("x", "")]),
        ("aaaaaaxaaa", "aaaaaayaaa", "", [("x", "y")]),
        # Landmarks: what stands once on both sides stays, though "aaa" would be more.
        ("aaaXbbb", "bbbXaaa", "", [("aaa", "bbb"), ("bbb", "aaa")]),
        ("aaaXYbbb", "bbbXYaaa", "", [("aaa", "bbb"), ("bbb", "aaa")]),
        ("cXaaaYbbb", "dXbbbYaaa", "", [("c", "d"), ("aaa", "bbb"), ("bbb", "aaa")]),
        # Whole sentences are landmarks before single words are.
        ("ab.ba.ab.cc.x", "ba.cc.ab.y", r"\.", [("ab.", ""), ("ab.", ""), ("x", "ab.y")]),
        ("aaaXbbb.c.dd", "bbbXaaa.c.ee", r"\.", [("aaa", "bbb"), ("bbb", "aaa"), ("dd", "ee")]),
        # No landmark, and more than may be compared exactly: rewritten, but for both ends.
        ("zababababz", "zbabaabbaaz", "", [("abababab", "babaabbaa")]),
        # No landmark, and few enough.
        ("zababaz", "zbabbaz", "", [("", "b"), ("a", "")]),
        # As many as may be compared exactly, and one more.
        ("aXbb", "cbbX", "", [("aX", "c"), ("", "X")]),
        ("aXbb", "ccbbX", "", [("a", "ccbb"), ("bb", "")]),
        ("aaXbb", "cbbX", "", [("aa", "cbb"), ("bb", "")]),
        ("zXabbbYz", "yXaaabbYx", "", [("z", "y"), ("b", "aa"), ("z", "x")]),
        ("ababab", "babba", "", [("a", ""), ("", "b"), ("b", "")]),
        ("abaXabababaYab", "abXababababaYb", "", [("a", ""), ("", "ba"), ("a", "")]),
    ],
)
def test_long_ones_are_compared_between_landmarks(old, new, stops, pieces):
    assert told(old, new, stops) == pieces


def test_the_longest_row_that_increases_is_found():
    for size in range(7):
        for firsts in permutations(range(size)):
            pairs = [(first, at) for at, first in enumerate(firsts)]
            found = increasing(pairs)
            longest = max(
                count
                for count in range(size + 1)
                if any(sorted(row) == list(row) for row in combinations(firsts, count))
            )
            assert len(found) == longest
            assert found == sorted(found)
            assert set(found) <= set(pairs)


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abca", "xbc", [(1, 1), (2, 2)]),
        ("abc", "abb", [(0, 0)]),
        ("aab", "abb", []),
        ("abcd", "bcda", [(1, 0), (2, 1), (3, 2)]),
    ],
)
def test_landmarks_stand_once_on_either_side(old, new, places):
    assert unique_in_order(old, new) == places
