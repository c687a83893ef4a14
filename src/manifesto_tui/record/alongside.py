"""Brings git's index and the files on disk along when the branch moves.

A branch that moved under an index that did not would make the user's next `git commit -a` take
back what was just recorded. So the touched paths, and only those, follow; whatever else the user
has staged or edited stays as it is, and a touched path that holds work of theirs is refused before
anything happens.

What is about to be touched is noted in `<git dir>/manifesto-tui/pending/` first, under a lock
that dies with the process and with the git that it started. Should they die between the branch
and the files, the next start finishes the step; should git die with the branch locked, the next
start frees it.
"""

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import abandoned, disk, locks
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import (
    Content,
    Entry,
    Folders,
    asked_folders,
    folders_above,
    list_tree,
    told_folders,
)
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.record.restaging import restaging, see
from manifesto_tui.record.running import Result
from manifesto_tui.record.staged import in_parts, staged_at
from manifesto_tui.record.trouble import failed
from manifesto_tui.record.unrecorded import (
    LINKED,
    contents_of,
    entry_of,
    is_small,
    refuse_harm,
    says_same,
    stands,
)

FEW = 16
"""So many files of one act are made ready one by one; of more, git makes a pack."""


@dataclass(frozen=True)
class Touched:
    """The paths of one commit, found clean, and the folders that they are in as they were."""

    repo: Repository
    branch: str
    sign: str
    files: Mapping[str, Content]
    folders: Folders
    length: int
    note: Path
    lock: int
    ready: Mapping[str, Path]
    unsynced: Sequence[int]
    restage: Callable[[Collection[str]], bool]
    tell: Callable[[bytes], Result] | None

    def sync(self, more: Iterable[int] = ()) -> None:
        """Syncs what has to be on the disk before the branch moves, with more open files.

        That is the note, and what is to become of the files. Raises OSError.
        """
        disk.sync_together((*self.unsynced, *more))

    def free_branch(self) -> None:
        """Takes away the locks of a git of ours that died before it could."""
        abandoned.free(self.repo, self.branch, self.note, self.sign)

    def bring_along(self, new: str) -> None:
        """Writes the files and the index as the commit `new` has them.

        Files that cannot be written are marked as left out here, so that git takes none of them
        for one that the user removed. Raises Unavailable "work-tree-behind".
        """
        behind: dict[str, Exception] = {}
        for path, data in self.files.items():
            try:
                if path in self.ready:
                    disk.put_file(self.repo.work_tree, path, self.ready[path])
                else:
                    _write(self.repo, path, data, self.note)
            except (OSError, ManifestoError) as error:
                behind[path] = error
        staged = self.restage(behind)
        for path, failure in behind.items():
            raise _behind(new, path, failure) from failure
        if staged:
            with suppress(OSError):
                self.note.unlink()


Told = Callable[[], Folders]  # Waits for what git says that was asked ahead of time.


@contextmanager
def asked_ahead(repo: Repository, old: str | None, files: Iterable[str]) -> Iterator[Told]:
    """Lets git read the folders on the way to some files, while other things are looked at."""
    for path in files:
        disk.check_path(path)
    folders = folders_above(files)
    names = asked_folders(old or "", folders)
    if old is None:
        yield lambda: {folder: {} for folder in folders}
    elif repo.reader and repo.reader.has_begun:
        with repo.objects(names) as out:
            held = told_folders(out, folders, len(old))
        yield lambda: held
    else:
        asked = "".join(f"{name}\n" for name in names).encode()
        with repo.asking(("cat-file", "--batch", "--buffer"), asked) as told:
            yield lambda: told_folders(_heard(told()), folders, len(old))


def _heard(result: Result) -> IO[bytes]:
    if result.status:
        raise failed("cat-file", result.status, result.error)
    return BytesIO(result.out)


@contextmanager
def touching(
    repo: Repository,
    branch: str,
    old: str | None,
    files: Mapping[str, Content],
    sign: str,
    told: Told,
    mover: Sequence[str] = (),
) -> Iterator[Touched]:
    """Checks that the paths hold no work of the user's, and notes them until they follow.

    `sign` is how the commit to come is known, see `abandoned`; `told` is of `asked_ahead` for the
    same files. Nothing may refer to that commit before what is handed over was told to `sync`.
    `mover` is a run of git that is to move the branch; it gets ready, and is told how by `tell`.
    """
    length = len(old) if old else repo.id_length
    staged = {path: entry_of(data, length) for path, data in files.items()}
    try:
        with ExitStack() as kept:
            note, file = kept.enter_context(_noting(repo))
            lock = file.fileno()
            tell = kept.enter_context(repo.about_to(mover, (lock,))) if mover else None
            seen = see(repo, staged, length, kept)
            folders = told()
            before = refuse_harm(repo, old, files, length, seen, folders)
            held = {path: [e.mode, e.id] if (e := before.get(path)) else None for path in files}
            json.dump({"branch": branch, "sign": sign, "before": held}, file)
            file.flush()
            with (
                restaging(repo, staged, length, seen, note, (lock,)) as (restage, index),
                _ready(repo, files, note) as (ready, opened),
            ):
                yield Touched(
                    repo=repo,
                    branch=branch,
                    sign=sign,
                    files=files,
                    folders=folders,
                    length=length,
                    note=note,
                    lock=lock,
                    ready=ready,
                    unsynced=(lock, *index, *opened),
                    restage=restage,
                    tell=tell,
                )
    except OSError as error:
        raise Unavailable(
            "not-recorded",
            f"Nothing was recorded: git's folder cannot be written ({error.strerror}).",
            "Make room, or give yourself the right to write there.",
        ) from error


@contextmanager
def _noting(repo: Repository) -> Iterator[tuple[Path, IO[str]]]:
    """Opens a note, and takes it away where what it was opened for did not happen."""
    note, file = _new_note(repo)
    with file:
        try:
            yield note, file
        except BaseException as error:
            # The branch did not move, or nothing was noted yet: so there is nothing to finish.
            if isinstance(error, Refused) or not file.tell():
                note.unlink()
            raise


@contextmanager
def _ready(
    repo: Repository, files: Mapping[str, Content], note: Path
) -> Iterator[tuple[dict[str, Path], list[int]]]:
    """Writes beside the note what some few files are to hold; hands over where, and open files."""
    made: dict[str, Path] = {}
    opened: list[int] = []
    try:
        with ExitStack() as held:
            for number, (path, data) in enumerate(files.items() if len(files) <= FEW else ()):
                if isinstance(data, bytes) and disk.read_file(repo.work_tree, path) != data:
                    made[path] = note.with_suffix(f".{number}.tmp")
                    file = held.enter_context(made[path].open("xb"))
                    file.write(data)
                    file.flush()
                    opened.append(file.fileno())
            yield made, opened
    finally:
        for left in made.values():
            with suppress(OSError):
                left.unlink()


def _new_note(repo: Repository) -> tuple[Path, IO[str]]:
    """Opens a note under its lock, before another's start could take it for a dead one's."""
    folder = _pending(repo)
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        note = folder / f"{secrets.token_hex(8)}.json"
        file = note.open("x", encoding="utf-8")
        if locks.hold(file.fileno()):
            return note, file
        file.close()


def recover(repo: Repository) -> None:
    """Finishes steps that a crash interrupted; those of living processes are left alone."""
    for note in sorted(_pending(repo).glob("*.json")):
        with suppress(FileNotFoundError), note.open("r+", encoding="utf-8") as file:
            if not locks.hold(file.fileno()):
                continue
            try:
                noted = json.load(file)
                before = {
                    path: Entry(*entry) if entry else None
                    for path, entry in noted["before"].items()
                }
                branch = noted["branch"]
                abandoned.free(repo, branch, note, noted["sign"])
            except (ValueError, TypeError, KeyError, AttributeError):
                before, branch = {}, None  # It died while writing the note: nothing had happened.
            done = branch is None or branch != repo.branch() or _finish(repo, before, note)
            if done:
                locks.heal(repo.git_dir / "index.lock")
                for left in {*note.parent.glob(f"{note.stem}.*")} - {note}:
                    left.unlink(missing_ok=True)
                note.unlink(missing_ok=True)


def _finish(repo: Repository, before: Mapping[str, Entry | None], note: Path) -> bool:
    head = repo.head()
    if head is None:
        return True
    now: dict[str, Entry] = {}
    for some in in_parts(before):
        now |= list_tree(repo, head, some)
    staged = staged_at(repo, tuple(before))
    moved = {path for path, entry in before.items() if now.get(path) != entry}
    contents = contents_of(repo, [e for p in moved for e in (before[p], now.get(p)) if e])
    behind: dict[str, Entry | None] = {}
    unwritten = []
    for path in sorted(moved):
        old, new = before[path], now.get(path)
        try:
            if not (is_small(old, contents) and is_small(new, contents)):
                if stands(repo, path, old, len(head)):
                    _write(repo, path, new, note)
            elif says_same(
                disk.read_file(repo.work_tree, path), contents.get(old.id) if old else None
            ):
                _write(repo, path, contents.get(new.id) if new else None, note)
        except (OSError, ManifestoError):
            unwritten.append(path)
        # Where the file could not be written at once, it stands there already, as left out.
        if staged.get(path) in (old and [old], new and [new]):
            behind[path] = new
    with ExitStack() as opened:
        seen = see(repo, behind, len(head), opened)
        with restaging(repo, behind, len(head), seen, note) as (restage, unsynced):
            disk.sync_together(unsynced)
            return restage(unwritten) and not unwritten


def _write(repo: Repository, path: str, data: Content, note: Path) -> None:
    scratch = note.with_suffix(".tmp")
    if data is None:
        disk.remove_file(repo.work_tree, path)
    elif isinstance(data, Entry):
        if data.mode != LINKED:
            with repo.reading(("cat-file", "blob", data.id)) as source:
                disk.write_anything(repo.work_tree, path, data.mode, source, scratch)
    elif disk.read_file(repo.work_tree, path) != data:
        disk.write_file(repo.work_tree, path, data, scratch)


def _behind(new: str, path: str, error: Exception) -> Unavailable:
    why = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
    return Unavailable(
        "work-tree-behind",
        f"Recorded as {new[:10]}, but {reveal(path)} could not be written ({why}).",
        "Make room, or give yourself the right to write there; the next start finishes it.",
    )


def _pending(repo: Repository) -> Path:
    return own_folder(repo.git_dir, "pending")
