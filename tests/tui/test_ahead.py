"""Keys that are typed faster than the screen opens: they go to what opens, not to what was."""

import asyncio
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
        assert app.status.startswith("It cannot be. Try later. What you typed")
        await typed_at_once(app, "2")
        assert app.app.screen.mode == "amendments"


@asynccontextmanager
async def reading(app):
    """The app while its record is still being read."""
    app.pilot = await app._running.__aenter__()
    try:
        while app.app.screen_stack[-1].id == "_default":
            await asyncio.sleep(0)
        assert app.app.screen.view is None
        yield app
    finally:
        await app._running.__aexit__(None, None, None)


async def test_what_is_asked_while_the_record_is_read_is_done_then(opened, world):
    async with reading(opened(world)) as app:
        await typed_at_once(app, "P")
        assert "People and rules" in app.frame


@pytest.mark.parametrize(("key", "opened_by_it"), [("P", "People and rules"), ("?", "Every key")])
async def test_the_guide_opens_over_nothing_that_was_asked_for(
    opened, world, tmp_path, key, opened_by_it
):
    new = {"XDG_CONFIG_HOME": str(tmp_path), "MANIFESTO_GUIDE": ""}
    async with reading(opened(world, **new)) as app:
        await typed_at_once(app, key)
        assert opened_by_it in app.frame
        assert "A short guide" not in app.frame


async def test_letters_after_what_is_asked_while_the_record_is_read_go_to_what_it_opens(
    opened, world, monkeypatch
):
    read, go_on = Session.read, threading.Event()

    def read_late(session, compact):
        go_on.wait()
        return read(session, compact)

    monkeypatch.setattr(Session, "read", read_late)
    async with reading(opened(world)) as app:
        for key in ("2", "c", *"Said at once."):
            app._send(key)
        while not app.app.screen.awaited:
            await asyncio.sleep(0)
        for _ in range(500):
            await asyncio.sleep(0)
        go_on.set()
        await app.settle()
        assert "Comment on" in app.frame
        assert "Said at once." in app.app.screen.values.values()
