"""Counts and lists of names, as sentences say them."""

import pytest

from manifesto_tui.governance.phrases import abridged, capital, counted, listed, quoted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 votes"), (1, "1 vote"), (2, "2 votes"), (1_000, "1,000 votes")]
)
def test_a_count_has_its_noun(count, said):
    assert counted(count, "vote") == said


def test_an_odd_plural_is_given():
    assert [counted(n, "proxy does", "proxies do") for n in (1, 2)] == [
        "1 proxy does",
        "2 proxies do",
    ]


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), ("abc", "a, b or c")]
)
def test_names_are_listed_with_a_word_before_the_last(names, said):
    assert listed(names, "or") == said


@pytest.mark.parametrize(("names", "said"), [("", ""), ("ab", "a, b"), ("abc", "a, b and 1 more")])
def test_long_lists_say_how_many_more(names, said):
    assert abridged(names, 2) == said


def test_quotation_marks_within_others_become_single_ones():
    assert quoted("Found “Ours”") == "“Found ‘Ours’”"


@pytest.mark.parametrize(("words", "said"), [("", ""), ("éa", "Éa"), ("at the NHS", "At the NHS")])
def test_a_capital_leaves_the_rest_as_it_was(words, said):
    assert capital(words) == said
