"""Problems and refusals as people read them."""

import pytest

from manifesto_tui.governance.problem import (
    BadInput,
    ManifestoError,
    Place,
    Problem,
    Refused,
    Unavailable,
)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("m.md"), "m.md"),
        (Place("m.md", 3), "m.md:3"),
        (Place("m.md", 3, 14), "m.md:3:14"),
    ],
)
def test_a_place_says_line_and_column_where_it_has_them(place, said):
    assert str(place) == said


def test_a_problem_is_a_place_a_sentence_and_a_hint():
    assert str(Problem(Place("m.md", 3), "x", "It is wrong.")) == "m.md:3: It is wrong."
    problem = Problem(Place("m.md", 3), "x", "It is wrong.", "Mend it.")
    assert (str(problem), problem.severity) == ("m.md:3: It is wrong. Mend it.", "error")


@pytest.mark.parametrize(
    ("kind", "code"), [(ManifestoError, 3), (Refused, 1), (BadInput, 2), (Unavailable, 3)]
)
def test_what_stops_a_verb_says_where_what_and_what_to_do(kind, code):
    assert str(kind("no", "It may not.")) == "It may not."
    assert str(kind("no", "It may not.", "Ask.")) == "It may not. Ask."
    assert str(kind("no", "It may not.", "Ask.", "k7f3")) == "k7f3: It may not. Ask."
    assert kind.exit_code == code
