"""Judges signatures: whose they are, by the keys in force at the commit before.

A signature comes with its file, in one commit. One that comes later proves nothing, since nobody
can tell who had the file in between; one that is wrong is a finding whether or not the rules
ask for any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.keyring import keys_of_those_who_admit, wrong_change
from manifesto_tui.governance.paths import (
    MANIFESTO,
    RULES,
    Place,
    is_written_once,
    member_at,
    place_of,
)
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay.acts import judge_stranger
from manifesto_tui.governance.replay.applying import left_by
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.state import COUNTED, PLAIN, State
from manifesto_tui.governance.replay.values import CommitDelta, FileChange, Finding, finding
from manifesto_tui.governance.signature import SUFFIX, Signature, bare_keys, weigh
from manifesto_tui.governance.signature import State as Signed

_WRONG = {
    "mismatch": "signature-mismatch",
    "withdrawn": "signature-withdrawn",
    "unchecked": "signature-unchecked",
}


def judge_signatures(
    delta: CommitDelta,
    before: State,
    after: State,
    own: Sequence[FileChange],
    silent: frozenset[str],
    reader: Reader,
) -> tuple[State, list[Finding]]:
    """Returns the state with each new vote's signature weighed, and what is wrong with any."""
    commit = delta.commit
    found: list[Finding] = []
    changes = {change.path: change for change in own}
    for change in own:
        path = change.path
        if path in silent or change.status == "D":
            continue
        if is_written_once(path):
            place = place_of(path)
            if place.kind == "signature":
                if path.removesuffix(SUFFIX) not in changes:
                    said = "This signature came without its file, so it proves nothing."
                    found.append(finding("signature-late", commit, path, said))
            else:
                beside = changes.get(path + SUFFIX)
                signature = _weigh_record(before, change, beside, reader)
                after = _with_signature(after, place, path, signature)
                found += _wrong(commit, path, signature, before, is_vote=place.kind in COUNTED)
        elif change.new is not None and (path in (MANIFESTO, RULES) or member_at(path)):
            found += _judge_setting(delta, before, after, change, reader)
    return after, found


def _weigh_record(
    before: State, change: FileChange, beside: FileChange | None, reader: Reader
) -> Signature:
    handle = _author(change, reader)
    member = before.members.get(handle)
    return weigh(
        change.new or b"",
        beside.new if beside and beside.mode == PLAIN else None,
        reader.check,
        member.keys if member else (),
        before.former.get(handle, ()),
    )


def _author(change: FileChange, reader: Reader) -> str:
    """Returns the handle that a record file says it is by, "" where it cannot be read."""
    said = reader.file(change.path, left_by(change), change.new or b"")
    by = [edition.steward for edition in said.editions]
    by += [act.filed_by for act in said.signatories]
    for proposal in said.proposals:
        by += (
            *(revision.proposer for revision in proposal.revisions),
            *(second.member for second in proposal.seconds),
            *(comment.member for comment in proposal.comments),
            *(vote.voter for vote in proposal.votes),
            *(proxy.giver for proxy in proposal.proxies),
            *(acceptance.holder for acceptance in proposal.acceptances),
            *([proposal.ballot.opener] if proposal.ballot else ()),
            *([proposal.decision.decider] if proposal.decision else ()),
            *([proposal.withdrawal.member] if proposal.withdrawal else ()),
        )
    return next(iter(by), "")


def _with_signature(state: State, place: Place, path: str, signature: Signature) -> State:
    folder = state.folders.get(place.folder)
    if folder is None or signature.state == "unsigned":
        return state
    folder = folder.with_signature(path.removeprefix(f"{place.folder}/"), signature.state)
    counted = folder.counted(place)
    if counted:
        folder = folder.with_counted(place, weighed(counted, signature.state))
    return state.with_folder(folder)


_Counted = TypeVar("_Counted", bound=Vote | Proxy | Acceptance)


def weighed(counted: _Counted, signed: Signed) -> _Counted:
    """Returns a vote or a proxy with what its signature came to."""
    return replace(counted, signed=signed == "signed", signature=signed)


def _judge_setting(
    delta: CommitDelta, before: State, after: State, change: FileChange, reader: Reader
) -> Iterator[Finding]:
    """Judges a change of the roll, the rules or the settings by the signature beside it."""
    commit = delta.commit
    handle = member_at(change.path)
    beside = after.files.get(change.path + SUFFIX)
    signature = beside.data if beside and beside.mode == PLAIN else None
    admitting = keys_of_those_who_admit(before.members, before.rules)
    old, new = before.members.get(handle), after.members.get(handle)
    own = bare_keys(old.keys) if old else frozenset()
    # The first key of all may sign for itself: it proves that its holder has it, and no name.
    first = bare_keys(new.keys) if new and not own else frozenset()
    weighed = weigh(
        change.new or b"",
        signature,
        reader.check,
        own | first | admitting,
        before.former.get(handle, ()),
    )
    signer = weighed.key if weighed.state == "signed" else ""
    wrong = wrong_change(
        before.members,
        before.rules,
        handle,
        new,
        signer,
        before.former.get(handle, frozenset()),
    )
    if wrong:
        yield finding("key-swapped", commit, change.path, wrong)
        return
    if before.rules.signatures == "required" and signer and signer not in own | admitting:
        weighed = Signature("unsigned", signer, "its only signature is by the key that it adds")
    wrongs = list(_wrong(commit, change.path, weighed, before, is_vote=False))
    yield from wrongs
    if not wrongs and signer not in admitting and before.rules.signatures != "required":
        yield from judge_stranger(commit, before, after, delta.author, change.path)


def _wrong(
    commit: str, path: str, signature: Signature, before: State, *, is_vote: bool
) -> Iterator[Finding]:
    code = _WRONG.get(signature.state)
    required = before.rules.signatures == "required"
    if code and not (required and code == "signature-unchecked"):
        said = f"The signature {_TOLD[signature.state]}: {signature.why}."
        yield finding(code, commit, path, said)
    elif required and signature.state != "signed" and not is_vote:
        # A vote or a proxy is judged by the rules that its ballot pinned, where those are.
        said = "This file is not signed by its author, and the rules require it."
        yield finding("record-unsigned", commit, path, said)


_TOLD = {
    "mismatch": "beside this file does not match",
    "withdrawn": "beside this file is by a withdrawn key",
    "unchecked": "beside this file cannot be checked here",
}
