"""Records an act as one commit, or not at all.

The new commit names the tip it was built on, and the branch moves only from there: git takes the
branch's lock to compare and swap. So of two people who act at the same moment neither overwrites
the other; the slower is told `tip-moved`, reads again and tries again. A commit's id is handed back
only after the branch was read back.

One act is a handful of objects, which `loose` writes. Many at once, or what others' code brings
along, go through git's fast-import, which packs them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import alongside, identity
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.locks import wait_for
from manifesto_tui.record.loose import commit_of, store
from manifesto_tui.record.objects import Content, Entry
from manifesto_tui.record.trouble import detached
from manifesto_tui.record.whole import sync_folder

_FAST_IMPORT = ("fast-import", "--quiet", "--date-format=raw", "--done")
_BUSY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply/applying": "am",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}


@dataclass(frozen=True, slots=True)
class Act:
    """What one commit does: files by path, None for one that goes, and why.

    `second` is the other tip that it unites with, "" for an ordinary commit. `author` is who did
    it and when, as git writes that (`Name <address> 1700000000 +0000`); "" is who sits here, now.
    """

    files: Mapping[str, Content]
    message: str
    when: datetime | None = None
    second: str = ""
    author: str = ""


def commit(
    repo: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    expect: str | None,
    when: datetime | None = None,
) -> str:
    """Records files as one commit on top of `expect`, and returns its id.

    `expect` is None for the first commit of a branch. Raises Refused with code `tip-moved`
    where someone was quicker, `work-tree-dirty`, `detached-head`, `in-the-middle-of-merge` or
    `locked`, and Unavailable where git or the disk failed; each leaves everything as it was.
    """
    return commit_all(repo, (Act(files, message, when),), expect)[-1]


def merge(
    repo: Repository,
    files: Mapping[str, Content],
    message: str,
    expect: str,
    other: str,
    when: datetime | None = None,
) -> str:
    """Records that two tips are one from here on, with what the other one adds to ours."""
    return commit_all(repo, (Act(files, message, when, other),), expect)[-1]


def aside(repo: Repository, act: Act, tip: str, ref: str) -> str:
    """Makes a commit on `tip` that no branch holds yet, only the ref `ref`, and returns its id."""
    stream = _stream(ref, (act,), (_words(act, identity.author(repo)),), tip)
    result = repo.ask(_FAST_IMPORT, stream, timeout=None)
    made = result.out.decode("ascii", "replace").strip()
    if result.status or not is_commit_id(made):
        raise _not_recorded(result.error)
    return made


def advance(repo: Repository, files: Mapping[str, Content], expect: str, newer: str) -> None:
    """Moves the branch to a commit that contains its tip; `files` are what changes by that."""
    _move(repo, files, expect, newer, "Fetch what others recorded")


def exchange(repo: Repository, files: Mapping[str, Content], expect: str, made: str) -> None:
    """Moves the branch from `expect` to a commit that says the same on top of another tip.

    For what was never sent and is made again; git's log of the branch keeps the former tip.
    """
    _move(repo, files, expect, made, "Make again what was not sent")


def _move(
    repo: Repository, files: Mapping[str, Content], expect: str, newer: str, why: str
) -> None:
    with alongside.asked_ahead(repo, expect, files) as told:
        branch = _branch_to_move(repo, expect)
        with alongside.touching(repo, branch, expect, files, newer, told, _mover(why)) as touched:
            touched.sync()
            _swap(repo, touched, expect, newer)
            touched.bring_along(newer)


def _mover(why: str) -> tuple[str, ...]:
    return "update-ref", "--create-reflog", "-m", f"manifesto-tui: {why}", "--stdin"


def _swap(repo: Repository, touched: alongside.Touched, expect: str | None, newer: str) -> None:
    """Moves the branch to a commit, and reads it back.

    It moves from `expect` and from nowhere else, whoever else moves it in this moment.
    """
    assert touched.tell is not None, "a git is there that moves the branch"
    said = f"update {touched.branch} {newer} {expect or '0' * len(newer)}\n"
    result = touched.tell(said.encode("utf-8", "surrogateescape"))
    touched.free_branch()
    _read_back(repo, touched.branch, expect, newer, result.error)


def _keep(repo: Repository, branch: str, newer: str) -> None:
    """Syncs the branch's new name: git syncs what is in it, and then renames it.

    Where no file has to follow, as after an edit on the disk, nothing else would be synced after.
    """
    try:
        sync_folder((repo.common_dir / branch).parent)
    except OSError as error:
        raise Unavailable(
            "not-synced",
            f"Recorded as {newer[:10]}, but the disk did not confirm it ({error.strerror}).",
            "Look at the disk, then look whether it is there; the next start finishes the rest.",
        ) from error


def _read_back(
    repo: Repository, branch: str, expect: str | None, newer: str | None, error: str
) -> None:
    """Raises where the branch does not hold a commit; `error` is what git said against it."""
    tip = repo.head()
    if newer and tip and (tip == newer or repo.holds(newer, tip)):
        _keep(repo, branch, newer)
        return
    if tip != expect or ("cannot lock ref" in error and "File exists" in error):
        raise _moved()
    raise _not_recorded(error)


def commit_all(repo: Repository, acts: Sequence[Act], expect: str | None) -> tuple[str, ...]:
    """Records many acts, one commit each, in one process; all of them or none."""
    if not acts:
        return ()
    files: dict[str, Content] = {}
    for act in acts:
        files |= act.files
    with alongside.asked_ahead(repo, expect, files) as told:
        branch = _branch_to_move(repo, expect)
        author = identity.author(repo)
        words = tuple(_words(act, author) for act in acts)
        alone = len(acts) == 1 and len(files) <= alongside.FEW
        alone = alone and not repo.config("core.sharedrepository")
        mover = _mover("Record") if alone else ()
        with alongside.touching(repo, branch, expect, files, words[-1], told, mover) as touched:
            if alone:
                made = [_record(repo, acts[0], words[0], expect, touched)]
            else:
                stream = _stream(branch, acts, words, expect)
                made = _import(repo, stream, expect, len(acts), touched)
            touched.bring_along(made[-1])
    return tuple(made)


def _branch_to_move(repo: Repository, expect: str | None) -> str:
    """Returns the branch that is checked out, where it may move now from `expect`."""
    alongside.recover(repo)
    for name, what in _BUSY.items():
        if (repo.git_dir / name).exists():
            raise Refused(
                "in-the-middle-of-merge",
                "Mails are being applied in this repository (git am)."
                if what == "am"
                else f"A {what} is under way in this repository.",
                f"Finish it with git {what} --continue, or leave it with git {what} --abort.",
            )
    branch = repo.branch()
    if branch is None:
        raise detached()
    for lock in (
        repo.git_dir / "index.lock",
        repo.git_dir / "HEAD.lock",
        repo.common_dir / f"{branch}.lock",
    ):
        wait_for(lock)
    if repo.head() != expect:
        raise _moved()
    return branch


def _words(act: Act, author: tuple[str, str]) -> str:
    """Returns what a commit says after its parents: by whom it is and when, and why."""
    when = act.when or datetime.now(UTC)
    when = when if when.tzinfo else when.astimezone()
    who = f"{author[0]} <{author[1]}> {int(when.timestamp())} {when:%z}"
    return f"author {act.author or who}\ncommitter {who}\n\n{reveal(act.message).strip()}\n"


def _record(
    repo: Repository, act: Act, words: str, expect: str | None, touched: alongside.Touched
) -> str:
    parents = [parent for parent in (expect, act.second) if parent]
    objects = commit_of(touched.folders, act.files, parents, words, touched.length)
    store(repo, objects, touched.sync)
    made = objects[-1][0]
    _swap(repo, touched, expect, made)
    return made


def _stream(branch: str, acts: Sequence[Act], words: Sequence[str], expect: str | None) -> bytes:
    """Writes the acts in the language of git fast-import."""
    parts = [b"feature done\n"]
    for number, act in enumerate(acts, start=1):
        people, _, message = words[number - 1].partition("\n\n")
        start = f"commit {branch}\nmark :{number}\n{people}\n"
        parts += [start.encode(), _data(message.encode())]
        if number == 1 and expect:
            parts.append(f"from {expect}\n".encode())
        if act.second:
            parts.append(f"merge {act.second}\n".encode())
        for path, data in act.files.items():
            if data is None:
                parts.append(f"D {_quoted(path)}\n".encode())
            elif isinstance(data, Entry):
                parts.append(f"M {data.mode} {data.id} {_quoted(path)}\n".encode())
            else:
                parts += [f"M 100644 inline {_quoted(path)}\n".encode(), _data(data)]
        parts.append(b"\n")
    parts += [f"get-mark :{number}\n".encode() for number in range(1, len(acts) + 1)]
    return b"".join([*parts, b"done\n"])


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _import(
    repo: Repository, stream: bytes, expect: str | None, count: int, touched: alongside.Touched
) -> list[str]:
    touched.sync()
    result = repo.ask(_FAST_IMPORT, stream, timeout=None, holding=(touched.lock,))
    touched.free_branch()
    ids = result.out.decode("ascii", "replace").split()
    # Git names the commits before it moves the branch, and may die after that: so the branch
    # decides what was recorded, not what became of git.
    named = len(ids) == count and all(map(is_commit_id, ids))
    _read_back(repo, touched.branch, expect, ids[-1] if named else None, result.error)
    return ids


def _not_recorded(error: str) -> Unavailable:
    said = error.splitlines()
    reason = said[0].partition(": ")[2] or said[0] if said else "the branch did not move"
    return Unavailable(
        "not-recorded",
        f"Nothing was recorded: {reason.rstrip('.')}.",
        "Look at the disk and at `git fsck`, then try again.",
    )


def _moved() -> Refused:
    return Refused(
        "tip-moved", "Someone recorded something in the meantime.", "Read it, then try again."
    )
