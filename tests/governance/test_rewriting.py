"""What a text is to become, asked for before any of it is written."""

from itertools import pairwise

import pytest

from governance.history import SOURCES
from manifesto_tui.governance.rewriting import START, Rewriting, Unplaced
from manifesto_tui.prose import Block, read_text

WORDS = Block("paragraph", "Interfaces are free to use.")


@pytest.fixture
def rewriting():
    return Rewriting(read_text(SOURCES))


def in_order(rewriting, *anchors):
    pairs = pairwise(anchors)
    return [after for after, anchor in pairs if rewriting.stands_after(anchor, after)]


def test_what_is_noted_stands_at_once_where_it_will(rewriting):
    names = [clause.anchor for _, clause in rewriting.text]
    assert in_order(rewriting, START, *names) == [START, *names[:-1]]
    rewriting.insert(names[1], "new-1", WORDS)
    rewriting.insert(START, "new-2", WORDS)
    rewriting.move(names[3], names[0], WORDS)
    now = ["new-2", names[0], names[3], names[1], "new-1", names[2], *names[4:]]
    assert in_order(rewriting, START, *now) == [START, *now[:-1]]


def test_what_was_noted_before_it_was_asked_stands_there_too(rewriting):
    names = [clause.anchor for _, clause in rewriting.text]
    rewriting.insert(names[1], "new-1", WORDS)
    assert in_order(rewriting, names[1], "new-1", names[2]) == [names[1], "new-1"]


def test_nothing_is_placed_after_what_is_not_there_or_itself(rewriting):
    for after in ("gone-1", "open-1"):
        with pytest.raises(Unplaced):
            rewriting.move("open-1", after, WORDS)
