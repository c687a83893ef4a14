"""Keeps one git running that reads objects, for as long as they are asked for one after the other.

To start a git takes longer than most of what it is asked for. A reader belongs to one thread: who
uses it opens and ends it there, see `Repository.at_hand`. Whatever goes wrong with it ends it.
"""

import io
import os
import select
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import local
from typing import IO, Any, cast

from manifesto_tui.record.listening import end
from manifesto_tui.record.running import TIMEOUT, Running, words_of
from manifesto_tui.record.trouble import failed, too_long

# So much goes into an empty pipe whole, on every system: who asks no more than that at once waits
# for nobody, while git waits for nobody to take its answers.
MOST_ASKED = 4096 - 32


_KEPT = 4096


class Reader:
    """A `cat-file --batch` that is started when it is first asked."""

    def __init__(self, begin: Callable[[], Running]) -> None:
        self._begin = begin
        self._process: Running | None = None
        self._out: IO[bytes] | None = None
        self._count = 0
        self._is_wanted = True
        self.is_busy = False

    @property
    def has_begun(self) -> bool:
        """Whether it was asked before, so that its next answer waits for no start."""
        return self._process is not None

    @contextmanager
    def asked(self, names: bytes) -> Iterator[IO[bytes]]:
        """Hands over what git answers to the names of some objects, a line each.

        Raises Unavailable "git-timeout" where it does not answer. Who leaves before all of it is
        read ends the process: the next question starts another.
        """
        self.is_busy = True
        self._count += 1
        # No object can be called so: its answer says that all others were read.
        last = b"~%d" % self._count
        whole = False
        try:
            out = self._ask(names + last + b"\n")
            yield out
            whole = out.readline() == last + b" missing\n"
        finally:
            self.is_busy = False
            if not (whole and self._is_wanted):
                self._end()

    def close(self) -> None:
        """Ends the process, once nobody reads its answers any more."""
        self._is_wanted = False
        if not self.is_busy:
            self._end()

    def _end(self) -> None:
        process, self._process, self._out = self._process, None, None
        if process is not None:
            end(process)

    def _ask(self, said: bytes) -> IO[bytes]:
        """Writes a question whole; begins anew where the process has ended since the last one."""
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = self._begin()
            self._out = io.BufferedReader(_Patient(self._process))
        assert self._process.stdin is not None
        assert self._out is not None
        try:
            os.write(self._process.stdin.fileno(), said)
        except OSError as error:
            assert self._process.stderr is not None
            told = words_of(self._process.stderr.read())
            raise failed("cat-file", 0, told or str(error.strerror)) from error
        return self._out


class AtHand:
    """The reader that each thread keeps, if any."""

    def __init__(self) -> None:
        self._own = local()

    @contextmanager
    def kept(self, begin: Callable[[], Running]) -> Iterator[None]:
        """Keeps a reader for this thread until then; one that is kept already goes on."""
        if getattr(self._own, "reader", None) is not None:
            yield
            return
        with closing(Reader(begin)) as self._own.reader:
            try:
                yield
            finally:
                self._own.reader = None

    @property
    def free(self) -> Reader | None:
        """The reader of this thread, where it has one and nobody is reading its answers."""
        reader: Reader | None = getattr(self._own, "reader", None)
        return None if reader is None or reader.is_busy else reader


class _Patient(io.RawIOBase):
    """What a process says, waited for as long as any git may take, and no longer."""

    def __init__(self, process: Running) -> None:
        self._out, self._errors = cast(IO[bytes], process.stdout), cast(IO[bytes], process.stderr)
        self._said = b""
        self._streams = select.poll()
        for stream in (self._out, self._errors):
            self._streams.register(stream, select.POLLIN)

    def readable(self) -> bool:
        """Says that it can be read."""
        return True

    def readinto(self, room: Any) -> int:
        """Reads what is there by now, at least a byte before the end.

        Raises what git said where it ended with that.
        """
        until = time.monotonic() + TIMEOUT
        while True:
            ready = {fd for fd, _ in self._streams.poll(max(0.0, until - time.monotonic()) * 1000)}
            if not ready:
                raise too_long(TIMEOUT)
            if self._out.fileno() in ready:
                count = os.readv(self._out.fileno(), [room])
                if not count and (told := words_of(self._said + self._errors.read())):
                    raise failed("cat-file", 0, told)
                return count
            # Unread, a talkative git would fill this pipe and wait for ever.
            said = os.read(self._errors.fileno(), 1 << 16)
            self._said = (self._said + said)[-_KEPT:]
            if not said:
                self._streams.unregister(self._errors)
