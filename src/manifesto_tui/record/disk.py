"""Reads and writes files of the work tree, never through a link and never into git's folder.

A repository may hold a symbolic link where a folder is expected; following it would write
outside. Every folder on the way is therefore opened by itself, refusing links, and the file is
reached from there. Writing goes through a temporary file, fsync and rename.
"""

import errno
import os
import stat
from _thread import start_new_thread
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha1, sha256
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
LARGEST = 4 * 1024 * 1024
_LONGEST = 4096  # Of a path, with the NUL behind it.


def read_file(root: Path, path: str) -> bytes | None:
    """Returns a plain file's bytes, or None where there is none.

    Raises Refused with code `not-a-plain-file` where a link, a folder or something over 4 MiB
    is in its place, and Unavailable "disk" where it cannot be reached.
    """
    try:
        with _parent(root, path) as (folder, name):
            handle = os.open(name, _FILE, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreached(path, error) from error
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
        os.close(handle)
        raise _not_plain(path)
    with os.fdopen(handle, "rb") as file:
        return file.read()


def write_file(root: Path, path: str, data: bytes, scratch: Path) -> None:
    """Writes a file as a whole or not at all, with the folders on its way.

    It is written as `scratch` first, a path outside the work tree on the same disk, so that a
    crash leaves nothing among the user's files.
    """
    with _put_in_place(root, path, scratch), scratch.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_anything(root: Path, path: str, mode: str, source: IO[bytes], scratch: Path) -> None:
    """Writes what no record is: a file of any size, one that may be run ("100755"), a link.

    Where a link leads is what others wrote; one that no system can make is left out, as git does.
    """
    target = source.read(_LONGEST) if mode == "120000" else None
    if target is not None and (not target or len(target) == _LONGEST or b"\0" in target):
        remove_file(root, path)
        return
    with _put_in_place(root, path, scratch):
        if target is not None:
            scratch.unlink(missing_ok=True)
            scratch.symlink_to(os.fsdecode(target))
            return
        with scratch.open("wb") as file:
            while data := source.read(1 << 20):
                file.write(data)
            if mode == "100755":
                os.fchmod(file.fileno(), os.fstat(file.fileno()).st_mode | 0o111)
            file.flush()
            os.fsync(file.fileno())


def put_file(root: Path, path: str, scratch: Path) -> None:
    """Takes a file that was made and synced as `scratch` to its place."""
    with _put_in_place(root, path, scratch):
        pass


def sync_together(handles: Iterable[int]) -> None:
    """Syncs open files all at once: that takes hardly longer than one, and each by itself does.

    Raises OSError where one of them could not be synced.
    """
    told: SimpleQueue[OSError | None] = SimpleQueue()
    # Without waiting for each to be running, as who starts a `Thread` does.
    started = [start_new_thread(_sync, (handle, told)) for handle in handles]
    failures = [failure for _ in started if (failure := told.get())]
    if failures:
        raise failures[0]


def _sync(handle: int, told: "SimpleQueue[OSError | None]") -> None:
    failure = None
    try:
        os.fsync(handle)
    except OSError as error:
        failure = error
    finally:
        told.put(failure)


@contextmanager
def _put_in_place(root: Path, path: str, scratch: Path) -> Iterator[None]:
    """Takes what was made as `scratch` to its place, or away where making it failed."""
    with _parent(root, path, make=True) as (folder, name):
        try:
            yield
            os.rename(scratch, name, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                scratch.unlink()
            raise
        os.fsync(folder)


def identify(root: Path, path: str, length: int) -> tuple[str, str] | None:
    """Returns git's mode and id of what stands at a path, None where nothing does.

    `length` is that of the repository's ids. A folder has the mode "040000" and no id.
    """
    try:
        with _parent(root, path) as (folder, name):
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISLNK(facts.st_mode):
                data = os.fsencode(os.readlink(name, dir_fd=folder))
                return "120000", blob_id(data, length)
            if not stat.S_ISREG(facts.st_mode):
                return "040000", ""
            handle = os.open(name, _FILE, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreached(path, error) from error
    hashed = (sha256 if length == 64 else sha1)(b"blob %d\0" % facts.st_size)
    with os.fdopen(handle, "rb") as file:
        while data := file.read(1 << 20):
            hashed.update(data)
    return ("100755" if facts.st_mode & 0o100 else "100644"), hashed.hexdigest()


def blob_id(data: bytes, length: int) -> str:
    """Returns the id that git gives to these bytes, of 40 or 64 digits."""
    hashed = sha256 if length == 64 else sha1
    return hashed(b"blob %d\0%b" % (len(data), data)).hexdigest()


def closed_folder(root: Path, paths: Iterable[str]) -> Path | None:
    """Returns a folder on the way to some paths that cannot be written, None where all can.

    Where a folder is still to be made, the one that it is to be made in counts.
    """
    for path in {path.rpartition("/")[0]: path for path in paths}.values():
        while True:
            try:
                with _parent(root, path) as (folder, _):
                    if not os.access(".", os.W_OK | os.X_OK, dir_fd=folder):
                        return (root / path).parent
                break
            except FileNotFoundError:
                path = path.rpartition("/")[0]
    return None


def remove_file(root: Path, path: str) -> None:
    """Removes a file; that it is gone already is no error."""
    with suppress(FileNotFoundError), _parent(root, path) as (folder, name):
        os.unlink(name, dir_fd=folder)


def list_files(root: Path, start: str) -> Iterator[tuple[str, bool]]:
    """Yields the files below a folder, sorted, with whether each is a plain one."""
    folder = root / start
    if folder.is_symlink() or not folder.is_dir():
        return
    # Folder in folder, so deep that Python's own stack would not do.
    waiting = [_listed(root, start)]
    while waiting:
        for path, entry in waiting[-1]:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(_listed(root, path))
                break
            yield path, entry.is_file(follow_symlinks=False)
        else:
            waiting.pop()


def _listed(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(root / folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    return ((f"{folder}/{entry.name}", entry) for entry in entries)


def stands(root: Path, path: str) -> bool:
    """Whether a plain file stands at a path, reached through no link."""
    try:
        with _parent(root, path) as (folder, name):
            return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except (OSError, ManifestoError):
        return False


def check_path(path: str) -> None:
    """Raises Refused where a path could lead out of the work tree or into git's folder."""
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or part.rstrip(" .").lower() == ".git" for part in parts)
    if odd or "\\" in path or not path.isprintable() or any(len(p.encode()) > 255 for p in parts):
        raise Refused("bad-path", f"“{reveal(path)}” is no path that this program writes.")


@contextmanager
def _parent(root: Path, path: str, make: bool = False) -> Iterator[tuple[int, str]]:
    """Opens the folder of a file, step by step from the root, refusing links."""
    check_path(path)
    *folders, name = path.split("/")
    handle = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        for part in folders:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=handle)
            inner = _open_folder(part, handle, path)
            os.close(handle)
            handle = inner
        yield handle, name
    finally:
        os.close(handle)


def _open_folder(part: str, parent: int, path: str) -> int:
    try:
        return os.open(part, _FOLDER, dir_fd=parent)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreached(path, error) from error


def _unreached(path: str, error: OSError) -> ManifestoError:
    # A link, a plain file on the way, or a socket in the place.
    if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
        return _not_plain(path)
    return Unavailable("disk", f"{reveal(path)} cannot be reached: {error.strerror}.")


def _not_plain(path: str) -> Refused:
    return Refused(
        "not-a-plain-file",
        f"Something else than a plain file or folder stands at {reveal(path)}.",
        "Move it away, then try again.",
    )
