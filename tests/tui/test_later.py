"""A row that is drawn later takes the room that it will need, and reads as it will."""

import pytest

from manifesto_tui.tui.draw.cards import card_row
from manifesto_tui.tui.row import Later
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.past import _rows
from manifesto_tui.workflow import reading
from manifesto_tui.workflow.desk import Desk
from tui import made_up


@pytest.mark.parametrize("width", [4, 17, 40, 200])
def test_it_is_as_high_as_what_is_drawn_and_has_its_words(own, home, clock, width):
    desk = Desk.open(own, made_up.environment(home), clock)
    cards = reading.cards(desk)
    view = View(desk.assembly, cards, desk.handle, desk.member, clock())
    rows = [card_row(c, "alma", compact, clock()) for c in cards for compact in (False, True)]
    past = [row for row in _rows(view, lambda said, style="": None) if row.key]
    assert len(past) == 2
    for row in (*rows, *past):
        assert isinstance(row, Later)
        drawn = row.draw(row.of)
        assert (row.key, row.plain, row.below) == (drawn.key, drawn.plain, drawn.below)
        assert row.height(width) == drawn.height(width)
        assert row.line(0, width) == drawn.line(0, width)
        assert row.line(1, width) == drawn.line(1, width)
