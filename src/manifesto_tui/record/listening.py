"""Listens to a process while it runs, and ends it with all that it started.

Which process that is, and what may run at all, is for `git` to say.
"""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record.trouble import too_long

_MOST_SAID = 1 << 20
_PATIENCE = 1.0
_SILENCE = 600.0
_MOMENT = 0.1


class Heard:
    """What a process says on both its streams; `told` hears each line of the second at once."""

    def __init__(self, process: "subprocess.Popen[bytes]", told: Callable[[str], None]) -> None:
        self.out = self.said = b""
        self._process = process
        self._told = told
        self._last = time.monotonic()
        self._silent = threading.Event()
        self._threads = [
            threading.Thread(target=target, args=(stream,), daemon=True)
            for target, stream in ((self._read, process.stdout), (self._hear, process.stderr))
        ]
        for thread in self._threads:
            thread.start()

    def ended(self, patience: float) -> bool:
        """Waits a moment, and tells whether the process has ended."""
        if self._silent.wait(patience):
            self._process.wait()
        # What it left running, such as a shared connection, may keep the stream open for long.
        return self._process.poll() is not None

    def silence(self) -> float:
        """Returns for how many seconds nothing was said."""
        return time.monotonic() - self._last

    def join(self) -> None:
        """Waits until both streams have ended, though not for what the process left running."""
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _read(self, stream: IO[bytes]) -> None:
        self.out = stream.read()
        stream.close()

    def _hear(self, stream: IO[bytes]) -> None:
        line = b""
        while data := os.read(stream.fileno(), 4096):
            self._last = time.monotonic()
            *lines, line = re.split(rb"(?<=[\r\n])", line + data)
            for whole in lines:
                # Whoever was to hear it may have closed their terminal; what runs goes on.
                with suppress(OSError, ValueError):
                    self._told(whole.decode("utf-8", "replace").strip())
                # Progress ends in a carriage return: it is written over, and is no message.
                if whole.endswith(b"\n") and len(self.said) < _MOST_SAID:
                    self.said += whole
        self.said += line
        stream.close()
        self._silent.set()


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
        heard.join()
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
