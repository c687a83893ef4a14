"""The vote shows all that one has to know before one votes, and all that it will write."""

import re

import pytest

from manifesto_tui.tui.row import Roomy
from manifesto_tui.workflow import deciding
from tui.test_amending import select


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
def ranked(desk, rivals):
    """A ballot between texts, which alma ranked before."""
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


async def test_beside_a_clause_a_key_is_for_the_amendment_that_it_can_act_on(opened, own):
    async with opened(own) as app:
        await app.press("slash", *"suppliers", "enter")
        await app.press("plus")
        assert "Second m2pq" in app.frame
        await app.press("escape", "v")
        assert "Vote on k7f3" in app.frame
        await app.press("escape", "o")
        assert "Open the ballot on m2pq" in app.frame
        await app.press("escape", "w")
        assert "Only its proposer can withdraw it." in app.status


async def test_beside_a_clause_a_key_that_suits_several_amendments_asks_which(opened, own):
    async with opened(own) as app:
        await app.press("slash", *"suppliers", "enter", "c")
        assert "Comment: which one?" in app.frame
        await app.press("down", "enter")
        assert "Comment on m2pq" in app.frame
        await app.write("Which format?")
        await app.press("ctrl+j")
        assert "Recorded: Comment on m2pq" in app.status
        await app.press("d")
        assert "Publish every interface" in app.frame


async def test_rivals_on_one_ballot_are_voted_on_together_beside_their_clause(opened, own, rivals):
    async with opened(own) as app:
        await app.press("slash", *"services", "enter", "v")
        assert "status-quo the text as it is" in app.frame


async def test_a_vote_on_a_rival_is_headed_by_the_ballot_that_ranks_it(opened, own, rivals):
    async with opened(own) as app:
        await app.press("2", "slash", *"q4qq", "enter", "v")
        assert "Vote on z9zz Say five years or Say ten years" in app.frame
        assert "exclusive with q3qq" not in app.frame
