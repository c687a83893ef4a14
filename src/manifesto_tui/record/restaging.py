"""Sets entries of git's index, and makes the new one while something else still goes on.

Git works on a link to the index and writes beside that, since a lock of its own would outlive a
crash of its own; what it made is put in the index's place under a lock that dies with us. So it
may be made before the branch has moved, and is thrown away where the branch does not.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.record import locks
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry

_COMMAND = ("update-index", "-z", "--index-info")


def index_line(path: str, entry: Entry | None, length: int) -> str:
    """Returns what sets one path of the index, or takes it out; `length` is that of an id."""
    return f"{entry.mode} {entry.id}\t{path}\0" if entry else f"0 {'0' * length}\t{path}\0"


@contextmanager
def restaging(
    repo: Repository, lines: Sequence[str], note: Path, holding: tuple[int, ...] = ()
) -> Iterator[Callable[[], bool]]:
    """Starts to make the index with these lines, and hands over how to put it in its place.

    That tells whether it could: somebody may hold the index's lock. Where somebody staged something
    meanwhile, it is made again. What is made lies beside `note`; `holding` is as for `Repository`.
    """
    if not lines:
        yield lambda: True
        return
    index = repo.git_dir / "index"
    # A name of its own, since a git that was killed may have left the last one locked.
    made = note.with_suffix(f".{secrets.token_hex(4)}.index")
    said = "".join(lines).encode()

    def put() -> bool:
        try:
            result = answer()
            with locks.taking(repo.git_dir / "index.lock"):
                if not _is_still(index, held):
                    made.unlink(missing_ok=True)
                    _link(index, made)
                    result = repo.ask(_COMMAND, said, index=made, holding=holding)
                if result.status == 0:
                    made.replace(index)
                return result.status == 0
        except (ManifestoError, OSError):
            return False

    try:
        with ExitStack() as opened:
            held = _held(index, opened)
            _link(index, made)
            answer = opened.enter_context(repo.asking(_COMMAND, said, made, holding))
            yield put
    finally:
        for left in (made, made.with_name(f"{made.name}.lock")):
            with suppress(OSError):
                left.unlink()


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
