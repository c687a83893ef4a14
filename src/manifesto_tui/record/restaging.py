"""Sets entries of git's index, and makes the new one while something else still goes on.

Git works on a link to the index and writes beside that, since a lock of its own would outlive a
crash of its own; what it made is put in the index's place under a lock that dies with us. So it
may be made before the branch has moved, and is thrown away where the branch does not.
"""

import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.record import locks
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry
from manifesto_tui.record.staged import surely_absent
from manifesto_tui.record.staging import LARGEST, with_new_files

_COMMAND = ("update-index", "-z", "--index-info")
_LEAVE_OUT = ("update-index", "-z", "--skip-worktree", "--stdin")


def _line(path: str, entry: Entry | None, length: int) -> str:
    """Returns what tells git to set one path of the index, or to take it out."""
    return f"{entry.mode} {entry.id}\t{path}\0" if entry else f"0 {'0' * length}\t{path}\0"


@dataclass(frozen=True, slots=True)
class Seen:
    """The index as it was, open, and what could be told of it without git.

    `lacks_all` tells whether some paths surely are not in it, `made` is the index with them where
    that could be made here.
    """

    handle: int | None
    lacks_all: bool
    made: Sequence[bytes | memoryview] | None


def see(
    repo: Repository, entries: Mapping[str, Entry | None], length: int, opened: ExitStack
) -> Seen:
    """Opens the index until `opened` ends, and looks whether some paths can be added to it here.

    `length` is that of an object's id.
    """
    handle = _held(repo.git_dir / "index", opened)
    made = None
    if handle is not None and not repo.config("core.sharedrepository"):
        size = os.fstat(handle).st_size
        if size <= LARGEST:
            made = with_new_files(os.pread(handle, size, 0), entries, length)
    # To be added here, a path must not be there.
    return Seen(handle, bool(made) or surely_absent(repo.git_dir, entries, length), made)


@contextmanager
def restaging(
    repo: Repository,
    entries: Mapping[str, Entry | None],
    length: int,
    seen: Seen,
    note: Path,
    holding: tuple[int, ...] = (),
) -> Iterator[tuple[Callable[[Collection[str]], bool], Sequence[int]]]:
    """Starts to make the index with some paths as they are to be, None for what goes from it.

    Hands over how to put it in its place, and open files that have to be synced before. The former
    takes which of the paths are marked as left out of the work tree, as in a sparse checkout, and
    tells whether it could: somebody may hold the index's lock. Where somebody staged something
    since it was `seen`, it is made again. What is made lies beside `note`; `length` is that of an
    object's id, `holding` is as for `Repository`.
    """
    if not entries:
        yield lambda _: True, ()
        return
    index = repo.git_dir / "index"
    # A name of its own, since a git that was killed may have left the last one locked.
    made = note.with_suffix(f".{secrets.token_hex(4)}.index")
    said = "".join(_line(path, entry, length) for path, entry in entries.items()).encode()

    def put(is_made: Callable[[], bool], left_out: Collection[str]) -> bool:
        try:
            ready = is_made()
            with locks.taking(repo.git_dir / "index.lock"):
                if not _is_still(index, seen.handle):
                    made.unlink(missing_ok=True)
                    _link(index, made)
                    ready = not repo.ask(_COMMAND, said, index=made, holding=holding).status
                if ready:
                    _leave_out(repo, [path for path in left_out if entries.get(path)], made)
                    made.replace(index)
                return ready
        except (ManifestoError, OSError):
            return False

    try:
        if seen.made:
            with _written(made, seen) as file:
                yield partial(put, lambda: True), (file.fileno(),)
        else:
            _link(index, made)
            with repo.asking(_COMMAND, said, made, holding) as answer:
                yield partial(put, lambda: not answer().status), ()
    finally:
        for left in (made, made.with_name(f"{made.name}.lock")):
            with suppress(OSError):
                left.unlink()


def _leave_out(repo: Repository, paths: Sequence[str], index: Path) -> None:
    """Marks paths of an index, so that git does not take it that their files were removed."""
    if paths:
        repo.ask(_LEAVE_OUT, os.fsencode("".join(f"{path}\0" for path in paths)), index=index)


@contextmanager
def _written(path: Path, seen: Seen) -> Iterator[IO[bytes]]:
    """Writes the index that was made here, and hands over its open file."""
    assert seen.made is not None
    assert seen.handle is not None
    facts = os.fstat(seen.handle)
    with path.open("xb") as file:
        file.writelines(seen.made)
        file.flush()
        # As old as the one before: git looks again into every file that is not older than its
        # index, since that may have been edited in the moment in which the index was written.
        os.utime(file.fileno(), ns=(facts.st_atime_ns, facts.st_mtime_ns))
        yield file


def _held(index: Path, opened: ExitStack) -> int | None:
    """Opens the index, so that no later one is taken for it; None where there is none yet."""
    try:
        handle = os.open(index, os.O_RDONLY)
    except FileNotFoundError:
        return None
    opened.callback(os.close, handle)
    return handle


def _link(index: Path, made: Path) -> None:
    with suppress(FileNotFoundError):
        os.link(index, made)


def _is_still(index: Path, held: int | None) -> bool:
    """Tells whether the index is the file that it was; git never writes into one."""
    try:
        facts = index.stat()
    except FileNotFoundError:
        return held is None
    return held is not None and os.path.samestat(facts, os.fstat(held))
