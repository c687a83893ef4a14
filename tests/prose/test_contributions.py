from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.prose import contributions

TEXTS = st.lists(
    st.lists(
        st.sampled_from(["we", "must", "publish", "every", "open", "record", "now,", "soon."])
    ).map(" ".join),
    min_size=1,
    max_size=5,
)


def parts(*steps):
    return [(c.op, c.text, c.by) for c in contributions(steps)]


def test_words_are_told_by_the_step_that_brought_or_took_them():
    assert parts("Say it.", "Say it now.", "Please say it now.") == [
        ("-", "Say", 1),
        ("+", "Please say", 1),
        ("=", " it", -1),
        ("+", " now", 0),
        ("=", ".", -1),
    ]


def test_what_one_brings_and_another_takes_is_left_out():
    assert parts("a b c", "a x c", "a y c") == [
        ("=", "a ", -1),
        ("-", "b", 0),
        ("+", "y", 1),
        ("=", " c", -1),
    ]


def test_a_clause_that_comes_or_goes_is_whose_step_it_is():
    assert parts("", "", "New.") == [("+", "New.", 1)]
    assert parts("Old.", "", "") == [("-", "Old.", 0)]


@given(TEXTS)
def test_the_words_join_to_the_first_and_the_last_text(steps):
    found = contributions(steps)
    assert "".join(c.text for c in found if c.op != "+") == steps[0]
    assert "".join(c.text for c in found if c.op != "-") == steps[-1]
    assert all((c.by == -1) == (c.op == "=") for c in found)
