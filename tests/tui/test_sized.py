"""Another size of the terminal is laid out once, and shows the place where one was."""

import sys

import pytest
from rich.segment import Segment
from textual._compositor import Compositor
from textual.content import Content
from textual.strip import Strip
from textual.widgets import ContentSwitcher

from manifesto_tui.tui.mends import mend
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.widgets.rows import Rows

WIDE, NARROW = (120, 40), (90, 40)


async def test_a_text_is_wrapped_for_no_width_in_between(opened, world, monkeypatch):
    asked = {}
    height = Passage.height

    def noting(row, width):
        asked.setdefault(row.key, set()).add(width)
        return height(row, width)

    async with opened(world, WIDE) as app:
        text = app.app.screen.query_one("#text", Rows)
        key, before = text.key, text.size.width
        monkeypatch.setattr(Passage, "height", noting)
        await app.resize(*NARROW)
        assert len(asked[key]) == 1
        assert text.size.width != before  # The third pane went.


async def test_all_is_drawn_once_for_another_size(opened, world, monkeypatch):
    drawn = []
    whole = Compositor.render_full_update

    def noting(compositor, *args, **more):
        drawn.append(compositor.size)
        return whole(compositor, *args, **more)

    async with opened(world, WIDE) as app:
        monkeypatch.setattr(Compositor, "render_full_update", noting)
        for size in (NARROW, WIDE, (160, 48), (60, 18)):
            drawn.clear()
            await app.resize(*size)
            assert drawn == [size]


@pytest.mark.parametrize("size", [(100, 12), (121, 14), (60, 18)])
async def test_what_stood_at_the_top_still_does(opened, world, size):
    async with opened(world, (120, 12)) as app:
        await app.press("2", "J")
        rows = app.app.screen.query_one("#detail", Rows)
        top = rows.row_at(rows.scroll_offset.y)
        assert top > 0
        await app.resize(*size)
        assert rows.row_at(rows.scroll_offset.y) == top
        at = rows.scroll_offset.y
        await app.press("K")
        assert rows.scroll_offset.y < at


def test_a_line_that_is_not_cut_does_not_hold_itself():
    mend()
    strip = Strip([Segment("care")], 4)
    held = sys.getrefcount(strip)
    assert list(strip.divide([4, 9])) == [strip]
    assert sys.getrefcount(strip) == held
    assert [piece.text for piece in strip.divide([1, 4])] == ["c", "are"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ae\u0301bc", ["ae\u0301", "bc"]),
        ("a👩\u200d⚕\ufe0fb", ["a ", " b"]),
        ("ab🏳\ufe0f\u200d🌈", ["ab", "🏳\ufe0f\u200d🌈"]),
        ("日本", ["日", "本"]),
        ("\u200d日本", ["\u200d日本", ""]),  # Nothing falls over where it joins nothing.
    ],
)
def test_a_line_is_cut_between_what_is_joined(text, pieces):
    mend()
    strip = Strip([Segment(text)])
    assert [piece.text for piece in strip.divide([2, strip.cell_length])] == pieces


async def test_what_is_shown_while_it_is_hidden_stands_there_once_it_is_not(opened, world):
    async with opened(world) as app:
        detail = app.app.screen.amendments.detail
        await app.press("2")
        before = app.frame
        await app.press("1")
        detail.show([Passage(Content("other words"))], top=True)
        app.app.screen.query_one(ContentSwitcher).current = "amendments"
        await app.settle()
        assert "other words" in app.frame and "other words" not in before
