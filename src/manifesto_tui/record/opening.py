"""Finds what is needed to open a record: its settings, text and people, and which proposals it has.

The same commit always opens the same way, so what was found is kept in the cache under its id:
opening a record again asks git nothing, however large it is. Where the branch has moved since, git
is asked once for what differs, and only that is changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO, MONTH, PROPOSAL, PROPOSALS, keeps_a_folder
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import forms, opened
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.git import Repository
from manifesto_tui.record.listing import in_order
from manifesto_tui.record.objects import Entry, list_folder, list_tree, read_files
from manifesto_tui.record.opened import Opening
from manifesto_tui.record.shelf import Grown
from manifesto_tui.record.yaml import Unreadable

_NAME = "opening"
_FOLDER = "040000"
_NOTHING = "000000"
_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Change:
    """One path that differs between two commits; a mode is "000000" where there is nothing."""

    path: str
    old: str
    mode: str
    id: str


def open_at(repo: Repository, commit: str) -> Opening:
    """Returns what stands at a commit, from the cache as far as that knows it."""
    last: tuple[str, Opening] | None = repo.memory.get(_NAME)
    if last and last[0] == commit:
        return last[1]
    cache = Cache(repo.common_dir)
    opening = opened.recall(cache, commit)
    if opening is None:
        last = last or opened.latest(cache)
        opening = (_from_earlier(repo, *last, commit) if last else None) or _from_git(repo, commit)
        opening = opened.remember(cache, commit, opening)
    repo.memory[_NAME] = (commit, opening)
    return opening


def _from_git(repo: Repository, commit: str) -> Opening:
    entries, contents = outside_proposals(repo, commit)
    folders: dict[str, str] = {}
    odd: dict[str, str] = {}
    months: list[str] = []
    for path, entry in list_folder(repo, commit, (PROPOSALS,)).items():
        if entry.mode == _FOLDER and MONTH.fullmatch(path):
            months.append(path)
        elif not keeps_a_folder(path):
            odd[path] = entry.mode
    for path, entry in list_folder(repo, commit, months).items():
        if _is_proposal(path, entry.mode):
            folders[path] = entry.id
        elif not keeps_a_folder(path):
            odd[path] = entry.mode
    return Opening(entries, contents, _in_order(folders), odd)


def outside_proposals(repo: Repository, commit: str) -> tuple[dict[str, Entry], dict[str, bytes]]:
    """Returns what stands at a commit beside its proposals, the text among it, by path."""
    entries = list_tree(repo, commit, ("manifesto",))
    contents = read_files(repo, entries)
    elsewhere = _texts_elsewhere(contents.get(MANIFESTO))
    if elsewhere:
        more = list_tree(repo, commit, elsewhere)
        listed = {path: entry for path, entry in more.items() if path in elsewhere}
        entries |= listed
        contents |= read_files(repo, listed)
    return entries, contents


def _texts_elsewhere(data: bytes | None) -> list[str]:
    try:
        settings = forms.read(MANIFESTO, data) if data is not None else None
    except Unreadable:
        return []
    texts = settings.text if isinstance(settings, Manifesto) else ()
    return [path for path in texts if not path.startswith("manifesto/")]


def _from_earlier(repo: Repository, before: str, earlier: Opening, commit: str) -> Opening | None:
    """Returns what stands at a commit by what differs from another, `before`.

    None where so much differs that reading anew is quicker.
    """
    folders, odd = dict(earlier.folders.items()), dict(earlier.odd)
    since = dict(earlier.since)
    added: dict[str, dict[str, Entry]] = {}
    changed: set[str] = set()
    rest: dict[str, _Change] = {}
    changes = _changes(repo, before, commit)
    if changes is None:
        return None
    for change in changes:
        path = change.path
        depth = path.count("/") if path == PROPOSALS or path.startswith(f"{PROPOSALS}/") else -1
        if depth < 0:
            rest[path] = change
        elif depth == 2 and MONTH.fullmatch(path.rpartition("/")[0]):
            odd.pop(path, None)
            if _is_proposal(path, change.mode):
                folders[path] = since[path] = change.id
                continue
            folders.pop(path, None)
            if change.mode != _NOTHING and not keeps_a_folder(path):
                odd[path] = change.mode
        elif depth > 2 and change.mode != _FOLDER:
            folder = "/".join(path.split("/", 3)[:3])
            if change.old == _NOTHING:
                added.setdefault(folder, {})[path] = Entry(change.mode, change.id)
            else:
                changed.add(folder)
        elif depth < 2 and not (change.old == change.mode == _FOLDER or _is_month(change)):
            return None
    entries, contents = _rest(repo, commit, earlier, rest)
    grown = {
        folder: Grown(earlier.folders[folder], files)
        for folder, files in added.items()
        if folder in earlier.folders and folder in folders and folder not in changed
    }
    listed = earlier.listed
    if folders.keys() != earlier.folders.keys():
        # A listing whose folders came or went is written down anew, in their order.
        folders, listed = _in_order(folders), ""
    return Opening(entries, contents, folders, odd, grown, listed, since)


def _rest(
    repo: Repository, commit: str, earlier: Opening, changes: Mapping[str, _Change]
) -> tuple[Mapping[str, Entry], Mapping[str, bytes]]:
    """Returns what stands outside `proposals/` after changes; settings say what the text is."""
    if MANIFESTO in changes:
        return outside_proposals(repo, commit)
    elsewhere = _texts_elsewhere(earlier.contents.get(MANIFESTO))
    entries, contents = dict(earlier.entries), dict(earlier.contents)
    new = {}
    for path, change in changes.items():
        if path.startswith("manifesto/") or path in elsewhere:
            entries.pop(path, None)
            contents.pop(path, None)
            if change.mode not in (_NOTHING, _FOLDER):
                new[path] = Entry(change.mode, change.id)
    if not new:
        return entries, contents
    contents |= read_files(repo, new)
    return entries | new, contents


def _is_month(change: _Change) -> bool:
    """Tells whether a month came or went, whose folders then come or go with it."""
    both = {change.old, change.mode} == {_FOLDER, _NOTHING}
    return both and MONTH.fullmatch(change.path) is not None


def _is_proposal(path: str, mode: str) -> bool:
    return mode == _FOLDER and PROPOSAL.fullmatch(path) is not None


def _in_order(folders: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(folders.items(), key=lambda item: in_order(item[0])))


def _changes(repo: Repository, old: str, new: str) -> list[_Change] | None:
    """Returns what differs between two commits, folders included.

    None where that is too much, or where git cannot say.
    """
    plain = ("--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")
    asked = ("diff-tree", "-r", "-t", "-z", "--raw", "--ignore-submodules=none")
    command = (*asked, *plain, old, new, "--")
    said = b""
    with suppress(Unavailable), repo.reading(command) as out:
        said = out.read(_LARGEST)
        return list(_read_changes(said)) if len(said) < _LARGEST else None
    return None


def _read_changes(said: bytes) -> Iterator[_Change]:
    words = iter(said.decode("utf-8", "surrogateescape").split("\0"))
    for facts in words:
        if facts:
            old, mode, _, id_, _ = facts.removeprefix(":").split(" ")
            yield _Change(next(words), old, mode, id_)
