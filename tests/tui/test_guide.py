"""Who is here for the first time is led through four steps, once, and may try all without risk."""

from manifesto_tui.tui.screens.guide import Guide
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.workflow.settings import chosen


def new(tmp_path, **more):
    return {"XDG_CONFIG_HOME": str(tmp_path), "MANIFESTO_GUIDE": "", **more}


async def test_the_guide_opens_by_itself_until_it_was_left_once(opened, world, tmp_path):
    async with opened(world, **new(tmp_path)) as app:
        assert isinstance(app.app.screen, Guide)
        assert "enter go on  f3 try it without risk  esc leave" in app.frame
        await app.press("escape")
        assert isinstance(app.app.screen, MainScreen)
        assert app.app.settings.on("guide", "off")
    assert chosen(new(tmp_path)).values["guide"] == "off"
    async with opened(world, **new(tmp_path)) as again:
        assert isinstance(again.app.screen, MainScreen)


async def test_where_it_cannot_be_put_away_it_says_so(opened, world, tmp_path):
    (tmp_path / "taken").write_text("")
    async with opened(world, **new(tmp_path / "taken")) as app:
        await app.press("escape")
        assert "The guide opens again at the next start" in app.status
        assert "MANIFESTO_GUIDE=off keeps it away" in app.status


async def test_read_to_its_end_it_is_put_away_too(opened, world, tmp_path):
    async with opened(world, **new(tmp_path)) as app:
        await app.press("enter", "enter", "enter")
        assert "lists every key" in app.frame
        await app.press("enter")
        assert isinstance(app.app.screen, MainScreen)
    assert chosen(new(tmp_path)).values["guide"] == "off"


async def test_who_has_a_draft_is_not_stopped_by_it(opened, own, tmp_path):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await app.write(" More.")
        await app.press("escape")
    async with opened(own, **new(tmp_path)) as again:
        assert isinstance(again.app.screen, MainScreen)
        assert "draft waits" in again.status


async def test_it_names_the_keys_that_are_set_here(opened, world, tmp_path):
    folder = tmp_path / "manifesto-tui"
    folder.mkdir()
    (folder / "settings.toml").write_text('[keys]\namend = "f7"\n"draft.propose" = "f8"\n')
    async with opened(world, **new(tmp_path)) as app:
        await app.press("enter", "enter")
        assert "f7 on a clause opens the editor." in app.frame
        assert "f8 proposes it" in app.frame


async def test_everything_may_be_tried_in_a_made_up_assembly_that_goes_when_left(opened, world):
    async with opened(world) as app:
        before = app.frame
        await app.press("f2", "f3")
        there = app.app.screen
        assert isinstance(there, MainScreen)
        folder = there.session.directory
        assert "A made-up manifesto for a made-up ward" in app.frame
        await app.press("f3")
        assert app.status.startswith("This is the made-up assembly; esc leaves it.")
        await app.press("2", "v", "enter", "ctrl+j")
        assert app.status.startswith("✓")
        await app.press("escape", "escape", "enter")
        assert app.frame == before
        assert app.app.screen.session.directory == world
        assert not folder.exists()


async def test_left_in_the_middle_it_goes_on_there(opened, world):
    async with opened(world) as app:
        await app.press("f2", "enter", "enter", "escape", "f2")
        assert "[3 Amend]" in app.frame
        await app.press("left")
        assert "[2 Read]" in app.frame
        await app.press("enter", "enter", "enter", "f2")
        assert "[1 Who you are]" in app.frame


async def test_who_has_said_who_they_are_goes_on_with_the_next_step(opened, world, tmp_path):
    async with opened(world, **new(tmp_path)) as app:
        await app.press("comma", "escape")
        assert "[2 Read]" in app.frame
        await app.press("escape")
        assert isinstance(app.app.screen, MainScreen)


async def test_a_click_on_a_step_goes_there_and_one_on_back_goes_back(opened, world):
    async with opened(world) as app:
        await app.press("f2")
        await app.pilot.click("#step", offset=(19, 0))
        assert "[2 Read]" in app.frame
        await app.pilot.click("#keys", offset=(18, 0))
        assert "[1 Who you are]" in app.frame


async def test_what_was_said_of_a_key_goes_with_its_page(opened, world):
    async with opened(world) as app:
        await app.press("f2", "v")
        assert "v does nothing here" in app.frame
        await app.press("right")
        assert "v does nothing here" not in app.frame


async def test_while_the_text_is_drafted_it_tells_of_the_key_that_changes_it_at_once(
    opened, world, tmp_path
):
    async with opened(world, **new(tmp_path)) as app:
        await app.press("enter", "enter")
        assert "While it is being drafted, e changes it at once" in " ".join(app.frame.split())
