from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.schulze import order, prefer, strongest_paths

# The 45 voters of Schulze's own example, as in section 3 of his paper ("A new monotonic,
# clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
# method", Social Choice and Welfare 36, 2011, 267–303) and at https://arxiv.org/abs/1804.02973.
FORTY_FIVE = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}


def result(ballots: dict[str, int], candidates: str) -> tuple[tuple[str, ...], ...]:
    return order(candidates, prefer(candidates, ballots.items()))


def test_the_45_voters_of_schulze_prefer_e_a_c_b_d():
    assert result(FORTY_FIVE, "ABCDE") == (("E",), ("A",), ("C",), ("B",), ("D",))


def test_the_45_voters_compare_pairs_as_in_the_paper():
    pairs = prefer("ABCDE", FORTY_FIVE.items())
    assert [pairs["A", other] for other in "BCDE"] == [20, 26, 30, 22]
    paths = strongest_paths("ABCDE", pairs)
    assert [paths["E", other] for other in "ABCD"] == [25, 28, 28, 31]
    assert [paths["A", other] for other in "BCDE"] == [28, 28, 30, 24]


# His further examples, with the orders that he finds, as published by him at
# https://en.wikipedia.org/wiki/User:MarkusSchulze/Schulze_method_examples.
THIRTY = {
    "ACBD": 5,
    "ACDB": 2,
    "ADCB": 3,
    "BACD": 4,
    "CBDA": 3,
    "CDBA": 3,
    "DACB": 1,
    "DBAC": 5,
    "DCBA": 4,
}
THIRTY_BETWEEN_FIVE = {
    "ABDEC": 3,
    "ADEBC": 5,
    "ADECB": 1,
    "BADEC": 2,
    "BDECA": 2,
    "CABDE": 4,
    "CBADE": 6,
    "DBECA": 2,
    "DECAB": 5,
}
NINE = {"ABCD": 3, "DABC": 2, "DBCA": 2, "CBDA": 2}

# Where Tennessee would have its capital if each city voted by distance: the made-up example at
# https://en.wikipedia.org/wiki/Condorcet_method, in hundredths of the voters.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


@pytest.mark.parametrize(
    ("ballots", "candidates", "found"),
    [
        (THIRTY, "ABCD", "D A C B"),
        (THIRTY_BETWEEN_FIVE, "ABCDE", "B A D E C"),
        (TENNESSEE, "CKMN", "N C K M"),
    ],
)
def test_published_examples_come_out_as_published(ballots, candidates, found):
    assert result(ballots, candidates) == tuple((name,) for name in found.split())


def test_the_nine_voters_of_schulze_leave_two_tied_for_first_place():
    assert result(NINE, "ABCD")[0] == ("B", "D")


def test_the_thirty_voters_compare_pairs_as_published():
    pairs = prefer("ABCD", THIRTY.items())
    assert [pairs["A", other] for other in "BCD"] == [11, 20, 14]
    assert [pairs["D", other] for other in "ABC"] == [16, 18, 13]


def test_ties_are_one_group():
    assert result({"AB": 1, "BA": 1}, "AB") == (("A", "B"),)
    assert result({}, "ABC") == (("A", "B", "C"),)


def test_what_a_ranking_leaves_out_stands_last():
    assert result({"C": 1}, "ABC") == (("C",), ("A", "B"))
    assert prefer("ABC", [("C", 5)]) == {
        **dict.fromkeys((("A", "B"), ("B", "A"), ("A", "C"), ("B", "C")), 0),
        **dict.fromkeys((("C", "A"), ("C", "B")), 5),
    }


rankings = st.lists(st.permutations("ABCD").map("".join), max_size=12).map(Counter)


@given(rankings)
def test_a_candidate_that_beats_every_other_wins(ballots):
    pairs = prefer("ABCD", ballots.items())
    for a in "ABCD":
        if all(pairs[a, b] > pairs[b, a] for b in "ABCD" if a != b):
            assert order("ABCD", pairs)[0] == (a,)


@given(rankings)
def test_every_candidate_has_one_place(ballots):
    groups = order("ABCD", prefer("ABCD", ballots.items()))
    assert sorted(name for group in groups for name in group) == list("ABCD")


@given(rankings)
def test_reversing_every_ballot_never_keeps_a_sole_winner_first(ballots):
    first = order("ABCD", prefer("ABCD", ballots.items()))
    backwards = [(ballot[::-1], voters) for ballot, voters in ballots.items()]
    turned = order("ABCD", prefer("ABCD", backwards))
    assert len(first[0]) > 1 or turned[0] != first[0]
