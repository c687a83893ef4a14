"""Unites what two sides did to the files since they parted.

What people add under `proposals/` unites by itself: a name that both gave is given anew to the
one that nobody else has seen. Of the text and the settings, `settle` decides where both changed
them, or people do. Whatever else lies in the repository is others' code, and is united as git
would, line by line.
"""

import shlex
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO, folder_of, is_the_records, kind_of
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.signature import SUFFIX
from manifesto_tui.prose import reveal
from manifesto_tui.record import forms
from manifesto_tui.record.differing import differences
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import (
    PLAIN,
    Content,
    Entry,
    list_folder,
    read_blobs,
    read_file,
)
from manifesto_tui.record.yaml import Unreadable

Changes = Mapping[str, tuple[Entry | None, Entry | None]]
"""What became of each file: what it was and what it is, None for none."""

# Of these a member has as many as they like; of those below one says all that two would say.
_NUMBERED = {"vote", "comment", "amendment", "proxy", "acceptance", "signatory"}
# Whom a file is named after, by what it says: `anna-2.yaml` is the second of anna.
_OWNER = {"vote": "voter", "proxy": "giver", "acceptance": "holder", "signatory": "handle"}
_ONCE = {"second", "withdrawal"}
GIVES_WAY = frozenset(_NUMBERED | _ONCE)
_FILES = ("100644", "100755")


@dataclass(frozen=True)
class Sides:
    """Two tips, the commit they parted at, what each changed since, and where the text stands."""

    base: str
    ours: str
    theirs: str
    mine: Changes
    its: Changes
    texts: frozenset[str]

    def both(self) -> frozenset[str]:
        """The paths that both changed, and not to the same."""
        return frozenset(
            p for p in self.its if p in self.mine and self.mine[p][1] != self.its[p][1]
        )

    def text_moved_apart(self) -> bool:
        """Whether both sides changed the text, or what says which and whether it is in force."""
        return any(map(self.is_text, self.mine)) and any(map(self.is_text, self.its))

    def is_text(self, path: str) -> bool:
        """Whether a path is the text's, or says which it is and whether it is in force."""
        return path in self.texts or path == MANIFESTO


Settle = Callable[[Sides], Mapping[str, bytes | None]]


def parted(repo: Repository, ours: str, theirs: str, base: str | None = None) -> Sides:
    """Returns two sides of a history; Refused "unrelated" where they never were one.

    `base` is what `base_of` says of them, where that was asked already.
    """
    base = repo.base_of(ours, theirs) if base is None else base
    if not base:
        raise Refused(
            "unrelated",
            "What is recorded here and what the shared place holds never were one.",
            "Clone the shared place anew, and propose there what is missing.",
        )
    texts = frozenset(path for tip in (base, ours, theirs) for path in text_paths(repo, tip))
    sides = Sides(base, ours, theirs, changes(repo, base, ours), changes(repo, base, theirs), texts)
    for path, (_, after) in sides.its.items():
        if after and after.mode != PLAIN and is_ours(path, sides.texts):
            raise Refused(
                "not-a-plain-file",
                f"The other side recorded something else than a plain file at {reveal(path)}.",
                "Ask a steward to take it away there; nothing was changed here.",
            )
    return sides


def text_paths(repo: Repository, commit: str) -> tuple[str, ...]:
    """Returns which files are the text at a commit, none where its settings cannot be read."""
    with suppress(Unreadable):
        settings = forms.read(MANIFESTO, read_file(repo, commit, MANIFESTO) or b"")
        if isinstance(settings, Manifesto):
            return settings.text
    return ()


def changes(repo: Repository, old: str, new: str) -> Changes:
    """Returns what became of each file from one commit to another."""
    found = differences(repo, old, new) or ()
    return {each.path: (each.was, each.now) for each in found if not each.is_folder}


def is_ours(path: str, texts: Collection[str]) -> bool:
    """Tells whether a path is the manifesto's: the record's, or of the text."""
    return is_the_records(path) or path in texts


def contents(repo: Repository, found: Changes, texts: Collection[str]) -> dict[str, Content]:
    """Returns what each path is to hold: bytes where it is the manifesto's."""
    own = {path: after for path, (_, after) in found.items() if after and is_ours(path, texts)}
    held = dict(read_blobs(repo, [entry.id for entry in own.values()]))
    made: dict[str, Content] = {path: after for path, (_, after) in found.items()}
    for path, entry in own.items():
        made[path] = held[entry.id]
        if held[entry.id] is None:
            raise Refused("file-too-large", f"{reveal(path)} has more than 4 MiB.")
    return made


def united(repo: Repository, sides: Sides, settle: Settle | None = None) -> dict[str, Content]:
    """Returns the files that the other side adds to ours, once both are united.

    Raises Refused "needs-people" where only they can unite them.
    """
    files = contents(repo, sides.its, sides.texts)
    both = set(sides.both())
    for path in sorted(both):
        if path in both and kind_of(path.removesuffix(SUFFIX)) in GIVES_WAY:
            record = path.removesuffix(SUFFIX)
            both -= {record, record + SUFFIX}
            taken = {*files, *_names_beside(repo, sides, record)}
            mine = {p: sides.mine[p] for p in (record, record + SUFFIX) if p in sides.mine}
            files |= moved(contents(repo, mine, sides.texts), record, taken)
    for path in sorted(path for path in both if not is_ours(path, sides.texts)):
        was, is_ = sides.mine[path]
        files[path] = lines_united(repo, path, was, is_, sides.its[path][1])
        both.discard(path)
    apart = sides.text_moved_apart()
    if apart:
        both = {path for path in both if path not in sides.texts}
    if both or (apart and settle is None):
        raise needs_people(both or sides.texts)
    if apart and settle:
        files.update(settle(sides))
    return files


def moved(mine: Mapping[str, Content], record: str, taken: Collection[str]) -> dict[str, Content]:
    """Returns a file of ours and its signature under the next free name; nothing where it need not.

    The other's stays where it is, since people have seen it there.
    """
    if kind_of(record) in _ONCE or mine.get(record) is None:
        return {}
    if kind_of(record) == "amendment" and f"{folder_of(record)}/ballot.yaml" in taken:
        raise needs_people([record])
    start, number = _without_number(record, mine[record]), 2
    while f"{start}-{number}.yaml" in taken:
        number += 1
    free = f"{start}-{number}.yaml"
    return {free + path.removeprefix(record): data for path, data in mine.items()}


def _names_beside(repo: Repository, sides: Sides, record: str) -> set[str]:
    """Returns the paths that either side has in the folder of a file, old ones among them."""
    folder = [record.rpartition("/")[0]]
    return {path for tip in (sides.ours, sides.theirs) for path in list_folder(repo, tip, folder)}


def _without_number(record: str, data: Content) -> str:
    """Returns how the names of a file and of those that follow it begin."""
    kind = kind_of(record) or ""
    if kind == "amendment":
        return f"{folder_of(record)}/revision"
    if kind in _OWNER and isinstance(data, bytes):
        with suppress(Unreadable):
            return f"{record.rpartition('/')[0]}/{getattr(forms.read(record, data), _OWNER[kind])}"
    return record.removesuffix(".yaml")


def lines_united(
    repo: Repository, path: str, was: Entry | None, mine: Entry | None, its: Entry | None
) -> Entry | None:
    """Returns others' file with the changes of both sides, as git unites them.

    Raises CodeApart where they met, or where it is no file of lines on both sides.
    """
    if mine == its or its == was:
        return mine
    if mine == was:
        return its
    entries = [entry for entry in (mine, was, its) if entry and entry.mode in _FILES]
    if len(entries) == 3 and mine and was and its:
        held = dict(read_blobs(repo, [entry.id for entry in entries]))
        with tempfile.TemporaryDirectory() as place:
            names = [Path(place) / name for name in ("mine", "was", "its")]
            for name, entry in zip(names, entries, strict=True):
                data = held[entry.id]
                name.write_bytes(b"\0" if data is None else data)
            done = repo.ask(("merge-file", "-p", "-q", *map(str, names)))
        if done.status == 0:
            made = repo.run(("hash-object", "-w", "--stdin"), done.out).decode().strip()
            return Entry(its.mode if mine.mode == was.mode else mine.mode, made)
    raise CodeApart(path)


class CodeApart(Refused):
    """Both sides changed one file of others' code, and only git and people can unite it."""

    def __init__(self, path: str, theirs: str = "") -> None:
        named = shlex.quote(reveal(path))
        merge = f"`git merge {theirs}`" if theirs else "git"
        super().__init__(
            "needs-people",
            f"Both sides changed {reveal(path)}, which is no part of the manifesto.",
            f"Yours is kept here, and nothing is sent until the two are one: unite them with "
            f"{merge}, settle that file, then `git add {named}`, `git commit --no-edit`, and "
            "synchronise again.",
        )
        self.path = path


def needs_people(paths: Collection[str]) -> Refused:
    """Says that both sides changed what nobody but people can unite."""
    named = ", ".join(reveal(path) for path in sorted(paths)[:3])
    return Refused(
        "needs-people",
        f"Both sides changed what only people can unite: {named}.",
        "Yours is kept here. Agree on one, record it, and synchronise again.",
    )
