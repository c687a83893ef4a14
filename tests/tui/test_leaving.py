"""What keys do that a dialog does not know."""

from manifesto_tui.tui.screens.leaving import Leaving
from manifesto_tui.tui.screens.main import MainScreen


async def test_who_goes_on_with_a_key_stays_and_it_does_what_it_means(opened, world):
    async with opened(world) as app:
        await app.press("q")
        assert isinstance(app.app.screen, Leaving)
        await app.press("2")
        assert app.app.screen.mode == "amendments"
        await app.press("1", "q", "j")
        assert isinstance(app.app.screen, MainScreen)
        assert app.app.screen.reading.place[1].number == "1.1"
        await app.press("q", "comma")
        assert "Settings" in app.frame
        await app.press("escape", "q", "f12")
        assert "f12 does nothing here; these do: enter leave, esc stay." in app.frame
        await app.press("escape")
        assert isinstance(app.app.screen, MainScreen)
        await app.press("q", "enter")
        assert app.app._exit


async def test_a_key_that_does_nothing_says_which_do(opened, own):
    async with opened(own) as app:
        await app.press("ctrl+r", "enter")
        assert "enter does nothing here; these do: ctrl+j record, esc leave." in app.frame
        await app.press("ctrl+j")
        assert app.status.startswith("✓ Recorded: Ratify the text")
        await app.press("V", "7")
        assert "7 does nothing here; these do: " in app.frame
        await app.press("escape", "A", *"7x")
        assert app.app.screen.values["handle"] == "7x"
