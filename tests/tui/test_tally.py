"""What a count looks like, and when it is there."""

from manifesto_tui.tui.draw.tally import bar, vote_rows
from manifesto_tui.tui.safe import words
from manifesto_tui.workflow import reading
from manifesto_tui.workflow.desk import Desk
from tui import made_up


def test_a_bar_shows_any_vote_at_all():
    assert bar(0, 1000) == ""
    assert bar(1, 1000) == "█"
    assert len(bar(1000, 1000)) == 24


def test_votes_that_were_not_read_yet_are_not_counted_by_the_one_who_draws(own, home, clock):
    desk = Desk.open(own, made_up.environment(home), clock)
    reading.cards(desk)
    desk = Desk.open(own, made_up.environment(home), clock)
    card = next(card for card in reading.cards(desk) if card.stage == "adopted")
    (row,) = vote_rows(card, clock(), words)
    assert "Reading the votes" in row.body.plain
    assert not card.is_counted
    _ = card.tally, card.my_vote
    assert len(vote_rows(card, clock(), words)) > 1


async def test_the_count_of_a_decision_comes_when_it_is_selected(own, opened):
    async with opened(own, (120, 36)) as app:
        await app.press("4", "j")
        assert "r5cy" in app.frame.splitlines()[2]
        assert "✗ Lost." in app.frame
        selected = app.app.screen.query_one("#decisions").near()
        assert selected == ["a3dm"]
