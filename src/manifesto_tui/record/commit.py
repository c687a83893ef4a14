"""Records an act as one commit, or not at all.

The new commit names the tip it was built on, and the branch moves only from there: git's
fast-import refuses a tip that does not contain the one before, and takes the branch's lock to
compare and swap. So of two people who act at the same moment neither overwrites the other; the
slower is told `tip-moved`, reads again and tries again. A commit's id is handed back only after
the branch was read back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import alongside
from manifesto_tui.record.alongside import Content
from manifesto_tui.record.disk import check_path
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.locks import wait_for
from manifesto_tui.record.objects import Entry

_BUSY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
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
    stream, _ = _stream(ref, (act,), repo.identity(), tip)
    command = ("fast-import", "--quiet", "--date-format=raw", "--done")
    result = repo.ask(command, stream, timeout=None)
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
    alongside.recover(repo)
    branch = _branch_to_move(repo)
    if repo.head() != expect:
        raise _moved()
    for path in files:
        check_path(path)
    with alongside.touching(repo, branch, expect, files, newer) as touched:
        # Moves from `expect` and from nowhere else, whoever else moves it in this moment.
        command = ("update-ref", "--create-reflog", "-m", f"manifesto-tui: {why}")
        result = repo.ask((*command, branch, newer, expect), holding=(touched.lock,))
        touched.free_branch()
        tip = repo.head()
        if tip is None or (tip != newer and not repo.holds(newer, tip)):
            if tip != expect:
                raise _moved()
            raise _not_recorded(result.error)
        touched.bring_along(newer)


def commit_all(repo: Repository, acts: Sequence[Act], expect: str | None) -> tuple[str, ...]:
    """Records many acts, one commit each, in one process; all of them or none."""
    if not acts:
        return ()
    alongside.recover(repo)
    branch = _branch_to_move(repo)
    if repo.head() != expect:
        raise _moved()
    author = repo.identity()
    files: dict[str, Content] = {}
    for act in acts:
        files |= act.files
    for path in files:
        check_path(path)
    stream, sign = _stream(branch, acts, author, expect)
    with alongside.touching(repo, branch, expect, files, sign) as touched:
        ids = _import(repo, stream, expect, len(acts), touched)
        touched.bring_along(ids[-1])
    return ids


def _branch_to_move(repo: Repository) -> str:
    """Returns the branch that is checked out, where it is one that may move now."""
    branch = repo.branch()
    if branch is None:
        raise Refused(
            "detached-head",
            "No branch is checked out, so what is recorded now would be lost.",
            "Check one out: git switch main.",
        )
    for name, what in _BUSY.items():
        if (repo.git_dir / name).exists():
            raise Refused(
                "in-the-middle-of-merge",
                f"A {what} is under way in this repository.",
                f"Finish it with git {what} --continue, or leave it with git {what} --abort.",
            )
    for lock in (repo.git_dir / "index.lock", repo.common_dir / f"{branch}.lock"):
        wait_for(Path(lock))
    return branch


def _stream(
    branch: str, acts: Sequence[Act], author: tuple[str, str], expect: str | None
) -> tuple[bytes, str]:
    """Writes the acts in the language of git fast-import; also returns how the last commit ends."""
    parts = [b"feature done\n"]
    for number, act in enumerate(acts, start=1):
        when = act.when or datetime.now(UTC)
        when = when if when.tzinfo else when.astimezone()
        who = f"{author[0]} <{author[1]}> {int(when.timestamp())} {when:%z}"
        message = reveal(act.message).strip().encode() + b"\n"
        by = act.author or who
        start = f"commit {branch}\nmark :{number}\nauthor {by}\ncommitter {who}\n"
        parts += [start.encode(), _data(message)]
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
    return b"".join([*parts, b"done\n"]), f"{who}\ncommitter {who}\n\n{message.decode()}"


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _import(
    repo: Repository, stream: bytes, expect: str | None, count: int, touched: alongside.Touched
) -> tuple[str, ...]:
    command = ("fast-import", "--quiet", "--date-format=raw", "--done")
    result = repo.ask(command, stream, timeout=None, holding=(touched.lock,))
    touched.free_branch()
    ids = tuple(result.out.decode("ascii", "replace").split())
    tip = repo.head()
    # Git names the commits before it moves the branch, and may die after that: so the branch
    # decides what was recorded, not what became of git.
    named = len(ids) == count and all(map(is_commit_id, ids))
    if named and tip and (tip == ids[-1] or repo.holds(ids[-1], tip)):
        return ids
    if tip != expect or "cannot lock ref" in result.error:
        raise _moved()
    raise _not_recorded(result.error)


def _not_recorded(error: str) -> Unavailable:
    said = error.splitlines()
    reason = said[0].partition(": ")[2] if said else "the branch did not move"
    return Unavailable(
        "not-recorded",
        f"Nothing was recorded: {reason.rstrip('.')}.",
        "Look at the disk and at `git fsck`, then try again.",
    )


def _moved() -> Refused:
    return Refused(
        "tip-moved", "Someone recorded something in the meantime.", "Read it, then try again."
    )
