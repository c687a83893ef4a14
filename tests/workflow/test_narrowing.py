"""A list is narrowed as somebody types."""

from manifesto_tui.workflow import proposing, reading
from manifesto_tui.workflow.narrowing import Sieve


def test_by_me_leaves_the_readers_own_and_nothing_to_a_reader_without_a_handle(sit):
    desk = sit()
    path, words = next(iter(desk.assembly.text.sources.items()))
    proposing.propose(desk, "Say more", "It is short.", texts={path: words + "\n\nMore.\n"})
    cards = reading.cards(desk)
    for reader, kept in (("ada", 1), ("ad", 0), (None, 0)):
        assert len(Sieve(cards, desk.assembly, reader).keep("by:me")) == kept
    assert len(Sieve(cards, desk.assembly, None).keep("by:ad")) == 1
