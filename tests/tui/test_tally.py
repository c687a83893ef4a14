"""What a count looks like, and when it is there."""

from dataclasses import replace

from manifesto_tui.governance.outcome import ConstituencyCount
from manifesto_tui.tui.draw.tally import bar, shares, vote_rows
from manifesto_tui.tui.row import Passage, Roomy
from manifesto_tui.tui.safe import words
from manifesto_tui.workflow import deciding, reading
from manifesto_tui.workflow.desk import Desk
from tui import made_up
from tui.test_amending import select


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


async def test_the_count_of_rivals_says_of_which_and_gives_no_other_its_numbers(
    opened, own, desk, rivals
):
    for member in ("alma", "bodo", "cleo"):
        made_up.act_as(desk, member)
        deciding.vote(desk, "z9zz", ranking=("q3qq", "q4qq", "status-quo"))
    made_up.act_as(desk, "alma")
    with made_up.fixed_ids("x5xx"):
        change = made_up._reword(desk, "Services and", "Services alone are funded for years.")
        made_up._propose(desk, "alma", "Services alone", "So it is.", change)
    async with opened(own, (120, 40)) as app:
        await select(app, "z9zz")
        for rival in ("q3qq", "q4qq"):
            assert f"⚡ {rival}: duplicate with x5xx: " in app.frame
        await select(app, "q4qq")
        assert "ranked with z9zz" in app.frame and "3–0" not in app.frame
        await app.press("]", "]")
        frame = app.frame
        at = [
            frame.index(said) for said in ("Preferred, best first: q3qq", "Between q3qq", "for  ")
        ]
        assert at == sorted(at)
        assert "✓ As it stands q3qq would carry." in frame
        await select(app, "q3qq")
        assert "3–0" in app.frame


def test_the_bars_of_constituencies_stand_in_all_rows_or_in_none():
    def drawn(width):
        return [row.line(row.height(width) - 1, width).plain for row in rows]

    short, long = (Passage(words(f"1–0 {met}  2 of 3 voted")) for met in ("✓", "✗ not met"))
    large = [replace(row, lead=words("█" * 10 + "  ")) for row in (short, long)]
    rows = [Roomy(((large[0], short), (large[1], long)), at) for at in (0, 1)]
    for width in range(26, 50):
        assert len({"█" in line for line in drawn(width)}) == 1, width
    assert "█" in drawn(49)[0] and "█" not in drawn(30)[0]


async def test_no_line_of_the_list_ends_with_a_dot_or_within_a_date(opened, world):
    async with opened(world, (86, 40)) as app:
        await app.press("2")
        listed = app.app.screen.query_one("#cards")
        for row in listed.rows:
            for width in range(20, 60):
                lines = [row.line(at, width).plain.strip() for at in range(row.height(width))]
                assert not [told for told in lines if told.endswith("·") or told == "Nov"], width


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
