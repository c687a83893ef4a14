"""What a count looks like, and when it is there."""

from manifesto_tui.governance.outcome import ConstituencyCount
from manifesto_tui.tui.draw.tally import bar, shares, vote_rows
from manifesto_tui.tui.row import Roomy
from manifesto_tui.tui.safe import words
from manifesto_tui.workflow import reading
from manifesto_tui.workflow.desk import Desk
from tui import made_up


def test_a_bar_shows_any_vote_at_all():
    assert bar(0, 1000) == ""
    assert bar(1, 1000) == "█"
    assert len(bar(1000, 1000)) == 24


def test_a_constituency_has_a_bar_of_all_its_members_and_every_answer_shows():
    def drawn(*answers: int, of: int) -> str:
        return shares(ConstituencyCount(*answers, electorate=of, needed=1, met=True)).plain

    assert drawn(3, 1, 0, 0, of=8) == "████▒·····"
    assert drawn(996, 1, 1, 1, of=1000) == "████████▒░"
    assert drawn(0, 0, 0, 0, of=4) == "··········"


async def test_a_bar_stands_beside_a_constituency_where_there_is_room(opened, world):
    async with opened(world, (120, 40)) as app:
        await app.press("2", "]", "]")
        rows = [row for row in app.app.screen.query_one("#detail").rows if isinstance(row, Roomy)]
        assert len(rows) == 3
        for row in rows:
            last = row.height(80) - 1
            drawn, small = row.line(last, 80).plain, row.line(last, 20).plain
            assert {*"█▒·"} & {*drawn} and not {*"█▒·"} & {*small}
        assert "technologists  █████·····  1–0 ✓" in app.frame


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
