"""The text with several amendments in it: whose each word is, and what does not fit."""

import pytest

from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.workflow import proposing
from manifesto_tui.workflow.whatif import all_in, what_if


@pytest.fixture
def filed(sit):
    """A desk, and how to file an amendment that replaces some words of the text there."""
    desk = sit()

    def file(old, new):
        words = desk.assembly.text.sources["manifesto.md"].replace(old, new)
        (done,) = proposing.propose(desk, new[:20] or "Less", "Why.", texts={"manifesto.md": words})
        return done.paths[0].split("/")[2].partition("-")[0]

    return desk, file


def told(found):
    return [
        [(word.op, word.text.strip(), word.by) for word in each.words if word.by]
        for each in found.passages
        if each.by
    ]


def test_each_word_is_marked_with_the_amendment_that_it_comes_from(filed):
    desk, file = filed
    ever = file("costs nothing.", "costs nothing, ever.")
    whom = file("people who", "patients who")
    read = file("It costs", "Reading costs")
    before = desk.assembly.commit
    found = what_if(desk, [ever, whom, read])
    assert [part.number for part in found.parts if part.fits] == [1, 2, 3]
    assert told(found) == [
        [("-", "It", 3), ("+", "Reading", 3), ("+", ", ever", 1)],
        [("-", "people", 2), ("+", "patients", 2)],
    ]
    assert "confirm" in found.parts[2].why
    assert found.spending.whole.change == 1
    assert desk.reload().commit == before


def test_another_order_is_another_what_if_with_the_same_text(filed):
    desk, file = filed
    pair = file("costs nothing.", "costs nothing, ever."), file("people who", "patients who")
    there, back = what_if(desk, pair), what_if(desk, pair[::-1])
    assert there.comparison.after == back.comparison.after
    assert [[w[2] for w in words] for words in told(back)] == [[2], [1, 1]]


def test_what_does_not_fit_is_left_out_and_says_why(filed):
    desk, file = filed
    first, second = file("costs nothing", "is free"), file("costs nothing", "is for all")
    found = what_if(desk, [first, second])
    assert [part.fits for part in found.parts] == [True, False]
    assert "same words" in found.parts[1].why
    assert "is free" in found.comparison.after.sources["manifesto.md"]
    with pytest.raises(Refused) as refused:
        all_in(found)
    assert second in refused.value.sentence


def test_an_insertion_a_deletion_and_a_move_are_told_by_whose_they_are(filed):
    desk, file = filed
    item = next(
        line for line in desk.assembly.text.sources["manifesto.md"].split("\n") if "Anyone" in line
    )
    new = file(item, f"{item}\n- In large letters.")
    gone = file(f"{item}\n", "")
    found = what_if(desk, [new, gone])
    assert all(part.fits for part in found.parts)
    assert {(op, by) for words in told(found) for op, _, by in words} == {("+", 1), ("-", 2)}


def test_an_amendment_is_named_once(filed):
    desk, file = filed
    one = file("costs nothing", "is free")
    with pytest.raises(BadInput):
        what_if(desk, [one, one])
