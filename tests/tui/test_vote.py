"""The vote shows all that one has to know before one votes, and all that it will write."""

import re
from datetime import timedelta

import pytest

from manifesto_tui.tui.row import Roomy
from manifesto_tui.workflow import deciding
from tui import made_up
from tui.test_amending import desk, select  # noqa: F401


async def test_after_the_text_stand_the_rules_and_the_count_so_far(opened, world):
    async with opened(world) as app:
        await app.press("2", "v")
        rows = app.app.screen.query_one("#shown").rows
        told = "\n".join(row.plain for row in rows)
        text, rules = told.index("before it goes live"), told.index("There is a quorum when")
        assert text < rules < told.index("would carry it") < told.index("to read aloud")
        assert "An amendment carries with at least two thirds" in told
        assert "Each constituency that has members must agree as well" in told
        assert [row for row in rows if isinstance(row, Roomy)]
        assert "There is a quorum when" not in app.frame
        await app.press(*"JJJJJJJ")
        assert "There is a quorum when" in app.frame
        assert "( ) for" in app.frame and "ctrl+j record" in app.frame


@pytest.fixture
def ranked(desk):  # noqa: F811
    """A ballot between texts, which alma ranked before."""
    for name, years in (("q3qq", "five"), ("q4qq", "ten")):
        now = f"Services and their teams are funded for {years} years."
        with made_up.fixed_ids(name):
            change = made_up._reword(desk, "Services and", now)
            made_up._propose(desk, "alma", f"Say {years} years", "It is a number.", change)
    with made_up.fixed_ids("z9zz"):
        deciding.open_ballot(desk, ["q3qq", "q4qq"], made_up.NOW + timedelta(days=7))
    deciding.vote(desk, "z9zz", ranking=("q3qq", "status-quo", "q4qq"))


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (120, 40), (160, 48)])
async def test_all_that_a_ranking_will_write_is_in_sight(opened, own, ranked, size):
    async with opened(own, size) as app:
        await select(app, "z9zz")
        await app.press("v", "enter", "enter", "enter")
        assert app.app.screen.planned is not None, app.frame

        def written() -> str:
            return " ".join(part.strip() for part in re.findall("│(.*?)│", app.frame))

        await app.until(lambda: "by voting again" in written())
        assert "your vote “q3qq, then the text as it is, then q4qq”" in written()
