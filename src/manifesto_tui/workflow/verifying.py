"""Proves a clone: replays its history from the commit that founded the manifesto.

What stands in the way of any proof (a shallow clone, grafts) and what the clone remembers
against its history (the tip that it verified last) are findings like all others.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.governance.replay import (
    CODES,
    CommitDelta,
    Finding,
    Judged,
    Milestone,
    Proof,
    Reader,
    finding,
    go_on,
    play,
    recall,
    unproved,
    with_findings,
)
from manifesto_tui.governance.replay import remember as recorded
from manifesto_tui.governance.replay.editions import judge_tags
from manifesto_tui.governance.replay.onward import MOST
from manifesto_tui.record import history, milestones, signatures, snapshot, tags
from manifesto_tui.record.earlier import Earlier
from manifesto_tui.record.git import Repository
from manifesto_tui.record.verified import last_verified, remember

_OF_THE_WHOLE = frozenset({"text-missing", "no-rules"})
_DETACHED = "HEAD"
# What so many of the files say is kept, that was read last and that is not large.
_KEPT = 2048
_SMALL = 16 * 1024
_HELD = "judged"  # What the repository's memory calls the states of the commits judged last.
_AT_ONCE = 256  # Commits after which it is told how far a proof has come.

Told = Callable[[int, int], None]
"""Hears how many of how many commits are replayed; what it raises stops the proof."""


def unheard(done: int, of: int) -> None:
    """Hears how far a proof has come, where nobody waits for it."""


def verify(repo: Repository, *, full: bool = False, told: Told = unheard) -> Proof:
    """Returns the proof of everything between the founding and the tip.

    What was proved before is not proved again, unless `full` asks for all of it. A tip that is
    proved is remembered, and missed when a later history does not contain it.
    """
    tip, branch = repo.head() or "", repo.branch() or _DETACHED
    proof = prove(repo, tip, full=full, told=told)
    tagged = judge_tags(tip, proof.editions, tags.tags(repo)) if proof.genesis else ()
    proof = with_findings(proof, [*_against(repo, tip, branch), *tagged])
    if proof.verdict != "NOT PROVED":
        remember(repo, branch, tip)
    return proof


def forget(repo: Repository) -> None:
    """Forgets which tip of this branch was verified last, for a rewriting that was agreed."""
    remember(repo, repo.branch() or _DETACHED, "")


def prove(
    repo: Repository,
    tip: str,
    *,
    full: bool = False,
    told: Told = unheard,
    held: Judged | None = None,
) -> Proof:
    """Returns the proof of one commit's history, as far as the clone lets one be made.

    `held` is given the states of its last commits.
    """
    reader = Reader(_part, signatures.check)
    try:
        history.check_whole(repo)
        with repo.at_hand():
            since, earlier, altered = (None, None, False) if full else _before(repo, tip, reader)
            played = play(_counted(_deltas(repo, tip, since, earlier), told), reader, since, held)
    except Refused as stopped:
        if stopped.code not in CODES:
            raise
        said = f"{stopped.sentence} {stopped.hint}"
        return unproved([finding(stopped.code, tip, "", said)], tip)
    if since is None or since.commit != tip:
        milestones.keep(repo, [recorded(milestone) for milestone in played.milestones])
    return with_findings(played.proof, _altered(tip) if altered else ())


def faults_since(repo: Repository, tip: str, before: str) -> list[Finding]:
    """Returns the errors in what a tip has and the commit `before` has not.

    What was judged while this repository was open is not judged again. So many tips can be asked
    about in turn, which `verify` does of none: it goes by what git holds.
    """
    brought = history.between(repo, before, tip)
    held = repo.memory.pop(_HELD, None)
    if held is None or not _goes_on(repo, tip, held):
        held = Judged()
        proof = prove(repo, tip, held=held)
        if not held.tips:
            return _errors(proof.findings, brought)  # Why nothing can be proved here.
    repo.memory[_HELD] = held
    return _errors(chain.from_iterable(held.found.values()), brought)


def _errors(findings: Iterable[Finding], commits: Container[str]) -> list[Finding]:
    return [f for f in findings if f.severity == "error" and f.commit in commits]


def _goes_on(repo: Repository, tip: str, held: Judged) -> bool:
    """Judges what a tip has besides what is held; False where it does not rest on that."""
    try:
        history.check_whole(repo)
        with repo.at_hand():
            deltas = history.deltas_beyond(repo, tip, held.tips, held, MOST)
            if deltas:
                go_on(deltas, Reader(_part, signatures.check), held, Earlier(repo, tip))
    except ManifestoError:
        return False  # The whole proof says why.
    return deltas is not None


def _before(
    repo: Repository, tip: str, reader: Reader
) -> tuple[Milestone | None, Earlier | None, bool]:
    """Returns the furthest commit on the way to a tip that was proved before, and its files."""
    altered = False
    for kept in milestones.listed(repo):
        document, is_altered = milestones.load(repo, kept)
        altered |= is_altered
        if is_altered:
            milestones.drop(kept)
        if document and tip and history.is_base(repo, kept.commit, tip):
            earlier = Earlier(repo, kept.commit)
            return recall(document, earlier, reader), earlier, altered
    return None, None, altered


def _deltas(
    repo: Repository, tip: str, since: Milestone | None, earlier: Earlier | None
) -> Iterator[CommitDelta]:
    for deltas in history.deltas_since(repo, tip, since.commit if since else ""):
        if earlier:
            earlier.expect(change.path for delta in deltas for change in delta.changes)
        yield from deltas


def _counted(deltas: Iterator[CommitDelta], told: Told) -> Iterator[CommitDelta]:
    """Yields commits to a replay, and tells how far it has come."""
    of = 0  # The first one knows.
    for done, delta in enumerate(deltas, start=1):
        of = of or delta.to_come + 1
        yield delta
        if done % _AT_ONCE == 0 or done == of:
            told(done, of)


def _altered(tip: str) -> list[Finding]:
    said = (
        "What this clone remembered of earlier proofs was altered by somebody else. It was not "
        "believed, and what it spoke of was proved afresh."
    )
    return [finding("memory-altered", tip, "", said)]


def _against(repo: Repository, tip: str, branch: str) -> Iterator[Finding]:
    for shown in history.replaced(repo):
        said = f"This clone shows another object in place of {shown[:12]}; git replace -d drops it."
        yield finding("replaced-objects", tip, "", said)
    last = last_verified(repo, branch)
    if last and not repo.holds(last, tip):
        said = (
            f"This history no longer contains {last[:12]}, which this clone verified. If that was "
            "agreed: manifesto-tui verify --forget."
        )
        yield finding("tip-lost", last, "", said)


def _part(files: Mapping[str, bytes]) -> Assembly:
    """Reads a few files by themselves: what a whole record would miss is not wrong with them."""
    if len(files) == 1:
        ((path, data),) = files.items()
        if len(data) <= _SMALL:
            return _alone(path, data)
    return _of(files)


@lru_cache(maxsize=_KEPT)
def _alone(path: str, data: bytes) -> Assembly:
    # A merge judges again what each of its sides brought.
    return _of({path: data})


def _of(files: Mapping[str, bytes]) -> Assembly:
    part = snapshot.assemble_part(files)
    wrong = tuple(problem for problem in part.problems if problem.code not in _OF_THE_WHOLE)
    return replace(part, problems=wrong)
