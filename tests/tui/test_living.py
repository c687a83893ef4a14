"""The life of a clause is told beside the text, and from every mode."""

import pytest

from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.workflow import life


def told(app) -> str:
    return "\n".join(row.plain for row in app.app.screen.query_one("#life").rows)


async def test_beside_the_text_stands_every_wording_by_which_amendment_why_and_with_what_count(
    opened, world
):
    async with opened(world, (120, 48)) as app:
        await app.press("j", "j")
        latest, first = told(app).split("Alma Made-Up", 1)
        assert "a3dm adopted" in latest
        assert "{+People who give care help to design each system from the start.+}" in first
        assert "They see what staff do not." in latest
        assert "3–0" in latest and "✓ Carried." in latest


async def test_no_history_is_looked_up_where_there_is_no_room_to_tell_it(opened, world):
    async with opened(world, (100, 30)) as app:
        await app.press("j", "j")
        assert not app.app.screen.reading.wordings
        await app.resize(120, 40)
        assert list(app.app.screen.reading.wordings) == [app.app.screen.reading.place[1].anchor]


async def test_a_history_that_takes_long_is_looked_up_when_it_is_asked_for(
    opened, world, monkeypatch
):
    monkeypatch.setattr(life, "_AT_ONCE", 0)
    async with opened(world, (120, 40)) as app:
        await app.press("j", "j")
        assert "h tells every wording" in told(app)
        await app.press("h")
        assert "They see what staff do not." in app.frame


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (("j", "j"), "The life of clause 1.2"),
        (("2",), "The life of clause 2.1"),
        (("3", "equals_sign", *"k7f3", "ctrl+j"), "The life of clause 2.1"),
        (("4",), "The life of clause 1.2"),
    ],
)
async def test_the_history_of_a_clause_is_had_from_every_mode(opened, world, keys, named):
    async with opened(world, (100, 30)) as app:
        await app.press(*keys, "h")
        assert isinstance(app.app.screen, Report)
        assert named in app.frame


async def test_of_several_clauses_it_is_asked_which(opened, world, monkeypatch):
    async with opened(world, (100, 30)) as app:
        text = app.app.screen.view.assembly.text
        both = tuple(clause.anchor for _, clause in text)[1:3]
        monkeypatch.setattr(MainScreen, "_anchors", lambda *_: both)
        await app.press("2", "h")
        assert "The history of which clause?" in app.frame
        await app.press("down", "enter")
        assert "The life of clause 1.2" in app.frame


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("1", "g", "d"), "No amendment touches this clause."),
        (("3", "d"), "The differences stand here already; s draws them otherwise."),
    ],
)
async def test_where_there_is_no_diff_to_go_to_it_says_why(opened, world, keys, said):
    async with opened(world, (100, 30)) as app:
        await app.press(*keys)
        assert said in app.frame


async def test_a_decision_leads_to_what_it_changed(opened, world):
    async with opened(world, (100, 30)) as app:
        await app.press("4", "d")
        assert app.app.screen.mode == "amendments"
        assert "[Diff]" in app.frame and "1.2 reworded" in app.frame
