"""Plays a loss of power after each change of the disk, in a vote, a decision, an edit and a sync.

The shim writes down what was written, synced, named and removed, in order. From that, what a disk
may hold after the power went is made again, in some ways for each moment:

- all that was named before the last sync of anything is there, and of the bytes only those that
  were synced themselves: the least that ext4, XFS, Btrfs and APFS promise;
- all names that were made are there, yet of the bytes only the synced ones: an empty file, say;
- the same, with some of the other bytes, by chance;
- in a sync, the least again, where the shared place is on another machine, whose power stays.

Then the program is started again, and all of what `faults` asks has to hold. Where the shared place
was on the machine whose power went, its keeper frees what git left locked there, as docs/safety.md
says. What is not played:
disks that say "synced" and lie, and file systems that keep the sync of a file from its name.
"""

import json
import os
import random
import shutil
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path

from torture.faults import Heard, Tally, Torture, spelt, under_shim
from torture.ground import Figures
from torture.scenes import VERBS

PLAYED = ("vote", "decide", "edit", "sync sending")
WAYS = ("synced", "named", "chance")
ELSEWHERE = "elsewhere"
_SHARED_PLACE = "hub.git"
_ENTRY = struct.Struct("=iiiiQq")


def power(folder: Path, every: int = 1, *named: str) -> Figures:
    """Plays the loss of power at each call, or each third say; in a process with the shim.

    `named` are verbs, such as `vote` or `sync-uniting`.
    """
    return under_shim(folder, "torture.power", str(every), *spelt(named, tuple(VERBS)))


@dataclass(frozen=True)
class Change:
    """One change of the disk: W writes, S syncs, C makes, T cuts, R renames, L links, U removes,
    M makes a folder, Y syncs everything, B writes back."""

    kind: str
    inode: int
    number: int
    path: str
    other: str
    data: bytes


def changes(log: Path) -> list[Change]:
    """Reads what the shim wrote down."""
    held, at, found = log.read_bytes(), 0, []
    while at < len(held):
        kind, path, other, size, inode, number = _ENTRY.unpack_from(held, at)
        at += _ENTRY.size
        parts = []
        for length in (path, other, size):
            parts.append(held[at : at + length])
            at += length
        names = [os.fsdecode(os.path.normpath(part)) if part else "" for part in parts[:2]]
        found.append(Change(chr(kind), inode, number, names[0], names[1], parts[2]))
    return found


@dataclass
class Disk:
    """What a disk holds: files by inode, as written and as synced, and names."""

    written: dict[int, bytearray] = field(default_factory=dict)
    synced: dict[int, bytes] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Path) -> "Disk":
        """Takes what is there as synced."""
        disk = cls()
        for folder, _, files in os.walk(root):
            disk.folders.add(folder)
            for name in files:
                path = Path(folder) / name
                inode = path.lstat().st_ino
                disk.names[str(path)] = inode
                disk.synced[inode] = path.read_bytes()
                disk.written[inode] = bytearray(disk.synced[inode])
        return disk

    def apply(self, change: Change) -> None:
        """Changes the disk as the program did."""
        kind, inode = change.kind, change.inode
        held = self.written.setdefault(inode, bytearray())
        if kind == "W":
            held.extend(bytes(max(0, change.number - len(held))))
            held[change.number : change.number + len(change.data)] = change.data
        elif kind == "T":
            del held[change.number :]
            held.extend(bytes(change.number - len(held)))
        elif kind == "S" and inode in self.written:
            self.synced[inode] = bytes(held)
        elif kind == "C":
            self.names[change.path] = inode
        elif kind == "L":
            self.names[change.other] = inode
        elif kind == "U":
            self.names.pop(change.path, None)
            self.folders.discard(change.path)
        elif kind == "M":
            self.folders.add(change.path)
        elif kind == "R":
            self._rename(change.path, change.other)

    def _rename(self, old: str, new: str) -> None:
        if old in self.names:
            self.names[new] = self.names.pop(old)
            return
        for names in (self.names, self.folders):
            for path in [path for path in names if path == old or path.startswith(f"{old}/")]:
                moved = new + path[len(old) :]
                if isinstance(names, set):
                    names.discard(path)
                    names.add(moved)
                else:
                    names[moved] = names.pop(path)

    def write(self, root: Path, chance: random.Random | None) -> None:
        """Makes the folder as a disk would have it that lost what was not synced."""
        shutil.rmtree(root)
        for folder in sorted(self.folders):
            if Path(folder).is_relative_to(root):
                Path(folder).mkdir(parents=True, exist_ok=True)
        for path, inode in self.names.items():
            if Path(path).is_relative_to(root):
                data = self.synced.get(inode, b"")
                whole = bytes(self.written[inode])
                if chance and data != whole and chance.random() < 0.5:
                    data = whole[: chance.randrange(len(whole) + 1)]
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                Path(path).write_bytes(data)
                # The machine is started again after all this was written.
                os.utime(path, (1, 1))


def after(root: Path, start: Disk, made: list[Change], moment: int, way: str) -> None:
    """Makes the folder as it may be when the power goes after so many changes."""
    barrier = max((n + 1 for n in range(moment) if made[n].kind in "SY"), default=0)
    disk = Disk(
        {inode: bytearray(data) for inode, data in start.written.items()},
        dict(start.synced),
        dict(start.names),
        set(start.folders),
    )
    for number, change in enumerate(made[:moment]):
        if way in ("synced", ELSEWHERE) and number >= barrier and change.kind not in "WT":
            continue
        disk.apply(change)
    disk.write(root, random.Random(moment) if way == "chance" else None)


def _freed(there: Path) -> bool:
    """Removes the locks that a git left in the shared place; tells whether there were any."""
    locks = list(there.rglob("*.lock"))
    for lock in locks:
        lock.unlink()
    return bool(locks)


def main() -> None:
    """Plays the loss of power under the shim, and prints the figures."""
    folder, every, verbs = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or PLAYED
    torture = Torture(folder)
    tally, wrong, moments, freed = Tally(), [], 0, 0
    for name in verbs:
        verb = VERBS[name]
        before, whole = torture.whole(verb)
        known = torture.put(verb)
        start = Disk.read(torture.copy)
        log = folder / "log"
        log.unlink(missing_ok=True)
        heard = torture.record(verb, known, log)
        made = changes(log)
        there, taken = torture.copy / _SHARED_PLACE, folder / f"taken by {name}"
        ways = (*WAYS, ELSEWHERE) if there.exists() else WAYS
        if there.exists():
            shutil.copytree(there, taken)
        for moment in range(0, len(made) + 1, every):
            # What was said was said after the last change that the program made.
            told = heard if moment == len(made) else Heard(None, "", "")
            for way in ways:
                after(torture.copy, start, made, moment, way)
                if way == ELSEWHERE:
                    # What was sent is taken in there, whatever becomes of whoever sent it.
                    sent = any(Path(c.path).is_relative_to(there) for c in made[:moment])
                    known_there = torture.stage.scene(verb.scene)[0] / _SHARED_PLACE
                    shutil.rmtree(there)
                    shutil.copytree(taken if sent else known_there, there)
                tally.met += 1
                fault = torture.judged(verb, known, before, told, whole, tally)
                if fault and way != ELSEWHERE and _freed(there):
                    freed += 1
                    fault = torture.judged(verb, known, before, told, whole, tally)
                if fault:
                    wrong.append(f"{name}, {way} after change {moment}: {fault}")
                    sys.stderr.write(wrong[-1] + "\n")
        moments += len(made)
    figures = {
        "verbs": len(verbs),
        "changes of the disk": moments,
        **tally.figures,
        "freed by the keeper of the shared place": freed,
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
