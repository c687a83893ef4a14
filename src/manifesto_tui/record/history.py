"""Reads the history: what each commit did to the record and the text, parents before children.

For `verify`, which replays it all, the history comes as a stream: a few thousand commits are
asked about at a time, with one process for the paths and one for the contents, so that neither
the number of commits nor the size of the record has to fit in memory.
"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import cast

from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.replay.values import CommitDelta, FileChange, Status
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository
from manifesto_tui.record.log import ITSELF, founding
from manifesto_tui.record.loose import object_of
from manifesto_tui.record.objects import read_blobs

_CHUNK = 2000
_MARKDOWN = (".md", ".markdown")


def deltas(repo: Repository, tip: str | None = None) -> Iterator[CommitDelta]:
    """Yields what each commit from the founding to the tip changed, against its first parent.

    The founding commit, and any other whose first parent is older, comes with every file it
    holds. Only files that can belong to a manifesto are told of: its two folders, and Markdown
    anywhere.
    Raises Refused with code `shallow-clone` or `grafted` where history cannot be trusted to be
    whole.
    """
    yield from chain.from_iterable(deltas_since(repo, tip))


def deltas_since(
    repo: Repository, tip: str | None = None, since: str = ""
) -> Iterator[list[CommitDelta]]:
    """Yields the same a few thousand at a time, without what came before a commit.

    That one is a base of the tip, as `is_base` says, or "" for everything.
    """
    check_whole(repo)
    end = tip or repo.head()
    start = since or (founding(repo, end) if end else None)
    if end is None or start is None:
        return
    commits = [] if since else _facts(repo, ("--no-walk=unsorted", start))
    commits += _facts(repo, ("--topo-order", "--reverse", end, f"^{start}"))
    children = Counter(parent for _, parents, _ in commits for parent in parents)
    fed = {since} if since else set()
    for first in range(0, len(commits), _CHUNK):
        chunk = commits[first : first + _CHUNK]
        pairs = []
        for commit, parents, _ in chunk:
            pairs.append((commit, parents[0] if parents and parents[0] in fed else ""))
            fed.add(commit)
        left = len(commits) - first
        yield [
            replace(delta, children=children[delta.commit], to_come=left - at - 1)
            for at, delta in enumerate(_read(repo, chunk, _raw(repo, pairs)))
        ]


def deltas_beyond(
    repo: Repository, tip: str, known: Sequence[str], held: Container[str], most: int
) -> list[CommitDelta] | None:
    """Returns what a tip has and no known commit has, where each rests on what is held.

    None where one rests on anything else, or there are more than `most`.
    """
    commits = _facts(repo, ("--topo-order", "--reverse", tip, *(f"^{commit}" for commit in known)))
    ours = {commit for commit, _, _ in commits}
    parents = (parent for _, parents, _ in commits for parent in parents)
    if len(commits) > most or not all(parent in ours or parent in held for parent in parents):
        return None
    pairs = [(commit, parents[0] if parents else "") for commit, parents, _ in commits]
    return list(_read(repo, commits, _raw(repo, pairs)))


def is_base(repo: Repository, commit: str, tip: str) -> bool:
    """Says whether all that a tip has and a commit has not is built on that very commit."""
    if commit == tip:
        return True
    asked = (*ITSELF, "rev-list", "--boundary", tip, f"^{commit}", "--")
    result = repo.ask(asked, timeout=None)
    edges = {line[1:] for line in result.out.decode().split() if line.startswith("-")}
    return result.status == 0 and edges == {commit}


def between(repo: Repository, old: str, new: str) -> frozenset[str]:
    """Returns the commits that `new` has and `old`, "" for none, has not."""
    asked = [repo.resolve(new), *([f"^{repo.resolve(old)}"] if old else []), "--"]
    return frozenset(repo.run((*ITSELF, "rev-list", *asked), timeout=None).decode().split())


def kept_by_remotes(repo: Repository) -> frozenset[str]:
    """Returns the branches, by full name, that this clone's remotes go by."""
    asked = ("for-each-ref", "--format=%(symref)", "refs/remotes/*/HEAD")
    said = repo.run(asked).decode("utf-8", "surrogateescape").split()
    parts = (ref.removeprefix("refs/remotes/").partition("/")[2] for ref in said)
    return frozenset(f"refs/heads/{name}" for name in parts if name)


def replaced(repo: Repository) -> tuple[str, ...]:
    """Returns the objects in whose place this clone shows others."""
    said = repo.run(("for-each-ref", "--format=%(refname)", "refs/replace/")).decode()
    return tuple(line.rpartition("/")[2] for line in said.split())


_Fact = tuple[str, tuple[str, ...], str]
_Raw = tuple[str, str, str, str, str, str]


def _facts(repo: Repository, asked: Sequence[str]) -> list[_Fact]:
    asked = (*ITSELF, "log", "--format=%H%x00%P%x00%an <%ae>%x00", *asked, "--")
    said = repo.run(asked, timeout=None)
    fields = said.decode("utf-8", "replace").split("\0")
    return [
        (fields[n].strip(), tuple(fields[n + 1].split()), reveal(fields[n + 2]))
        for n in range(0, len(fields) - 3, 3)
    ]


def _read(
    repo: Repository, commits: Sequence[_Fact], raw: Sequence[Sequence[_Raw]]
) -> Iterator[CommitDelta]:
    """Fetches the contents that some commits changed, and hands the commits on in order."""
    wanted = [
        blob
        for changes in raw
        for _, _, old_mode, mode, old, new in changes
        for its, blob in ((old_mode, old), (mode, new))
        if its.startswith("100")
    ]
    contents = dict(read_blobs(repo, wanted))
    for (commit, parents, author), changes in zip(commits, raw, strict=True):
        told = tuple(
            FileChange(
                path,
                cast(Status, status),
                old_mode,
                mode,
                contents.get(old) if old_mode.startswith("100") else None,
                contents.get(new) if mode.startswith("100") else None,
                new,
            )
            for path, status, old_mode, mode, old, new in changes
        )
        yield CommitDelta(commit, parents, author, told)


def _raw(repo: Repository, pairs: Sequence[tuple[str, str]]) -> list[list[_Raw]]:
    """Asks in one process what changed from a parent to each commit; all of it without one."""
    empty = object_of("tree", b"", len(pairs[0][0]))[0] if pairs else ""
    asked = ("diff-tree", "--stdin", "--always", "-r", "-z", "--raw", "--no-renames")
    plain = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--no-abbrev")
    whole = [commit for commit, parent in pairs if not parent]
    trees = dict(zip(whole, _trees(repo, whole), strict=True))
    lines = (f"{c} {parent}\n" if parent else f"{empty} {trees[c]}\n" for c, parent in pairs)
    with repo.reading((*asked, *plain), "".join(lines).encode()) as out:
        words = iter(out.read().decode("utf-8", "surrogateescape").split("\0"))
    found: list[list[_Raw]] = []
    for word in words:
        # The header of two commits ends with a NUL, that of two trees with a line end.
        for line in filter(None, word.split("\n")):
            if not line.startswith(":"):
                found.append([])
                continue
            path = next(words)
            if path.startswith(("manifesto/", "proposals/")) or path.lower().endswith(_MARKDOWN):
                found[-1].append(_change(line, path))
    return found


def _trees(repo: Repository, commits: Sequence[str]) -> list[str]:
    stdin = "".join(f"{commit}^{{tree}}\n" for commit in commits).encode()
    said = repo.run(("cat-file", "--batch-check=%(objectname)"), stdin) if commits else b""
    return said.decode().split()


def _change(facts: str, path: str) -> _Raw:
    """Reads `:100644 100644 <old id> <new id> M`; a file that is not there has no mode."""
    old_mode, mode, old, new, status = facts[1:].split(" ")
    return (
        path,
        status[:1],
        "" if old_mode == "000000" else old_mode,
        "" if mode == "000000" else mode,
        old,
        new,
    )


def check_whole(repo: Repository) -> None:
    """Raises Refused `shallow-clone` or `grafted` where the clone may not have it all."""
    if repo.shallow:
        raise Refused(
            "shallow-clone",
            "This clone holds only the latest part of the history, so nothing can be proved.",
            "Fetch the rest: git fetch --unshallow.",
        )
    if (repo.common_dir / "info" / "grafts").exists():
        raise Refused(
            "grafted",
            "This clone's history was altered by grafts, so nothing can be proved.",
            "Remove .git/info/grafts, or clone again.",
        )
