"""Finds out what the signature beside a record file proves, without replaying the history.

A file counts by the keys that the roll held at the parent of the commit that brought it. So for
the signed files of a folder git is asked once which commits brought them, once for the roll at
their parents, and once for the contents. Where nothing is signed it is asked once for the names.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from threading import RLock

from manifesto_tui.governance.paths import PROPOSALS, folder_around
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signature import SUFFIX, UNSIGNED, Signature, bare_keys, weigh
from manifesto_tui.record import forms, keys
from manifesto_tui.record.git import Repository
from manifesto_tui.record.layout import member_path
from manifesto_tui.record.objects import PLAIN, Entry, list_tree, read_files, read_named
from manifesto_tui.record.signatures import check
from manifesto_tui.record.yaml import Unreadable

# So many folders are asked about one by one before all the others are together.
_PATIENCE = 4


@dataclass(frozen=True, slots=True)
class _Signed:
    """A file with its signature, and the commit whose roll they are judged by."""

    content: bytes
    signature: bytes
    before: str


def untouched(
    repo: Repository, folders: Collection[str], before: str, commit: str
) -> Collection[str]:
    """Returns those of some proposals' folders that no commit touches since another.

    None where that one goes not before. What a merge does beside its parents is not told: a tree
    shows it.
    """
    if before == commit or not folders:
        return folders
    if not before or not repo.holds(before, commit):
        return ()
    asked = ("log", "--format=", "--full-history", "--name-only", "-z", "--no-renames")
    said = repo.run((*asked, f"{before}..{commit}", "--", PROPOSALS), timeout=None)
    names = said.decode("utf-8", "surrogateescape").split("\0")
    touched = {folder_around(name.strip("\n")) for name in names if name}
    return [folder for folder in folders if folder not in touched]


class Provenance:
    """What is signed in folders of the record at one commit, each looked at once."""

    def __init__(self, repo: Repository, commit: str) -> None:
        self._repo = repo
        self._commit = commit
        self._signed: dict[str, dict[str, _Signed]] = {}
        self._whole: dict[str, dict[str, _Signed]] | None = None
        self._weighed: dict[str, Signature] = {}
        self._rolls: dict[tuple[str, str], tuple[str, ...]] = {}
        self._former: dict[tuple[str, str], frozenset[str]] = {}
        self._lock = RLock()

    def of(self, folder: str, handles: Mapping[str, str]) -> dict[str, Signature]:
        """Returns the signature of each path in a folder; `handles` says whose it should be."""
        with self._lock, self._repo.at_hand():
            signed = self._look(folder)
            fresh = {p: h for p, h in handles.items() if p in signed and p not in self._weighed}
            self._read_rolls({(signed[path].before, handle) for path, handle in fresh.items()})
            for path, handle in fresh.items():
                self._weighed[path] = self._weigh(signed[path], handle)
            return {path: self._weighed.get(path, UNSIGNED) for path in handles}

    def _look(self, folder: str) -> dict[str, _Signed]:
        if self._whole is not None and folder.startswith(PROPOSALS):
            return self._whole.get(folder, {})
        if folder not in self._signed:
            if len(self._signed) >= _PATIENCE and folder.startswith(PROPOSALS):
                self._whole = {}
                for path, found in self._signed_under(PROPOSALS).items():
                    within = self._whole.setdefault(folder_around(path), {})
                    within[path] = found
                return self._whole.get(folder, {})
            self._signed[folder] = self._signed_under(folder)
        return self._signed[folder]

    def _signed_under(self, folder: str) -> dict[str, _Signed]:
        entries = {
            path: entry
            for path, entry in list_tree(self._repo, self._commit, (folder,)).items()
            if entry.mode == PLAIN
        }
        pairs = {
            path: beside
            for path in entries
            if (beside := path + SUFFIX) in entries and not path.endswith(SUFFIX)
        }
        if not pairs:
            return {}
        came = self._came(folder, entries)
        wanted = {path: entries[path] for pair in pairs.items() for path in pair}
        contents = read_files(self._repo, wanted)
        return {
            path: _Signed(contents[path], contents[beside], came[path])
            for path, beside in pairs.items()
            # One that came later proves nothing: see replay.
            if path in came
            and came[path] == came.get(beside)
            and path in contents
            and beside in contents
        }

    def _came(self, folder: str, entries: Mapping[str, Entry]) -> dict[str, str]:
        """Returns the parent of the commit that brought each file, as it is now."""
        asked = ("--format=%x01%H %P", "--full-history", "--raw", "--no-abbrev", "--no-renames")
        plain = ("--diff-filter=A", "--no-ext-diff", "--no-textconv", "--no-color")
        said = self._repo.run(("log", *asked, *plain, self._commit, "--", folder), timeout=None)
        came: dict[str, str] = {}
        parent = ""
        for line in said.decode("utf-8", "replace").splitlines():
            if line.startswith("\x01"):
                parent = next(iter(line.split()[1:]), "")
            elif line.startswith(":"):
                facts, _, path = line.partition("\t")
                entry = entries.get(path)
                if entry and facts.split()[3] == entry.id:
                    came[path] = parent
        return came

    def _read_rolls(self, wanted: set[tuple[str, str]]) -> None:
        missing = sorted(pair for pair in wanted if pair not in self._rolls and pair[0])
        if not missing:
            return
        names = [f"{commit}:{member_path(handle)}" for commit, handle in missing]
        with self._repo.objects(names) as out:
            for pair, name in zip(missing, names, strict=True):
                self._rolls[pair] = _keys_in(member_path(pair[1]), read_named(out, name))

    def _weigh(self, signed: _Signed, handle: str) -> Signature:
        in_force = self._rolls.get((signed.before, handle), ())
        found = weigh(signed.content, signed.signature, check, in_force)
        if found.state not in ("mismatch", "unchecked") or not found.key:
            return found
        # Only a key that is not in force makes it worth asking what the roll held before.
        at = signed.before, handle
        if at not in self._former:
            self._former[at] = keys.former(self._repo, handle, signed.before)
        once = self._former[at] - bare_keys(in_force)
        return weigh(signed.content, signed.signature, check, in_force, once)


@lru_cache(maxsize=1024)
def _keys_in(path: str, data: bytes | None) -> tuple[str, ...]:
    with suppress(Unreadable):
        member = forms.read(path, data or b"")
        if isinstance(member, Member):
            return member.keys
    return ()
