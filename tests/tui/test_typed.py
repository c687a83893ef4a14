"""Words that are typed, pasted or begun with: what is hidden in them is drawn as a sign."""

import pytest
from textual import events
from textual.app import App
from textual.keys import _character_to_key

from manifesto_tui.tui.safe import signs
from manifesto_tui.tui.widgets.typed import TypedArea, TypedLine

EVIL = "a\x1b[2Jb\u202ec\x9bd\x7f"


def test_each_hidden_character_has_one_sign():
    assert signs(EVIL) == "a␛[2Jb\ufffdc\ufffdd␡"
    assert signs("👩‍⚕️ نمی‌خواهم") == "👩‍⚕️ نمی‌خواهم"


async def test_fields_draw_signs_and_keep_the_words():
    class Fields(App[None]):
        def compose(self):
            yield TypedLine(EVIL)
            yield TypedArea(EVIL)

    async with Fields().run_test() as pilot:
        await pilot.pause()
        strips = pilot.app.screen._compositor.render_strips()
        shown = "".join(segment.text for strip in strips for segment in strip)
        assert shown.count("a␛[2Jb\ufffdc\ufffdd␡") == 2
        assert not set(shown) & set("\x1b\u202e\x9b\x7f")
        assert pilot.app.query_one(TypedLine).value == EVIL
        assert pilot.app.query_one(TypedArea).text == EVIL


async def test_what_joins_letters_is_typed_as_well_as_pasted():
    class Fields(App[None]):
        def compose(self):
            yield TypedLine()
            yield TypedArea()

    typed = "می\u200cخواهم 👩\u200d⚕\ufe0f 5\u00a0km a\u00adb"
    async with Fields().run_test() as pilot:
        for field in (pilot.app.query_one(TypedLine), pilot.app.query_one(TypedArea)):
            field.focus()
            await pilot.pause()
            for letter in typed:
                field.post_message(events.Key(_character_to_key(letter), letter))
            field.post_message(events.Key("escape", "\x1b"))
            await pilot.pause()
        assert pilot.app.query_one(TypedLine).value == typed
        assert pilot.app.query_one(TypedArea).text == typed


@pytest.mark.parametrize(
    "text",
    ["a\x0bb\x0cc\u2028d\u2029e\x85f\x1cg\n", "a\r\nb\r\n", "a\r\nb\nc\rd", "a\rb", "", "\n\n"],
)
async def test_a_text_that_is_only_looked_at_stays_as_it_is(text):
    class Fields(App[None]):
        def compose(self):
            yield TypedArea(text)

    async with Fields().run_test() as pilot:
        area = pilot.app.query_one(TypedArea)
        assert area.text == text
        area.move_cursor(area.document.end)
        area.insert("typed")
        assert area.text == text + "typed"
