"""A list is narrowed as somebody types."""

from datetime import UTC, datetime

from manifesto_tui.workflow import proposing, reading
from manifesto_tui.workflow.narrowing import Sieve
from tui.made_up import fixed_ids


def test_by_me_leaves_the_readers_own_and_nothing_to_a_reader_without_a_handle(sit):
    desk = sit()
    path, words = next(iter(desk.assembly.text.sources.items()))
    proposing.propose(desk, "Say more", "It is short.", texts={path: words + "\n\nMore.\n"})
    cards = reading.cards(desk)
    for reader, kept in (("ada", 1), ("ad", 0), (None, 0)):
        assert len(Sieve(cards, desk.assembly, reader).keep("by:me")) == kept
    assert len(Sieve(cards, desk.assembly, None).keep("by:ad")) == 1


def test_sort_puts_what_is_left_in_order_and_may_be_begun(sit):
    path, words = next(iter(sit().assembly.text.sources.items()))
    for day, title in enumerate(("Say more", "ask less", "Mend it")):
        desk = sit(now=datetime(2026, 11, 2 + day, tzinfo=UTC))
        with fixed_ids(f"z{day}z{day}"):
            proposing.propose(desk, title, "It is short.", texts={path: f"{words}\n\n{title}.\n"})
    sieve = Sieve(reading.cards(desk), desk.assembly, "ada")

    def titles(typed):
        return [card.title for card in sieve.keep(typed)]

    as_they_are = titles("")
    assert titles("sort:title") == titles("sort:t") == ["ask less", "Mend it", "Say more"]
    assert titles("m sort:title") == ["Mend it", "Say more"]
    assert titles("sort:newest") == ["Mend it", "ask less", "Say more"]
    assert titles("sort:oldest") == ["Say more", "ask less", "Mend it"]
    assert titles("sort:") == titles("sort:nothing") == titles("sort:author") == as_they_are
