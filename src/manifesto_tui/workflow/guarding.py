"""Judges a push before it is let in: the same replay as `verify`, and nothing unknown passes.

    proof = guard(repo, old, new)      # what a hook or a job is told: the tips before and after

Only what the push brings is judged; that the branch was not proved before is a note, since
refusing every push would not mend it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from manifesto_tui.governance.paths import MANIFESTO, is_the_records, keeps_a_folder, kind_of
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.governance.replay import (
    CommitDelta,
    Finding,
    Proof,
    finding,
    narrowed,
    unproved,
    with_findings,
)
from manifesto_tui.prose import reveal
from manifesto_tui.record import history, hooks, layout, tags
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import read_file
from manifesto_tui.workflow.verifying import prove

_NOTED = "path-unknown"
Hook = Literal["pre-receive", "pre-push"]


@dataclass(frozen=True, slots=True)
class Push:
    """One branch of a push: its full name, and its tips before and after ("" for none)."""

    ref: str
    old: str
    new: str


def open_repository(directory: Path, environment: Mapping[str, str]) -> Repository:
    """Finds the repository of a push, which may be bare; raises Unavailable where there is none."""
    return Repository.receiving(directory, environment)


def guard(repo: Repository, old: str, new: str) -> Proof:
    """Returns the proof of a push that moves a branch from one commit to another.

    "" or zeros stand for no commit. Raises BadInput "unknown-revision".
    """
    before, after = _tip(repo, old), _tip(repo, new)
    if not after:
        said = "The push deletes the branch, and with it the record of what was agreed."
        return unproved([finding("push-deletes", before, "", said)])
    proof = prove(repo, after)
    if not proof.genesis:
        return proof
    brought = history.between(repo, before, after)
    judged = narrowed(proof, brought)
    found = tuple(_of_the_push(repo, proof, judged, before, after, brought))
    # What verify only notes and a push may not bring is told once, as what it is here.
    refused = {(f.commit, f.path) for f in found if f.code == "push-unknown"}
    noted = (f for f in judged.findings if f.code != _NOTED or (f.commit, f.path) not in refused)
    return with_findings(replace(judged, findings=()), (*found, *noted))


def judge_pushes(repo: Repository, pushes: Iterable[Push]) -> tuple[tuple[Push, Proof], ...]:
    """Returns the proof of each pushed branch that holds the record.

    That is the branch which is checked out in the repository, or would be in a clone of it, and
    in a clone the one that its remotes go by; others are nobody's business until they are merged.
    Where that branch is not there, every one with a manifesto is judged: a host may have been set
    up for another name than people use. Of tags, those of editions are judged,
    by the branch as it is after the push; of these only the ones at fault are returned.
    """
    kept, given = {repo.branch(), *history.kept_by_remotes(repo)}, tuple(pushes)
    is_unborn = repo.head() is None
    judged = [
        (push, guard(repo, push.old, push.new))
        for push in given
        if push.ref in kept or (is_unborn and _holds_record(repo, push))
    ]
    tip = next((push.new for push, _ in judged), repo.head() or "")
    for push in given:
        found = list(_of_a_tag(repo, push, _tip(repo, tip)))
        if found:
            judged.append((push, unproved(found, push.new)))
    return tuple(judged)


def _holds_record(repo: Repository, push: Push) -> bool:
    tip = _tip(repo, push.new) or _tip(repo, push.old)
    return push.ref.startswith("refs/heads/") and read_file(repo, tip, MANIFESTO) is not None


def _of_a_tag(repo: Repository, push: Push, tip: str) -> Iterator[Finding]:
    """Yields what is wrong with a push of an edition's tag; nothing for other refs."""
    name = push.ref.removeprefix("refs/tags/")
    if name == push.ref or not name.startswith(tags.PREFIX):
        return
    if push.old.strip("0"):
        said = f"The push moves or deletes the tag {reveal(name)}; an edition never moves."
        yield finding("edition-tag-moved", tip, "", said)
        return
    path = layout.edition_path(name.removeprefix(tags.PREFIX))
    made = tags.commits_of(repo, tip).get(path) if tip else None
    if made is None:
        said = f"The push brings the tag {reveal(name)}, and the record has no such edition."
        yield finding("push-unknown", tip, "", said)
    elif made != _tip(repo, push.new):
        said = f"The push has the tag {name} lead elsewhere than to the edition, {made[:12]}."
        yield finding("edition-tag-moved", made, "", said)


def read_pushes(hook: Hook, lines: Sequence[str]) -> tuple[Push, ...]:
    """Reads what git tells a hook on standard input; BadInput "push" for anything else."""
    found = []
    for line in filter(None, (line.strip() for line in lines)):
        words = line.split(" ")
        if hook == "pre-receive" and len(words) == 3:
            old, new, ref = words
        elif hook == "pre-push" and len(words) == 4:
            _, new, ref, old = words
        else:
            raise BadInput("push", "What git says of this push cannot be read.", where=line)
        found.append(Push(ref, old, new))
    return tuple(found)


def install_hook(repo: Repository, program: Sequence[str]) -> Path:
    """Writes the hook and returns its place; Refused "hook-exists" for somebody else's hook."""
    return hooks.install_hook(repo, program)


def _tip(repo: Repository, revision: str) -> str:
    # A commit that is not here is unknown: then nothing can be judged, and nothing passes.
    if not revision.strip("0"):
        return ""
    return repo.resolve(revision)


def _of_the_push(
    repo: Repository, proof: Proof, judged: Proof, before: str, after: str, brought: frozenset[str]
) -> Iterator[Finding]:
    if before and not repo.holds(before, after):
        said = f"The push drops {before[:12]} and perhaps more that was on the branch."
        yield finding("push-not-forward", before, "", said)
    if any(f.severity == "error" for f in proof.findings if f not in judged.findings):
        said = "The history before this push is not proved; manifesto-tui verify says why."
        yield finding("not-proved-before", before, "", said)
    # What verify can ignore as unknown to it, a push may not bring.
    since = before if before and history.is_base(repo, before, after) else ""
    for delta in chain.from_iterable(history.deltas_since(repo, after, since)):
        if delta.commit in brought and delta.commit != proof.genesis:
            yield from _unknown(delta, {f.path for f in judged.findings if f.code != _NOTED})


def _unknown(delta: CommitDelta, told: set[str]) -> Iterator[Finding]:
    for change in delta.changes:
        path = change.path
        if change.status == "D" or not is_the_records(path) or keeps_a_folder(path):
            continue
        is_text = path.startswith("manifesto/") and path.endswith((".md", ".markdown"))
        is_plain = change.mode == "100644"
        if path not in told and not (is_plain and (is_text or kind_of(path))):
            said = "Nothing allows this file in the record's folders."
            yield finding("push-unknown", delta.commit, path, said)
