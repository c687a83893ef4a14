"""A large record that is read shows how far that has come, and can be stopped and gone on with."""

from threading import Event

import pytest

from manifesto_tui.record.lazy import LazyProposals
from manifesto_tui.tui.screens import main


@pytest.fixture
def slow(monkeypatch):
    """Makes reading come to a half, and no further until it may go on."""
    goes_on = Event()
    read = LazyProposals.read

    def halfway(proposals):
        told = proposals._shelf._repo.progress
        told(1, 2)
        while not goes_on.wait(0.01):
            told(1, 2)
        read(proposals)
        told(2, 2)

    monkeypatch.setattr(main, "_MANY", 1)
    monkeypatch.setattr(LazyProposals, "read", halfway)
    yield goes_on
    goes_on.set()


async def begun(opened, own):
    app = opened(own)
    app.pilot = await app._running.__aenter__()
    await app.until(lambda: "Reading 2 proposals ████████████░░░░░░░░░░░░ 50 %" in app.frame)
    return app


async def test_esc_stops_it_and_what_is_asked_for_goes_on(opened, own, slow):
    app = await begun(opened, own)
    try:
        assert "esc stops" in app.status
        # The line may be drawn one turn before the text, whose own drawing waits for its size.
        await app.until(lambda: "People who give care" in app.frame)
        app._send("escape")
        await app.until(lambda: "Reading was stopped" in app.frame)
        slow.set()
        assert app.status.startswith("Reading was stopped; what was read is kept. R goes on.")
        await app.press("v")
        assert "a3dm" in (await app.press("2")).frame
        await app.press("escape", "R")
        assert app.status.startswith("Read again.")
    finally:
        await app.__aexit__(None, None, None)


async def test_esc_and_the_key_that_quits_do_not_wait_for_what_was_asked_for(opened, own, slow):
    app = await begun(opened, own)
    try:
        app._send("2")
        app._send("v")
        await app.until(lambda: "then Vote; esc stops" in app.frame)
        app._send("escape")
        await app.until(lambda: "Reading was stopped" in app.frame)
        assert not app.app.screen.awaited
        slow.set()
        slow.clear()
        app._send("v")
        await app.until(lambda: "then Vote" in app.frame)
        app._send("ctrl+q")
        await app.until(lambda: app.app._exit)
    finally:
        slow.set()
        await app.__aexit__(None, None, None)


async def test_leaving_stops_it(opened, own, slow):
    app = await begun(opened, own)
    await app.__aexit__(None, None, None)
    assert not slow.is_set()
    assert not [worker for worker in app.app.workers if worker.is_running]
