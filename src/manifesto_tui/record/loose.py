"""Makes the commit of one act, and writes its few objects by itself.

A vote is one file, the folders above it and a commit. Git's own ways to write these take two
processes, and a pack that is synced only to be taken apart again. Here each object is written
beside, synced, and only then given its name: first what the others depend on, the commit last.
Nothing refers to it yet, so that what a crash leaves is in nobody's way and goes with `git gc`.
"""

import errno
import os
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from hashlib import sha1, sha256
from secrets import token_hex

from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import FOLDER, PLAIN, Entry, Folders

Object = tuple[str, bytes]
"""An object's id, and what git keeps of it: kind, length and content."""

_FOLDER = FOLDER.encode()
_TRIES = 9
_LEVEL = 1  # As git compresses what it does not pack: quickly.


def commit_of(
    folders: Folders,
    files: Mapping[str, bytes | Entry | None],
    parents: Sequence[str],
    words: str,
    length: int,
) -> list[Object]:
    """Returns the objects of a commit that changes some files, itself the last.

    `folders` are the root and every folder above a file as they were, by path; `words` is what
    the commit says after its parents: who made it and when, and its message. `length` is that of
    an id.
    """
    made: list[Object] = []
    changed = {folder: dict(entries) for folder, entries in folders.items()}
    for path, data in files.items():
        if isinstance(data, bytes):
            made.append(object_of("blob", data, length))
            data = Entry(PLAIN, made[-1][0])
        _set(changed, path, data)
    for folder in sorted(filter(None, changed), key=lambda path: -path.count("/")):
        entry = None
        if changed[folder]:
            made.append(object_of("tree", _tree(changed[folder]), length))
            entry = Entry(FOLDER, made[-1][0])
        _set(changed, folder, entry)
    made.append(object_of("tree", _tree(changed[""]), length))
    above = "".join(f"parent {parent}\n" for parent in parents)
    made.append(object_of("commit", f"tree {made[-1][0]}\n{above}{words}".encode(), length))
    return made


def store(
    repo: Repository, objects: Sequence[Object], sync: Callable[[Iterable[int]], None]
) -> None:
    """Writes objects to where git keeps them, each synced by `sync` before it has its name.

    One that is there already is written again, since nobody knows whether that was synced.
    """
    names: dict[str, str] = {}
    place = os.open(repo.common_dir / "objects", os.O_RDONLY | os.O_DIRECTORY)
    try:
        with ExitStack() as opened:
            files = []
            for named, data in objects:
                beside, handle = _open_beside(place, named[:2])
                names[beside] = f"{named[:2]}/{named[2:]}"
                files.append(opened.enter_context(os.fdopen(handle, "wb")))
                files[-1].write(zlib.compress(data, _LEVEL))
                files[-1].flush()
            sync(file.fileno() for file in files)
        for beside, name in names.items():
            os.rename(beside, name, src_dir_fd=place, dst_dir_fd=place)
    except BaseException:
        for beside in names:
            with suppress(OSError):
                os.unlink(beside, dir_fd=place)
        raise
    finally:
        os.close(place)


def _open_beside(place: int, folder: str) -> tuple[str, int]:
    """Opens a new file in a folder of objects, which `git gc` takes away while it is empty."""
    for _ in range(_TRIES):
        # As git calls its own, so that it knows what to sweep up.
        beside = f"{folder}/tmp_obj_{token_hex(6)}"
        try:
            return beside, os.open(
                beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444, dir_fd=place
            )
        except FileNotFoundError:
            with suppress(FileExistsError):
                os.mkdir(folder, dir_fd=place)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder)


def _set(changed: dict[str, dict[str, Entry]], path: str, entry: Entry | None) -> None:
    folder, _, name = path.rpartition("/")
    if entry is None:
        changed[folder].pop(name, None)
    else:
        changed[folder][name] = entry


def _tree(entries: Mapping[str, Entry]) -> bytes:
    """Writes a folder as git does, in its order: by name, a folder's as if it ended in a slash."""
    lines = [
        (name.encode("utf-8", "surrogateescape"), entry.mode.encode(), bytes.fromhex(entry.id))
        for name, entry in entries.items()
    ]
    lines.sort(key=lambda line: line[0] + b"/" if line[1] == _FOLDER else line[0])
    return b"".join(b"%b %b\0%b" % (mode, name, held) for name, mode, held in lines)


def object_of(kind: str, content: bytes, length: int) -> Object:
    """Returns what git keeps of some content, and under which id of so many digits."""
    data = b"%b %d\0%b" % (kind.encode(), len(content), content)
    return (sha256 if length == 64 else sha1)(data).hexdigest(), data
