"""Finds what is needed to open a record: its settings, text and people, and which proposals it has.

The same commit always opens the same way, so what was found is kept in the cache under its id.
Opening a record again then asks git nothing, however large it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.record import forms
from manifesto_tui.record.cache import Cache, as_sequence
from manifesto_tui.record.git import Repository
from manifesto_tui.record.layout import MANIFESTO, MONTH, PROPOSAL
from manifesto_tui.record.objects import Entry, list_folder, list_tree, read_files
from manifesto_tui.record.yaml import Unreadable

_KEY = "opening"
_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands at a commit: the files outside `proposals/`, and the proposals' folders.

    `folders` gives the id of each folder's tree; `odd` the mode of what else lies in between.
    """

    entries: Mapping[str, Entry]
    contents: Mapping[str, bytes]
    folders: Mapping[str, str]
    odd: Mapping[str, str]


def open_at(repo: Repository, commit: str) -> Opening:
    """Returns what stands at a commit, from the cache where that knows it."""
    cache = Cache(repo.common_dir)
    key = (_KEY, commit)
    known = as_sequence(cache.recall([key]).get(key))
    if len(known) == 4:
        return _unpacked(known)
    opening = _from_git(repo, commit)
    if sum(map(len, opening.contents.values())) < _LARGEST:
        cache.remember({key: _packed(opening)})
    return opening


def _from_git(repo: Repository, commit: str) -> Opening:
    entries = list_tree(repo, commit, ("manifesto",))
    contents = read_files(repo, entries)
    elsewhere = _texts_elsewhere(contents.get(MANIFESTO))
    if elsewhere:
        more = list_tree(repo, commit, elsewhere)
        listed = {path: entry for path, entry in more.items() if path in elsewhere}
        entries |= listed
        contents |= read_files(repo, listed)
    folders: dict[str, str] = {}
    odd: dict[str, str] = {}
    months: list[str] = []
    for path, entry in list_folder(repo, commit, ("proposals",)).items():
        if entry.mode == "040000" and MONTH.fullmatch(path):
            months.append(path)
        elif not path.endswith("/.gitkeep"):
            odd[path] = entry.mode
    for path, entry in list_folder(repo, commit, months).items():
        if entry.mode == "040000" and PROPOSAL.fullmatch(path):
            folders[path] = entry.id
        else:
            odd[path] = entry.mode
    return Opening(entries, contents, folders, odd)


def _texts_elsewhere(data: bytes | None) -> list[str]:
    try:
        settings = forms.read(MANIFESTO, data) if data is not None else None
    except Unreadable:
        return []
    texts = settings.text if isinstance(settings, Manifesto) else ()
    return [path for path in texts if not path.startswith("manifesto/")]


def _packed(opening: Opening) -> tuple[object, ...]:
    """Returns an opening as a few long strings, which are quick to read back."""
    entries = [f"{entry.mode} {entry.id} {path}" for path, entry in opening.entries.items()]
    contents = [word for path, data in opening.contents.items() for word in (path, _text(data))]
    folders = [f"{tree} {path}" for path, tree in opening.folders.items()]
    odd = [f"{mode} {path}" for path, mode in opening.odd.items()]
    return tuple(entries), tuple(contents), "\0".join(folders), tuple(odd)


def _unpacked(known: object) -> Opening:
    entries, contents, folders, odd = map(_strings, as_sequence(known))
    split = [entry.split(" ", 2) for entry in entries]
    trees = [line.split(" ", 1) for line in folders]
    return Opening(
        {path: Entry(mode, blob) for mode, blob, path in split},
        {path: data.encode("latin-1") for path, data in zip(*[iter(contents)] * 2, strict=True)},
        {path: tree for tree, path in trees},
        {path: mode for mode, path in (line.split(" ", 1) for line in odd)},
    )


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split("\0") if value else []
    return [str(word) for word in as_sequence(value)]


def _text(data: bytes) -> str:
    return data.decode("latin-1")
