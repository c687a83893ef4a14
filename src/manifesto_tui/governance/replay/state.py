"""Holds what a repository says at one commit of a replay, and carries it to the next.

A state is immutable and shares nearly everything with its parent's. Each file is read once, when
it comes; the text and the roll are put together again only when a file of theirs changes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.replay.paths import (
    PROPOSALS,
    RULES,
    SETTINGS,
    Place,
    member_at,
    place_of,
)
from manifesto_tui.governance.replay.sharing import SharedMap
from manifesto_tui.governance.replay.values import Assemble, FileChange
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import CheckSignature, bare_keys, cannot_check
from manifesto_tui.prose import Text

PLAIN = "100644"
"""The mode of a plain file, the only one that is read."""


@dataclass(frozen=True, slots=True)
class Blob:
    """One file: its mode, the digest of its bytes, and the bytes where they may be read again."""

    mode: str
    digest: str
    data: bytes | None = None


@dataclass(frozen=True)
class Pinned:
    """What was in force where a ballot was opened: the roll and the rules that count for it.

    `is_sound` is False where the ballot itself is at fault: what rests on it is then not
    reported a second time.
    """

    roll: Roll
    rules: Rules
    is_sound: bool = True


@dataclass(frozen=True)
class Folder:
    """One folder under `proposals/`, with the ballot's votes by the name of their file."""

    proposal: Proposal
    votes: SharedMap[Vote] = field(default_factory=SharedMap)
    pinned: Pinned | None = None

    @property
    def ballot(self) -> Ballot | None:
        """The ballot that stands in this folder."""
        return self.proposal.ballot

    @property
    def decision(self) -> Decision | None:
        """The decision on it."""
        return self.proposal.decision

    def all_votes(self) -> list[Vote]:
        """Returns every vote of the folder."""
        return [vote for _, vote in self.votes.items()]


@dataclass(frozen=True)
class State:
    """What is in force at a commit, and what has happened.

    `settings_file` is the last one that could be read. `words` are those last seen under each
    anchor that ever was. `adopted` names the folders whose decision carried, in the order of
    history. `on_ballot` leads from an amendment's id to the folder of the ballot that it is on.
    `blamed` holds the paths that something was found at. `former` are the keys that the roll once
    held of a member, by handle.
    """

    genesis: str = ""
    files: SharedMap[Blob] = field(default_factory=SharedMap)
    settings: Manifesto | None = None
    settings_file: bytes = b""
    rules: Rules = field(default_factory=Rules)
    members: Mapping[str, Member] = field(default_factory=dict)
    text: Text = field(default_factory=lambda: Text(()))
    words: Mapping[str, str] = field(default_factory=dict)
    folders: SharedMap[Folder] = field(default_factory=SharedMap)
    by_id: SharedMap[str] = field(default_factory=SharedMap)
    on_ballot: SharedMap[str] = field(default_factory=SharedMap)
    adopted: tuple[str, ...] = ()
    blamed: frozenset[str] = frozenset()
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def roll(self) -> Roll:
        """The roll, put together when first asked for."""
        return Roll(tuple(member for _, member in sorted(self.members.items())))

    @cached_property
    def digest(self) -> str:
        """The digest of the text."""
        return text_digest(self.text)

    @property
    def in_force(self) -> bool:
        """Whether the text changes only by decision."""
        return self.settings is not None and self.settings.state == "in-force"

    def folder_of(self, amendment: str) -> Folder | None:
        """Returns the folder of an amendment by its id."""
        path = self.by_id.get(amendment)
        return self.folders.get(path) if path else None

    def folder_on(self, holder: Folder, amendment: str) -> Folder | None:
        """Returns the folder of an amendment on a ballot: the ballot's own, or a rival's."""
        return holder if holder.proposal.revisions else self.folder_of(amendment)

    def ballot_of(self, folder: Folder) -> Folder | None:
        """Returns the folder of the ballot that an amendment is on: its own, or the rivals'."""
        if folder.ballot:
            return folder
        path = self.on_ballot.get(folder.proposal.id)
        found = self.folders.get(path) if path else None
        # Where two clones chose one id, the other's own ballot is not this one's.
        return None if found and found.proposal.revisions else found

    def amendments_on(self, holder: Folder) -> dict[str, Amendment]:
        """Returns the revisions that a folder's ballot names, by id, as far as they are on record.

        A ballot in an amendment's own folder is on that one, whatever else has the same id.
        """
        found = {}
        for option in holder.ballot.options if holder.ballot else ():
            folder = self.folder_on(holder, option.amendment)
            for revision in folder.proposal.revisions if folder else ():
                if revision.revision == option.revision:
                    found[option.amendment] = revision
        return found


class Reader:
    """Reads files through `assemble`, each once at a commit, and checks signatures by `check`."""

    def __init__(self, assemble: Assemble, check: CheckSignature = cannot_check) -> None:
        self._assemble = assemble
        self.check = check
        self._read: dict[tuple[str, str], Assembly] = {}

    def file(self, path: str, blob: Blob, data: bytes) -> Assembly:
        """Returns what one file says by itself."""
        key = path, blob.digest
        if key not in self._read:
            self._read[key] = self._assemble({path: data})
        return self._read[key]

    def forget(self) -> None:
        """Lets go of what was read: it is part of a state by now, or says nothing."""
        self._read.clear()

    def fault(self, path: str, blob: Blob, data: bytes) -> str:
        """Returns why a file cannot be read, "" where it can."""
        found = self.file(path, blob, data).problems
        return next((p.sentence for p in found if p.place.path == path and is_error(p)), "")

    def text(self, state: State) -> tuple[Text, tuple[str, ...]]:
        """Returns the text, and the paths of those of its files that are missing or unreadable."""
        paths = state.settings.text if state.settings else ()
        wanted = {path: state.files.get(path) for path in paths}
        given = {
            path: blob.data
            for path, blob in wanted.items()
            if blob and blob.data is not None and blob.mode == PLAIN
        }
        found = self._assemble({**given, SETTINGS: state.settings_file})
        read = {path for path, _ in found.text.documents}
        return found.text, tuple(path for path in paths if path not in read)


def is_error(problem: object) -> bool:
    """Says whether a problem is an error, rather than advice."""
    return getattr(problem, "severity", "error") == "error"


def blob_of(change: FileChange) -> Blob | None:
    """Returns the file that a change leaves behind, None where it leaves none."""
    if change.status == "D":
        return None
    data = change.new if change.new is not None else b""
    keep = None if change.path.startswith(PROPOSALS) else data
    return Blob(change.mode, hashlib.sha256(data).hexdigest(), keep)


def apply(state: State, change: FileChange, reader: Reader) -> State:
    """Returns the state after one file has changed; the text is left to `with_text`.

    A file that is no plain file, or cannot be read, says nothing.
    """
    blob = blob_of(change)
    state = replace(state, files=state.files.put(change.path, blob))
    data = change.new if blob and blob.mode == PLAIN else None
    if change.path.startswith(PROPOSALS):
        place = place_of(change.path)
        if place.kind in ("unknown", "signature"):
            return state
        says = None
        if blob and data is not None and not reader.fault(change.path, blob, data):
            says = reader.file(change.path, blob, data)
        return _with_record(state, place, says)
    handle = member_at(change.path)
    if not handle and change.path not in (SETTINGS, RULES):
        return state
    says = None
    if blob and data is not None and not reader.fault(change.path, blob, data):
        says = reader.file(change.path, blob, data)
    if handle:
        member = says.roll.by_handle.get(handle) if says else None
        members = {**state.members, handle: member} if member else dict(state.members)
        if member is None:
            members.pop(handle, None)
        before = state.members.get(handle)
        if before and before.keys:
            known = state.former.get(handle, frozenset()) | bare_keys(before.keys)
            state = replace(state, former={**state.former, handle: known})
        return replace(state, members=members)
    if says is None:
        return state
    if change.path == RULES:
        return replace(state, rules=says.rules)
    return replace(state, settings=says.manifesto, settings_file=data or b"")


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


def _with_record(state: State, place: Place, says: Assembly | None) -> State:
    old = state.folders.get(place.folder) or Folder(Proposal(place.folder))
    said = next((p for p in says.proposals if p.folder == place.folder), None) if says else None
    folder = _said(old, place, said)
    folders = state.folders.put(place.folder, folder)
    by_id, on_ballot, adopted = state.by_id, state.on_ballot, state.adopted
    if place.kind == "amendment" and by_id.get(place.id) is None:
        by_id = by_id.put(place.id, place.folder)
    if place.kind == "ballot" and folder.ballot:
        for option in folder.ballot.options:
            if on_ballot.get(option.amendment) is None:
                on_ballot = on_ballot.put(option.amendment, place.folder)
    if place.kind == "decision" and folder.decision and folder.decision.adopted:
        adopted = (*adopted, *([] if place.folder in adopted else [place.folder]))
    return replace(state, folders=folders, by_id=by_id, on_ballot=on_ballot, adopted=adopted)


def _said(old: Folder, place: Place, said: Proposal | None) -> Folder:
    """Returns a folder with what one of its files says, or no longer says."""
    was = old.proposal
    if place.kind == "vote":
        return replace(old, votes=old.votes.put(place.name, said.votes[0] if said else None))
    if place.kind == "amendment":
        others = [r for r in was.revisions if r.revision != place.revision]
        revisions = (*others, *(said.revisions if said else ()))
        ordered = tuple(sorted(revisions, key=lambda revision: revision.revision))
        return replace(old, proposal=replace(was, revisions=ordered))
    if place.kind == "second":
        seconds = (*was.seconds, *said.seconds) if said else was.seconds
        return replace(old, proposal=replace(was, seconds=seconds))
    if place.kind == "comment":
        comments = (*was.comments, *said.comments) if said else was.comments
        return replace(old, proposal=replace(was, comments=comments))
    if place.kind == "withdrawal":
        return replace(old, proposal=replace(was, withdrawal=said.withdrawal if said else None))
    if place.kind == "ballot":
        return replace(old, proposal=replace(was, ballot=said.ballot if said else None))
    if place.kind == "decision":
        return replace(old, proposal=replace(was, decision=said.decision if said else None))
    return old
