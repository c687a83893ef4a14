"""Compiles the shim, and speaks to it through the page of memory that all processes share."""

import mmap
import os
import shutil
import struct
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
COUNT, KILL_BEFORE, KILL_AFTER, KILL_ALL, FULL, BROKEN, RECORD = range(7)
_HEAD = struct.Struct("=iiqqii")
_MOST = 1000
_LOG = _HEAD.size + 4 * _MOST
_WHERE = _LOG + 1024
_SIZE = _WHERE + 512


def compiler() -> str | None:
    """Returns a C compiler, None where there is none."""
    return shutil.which("cc")


def compile_shim(folder: Path) -> Path:
    """Makes the library that is loaded before the C library."""
    made = folder / "shim.so"
    command = [compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"]
    subprocess.run(command, check=True)
    return made


@dataclass(frozen=True)
class Control:
    """The page that the processes share: what to do at which call, and how far they came."""

    path: Path
    page: mmap.mmap

    @classmethod
    def make(cls, folder: Path) -> "Control":
        """Makes the page's file, with nothing armed."""
        path = folder / "control"
        path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            return cls(path, mmap.mmap(file.fileno(), _SIZE))

    @classmethod
    def open(cls, path: Path) -> "Control":
        """Opens the page that the shim of this process has read already."""
        with path.open("r+b") as file:
            return cls(path, mmap.mmap(file.fileno(), _SIZE))

    def arm(self, how: int, at: int = 0, log: Path | None = None) -> None:
        """Begins to count, for this process and all that it starts from here on."""
        name = os.fsencode(log) if log else b""
        self.page[_LOG:] = name.ljust(1024 + 512, b"\0")
        struct.pack_into("=i", self.page, _HEAD.size, os.getpid())
        self.page[: _HEAD.size] = _HEAD.pack(1, how, at, 0, 0, 1)

    def disarm(self) -> None:
        """Ends counting, once every process that took part has ended."""
        for _ in range(1000):
            if not self._living():
                break
            time.sleep(0.005)
        struct.pack_into("=i", self.page, 0, 0)

    @property
    def count(self) -> int:
        """How many calls changed the disk."""
        return int(_HEAD.unpack_from(self.page)[3])

    @property
    def at(self) -> int:
        """Which call was waited for."""
        return int(_HEAD.unpack_from(self.page)[2])

    @property
    def fired(self) -> bool:
        """Whether the call that was waited for came."""
        return bool(_HEAD.unpack_from(self.page)[4])

    @property
    def where(self) -> str:
        """Which program met the fault, at which call, on which path."""
        return self.page[_WHERE:].partition(b"\0")[0].decode("utf-8", "replace")

    def _living(self) -> bool:
        number = min(_HEAD.unpack_from(self.page)[5], _MOST)
        for process in struct.unpack_from(f"={number}i", self.page, _HEAD.size):
            if process and process != os.getpid():
                with suppress(OSError):
                    if _state(process) not in "ZX":
                        return True
        return False


def _state(process: int) -> str:
    """Returns the letter that the system has for what a process does."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
