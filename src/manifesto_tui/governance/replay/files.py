"""Judges what happened to record files as files: they are written once and stay as they are."""

from collections.abc import Iterable, Iterator, Sequence

from manifesto_tui.governance.paths import MANIFESTO, is_written_once, member_at, place_of
from manifesto_tui.governance.replay.state import PLAIN, State
from manifesto_tui.governance.replay.values import FileChange, Finding, finding
from manifesto_tui.governance.signature import SUFFIX


def judge_files(commit: str, changes: Sequence[FileChange]) -> tuple[list[Finding], frozenset[str]]:
    """Returns what is wrong with the files of a commit, and the paths not to be judged further.

    One thing is said of each file: what was edited, renamed or made a link is not read for what
    it says as well.
    """
    found: list[Finding] = []
    renamed = _renames(changes)
    gone = {c.path for c in changes if c.status == "D" and place_of(c.path).kind == "comment"}
    for change in changes:
        path = change.path
        if path in renamed.values():
            continue
        if path.removesuffix(SUFFIX) in gone and path not in gone:
            continue  # A comment goes with its signature.
        if path in renamed:
            found.append(_renamed(commit, path, renamed[path]))
        elif is_written_once(path):
            found += _record(commit, change)
        else:
            found += _setting(commit, change)
    silent = {f.path for f in found} | set(renamed.values())
    return found, frozenset(silent)


def judge_losses(commit: str, merged: State, parents: Iterable[State]) -> Iterator[Finding]:
    """Yields each record file that a merge's other parents have and the merge has not.

    What a merge takes away from its first parent is among its changes already.
    """
    for parent in parents:
        for path, had, has in parent.files.differences(merged.files):
            if not is_written_once(path) or had is None:
                continue
            if has is None:
                said = f"{_called(path)}, which one parent of this merge has, was left out of it."
                yield finding("record-deleted", commit, path, said)
            elif place_of(path).kind is not None:
                said = f"{_called(path)} is not what one parent of this merge has."
                yield finding("record-edited", commit, path, said)


def _renames(changes: Sequence[FileChange]) -> dict[str, str]:
    """Pairs deleted record files with new ones of the same bytes."""
    gone = [c for c in changes if c.status == "D" and is_written_once(c.path)]
    come = {c.new: c.path for c in changes if c.status == "A" and is_written_once(c.path)}
    return {c.path: come[c.old] for c in gone if c.old is not None and c.old in come}


def _renamed(commit: str, path: str, to: str) -> Finding:
    return finding("record-renamed", commit, path, f"{_called(path)} was renamed to {to}.")


def _record(commit: str, change: FileChange) -> Iterator[Finding]:
    path, called = change.path, _called(change.path)
    kind = place_of(path).kind
    if change.status == "D":
        if kind == "comment":
            yield finding("comment-removed", commit, path, f"{called} was taken away.")
        else:
            yield finding("record-deleted", commit, path, f"{called} was deleted.")
    elif change.mode != PLAIN:
        said = f"{called} is {_mode(change.mode)}, not a plain file."
        yield finding("record-mode", commit, path, said)
    elif change.status != "A":
        yield finding("record-edited", commit, path, f"{called} was changed after it was written.")
    elif kind is None:
        yield finding("path-unknown", commit, path, "This is no file that the record knows.")


def _setting(commit: str, change: FileChange) -> Iterator[Finding]:
    path = change.path
    if change.status == "D":
        if path == MANIFESTO:
            yield finding("manifesto-deleted", commit, path, "The manifesto’s settings are gone.")
        elif member_at(path):
            said = f"{member_at(path)} was deleted from the roll rather than retired."
            yield finding("roll-deleted", commit, path, said)
    elif path.startswith("manifesto/") and path.endswith(".yaml") and change.mode != PLAIN:
        said = f"{_called(path)} is {_mode(change.mode)}, not a plain file."
        yield finding("record-mode", commit, path, said)


_NAMED = ("vote", "second", "comment", "proxy", "acceptance", "edition", "signatory")


def _called(path: str) -> str:
    """Returns what people call a file at the start of a sentence: `The vote “sam-2”`."""
    place = place_of(path)
    if place.kind in _NAMED:
        return f"The {place.kind} “{place.name}”"
    if place.kind in (None, "signature") or not is_written_once(path):
        return "This file"
    name = place.kind if place.name == place.kind else place.name.replace("-", " ")
    return f"The {name}"


def _mode(mode: str) -> str:
    return {
        "120000": "a symbolic link",
        "160000": "a submodule",
        "100755": "executable",
    }.get(mode, f"of mode {mode}")
