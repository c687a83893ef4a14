"""Reads the log as lists show it: who did what, when, to which files; and what texts were called.

Authors and times are claims. Only where the manifesto was founded a proof asks as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository

# Git believes a commit-graph file before the commits themselves, and whoever prepared the folder
# may have written it; a proof reads the commits.
ITSELF = ("-c", "core.commitGraph=false")
_ANCHOR = re.compile(rb"<!--\s*#([a-z0-9][a-z0-9-]{0,63})\s*-->")


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit as a list shows it. Author and time are claims."""

    commit: str
    author: str
    when: str
    subject: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit by itself: who made it (name and address), and the paths that it touched."""

    commit: str
    parents: tuple[str, ...]
    author: tuple[str, str]
    subject: str
    paths: tuple[str, ...]


def founding(repo: Repository, tip: str) -> str | None:
    """Returns the first commit in which there was a manifesto, None where there never was."""
    asked = ("--full-history", "--topo-order", "--reverse", "--diff-filter=A", "--format=%H")
    said = repo.run((*ITSELF, "log", *asked, tip, "--", MANIFESTO), timeout=None).split()
    return said[0].decode() if said else None


def commit(repo: Repository, id: str) -> Commit:
    """Returns one commit; that of a merge touches nothing by itself."""
    form = "--format=%P%x00%an%x00%ae%x00%s%x00"
    said = repo.run(("log", "-1", "--name-only", "-z", form, id, "--"))
    parents, name, address, subject, *paths = said.decode("utf-8", "replace").split("\0")
    return Commit(
        id,
        tuple(parents.split()),
        (name, address),
        reveal(subject),
        tuple(path.strip("\n") for path in paths if path.strip("\n")),
    )


def anchors(repo: Repository, paths: Sequence[str] = ()) -> frozenset[str]:
    """Returns every anchor that any text in this branch's history ever carried."""
    head, asked_for = repo.head(), tuple(paths)
    if head is None:
        return frozenset()
    since, of, known = repo.memory.get("anchors") or ("", (), frozenset[str]())
    if since != head or of != asked_for:
        fresh = f"{since}..{head}" if since and of == asked_for else head
        known = _anchors(repo, fresh, paths) | (known if fresh != head else frozenset())
        repo.memory["anchors"] = (head, asked_for, known)
    return known


def _anchors(repo: Repository, commits: str, paths: Sequence[str]) -> frozenset[str]:
    elsewhere = [path for path in paths if not path.startswith("manifesto/")]
    asked = ("--format=", "-p", "-U0", "-m", "--no-renames", "--text", "--no-color")
    plain = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
    found: set[str] = set()
    with repo.reading(("log", *asked, *plain, commits, "--", "manifesto", *elsewhere)) as out:
        for line in out:
            if line.startswith(b"+"):
                found.update(anchor.decode() for anchor in _ANCHOR.findall(line))
    return frozenset(found)


def entries(repo: Repository, paths: Sequence[str] = ()) -> tuple[Entry, ...]:
    """Returns the commits, of all the record or of some paths, the newest first."""
    if repo.head() is None:
        return ()
    form = "--format=%H%x00%an <%ae>%x00%aI%x00%s"
    found: list[Entry] = []
    authors: dict[str, str] = {}  # A few made thousands of commits: each is held once.
    with repo.reading(("log", form, "HEAD", "--", *paths)) as out:
        for line in out:
            fields = line.decode("utf-8", "replace").removesuffix("\n").split("\0")
            if len(fields) == 4:  # Nothing else that git may have been told to say.
                commit, author, when, subject = fields
                author = authors.setdefault(author, reveal(author))
                found.append(Entry(commit, author, reveal(when), reveal(subject)))
    return tuple(found)


def of_text(repo: Repository, paths: Sequence[str]) -> tuple[tuple[str, ...], tuple[Entry, ...]]:
    """Returns all names that the files of a text have had, and what changed them, newest first.

    Remembered until a commit changes one of them: to find it the whole history is walked.
    """
    head, asked_for = repo.head(), tuple(paths)
    since, of, known = repo.memory.get("lineage") or ("", (), None)
    if (
        known is None
        or of != asked_for
        or (since != head and _touched(repo, since, head, known[0]))
    ):
        names = lineage(repo, paths)
        known = names, entries(repo, names)
    repo.memory["lineage"] = (head, asked_for, known)
    return known


def _touched(repo: Repository, since: str, head: str | None, paths: Sequence[str]) -> bool:
    """Says whether a commit that only one of two has touches one of some paths."""
    asked = ("log", "-1", "--format=%H", f"{since}...{head}", "--", *paths)
    return bool(repo.run(asked, timeout=None).strip())


def lineage(repo: Repository, paths: Sequence[str]) -> tuple[str, ...]:
    """Returns the paths, and behind each the names that its file had before it was renamed."""
    found: dict[str, None] = {}
    for path in paths:
        name: str | None = path
        while name and name not in found:
            found[name] = None
            name = _name_before(repo, name)
    return tuple(found)


def _name_before(repo: Repository, path: str) -> str | None:
    """Returns what a file was called before the commit that brought it, None for a new one."""
    asked = ("log", "--diff-filter=A", "--format=%H", "HEAD", "--", path)
    born = repo.run(asked, timeout=None).decode().split()
    if not born:
        return None
    renames = ("-M", "--diff-filter=R", "--name-status", "--no-commit-id", born[-1], "--")
    said = repo.run(("diff-tree", "-r", "-z", *renames), timeout=None).decode(
        "utf-8", "surrogateescape"
    )
    fields = said.split("\0")
    renamed = {fields[n + 2]: fields[n + 1] for n in range(0, len(fields) - 2, 3)}
    return renamed.get(path)
