"""Keys that are typed faster than the screen opens: they go to what opens, not to what was."""

import threading
from contextlib import asynccontextmanager

import pytest

from manifesto_tui.tui.session import Session


async def typed_at_once(app, *keys):
    """Sends keys without waiting for what any of them does."""
    for key in keys:
        app._send(key)
    await app.settle()


async def test_letters_after_the_search_key_go_to_the_field(opened, world):
    async with opened(world) as app:
        await typed_at_once(app, "slash", *"qopen2", "enter")
        assert app.app.screen.reading.text.needle == "qopen2"
        assert app.app.screen.mode == "read"


async def test_letters_after_a_dialog_key_go_to_the_dialog(opened, world):
    async with opened(world) as app:
        await typed_at_once(app, "A", *"eve", "tab", *"Eve 2q", "tab", *"x")
        assert app.app.screen.values == {
            "handle": "eve",
            "name": "Eve 2q",
            "constituency": "x",
            "role": "member",
        }


async def test_letters_typed_while_the_editor_opens_go_to_the_editor(opened, own):
    async with opened(own) as app:
        await typed_at_once(app, "j", "j", "a", *" and so on 2q/", "escape", "2")
        assert app.app.screen.mode == "amendments"
        assert [draft.text[-13:] for draft in app.app.screen.drafts] == [" and so on 2q/"[-13:]]


async def test_what_was_typed_for_an_editor_that_does_not_open_is_dropped(opened, own, monkeypatch):
    from manifesto_tui.governance.problem import Refused
    from manifesto_tui.workflow import drafting

    def refuse(*given):
        raise Refused("no", "It cannot be.", "Try later.")

    monkeypatch.setattr(drafting, "begin", refuse)
    async with opened(own) as app:
        await typed_at_once(app, "j", "j", "a", *"2q/")
        assert app.app.screen.mode == "read"
        assert app.status.startswith(
            "It cannot be. What you typed meanwhile had nowhere to go. Try"
        )
        await typed_at_once(app, "2")
        assert app.app.screen.mode == "amendments"


@pytest.fixture
def go_on(monkeypatch):
    """The record is read for as long as this is not set."""
    read, go_on = Session.read, threading.Event()

    def read_late(session, compact):
        go_on.wait()
        return read(session, compact)

    monkeypatch.setattr(Session, "read", read_late)
    yield go_on
    go_on.set()


@asynccontextmanager
async def reading(app, go_on):
    """The app while its record is still being read; what is left under way ends with it."""
    app.pilot = await app._running.__aenter__()
    try:
        await app.until(lambda: app.app.screen.id != "_default" and app.app.screen.being_read)
        yield app
    finally:
        go_on.set()
        await app._running.__aexit__(None, None, None)


async def test_what_is_asked_while_the_record_is_read_is_done_then(opened, world, go_on):
    async with reading(opened(world), go_on) as app:
        app._send("P")
        await app.until(lambda: app.app.screen.awaited)
        go_on.set()
        await app.settle()
        assert "People and rules" in app.frame


@pytest.mark.parametrize(("key", "opened_by_it"), [("P", "People and rules"), ("?", "Every key")])
async def test_the_guide_opens_over_nothing_that_was_asked_for(
    opened, world, tmp_path, go_on, key, opened_by_it
):
    new = {"XDG_CONFIG_HOME": str(tmp_path), "MANIFESTO_GUIDE": ""}
    async with reading(opened(world, **new), go_on) as app:
        main = app.app.screen
        app._send(key)
        await app.until(lambda: main.awaited or opened_by_it in app.frame)
        go_on.set()
        await app.settle()
        assert opened_by_it in app.frame
        assert "A short guide" not in app.frame


async def test_letters_after_what_is_asked_while_the_record_is_read_go_to_what_it_opens(
    opened, own, go_on
):
    async with reading(opened(own), go_on) as app:
        for key in ("2", "c", *"Said at once."):
            app._send(key)
        waiting = len("Said at once.")
        await app.until(lambda: app.app.screen.awaited and len(app.app._ahead) == waiting)
        go_on.set()
        await app.settle()
        assert "Comment on" in app.frame
        assert "Said at once." in app.app.screen.values.values()


async def test_a_key_is_drawn_once_with_all_that_it_changes(opened, world, monkeypatch):
    async with opened(world) as app:
        screen, drawn = app.app.screen, []
        draw = screen._compositor_refresh

        def noted():
            drawn.append((screen.reading.text.key, screen.reading.beside.heading.label))
            draw()

        await typed_at_once(app, "j")
        monkeypatch.setattr(screen, "_compositor_refresh", noted)
        await typed_at_once(app, "j")
        place = screen.reading.place
        assert drawn[0][0] == screen.reading.text.key
        assert place[1].number in drawn[0][1]
        assert not app.app.holds_back


async def test_a_screen_is_drawn_however_many_keys_follow(opened, world, monkeypatch):
    from manifesto_tui.tui import ahead

    monkeypatch.setattr(ahead, "_HELD", 0.0)
    async with opened(world) as app:
        screen, keys = app.app.screen, []
        draw = screen._compositor_refresh
        monkeypatch.setattr(
            screen, "_compositor_refresh", lambda: (keys.append(screen.reading.text.key), draw())
        )
        await typed_at_once(app, "j", "j", "j")
        assert len(set(keys)) == 3


async def test_keys_typed_with_the_one_that_shows_a_text_move_in_it(opened, own):
    async with opened(own, (120, 40)) as app:
        await app.press("2")
        await app.write("1gjja")
        assert "Clause 1.2" in app.frame
