"""Tags the commits of editions, and finds those commits again.

The record file is the truth about an edition; the tag is a pointer to the commit that brought it,
so that people can find it with git alone. A tag is made of the commit and the edition only, so
every clone that has to make one again makes the very same. One that is there is never moved.
"""

from collections.abc import Iterable

from manifesto_tui.governance.edition import Edition, Tag
from manifesto_tui.governance.paths import EDITIONS, kind_of
from manifesto_tui.governance.problem import ManifestoError, Unavailable
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.layout import edition_path
from manifesto_tui.record.running import lines_of

PREFIX = "edition-"
REFS = f"refs/tags/{PREFIX}"


def commits_of(repo: Repository, tip: str) -> dict[str, str]:
    """Returns the commit that brought each edition's file, by that file's path.

    Where a shallow clone begins, everything seems to come: what stood there before is left out.
    """
    asked = ("--full-history", "-m", "--diff-filter=A", "--no-renames", "--name-only", "-z")
    said = repo.run(("log", "--format=%x01%H", *asked, tip, "--", EDITIONS), timeout=None)
    found: dict[str, str] = {}
    cut = _cut(repo)
    before: set[str] = set()
    for entry in said.decode("utf-8", "surrogateescape").split("\x01")[1:]:
        commit, *names = (part.strip() for part in entry.split("\0"))
        # The log runs backwards, so what is kept is where a file came first.
        found |= {path: commit for path in names if kind_of(path) == "edition"}
        before.update(names if commit in cut else ())
    return {path: commit for path, commit in found.items() if path not in before}


def _cut(repo: Repository) -> frozenset[str]:
    """Returns the commits whose parents a shallow clone lacks; none in any other."""
    shallow = repo.common_dir / "shallow"
    return frozenset(shallow.read_text("ascii").split() if shallow.exists() else ())


def tag(repo: Repository, edition: Edition, commit: str) -> None:
    """Makes the tag of an edition; raises Unavailable "not-tagged" where git cannot."""
    made = repo.ask(("mktag",), _content(repo, edition, commit))
    name = made.out.decode("ascii", "replace").strip()
    reason = made.error.splitlines()[0] if made.error else "it does not say why"
    if not made.status and is_commit_id(name):
        try:
            # An old value of zeros means: only where there is no such tag yet.
            repo.point(_ref(edition), name, "0" * len(name))
            return
        except ManifestoError as problem:
            reason = problem.sentence
    raise Unavailable(
        "not-tagged",
        f"Edition {edition.number} is recorded, but git did not tag it: {reason}",
        "The next start tags it.",
    )


def heal(repo: Repository, editions: Iterable[Edition], tip: str) -> None:
    """Makes the tags that editions lack, as where a crash came between the record and the tag.

    Makes none of an edition whose commit a shallow clone lacks.
    """
    missing = [edition for edition in editions if not repo.named(_ref(edition))]
    commits = commits_of(repo, tip) if missing else {}
    for edition in missing:
        commit = commits.get(edition_path(edition.number))
        if commit:
            tag(repo, edition, commit)


def tags(repo: Repository) -> tuple[Tag, ...]:
    """Returns every tag of this clone that is called as an edition's is."""
    form = "%(refname)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(tag)%00%(subject)"
    said = repo.run(("for-each-ref", f"--format={form}", f"{REFS}*"))
    found = []
    for line in lines_of(said):
        ref, kind, own, target, called, subject = line.split("\0")
        name = ref.removeprefix("refs/tags/")
        number = name.removeprefix(PREFIX)
        is_ours = kind == "tag" and called == name and subject == f"Edition {number}"
        found.append(Tag(name, target or own, is_ours))
    return tuple(found)


def is_within(repo: Repository, tag: str, tip: str) -> bool:
    """Tells whether what a tag names is a commit in the history of `tip`, if any."""
    return is_commit_id(tag) and is_commit_id(tip) and repo.holds(tag, tip)


def _ref(edition: Edition) -> str:
    return f"refs/tags/{edition.tag}"


def _content(repo: Repository, edition: Edition, commit: str) -> bytes:
    raw = repo.run(("cat-file", "commit", commit))
    head = raw.partition(b"\n\n")[0].splitlines()
    who = next(line for line in head if line.startswith(b"committer "))
    decisions = f"Decisions: {', '.join(edition.decisions)}\n" if edition.decisions else ""
    lines = (
        f"object {commit}\ntype commit\ntag {edition.tag}\n".encode(),
        who.replace(b"committer", b"tagger", 1),
        f"\n\nEdition {edition.number}\n\nText: {edition.text}\n{decisions}".encode(),
    )
    return b"".join(lines)
