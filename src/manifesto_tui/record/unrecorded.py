"""Looks whether what an act touches can follow it, and holds nothing of the user's.

A file that somebody edited or staged, or that nobody recorded yet, would be lost where an act
wrote over it. One in a folder that cannot be written could not follow, and the user's next
`git commit -a` would take back what was recorded. All of that is refused before anything happens.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import disk
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import (
    FOLDER,
    PLAIN,
    Content,
    Entry,
    Folders,
    folders_above,
    plainly,
    read_blobs,
)
from manifesto_tui.record.restaging import Seen
from manifesto_tui.record.staged import edited, is_hidden, staged_at

LINKED = "160000"
"""The mode of what git keeps of a submodule, whose files are left to git."""


def refuse_harm(
    repo: Repository,
    old: str | None,
    files: Mapping[str, Content],
    length: int,
    seen: Seen,
    folders: Folders,
) -> dict[str, Entry]:
    """Returns the paths' entries in the old tree, after refusing what would harm the user's.

    `folders` are those on the way to them, as the old tree has them.
    """
    before = _before(folders, files) if old else {}
    staged = {} if seen.lacks_all else staged_at(repo, tuple(files))
    contents = contents_of(repo, [e for path, e in before.items() if path in files])
    foreign = [
        path
        for path, data in files.items()
        if isinstance(data, Entry) or not is_small(before.get(path), contents)
    ]
    changed = edited(repo, foreign)
    following = [path for path in foreign if getattr(files[path], "mode", "") != LINKED]
    left_to_git = frozenset(foreign)
    for path, data in files.items():
        entry, entries = before.get(path), staged.get(path)
        fresh = entry_of(data, length)
        if path in left_to_git:
            clean = path not in changed and entry is not None
            clean = clean or any(stands(repo, path, there, length) for there in (entry, fresh))
        else:
            was = contents.get(entry.id) if entry else None
            on_disk = disk.read_file(repo.work_tree, path)
            clean = says_same(on_disk, was) or (
                not isinstance(data, Entry) and says_same(on_disk, data)
            )
            if on_disk != data:
                following.append(path)
        if not clean and not _gone(repo, path, entries, entry):
            if entry is None and entries is None:
                raise _in_the_way(path)
            raise _edited(path)
        if entries not in (entry and [entry], fresh and [fresh]):
            raise _staged_otherwise(path)
    closed = disk.closed_folder(repo.work_tree, following)
    if closed is not None:
        raise _closed(closed)
    return before


def _gone(repo: Repository, path: str, entries: list[Entry] | None, entry: Entry | None) -> bool:
    """Tells whether nothing stands at a path that would be lost.

    So may who wants it as it is recorded move it away, as git itself lets them before a merge.
    """
    there = disk.identify(repo.work_tree, path, 40)
    return there is None and (entries in (None, [entry]) or is_hidden(repo, path))


def stands(repo: Repository, path: str, entry: Entry | None, length: int) -> bool:
    """Tells whether exactly this stands at a path; what others keep in a submodule is theirs."""
    if entry and entry.mode == LINKED:
        return True
    there = disk.identify(repo.work_tree, path, length)
    return there == (entry and (entry.mode, entry.id))


def contents_of(repo: Repository, entries: Iterable[Entry]) -> dict[str, bytes | None]:
    """Returns what plain files hold by their ids, None for one that cannot be read whole."""
    return dict(read_blobs(repo, [entry.id for entry in entries if entry.mode == PLAIN]))


def is_small(entry: Entry | None, contents: Mapping[str, bytes | None]) -> bool:
    """Tells whether this is nothing, or a plain file that could be read whole."""
    return entry is None or (entry.mode == PLAIN and contents.get(entry.id) is not None)


def _before(held: Folders, files: Iterable[str]) -> dict[str, Entry]:
    """Returns what the old tree has at some paths, once every folder on the way is one."""
    wanted, folders = set(files), folders_above(files)
    found: dict[str, Entry] = {}
    for path in (*folders[1:], *wanted):
        above, _, name = path.rpartition("/")
        entry = held[above].get(name)
        if entry and (entry.mode == FOLDER) != (path in held):
            raise Refused(
                "not-a-plain-file",
                f"Something else than a {'folder' if path in held else 'file'} is recorded "
                f"at {reveal(path)}.",
                "A steward has to remove it first.",
            )
        if entry and path in wanted:
            found[path] = Entry(plainly(entry.mode), entry.id)
    return found


def entry_of(data: Content, length: int) -> Entry | None:
    """Returns what the index has of a content; `length` is that of an object's id."""
    return Entry(PLAIN, disk.blob_id(data, length)) if isinstance(data, bytes) else data


def says_same(one: bytes | None, other: bytes | None) -> bool:
    """Tells whether two files say the same, were they checked out with other line ends."""
    if one is None or other is None:
        return one is other
    return one == other or one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def _edited(path: str) -> Refused:
    return Refused(
        "work-tree-dirty",
        f"{reveal(path)} has changes that are not recorded; they would be lost.",
        f"Move {reveal(path)} out of this folder to keep them, then try again: it is written anew.",
    )


def _staged_otherwise(path: str) -> Refused:
    return Refused(
        "work-tree-dirty",
        f"{reveal(path)} is staged with other words; they would be lost.",
        f"Record or put them aside first: git restore --staged {reveal(path)}.",
    )


def _in_the_way(path: str) -> Refused:
    return Refused(
        "work-tree-dirty",
        f"{reveal(path)} is in the way: what is to be written there would replace a file that "
        "nobody recorded.",
        f"Move or rename {reveal(path)}, then try again.",
    )


def _closed(folder: Path) -> Unavailable:
    return Unavailable(
        "not-recorded",
        f"Nothing was recorded: the folder {reveal(str(folder))} cannot be written.",
        "Give yourself the right to write there, then try again.",
    )
