"""Plainer words are named where there are any, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.prose import plainer


def told(text: str) -> list[tuple[str, str]]:
    return [(hint.word, hint.plainer) for hint in plainer(text)]


@pytest.mark.parametrize(
    "text, word",
    [
        ("Systems utilise data.", "utilise"),
        ("Utilising data", "Utilising"),
        ("It is facilitated by teams", "facilitated"),
        ("in order\nto help", "in order\nto"),
        ("It requires care", "requires"),
    ],
)
def test_a_word_is_found_with_its_endings_and_over_a_line_break(text, word):
    assert [found for found, _ in told(text)] == [word]


@pytest.mark.parametrize(
    "text", ["Use it to help.", "The requirement stands.", "robustness-first", "a permitless state"]
)
def test_a_word_that_only_begins_so_is_left_alone(text):
    assert told(text) == []


def test_hints_come_in_the_order_of_the_text():
    assert told("Prior to that we commence.") == [("Prior to", "before"), ("commence", "start")]


@given(st.text())
def test_it_stands_where_it_says(text):
    for hint in plainer(text):
        assert text[hint.start :].startswith(hint.word)
