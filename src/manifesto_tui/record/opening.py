"""Finds what is needed to open a record: its settings, text and people, and which proposals it has.

The same commit always opens the same way, so what was found is kept in the cache under its id:
opening a record again asks git nothing, however large it is. Where the branch has moved since, git
is asked once for what differs, and only that is changed.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import (
    MANIFESTO,
    MONTH,
    PROPOSAL,
    PROPOSALS,
    folder_around,
    keeps_a_folder,
)
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import forms, opened
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.differing import Difference, differences
from manifesto_tui.record.git import Repository
from manifesto_tui.record.listing import in_order
from manifesto_tui.record.objects import Entry, list_folder, list_tree, read_files
from manifesto_tui.record.opened import Opening
from manifesto_tui.record.shelf import Grown
from manifesto_tui.record.yaml import Unreadable

_NAME = "opening"
_FOLDER = "040000"
_LARGEST = 8 * 1024 * 1024


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
    rest: dict[str, Difference] = {}
    changes: Iterable[Difference] | None = None
    with suppress(Unavailable):
        changes = differences(repo, before, commit, _LARGEST)
    if changes is None:
        return None
    for change in changes:
        path, now = change.path, change.now
        depth = path.count("/") if path == PROPOSALS or path.startswith(f"{PROPOSALS}/") else -1
        if depth < 0:
            rest[path] = change
        elif depth == 2 and MONTH.fullmatch(path.rpartition("/")[0]):
            odd.pop(path, None)
            if now and _is_proposal(path, now.mode):
                folders[path] = since[path] = now.id
                continue
            folders.pop(path, None)
            if now and not keeps_a_folder(path):
                odd[path] = now.mode
        elif depth > 2 and not change.is_folder:
            folder = folder_around(path)
            if now and not change.was:
                added.setdefault(folder, {})[path] = now
            else:
                changed.add(folder)
        elif depth < 2 and not (change.is_folder and (_stays(change) or MONTH.fullmatch(path))):
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
    repo: Repository, commit: str, earlier: Opening, changes: Mapping[str, Difference]
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
            if change.now and not change.is_folder:
                new[path] = change.now
    if not new:
        return entries, contents
    contents |= read_files(repo, new)
    return entries | new, contents


def _stays(change: Difference) -> bool:
    return change.was is not None and change.now is not None


def _is_proposal(path: str, mode: str) -> bool:
    return mode == _FOLDER and PROPOSAL.fullmatch(path) is not None


def _in_order(folders: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(folders.items(), key=lambda item: in_order(item[0])))
