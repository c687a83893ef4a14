"""A terminal that vanishes holds nothing up."""

import io
import os
import threading
from contextlib import suppress

from textual.app import App
from textual.drivers._writer_thread import WriterThread

from manifesto_tui.tui.driver import Lasting


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
        app.app._driver.is_behind = True
        drawn.clear()
        await app.press("j", "j", "j")
        assert drawn == []
        app.app._driver.is_behind = False
        await app.until(lambda: drawn)
