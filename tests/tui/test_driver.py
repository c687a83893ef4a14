"""A terminal that vanishes holds nothing up."""

import os
from contextlib import suppress

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
