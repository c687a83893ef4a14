"""A terminal that vanishes holds nothing up."""

import io
import os
import threading
from contextlib import suppress
from typing import Any

import pytest
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.screen import Screen

from manifesto_tui.tui import ahead
from manifesto_tui.tui.driver import Lasting, Pace
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.widgets.chrome import Header


def test_nobody_waits_for_what_is_drawn_once_the_terminal_is_gone():
    read, write = os.pipe()
    os.close(read)
    with suppress(BrokenPipeError), os.fdopen(write, "w") as gone:
        writer = WriterThread(Lasting(gone))
        writer.start()
        for _ in range(100):
            writer.write("x" * 5000)
        writer.stop()
        assert not writer.is_alive()


def test_what_waits_to_be_taken_by_a_slow_terminal_is_known():
    taken, written = threading.Event(), threading.Event()

    class Slow(io.StringIO):
        def write(self, text: str) -> int:
            written.set()
            taken.wait()
            return len(text)

    file = Lasting(Slow())
    assert not file.is_slow
    writer = threading.Thread(target=file.write, args=("x",))
    writer.start()
    written.wait()
    while not file.is_slow:  # It is, once that has taken long.
        pass
    taken.set()
    writer.join()
    assert not file.is_slow


async def test_what_a_slow_terminal_is_spared_is_drawn_later(opened, world, monkeypatch):
    drawn: list[object] = []
    monkeypatch.setattr(App, "_display", lambda self, screen, given: drawn.append(given))
    async with opened(world) as app:
        rows = app.app.screen.reading.text
        app.app._driver.is_behind = True
        drawn.clear()
        for _ in range(3):
            app._send("j")
        await app.until(lambda: rows.cursor == 3)
        assert drawn == []
        app.app._driver.is_behind = False
        await app.until(lambda: drawn)


async def test_what_changes_before_that_is_drawn_comes_along(opened, world, monkeypatch):
    drawn: list[int] = []

    def noted(app: App[int], screen: object, given: Any) -> None:
        drawn.extend(y for y, _, _ in getattr(given, "spans", ()))

    monkeypatch.setattr(App, "_display", noted)
    async with opened(world) as app:
        screen = app.app.screen
        app.app._driver.is_behind = True
        app._send("j")
        await app.until(lambda: screen._waits)
        drawn.clear()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(screen._update_timer, "resume", lambda: None)
            screen._update_timer.pause()
            header = screen.query_one(Header)
            header.refresh()
            await app.until(lambda: header in screen._dirty_widgets)
            app.app._driver.is_behind = False
            await app.until(lambda: drawn)
        await app.settle()
        assert header.region.y in drawn


@pytest.fixture
def drawn_as(monkeypatch):
    """The screens that were drawn whole, "a part" for others; a slow machine is waited for."""
    drawn: list[str] = []
    display = App._display

    def noted(app: App[int], screen: Screen[object], given: Any) -> None:
        if given is not None:
            drawn.append(type(screen).__name__ if isinstance(given, LayoutUpdate) else "a part")
        display(app, screen, given)

    monkeypatch.setattr(App, "_display", noted)
    monkeypatch.setattr(ahead, "_HELD", 60)
    return drawn


async def test_another_view_is_drawn_whole_at_once(opened, world, drawn_as):
    async with opened(world) as app:
        for key in "2341":
            drawn_as.clear()
            await app.press(key)
            assert drawn_as[0] == "MainScreen", key
            assert "MainScreen" not in drawn_as[1:], key


async def test_the_record_is_read_once_the_first_screen_is_drawn(
    opened, world, drawn_as, monkeypatch
):
    begin = Session.begin
    before: list[list[str]] = []
    monkeypatch.setattr(
        Session, "begin", lambda session: before.append([*drawn_as]) or begin(session)
    )
    async with opened(world):
        assert before[0][0] == "MainScreen"


def test_a_terminal_far_away_is_known_by_its_answers():
    pace = Pace()
    pace.wrote(9_000)
    assert not pace.asks(1.0)  # It has not said that it answers.
    pace.answered(1.0)
    assert pace.asks(2.0)
    assert not pace.asks(2.1)  # One question is under way.
    assert not pace.is_behind(2.1)
    pace.answered(2.2)
    pace.wrote(9_000)
    assert pace.asks(3.0)
    assert not pace.is_behind(3.3)
    assert pace.is_behind(3.5)
    assert not pace.is_behind(8.5)  # That answer may never come.
    pace.answered(15.0)
    pace.wrote(9_000)
    assert pace.asks(16.0)
    pace.wrote(9_000)
    assert pace.is_behind(16.0)
