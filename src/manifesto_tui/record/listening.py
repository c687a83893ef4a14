"""Listens to a process while it runs, and ends it with all that it started.

Which process that is, and what may run at all, is for `git` to say.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record.trouble import too_long

_MOST_SAID = 1 << 20
_AT_ONCE = 1 << 16
_PATIENCE = 1.0
_SILENCE = 600.0
_MOMENT = 0.1


class Heard:
    """What a process says on both its streams; `told` hears each line of the second at once."""

    def __init__(self, process: "subprocess.Popen[bytes]", told: Callable[[str], None]) -> None:
        self.out = self.said = self._line = b""
        self._process = process
        self._told = told
        self._last = time.monotonic()
        self._streams = DefaultSelector()
        for stream, take in ((process.stdout, self._take), (process.stderr, self._hear)):
            if stream:
                os.set_blocking(stream.fileno(), False)
                self._streams.register(stream, EVENT_READ, take)

    def ended(self, patience: float) -> bool:
        """Listens for a moment, and tells whether the process has ended."""
        if self._streams.get_map():
            self._listen(patience)
        else:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        return self._process.poll() is not None

    def silence(self) -> float:
        """Returns for how many seconds nothing was said."""
        return time.monotonic() - self._last

    def finish(self) -> None:
        """Takes the rest of what a process said that has ended, all of which is there by now.

        What it left running, such as a shared connection, may keep the streams open for long.
        """
        while self._listen(0):
            pass
        self.said += self._line
        self._streams.close()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()

    def _listen(self, patience: float) -> bool:
        """Takes what is there, or comes within so many seconds; tells whether anything did."""
        ready = self._streams.select(patience)
        for key, _ in ready:
            data = os.read(key.fd, _AT_ONCE)
            if data:
                key.data(data)
            else:
                self._streams.unregister(key.fileobj)
        return bool(ready)

    def _take(self, data: bytes) -> None:
        self.out += data

    def _hear(self, data: bytes) -> None:
        self._last = time.monotonic()
        *lines, self._line = re.split(rb"(?<=[\r\n])", self._line + data)
        for whole in lines:
            # Whoever was to hear it may have closed their terminal; what runs goes on.
            with suppress(OSError, ValueError):
                self._told(whole.decode("utf-8", "replace").strip())
            # Progress ends in a carriage return: it is written over, and is no message.
            if whole.endswith(b"\n") and len(self.said) < _MOST_SAID:
                self.said += whole


def listen(
    process: "subprocess.Popen[bytes]", told: Callable[[str], None], stopped: Callable[[], bool]
) -> Heard:
    """Listens until the process ends, and ends it gently where `stopped` says so.

    Raises Refused "stopped" then, and Unavailable "git-timeout" after ten minutes of silence.
    """
    heard = Heard(process, told)
    try:
        while not heard.ended(_MOMENT):
            if stopped():
                raise Refused(
                    "stopped",
                    "It was stopped.",
                    "What you recorded is kept here and goes with the next sync.",
                )
            if heard.silence() > _SILENCE:
                raise too_long(_SILENCE)
    finally:
        end_gently(process)
        heard.finish()
    return heard


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process and whatever it started."""
    _kill(process)
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with suppress(OSError):
                stream.close()


def end_gently(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process that still runs, once it could take its own locks and halves of files away."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
