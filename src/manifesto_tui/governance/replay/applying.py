"""Carries a state over a change of files: what they say comes into force, or goes out of it."""

import hashlib
from dataclasses import replace

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.paths import (
    MANIFESTO,
    RULES,
    Place,
    is_written_once,
    member_at,
    place_of,
)
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.state import COUNTED, Blob, Folder, Made, State
from manifesto_tui.governance.replay.values import FileChange
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import bare_keys


def blob_of(change: FileChange) -> Blob | None:
    """Returns the file that a change leaves behind, None where it leaves none."""
    return None if change.status == "D" else left_by(change)


def left_by(change: FileChange) -> Blob:
    """Returns the file that a change other than a deletion leaves behind."""
    data = change.new or b""
    keep = None if is_written_once(change.path) else data
    return Blob(change.mode, change.name or hashlib.sha256(data).hexdigest(), keep)


def apply(state: State, change: FileChange, reader: Reader) -> State:
    """Returns the state after one file has changed; the text is left to `with_text`.

    A file that is no plain file, or cannot be read, says nothing.
    """
    path, blob = change.path, blob_of(change)
    had = state.files.get(path) is not None
    state = replace(state, files=state.files.put(path, blob))
    if is_written_once(path):
        place = place_of(path)
        if place.kind in (None, "signature"):
            return state
        says = reader.says(path, blob, change.new)
        if place.kind in ("edition", "signatory"):
            return _with_naming(state, place, says)
        return _with_record(state, place, path, says, (blob is not None) - had)
    handle = member_at(path)
    if not handle and path not in (MANIFESTO, RULES):
        return state
    says = reader.says(path, blob, change.new)
    if handle:
        return _with_member(state, path, handle, says, blob)
    if blob is None and path == RULES:
        return replace(state, rules=Rules(), rules_paper="")
    if says is None or blob is None:
        return state
    if path == RULES:
        return replace(state, rules=says.rules, rules_paper=blob.name)
    data = change.new or b""
    return replace(state, settings=says.manifesto, settings_file=data, settings_paper=blob.name)


def _with_member(
    state: State, path: str, handle: str, says: Assembly | None, blob: Blob | None
) -> State:
    before = state.members.get(handle)
    if before and before.keys:
        known = state.former.get(handle, frozenset()) | bare_keys(before.keys)
        state = replace(state, former={**state.former, handle: known})
    member = says.roll.by_handle.get(handle) if says else None
    enrolled = state.enrolled.put(path, handle, member, blob.name if blob else "")
    return replace(state, enrolled=enrolled)


def _with_naming(state: State, place: Place, says: Assembly | None) -> State:
    if place.kind == "signatory":
        act = next(iter(says.signatories), None) if says else None
        return replace(state, signatories=state.signatories.put(place.name, act))
    editions = {name: made for name, made in state.editions.items() if name != place.name}
    if says and says.editions:
        editions[place.name] = Made(says.editions[0])
    return replace(state, editions=editions)


def with_text(before: State, state: State, reader: Reader) -> tuple[State, tuple[str, ...]]:
    """Returns the state with the text read again if a file of it changed, and what is missing."""
    settings = state.settings
    if settings is None:
        return state, ()
    same = before.settings is not None and before.settings.text == settings.text
    if same and all(before.files.get(path) == state.files.get(path) for path in settings.text):
        return state, ()
    text, missing = reader.text(state)
    words = dict(state.words)
    words |= {anchor: clause.text for anchor, (_, clause) in text.by_anchor.items()}
    return replace(state, text=text, words=words), missing


def _with_record(state: State, place: Place, path: str, says: Assembly | None, more: int) -> State:
    old = state.folders.get(place.folder) or Folder(Proposal(place.folder))
    folder = with_file(old, place, path, says)
    state = state.with_folder(replace(folder, records=old.records + more))
    by_id, on_ballot, adopted = state.by_id, state.on_ballot, state.adopted
    if place.kind == "amendment" and by_id.get(place.id) is None:
        state = replace(state, by_id=by_id.put(place.id, place.folder))
    if place.kind == "ballot" and folder.ballot:
        for option in folder.ballot.options:
            if on_ballot.get(option.amendment) is None:
                on_ballot = on_ballot.put(option.amendment, place.folder)
        state = replace(state, on_ballot=on_ballot)
    if place.kind == "decision" and folder.decision and folder.decision.adopted:
        adopted = (*adopted, *([] if place.folder in adopted else [place.folder]))
        state = replace(state, adopted=adopted)
    return state


def with_file(old: Folder, place: Place, path: str, says: Assembly | None) -> Folder:
    """Returns a folder with what one of its files says, or no longer says."""
    said = next((p for p in says.proposals if p.folder == place.folder), None) if says else None
    return _said(old.with_signature(path.removeprefix(f"{place.folder}/"), None), place, said)


def _said(old: Folder, place: Place, said: Proposal | None) -> Folder:
    was = old.proposal
    if place.kind in COUNTED:
        counted: tuple[Vote | Proxy | Acceptance, ...] = ()
        if said:
            counted = (*said.votes, *said.proxies, *said.acceptances)
        return old.with_counted(place, counted[0] if counted else None)
    if place.kind == "amendment":
        others = [r for r in was.revisions if r.revision != place.revision]
        revisions = (*others, *(said.revisions if said else ()))
        ordered = tuple(sorted(revisions, key=lambda revision: revision.revision))
        return replace(old, proposal=replace(was, revisions=ordered))
    if place.kind == "second":
        kept = (s for s in was.seconds if place.name not in (s.member, f"{s.member}-{s.revision}"))
        seconds = (*kept, *(said.seconds if said else ()))
        return replace(old, proposal=replace(was, seconds=seconds))
    if place.kind == "comment":
        left = tuple(c for c in was.comments if c.name != place.name)
        comments = (*left, *(said.comments if said else ()))
        return replace(old, proposal=replace(was, comments=comments))
    if place.kind == "withdrawal":
        return replace(old, proposal=replace(was, withdrawal=said.withdrawal if said else None))
    if place.kind == "ballot":
        return replace(old, proposal=replace(was, ballot=said.ballot if said else None))
    return replace(old, proposal=replace(was, decision=said.decision if said else None))
