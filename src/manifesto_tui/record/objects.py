"""Lists trees and reads blobs: two processes, however many files there are.

Who keeps a git at hand (`Repository.at_hand`) needs none of their own for a few.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.trouble import lost

# Larger blobs are skipped, so that nobody's 100 MB is ever held in memory.
LARGEST = 4 * 1024 * 1024
# More folders than so many at once are listed sooner by a git of their own.
_FEW = 40
PLAIN = "100644"
FOLDER = "40000"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree: `mode` is "100644" for a plain file, `id` its blob's."""

    mode: str
    id: str


Content = bytes | Entry | None
"""What a path is to hold: the bytes of a record's file, what git holds already, or nothing.

Only what is no part of the record, others' code beside it, may be anything but a plain file.
"""

Folders = Mapping[str, Mapping[str, Entry]]
"""What stands in some folders, by their paths and by name, with the modes that git has written."""


def list_tree(repo: Repository, commit: str, paths: Sequence[str]) -> dict[str, Entry]:
    """Lists the files at or below some paths in one commit, by path.

    Paths that are not UTF-8 come with surrogate escapes; they are no part of any record.
    """
    _check((commit,))
    if (found := _walked(repo, commit, paths, deep=True)) is not None:
        return found
    return _entries(repo.run(("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)))


def _check(commits: Sequence[str]) -> None:
    if not all(map(is_commit_id, commits)):
        raise Unavailable("git-failed", "A commit was asked for by something else than its id.")


def _entries(listed: bytes) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for line in listed.decode("utf-8", "surrogateescape").split("\0"):
        if line:
            facts, _, path = line.partition("\t")
            mode, _, blob = facts.split(" ")
            entries[path] = Entry(mode, blob)
    return entries


def list_folder(repo: Repository, commit: str, folders: Sequence[str]) -> dict[str, Entry]:
    """Lists what stands directly in some folders at one commit; a folder has mode "040000"."""
    if not folders:
        return {}
    _check((commit,))
    if (found := _walked(repo, commit, folders, deep=False)) is not None:
        return found
    # Named both ways, a folder shows what it holds, and a file in its place shows itself.
    within = [name for folder in folders for name in (folder, f"{folder}/")]
    return _entries(repo.run(("ls-tree", "-z", "--full-tree", commit, "--", *within)))


def _walked(
    repo: Repository, commit: str, paths: Sequence[str], deep: bool
) -> dict[str, Entry] | None:
    """Lists what stands at and within some paths, or with `deep` the files at and below.

    By the git that is at hand; None where there is none, or too much is asked for.
    """
    if not (repo.reader and 0 < len(paths) <= _FEW) or any("\n" in path for path in paths):
        return None
    folders = sorted({*folders_above(paths), *paths})
    with repo.objects(asked_folders(commit, folders)) as out:
        held = told_folders(out, folders, len(commit))
    wanted = {path: held[path.rpartition("/")[0]].get(path.rpartition("/")[2]) for path in paths}
    found = {path: entry for path, entry in wanted.items() if entry and entry.mode != FOLDER}
    trees: Folders = {path: held[path] for path in paths if held[path]}
    while trees:
        within = {f"{path}/{name}": e for path, tree in trees.items() for name, e in tree.items()}
        below = {path: e.id for path, e in within.items() if deep and e.mode == FOLDER}
        if len(below) > _FEW:
            return None
        found |= {path: entry for path, entry in within.items() if path not in below}
        trees = _read_trees(repo, below)
    return {path: Entry(plainly(found[path].mode), found[path].id) for path in sorted(found)}


def _read_trees(repo: Repository, ids: Mapping[str, str]) -> dict[str, dict[str, Entry]]:
    """Returns what stands in some folders, each by its path and the id of its tree."""
    found: dict[str, dict[str, Entry]] = {}
    if ids:
        with repo.objects(ids.values()) as out:
            for path, id_ in ids.items():
                tree = read_tree(out, len(id_) // 2)
                if tree is None:
                    raise _lost(path)
                found[path] = tree
    return found


def plainly(mode: str) -> str:
    """Returns a mode as git takes it that other programs, or an old git, wrote."""
    if mode.startswith("100"):
        return "100755" if int(mode, 8) & 0o100 else PLAIN
    return mode.zfill(6)


def read_file(repo: Repository, commit: str, path: str) -> bytes | None:
    """Returns one plain file as a commit has it, or None where it has none."""
    return read_files(repo, list_tree(repo, commit, (path,))).get(path)


def list_files(
    repo: Repository, commits: Sequence[str], paths: Sequence[str]
) -> Iterator[dict[str, Entry]]:
    """Yields which of some files each commit holds, in one process for all the commits."""
    _check(commits)
    folders = tuple(dict.fromkeys(path.rpartition("/")[0] for path in paths))
    wanted = frozenset(paths)
    with repo.objects(f"{commit}:{folder}" for commit in commits for folder in folders) as out:
        for commit in commits:
            found: dict[str, Entry] = {}
            for folder in folders:
                tree = read_tree(out, len(commit) // 2) or {}
                within = {f"{folder}/{name}" if folder else name: tree[name] for name in tree}
                found |= {path: within[path] for path in wanted & within.keys()}
            yield found


def folders_above(paths: Iterable[str]) -> list[str]:
    """Returns the folders that some files are in, each after the one that it is in itself."""
    parts = [path.split("/")[:-1] for path in paths]
    return sorted({""} | {"/".join(above[: n + 1]) for above in parts for n in range(len(above))})


def asked_folders(commit: str, folders: Iterable[str]) -> list[str]:
    """Returns what `cat-file --batch` is asked for the folders at some paths, "" for the root.

    Of whatever else stands at such a path it says that it is missing.
    """
    return [f"{commit}:{folder}{folder and '/'}" for folder in folders]


def told_folders(out: IO[bytes], folders: Iterable[str], length: int) -> Folders:
    """Reads the answer to `asked_folders`; a folder that is not there holds nothing.

    Every folder comes after the one that it is in. `length` is that of an id. Raises Unavailable
    with code `object-missing` where the repository has lost one.
    """
    found: dict[str, dict[str, Entry]] = {}
    for folder in folders:
        held = read_tree(out, length // 2)
        above, _, name = folder.rpartition("/")
        entry = found[above].get(name) if folder else Entry(FOLDER, "")
        if held is None and entry and entry.mode == FOLDER:
            raise _lost(folder)
        found[folder] = held or {}
    return found


def _lost(folder: str) -> Unavailable:
    return lost(f"what it recorded in “{reveal(folder)}”" if folder else "its last commit")


@cache
def _in_trees(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"([0-7]+) ([^\0]+)\0(.{%d})" % width, re.DOTALL)


def read_tree(out: IO[bytes], width: int) -> dict[str, Entry] | None:
    """Reads one answer of `cat-file --batch` as a tree whose ids are so many bytes wide.

    As git keeps it: mode, space, name, NUL and id, again and again. Anything else is empty, and
    what is missing None.
    """
    header = out.readline().split()
    if header[-1:] == [b"missing"]:
        return None
    if len(header) != 3:
        raise lost("a folder of its history")
    data = out.read(int(header[2]) + 1)[:-1]
    if header[1] != b"tree":
        return {}
    found = _in_trees(width).findall(data)
    if sum(len(mode) + len(name) for mode, name, _ in found) + (width + 2) * len(found) < len(data):
        # Nobody looked at an object that came within a copied folder.
        raise Unavailable("object-missing", "A folder of the history is damaged.")
    return {
        name.decode("utf-8", "surrogateescape"): Entry(mode.decode(), id_.hex())
        for mode, name, id_ in found
    }


def read_blobs(repo: Repository, ids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yields each object's id and bytes, in the order given; None for one over the limit.

    Raises Unavailable with code `object-missing` where the repository has lost one.
    """
    asked = [blob for blob in dict.fromkeys(ids) if is_commit_id(blob)]
    if not asked:
        return
    with repo.objects(asked) as out:
        for blob in asked:
            yield blob, read_object(out, blob)


def read_object(out: IO[bytes], id: str) -> bytes | None:
    """Reads one answer of `cat-file --batch`: its bytes, or None over the limit."""
    header = out.readline().split()
    if len(header) != 3 or header[1] == b"missing":
        raise lost(f"the object {id}")
    return _content(out, int(header[2]), id)


def read_named(out: IO[bytes], name: str) -> bytes | None:
    """Reads one answer to `commit:path`: a file's bytes, None for none or over the limit."""
    header = out.readline().split()
    if header[-1:] == [b"missing"]:
        return None
    if len(header) != 3:
        raise Unavailable("object-missing", f"Git could not read {reveal(name)}.")
    data = _content(out, int(header[2]), name)
    return data if header[1] == b"blob" else None


def _content(out: IO[bytes], size: int, name: str) -> bytes | None:
    if size > LARGEST:
        while size > 0:
            size -= len(out.read(min(size, 1 << 20))) or size
        out.read(1)
        return None
    data = out.read(size + 1)
    if len(data) <= size:
        raise Unavailable("object-missing", f"The object {reveal(name)} could not be read whole.")
    return data[:-1]


def read_files(repo: Repository, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """Reads the plain files among some entries, by path; too large ones are left out."""
    wanted = {path: entry.id for path, entry in entries.items() if entry.mode == PLAIN}
    found = dict(read_blobs(repo, wanted.values()))
    return {path: data for path, blob in wanted.items() if (data := found.get(blob)) is not None}
