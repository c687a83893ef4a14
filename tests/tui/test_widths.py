"""Every width from a split pane to a wall: what stands beside what, and nothing falls over."""

import pytest

from manifesto_tui.tui.state import MODES


@pytest.mark.parametrize(
    "width, stacked, third",
    [
        (40, True, False),
        (84, True, False),
        (85, False, False),
        (120, False, True),
        (240, False, True),
    ],
)
async def test_panes_stand_beside_one_another_where_there_is_room(
    opened, world, width, stacked, third
):
    async with opened(world, (width, 30)) as app:
        read = app.app.screen.reading
        assert (read.text.region.y > read.outline.region.y) == stacked
        assert read.query_one("#life-pane").display == third


async def test_a_terminal_may_change_its_size_at_any_moment(opened, world):
    async with opened(world, (240, 60)) as app:
        for at, mode in enumerate(MODES):
            await app.press(str(at + 1))
            for size in ((20, 6), (200, 12), (81, 50), (120, 40)):
                await app.resize(*size)
                lines = app.frame.splitlines()
                assert len(lines) == size[1], mode
        await app.press("2")
        assert "k7f3 Publish every interface" in app.frame
