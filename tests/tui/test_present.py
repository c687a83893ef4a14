"""The projector shows one step after the other, and all of each."""

from tui.test_amending import desk, select  # noqa: F401


async def test_what_is_longer_than_the_screen_is_read_on_before_the_next_step(opened, own):
    async with opened(own, (60, 12)) as app:
        await app.press("2", "g", "p")
        for _ in range(4):  # Before, after, and the reasons, which take two screens.
            await app.press("space")
        assert "[count]" in app.frame
        slide = app.app.screen.query_one("#slide")
        assert slide.max_scroll_y > 0
        at = app.app.screen.at
        while slide.scroll_offset.y < slide.max_scroll_y:
            before = slide.scroll_offset.y
            await app.press("space")
            assert slide.scroll_offset.y > before
            assert "[count]" in app.frame
        await app.press("b")
        assert "[count]" in app.frame and slide.scroll_offset.y < slide.max_scroll_y
        await app.press("n")
        assert app.app.screen.at == at + 1
        assert "[before]" in app.frame
