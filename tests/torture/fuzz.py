"""Damages files of the record in every way, and looks at what the two readers make of them.

`plain` reads what this program writes, ruamel.yaml everything else; where both read a file they
have to say the same, and a file that neither takes is refused in a sentence. Each process has 64 MB
of address space beyond what it starts with, so that a file which asks for more is found out.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.record import forms, plain, yaml
from record.made import FILES
from torture.ground import Figures

ROOM = 64 << 20
SECONDS = 0.5
CHUNK = 2000
_SHOWN = 20
_PIECES = [
    *(b"&a ", b"*a ", b"<<: ", b"!!x ", b"- ", b"? ", b"{", b"[", b"}", b"]", b'"', b"'", b"|"),
    *(
        b">",
        b"\n",
        b"  ",
        b"\t",
        b"#",
        b" #",
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n",
        b": ",
        b", ",
        b":",
    ),
    *(
        b"\xff",
        b"\0",
        b"\\U99999999",
        b"\\ud800",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\r",
        b"\xc2\x85",
        b"\xc2\xa0",
    ),
    *("\u2028".encode(), "\u202e".encode(), "e\u0301".encode(), "\U000e0041".encode(), b"\x1b["),
    *(
        b"no",
        b"~",
        b"null",
        b"1e999",
        b"0x1f",
        b"9" * 40,
        b"2026-02-31",
        b".inf",
        b"-",
        b"!",
        b"%",
        b"@",
    ),
    *(
        b"|-\n",
        b"|+\n",
        b">2\n",
        b"|9\n",
        b"a: b\n",
        b"- a\n",
        b"- a: b\n",
        b"format: 1\n",
        b"\\",
        b"``",
    ),
]


@dataclass
class Count:
    """What was found among some files."""

    files: int = 0
    uncaught: int = 0
    disagreed: int = 0
    read: int = 0
    by_both: int = 0
    slowest: float = 0.0

    def add(self, other: "Count") -> None:
        """Adds what was found among others."""
        self.files += other.files
        self.uncaught += other.uncaught
        self.disagreed += other.disagreed
        self.read += other.read
        self.by_both += other.by_both
        self.slowest = max(self.slowest, other.slowest)


def fuzz(_: Path, number: int, minutes: int = 600, processes: int = 2, first: int = 0) -> Figures:
    """Reads a number of damaged files in some processes, or as many as the time allows.

    Each seed makes 2,000 files; `first` is the first seed, so that a run can go on after another.
    """
    count, end, start = Count(), time.monotonic() + minutes * 60, time.monotonic()
    starts = iter(range(0, number, CHUNK))
    with ProcessPoolExecutor(processes, initializer=_confine) as pool:
        running: set[Future[Count]] = set()
        while True:
            while len(running) < 2 * processes and time.monotonic() < end:
                at = next(starts, None)
                if at is None:
                    break
                seed = first + at // CHUNK
                running.add(pool.submit(read_chunk, seed, min(CHUNK, number - at)))
            if not running:
                break
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                count.add(future.result())
            if count.files % (50 * CHUNK) == 0:
                sys.stderr.write(f"{count.files:,} files, {count}\n")
    return {
        "files": count.files,
        "read": count.read,
        "read by both readers": count.by_both,
        "readers that disagreed": count.disagreed,
        "uncaught": count.uncaught,
        "slowest, in seconds of processor time": round(count.slowest, 3),
        "room for each process, in MB": ROOM >> 20,
        "files a second": round(count.files / (time.monotonic() - start)),
        "100 MB refused, in seconds": _refuse_a_flood(),
    }


def read_chunk(seed: int, number: int) -> Count:
    """Reads the damaged files that one seed makes."""
    count = Count()
    before = time.thread_time()
    for path, data in damaged(seed, number):
        try:
            forms.read(path, data)
            count.read += 1
        except yaml.Unreadable as error:
            if not all(problem.sentence.endswith(".") for problem in error.problems):
                count.uncaught += _told(f"no sentence: {error}", path, data)
        except Exception as error:  # noqa: BLE001 - counting these is the purpose
            count.uncaught += _told(repr(error), path, data)
        verdict = compared(path, data)
        count.by_both += verdict is not None
        if verdict is False:
            count.disagreed += _told("the readers disagree", path, data)
        count.files += 1
        # To ask for the time costs a tenth of all, so it is asked once for all that is done with
        # a file: damaging it and reading it with both readers.
        now = time.thread_time()
        took, before = now - before, now
        if took > SECONDS:
            _told(f"{took:.2f} s", path, data)
        count.slowest = max(count.slowest, took)
    return count


def compared(path: str, data: bytes) -> bool | None:
    """Tells whether both readers say the same of a file, None where only one takes it."""
    try:
        quick = plain.read(yaml.decoded(path, data))
    except yaml.Unreadable:
        return None
    if quick is None:
        return None
    try:
        return yaml.read_slowly(path, yaml.decoded(path, data)).bare() == quick.bare()
    except yaml.Unreadable:
        return False


def damaged(seed: int, number: int) -> Iterator[tuple[str, bytes]]:
    """Yields files of the record with pieces put in, taken out, doubled and swapped."""
    chance = random.Random(seed)
    files = [(path, forms.write(value)) for path, value in FILES.items()]
    for _ in range(number):
        path, data = chance.choice(files)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
            data = chance.choice((_piece, _piece, _piece, _lines, _bit))(chance, data)
        yield path, data


def _piece(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    cut = at + chance.choice((0, 0, 0, 1, 2, 5, 40))
    many = chance.choice((1,) * 300 + (2, 5, 17, 17, 90, 90, 900, 60_000))
    piece = chance.choice(_PIECES)
    room = max(1, (yaml.LARGEST - len(data)) // len(piece))
    return data[:at] + piece * min(many, room) + data[cut:]


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(5)
    if what == 0:
        lines.insert(other, lines[one])
    elif what == 1:
        del lines[one]
    elif what == 2:
        lines[one], lines[other] = lines[other], lines[one]
    elif what == 3:
        lines[one] = b" " * chance.choice((1, 2, 3, 4)) + lines[one]
    else:
        lines[one] = lines[one].strip()
    return b"\n".join(lines)


def _bit(chance: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _told(what: str, path: str, data: bytes) -> int:
    shown = data if len(data) < 2000 else data[:1000] + b" ... " + data[-500:]
    sys.stderr.write(f"{what} on {path}: {shown!r}\n")
    sys.stderr.flush()
    return 1


def _confine() -> None:
    """Gives this process 64 MB beyond what it has once everything is imported."""
    read_chunk(0, 50)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _refuse_a_flood() -> float:
    flood = b"a: " + b"x" * (100 << 20)
    start = time.thread_time()
    try:
        yaml.read("x.yaml", flood)
    except yaml.Unreadable:
        return round(time.thread_time() - start, 3)
    raise AssertionError("100 MB were read")
