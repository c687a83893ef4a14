"""Judges one commit by the states of its parents, and returns its own."""

from collections.abc import Sequence
from dataclasses import replace

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.paths import (
    MANIFESTO,
    RULES,
    Place,
    is_written_once,
    member_at,
    place_of,
)
from manifesto_tui.governance.replay.acts import (
    judge_roll,
    judge_second,
    judge_vote,
    judge_withdrawal,
    pinned_now,
)
from manifesto_tui.governance.replay.applying import apply, blob_of, left_by, with_text
from manifesto_tui.governance.replay.ballots import judge_ballot, judge_decision
from manifesto_tui.governance.replay.editions import judge_naming, made_at, with_made
from manifesto_tui.governance.replay.files import judge_files, judge_losses
from manifesto_tui.governance.replay.filing import judge_amendment, judge_comment
from manifesto_tui.governance.replay.keeping import judge_kept
from manifesto_tui.governance.replay.mandates import judge_mandate
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.ruling import judge_rules, rules_decided
from manifesto_tui.governance.replay.signing import judge_signatures
from manifesto_tui.governance.replay.state import PLAIN, Folder, State
from manifesto_tui.governance.replay.texts import judge_text
from manifesto_tui.governance.replay.values import CommitDelta, FileChange, Finding, finding

# An amendment and its ballot may come in one commit: each is judged after what it rests on.
_ORDER = (
    "amendment",
    "second",
    "comment",
    "withdrawal",
    "ballot",
    "proxy",
    "acceptance",
    "vote",
    "decision",
    "edition",
    "signatory",
    "signature",
    None,
)


def judge_commit(
    delta: CommitDelta, parents: Sequence[State], reader: Reader, genesis: str
) -> tuple[State, list[Finding]]:
    """Returns the state at a commit, and what is wrong with it.

    `genesis` is the commit that founded the manifesto, "" while none has. Commits from before,
    and on branches that left before, are nobody's business.
    """
    first = parents[0] if parents else State()
    others = [parent for parent in parents[1:] if parent.genesis]
    brought, own = _divide(delta.changes, others)
    before = _unite(first, others, brought, reader)
    after = _apply(before, own, reader)
    after, missing = with_text(before, after, reader)
    if not before.genesis:
        if after.settings is None:
            return after, []
        found = _founded_twice(delta, genesis)
        blamed = frozenset({MANIFESTO, RULES} if found else ())
        return replace(after, genesis=genesis or delta.commit, blamed=blamed), found
    known = [parent for parent in parents if parent.genesis]
    after, findings = judge_kept(delta.commit, before, after, known, own)
    found, silent = judge_files(delta.commit, own)
    findings += found
    # What went wrong on a branch was said there, and is not said again where it is merged.
    findings += (
        f for f in judge_losses(delta.commit, after, others) if f.path not in before.blamed
    )
    findings += _unreadable(delta.commit, own, silent, reader)
    silent |= frozenset(found.path for found in findings)
    decided = [place_of(c.path).folder for c in _ordered(own, silent, "decision")]
    if rules_decided(after, decided):
        # Who decides puts the rules in force, and signs for the decision.
        silent |= {RULES}
    after, unproven = judge_signatures(delta, before, after, own, silent, reader)
    findings += unproven
    after = _judge_records(delta, before, after, own, silent, findings, reader)
    findings += judge_rules(delta.commit, before, after, known, decided)
    for path in missing:
        said = "This file is part of the text, and is missing or cannot be read."
        findings.append(finding("text-unreadable", delta.commit, path, said))
    if not missing:
        findings += judge_text(delta.commit, before, after, known, decided)
    reader.forget()
    if findings:
        blamed = before.blamed | {found.path for found in findings}
        after = replace(after, blamed=blamed)
    return after, findings


def _divide(
    changes: Sequence[FileChange], others: Sequence[State]
) -> tuple[list[tuple[FileChange, State]], list[FileChange]]:
    """Tells the changes that a merge takes over from another parent from those it makes."""
    brought: list[tuple[FileChange, State]] = []
    own: list[FileChange] = []
    for change in changes:
        blob = blob_of(change)
        giver = next((s for s in others if blob and s.files.get(change.path) == blob), None)
        if giver:
            brought.append((change, giver))
        else:
            own.append(change)
    return brought, own


def _unite(
    first: State,
    others: Sequence[State],
    brought: Sequence[tuple[FileChange, State]],
    reader: Reader,
) -> State:
    """Returns what was in force at a commit's parents, taken together."""
    if not others:
        return first
    united = first
    for change, giver in sorted(brought, key=lambda pair: _rank(pair[0])):
        united = apply(united, change, reader)
        place = place_of(change.path)
        if place.kind == "edition":
            united = with_made(united, giver, place)
        given, folder = giver.folders.get(place.folder), united.folders.get(place.folder)
        if given and folder:
            united = united.with_folder(_given(folder, given, place, change.path))
    words: dict[str, str] = {}
    former = dict(united.former)
    for state in others:
        for handle, keys in state.former.items():
            former[handle] = former.get(handle, frozenset()) | keys
    for state in (*others, first):
        words |= state.words
    adopted = dict.fromkeys(path for state in (first, *others) for path in state.adopted)
    united = replace(
        united,
        genesis=first.genesis or others[0].genesis,
        words=words,
        former=former,
        withdrawals=first.withdrawals.united(state.withdrawals for state in others),
        adopted=tuple(adopted),
        blamed=first.blamed.union(*(state.blamed for state in others)),
    )
    return with_text(first, united, reader)[0]


def _given(folder: Folder, given: Folder, place: Place, path: str) -> Folder:
    """Returns a folder with what was judged where one of its files was made."""
    within = path.removeprefix(f"{place.folder}/")
    folder = folder.with_signature(within, given.signatures.get(within))
    if place.kind == "ballot":
        return replace(folder, pinned=given.pinned)
    counted = given.counted(place)
    return folder.with_counted(place, counted) if counted else folder


def _apply(before: State, own: Sequence[FileChange], reader: Reader) -> State:
    after = before
    for change in sorted(own, key=_rank):
        after = apply(after, change, reader)
    return after


def _judge_records(
    delta: CommitDelta,
    before: State,
    after: State,
    own: Sequence[FileChange],
    silent: frozenset[str],
    findings: list[Finding],
    reader: Reader,
) -> State:
    """Judges each new record file; returns the state with what its ballots pinned."""
    commit = delta.commit
    for change in sorted(own, key=_rank):
        path = change.path
        if not is_written_once(path):
            told = path in silent or any(found.path == path for found in findings)
            if not told and (path in (MANIFESTO, RULES) or member_at(path)):
                findings += judge_roll(commit, before, after, delta.author, path)
            continue
        place = place_of(path)
        if place.kind in ("edition", "signatory"):
            after = made_at(commit, before, after, place)
            if path not in silent:
                findings += judge_naming(commit, before, after, place, change)
            continue
        folder = after.folders.get(place.folder)
        if path in silent or folder is None:
            if place.kind == "ballot" and folder and folder.pinned is None:
                after = _pin(before, after, folder, is_sound=False)
            continue
        was = before.folders.get(place.folder)
        if place.kind == "amendment":
            findings += judge_amendment(commit, before, folder, place, change)
        elif place.kind == "second":
            findings += judge_second(commit, before, folder, place, path)
        elif place.kind == "comment":
            findings += judge_comment(commit, before, folder, _comment(change, reader), path)
        elif place.kind == "withdrawal" and (back := folder.proposal.withdrawal):
            findings += judge_withdrawal(commit, before, folder, back, place, path)
        elif place.kind == "ballot" and folder.ballot:
            found = list(
                judge_ballot(commit, before, after, folder.ballot, place, path, reader.judged)
            )
            findings += found
            after = _pin(before, after, folder, is_sound=not found)
        elif file := folder.counted(place):
            if isinstance(file, Vote):
                findings += judge_vote(commit, was, folder, file, path)
            else:
                findings += judge_mandate(commit, was, folder, file, path)
        elif place.kind == "decision" and folder.decision:
            findings += judge_decision(commit, before, was, folder.decision, place, path)
    return after


def _comment(change: FileChange, reader: Reader) -> Comment | None:
    said = reader.file(change.path, left_by(change), change.new or b"").proposals
    return next((comment for p in said for comment in p.comments), None)


def _pin(before: State, after: State, folder: Folder, *, is_sound: bool) -> State:
    return after.with_folder(replace(folder, pinned=pinned_now(before, is_sound=is_sound)))


def _unreadable(
    commit: str, own: Sequence[FileChange], silent: frozenset[str], reader: Reader
) -> list[Finding]:
    found = []
    for change in own:
        path, blob = change.path, blob_of(change)
        says = is_written_once(path) and place_of(path).kind not in (None, "signature")
        says = says or path in (MANIFESTO, RULES) or bool(member_at(path))
        if path in silent or not says or blob is None or blob.mode != PLAIN:
            continue
        # What is not given of a plain file is larger than any record.
        too_large = "It is too large." if change.new is None else ""
        why = too_large or reader.fault(path, blob, change.new or b"")
        if why:
            found.append(finding("unreadable", commit, path, f"This file cannot be read: {why}"))
    return found


def _ordered(own: Sequence[FileChange], silent: frozenset[str], kind: str) -> list[FileChange]:
    return [
        change
        for change in sorted(own, key=_rank)
        if is_written_once(change.path)
        and place_of(change.path).kind == kind
        and change.path not in silent
    ]


def _rank(change: FileChange) -> tuple[int, str]:
    is_setting = not is_written_once(change.path)
    return (-1 if is_setting else _ORDER.index(place_of(change.path).kind)), change.path


def _founded_twice(delta: CommitDelta, genesis: str) -> list[Finding]:
    if not genesis:
        return []
    said = f"This commit founds a manifesto apart from the one founded at {genesis[:12]}."
    return [finding("founded-twice", delta.commit, MANIFESTO, said)]
