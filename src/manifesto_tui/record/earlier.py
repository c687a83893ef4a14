"""Reads single files of a commit that was proved before, without listing all that it holds.

What the next commits touch is named ahead, so that two processes read it all; whatever else is
asked for is read when it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from manifesto_tui.governance.paths import folder_of
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.objects import Entry, list_folder, list_tree, read_blobs

_AT_ONCE = 200
# A path of any other form is looked for among all of them, and never said to git.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_WITHIN = ("", "/comments", "/seconds", "/proxies", "/acceptances")

_Entry = tuple[str, str]


class Earlier:
    """The files of one commit, as a replay that goes on from it wants them."""

    def __init__(self, repo: Repository, commit: str) -> None:
        self._repo, self._commit = repo, commit
        self._files: dict[str, _Entry | None] = {}
        self._folders: dict[str, Mapping[str, _Entry]] = {}
        self._data: dict[str, bytes] = {}
        self._all: Mapping[str, _Entry] | None = None

    def expect(self, paths: Iterable[str]) -> None:
        """Reads what will be asked about commits that change some paths."""
        files = {path for path in paths if _PLAIN.fullmatch(path)} - self._files.keys()
        folders = {folder_of(path) for path in files} - {""}
        files |= {f"{path}.sig" for path in files if path.startswith("manifesto/")}
        self._list_files(files - self._files.keys())
        self._list_folders({f"{f}{within}" for f in folders for within in _WITHIN})
        within = (self.files_in(f"{f}{within}").values() for f in folders for within in _WITHIN)
        self.data([name for found in within for mode, name in found if mode.startswith("100")])

    def entry(self, path: str) -> _Entry | None:
        """Returns the mode of a file and the id of its bytes, None where there is none."""
        if path not in self._files:
            if _PLAIN.fullmatch(path):
                self._list_files({path})
            else:
                self._files[path] = self.everything().get(path)
        return self._files[path]

    def files_in(self, folder: str) -> Mapping[str, _Entry]:
        """Returns the files straight in a folder, by path."""
        self._list_folders({folder})
        return self._folders[folder]

    def everything(self) -> Mapping[str, _Entry]:
        """Returns every file of the commit."""
        if self._all is None:
            self._all = _pairs(list_tree(self._repo, self._commit, ()))
        return self._all

    def __contains__(self, commit: object) -> bool:
        """Says whether this is the commit, or one of those before it."""
        if commit == self._commit:
            return True
        is_id = isinstance(commit, str) and is_commit_id(commit)
        return is_id and self._repo.holds(str(commit), self._commit)

    def data(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Returns the bytes of some ids; too large ones are left out."""
        missing = [name for name in names if name not in self._data]
        found = {name: data for name, data in read_blobs(self._repo, missing) if data is not None}
        # What a count asks for at once is not wanted again.
        if len(missing) <= _AT_ONCE:
            self._data |= found
        return {
            name: found[name] if name in found else self._data[name]
            for name in names
            if name in found or name in self._data
        }

    def _list_files(self, paths: Iterable[str]) -> None:
        wanted = sorted(paths)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found = _pairs(list_tree(self._repo, self._commit, part))
            self._files |= {path: found.get(path) for path in part}

    def _list_folders(self, folders: Iterable[str]) -> None:
        wanted = sorted(folder for folder in folders if folder not in self._folders)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found: dict[str, dict[str, _Entry]] = {folder: {} for folder in part}
            for path, entry in _pairs(list_folder(self._repo, self._commit, part)).items():
                folder = path.rpartition("/")[0]
                if folder in found and entry[0] != "040000":
                    found[folder][path] = entry
                    self._files[path] = entry
            self._folders |= found


def _pairs(entries: Mapping[str, Entry]) -> dict[str, _Entry]:
    return {path: (entry.mode, entry.id) for path, entry in entries.items()}
