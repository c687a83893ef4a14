"""Holds what a repository says at one commit of a replay, and carries it to the next.

A state is immutable and shares nearly everything with its parent's. Each file is read once, when
it comes; the text and the roll are put together again only when a file of theirs changes.

Nearly all of a state follows from the files of its commit. What does not, since it is of the
history before, is in `memory`: whoever adds such a thing to a state adds it there as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO, RULES, Place
from manifesto_tui.governance.proxy import Acceptance, Mandates, Proxy
from manifesto_tui.governance.replay.sharing import SharedMap
from manifesto_tui.governance.replay.taking import (
    Withdrawals,
    held_by_member,
    held_by_rules,
    held_by_settings,
)
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.governance.signature import State as Signed
from manifesto_tui.prose import Text

PLAIN = "100644"
"""The mode of a plain file, the only one that is read."""


COUNTED = ("vote", "proxy", "acceptance")
"""What is judged by the rules that its ballot pinned."""


@dataclass(frozen=True, slots=True)
class Blob:
    """One file: its mode, what names its bytes, and the bytes where they may be read again.

    The name is git's own where the history came with it, else a digest: equal names mean equal
    bytes.
    """

    mode: str
    name: str
    data: bytes | None = None


@dataclass(frozen=True)
class Enrolled:
    """The roll as its files: each member, and by path what names the file that says so."""

    by_handle: Mapping[str, Member] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def roll(self) -> Roll:
        """The roll, put together when first asked for."""
        return Roll(tuple(member for _, member in sorted(self.by_handle.items())))

    def put(self, path: str, handle: str, member: Member | None, name: str) -> "Enrolled":
        """Returns the roll with this member, or without where there is none."""
        by_handle, papers = dict(self.by_handle), dict(self.papers)
        by_handle.pop(handle, None)
        papers.pop(path, None)
        if member:
            by_handle[handle], papers[path] = member, name
        return Enrolled(by_handle, papers)


@dataclass(frozen=True)
class Pinned:
    """What was in force where a ballot was opened: the roll and the rules that count for it.

    `is_sound` is False where the ballot itself is at fault: what rests on it is then not
    reported a second time.
    """

    enrolled: Enrolled
    rules: Rules
    rules_paper: str = ""
    is_sound: bool = True

    @property
    def roll(self) -> Roll:
        """The electorate and their constituencies."""
        return self.enrolled.roll


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: of records how many are signed by whom they say they are by."""

    amendments: int = 0
    votes: int = 0
    decisions: int = 0
    records: int = 0
    signed: int = 0

    def with_folder(self, old: "Folder | None", new: "Folder") -> "Counts":
        """Returns the counts after a folder has changed."""
        had, has = old or _NO_FOLDER, new
        return Counts(
            self.amendments + bool(has.proposal.revisions) - bool(had.proposal.revisions),
            self.votes + len(has.votes) - len(had.votes),
            self.decisions + bool(has.decision) - bool(had.decision),
            self.records + has.records - had.records,
            self.signed + has.signed - had.signed,
        )


@dataclass(frozen=True)
class Made:
    """An edition, the commit that brought it, and the text as it then read.

    `papers` names the files of that text, by path in reading order.
    """

    edition: Edition
    commit: str = ""
    text: Text | None = None
    papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Folder:
    """One folder under `proposals/`, with votes and proxies by the name of their file.

    `signatures` says of each file, by its path in the folder, what the signature beside it came
    to, unless there was none. `records` counts the files, `signed` those well signed.
    """

    proposal: Proposal
    votes: SharedMap[Vote] = field(default_factory=SharedMap)
    pinned: Pinned | None = None
    signatures: SharedMap[Signed] = field(default_factory=SharedMap)
    records: int = 0
    signed: int = 0
    proxies: SharedMap[Proxy] = field(default_factory=SharedMap)
    acceptances: SharedMap[Acceptance] = field(default_factory=SharedMap)

    def with_signature(self, within: str, signed: Signed | None) -> "Folder":
        """Returns the folder with what one file's signature came to, None for no signature."""
        had = self.signatures.get(within)
        if had == signed:
            return self
        more = (signed == "signed") - (had == "signed")
        put = self.signatures.put(within, signed)
        return replace(self, signatures=put, signed=self.signed + more)

    @property
    def ballot(self) -> Ballot | None:
        """The ballot that stands in this folder."""
        return self.proposal.ballot

    @property
    def opened(self) -> tuple[Ballot, Pinned] | None:
        """The ballot with what it pinned, None where there is none."""
        return (self.ballot, self.pinned) if self.ballot and self.pinned else None

    @property
    def decision(self) -> Decision | None:
        """The decision on it."""
        return self.proposal.decision

    def all_votes(self) -> list[Vote]:
        """Returns every vote of the folder."""
        return [vote for _, vote in self.votes.items()]

    def mandates(self) -> Mandates:
        """Returns every proxy and every acceptance of the folder."""
        given = tuple(proxy for _, proxy in self.proxies.items())
        return Mandates(given, tuple(accepted for _, accepted in self.acceptances.items()))

    def counted(self, place: Place) -> Vote | Proxy | Acceptance | None:
        """Returns the vote, the proxy or the acceptance at a place."""
        if place.kind == "vote":
            return self.votes.get(place.name)
        if place.kind == "proxy":
            return self.proxies.get(place.name)
        return self.acceptances.get(place.name) if place.kind == "acceptance" else None

    def with_counted(self, place: Place, file: Vote | Proxy | Acceptance | None) -> "Folder":
        """Returns the folder with a vote, a proxy or an acceptance at its place, or without."""
        name = place.name
        if place.kind == "vote":
            vote = file if isinstance(file, Vote) else None
            return replace(self, votes=self.votes.put(name, vote))
        if place.kind == "proxy":
            given = file if isinstance(file, Proxy) else None
            return replace(self, proxies=self.proxies.put(name, given))
        accepted = file if isinstance(file, Acceptance) else None
        return replace(self, acceptances=self.acceptances.put(name, accepted))


_NO_FOLDER = Folder(Proposal(""))


@dataclass(frozen=True)
class State:
    """What is in force at a commit, and what has happened.

    `settings_file` is the last one that could be read, and `rules_paper` names the file of the
    rules in force. `words` are those last seen under each
    anchor that ever was. `adopted` names the folders whose decision carried, in the order of
    history. `on_ballot` leads from an amendment's id to the folder of the ballot that it is on.
    `editions` are by the names of their files, and so are the acts of signatories.
    `blamed` holds the paths that something was found at. `former` are the keys that the roll once
    held of a member, by handle; `withdrawals` is what acts took away on the way here.
    """

    genesis: str = ""
    files: SharedMap[Blob] = field(default_factory=SharedMap)
    settings: Manifesto | None = None
    settings_file: bytes = b""
    settings_paper: str = ""
    rules: Rules = field(default_factory=Rules)
    rules_paper: str = ""
    enrolled: Enrolled = field(default_factory=Enrolled)
    text: Text = field(default_factory=lambda: Text(()))
    words: Mapping[str, str] = field(default_factory=dict)
    folders: SharedMap[Folder] = field(default_factory=SharedMap)
    by_id: SharedMap[str] = field(default_factory=SharedMap)
    on_ballot: SharedMap[str] = field(default_factory=SharedMap)
    adopted: tuple[str, ...] = ()
    editions: Mapping[str, Made] = field(default_factory=dict)
    signatories: SharedMap[Signatory] = field(default_factory=SharedMap)
    blamed: frozenset[str] = frozenset()
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    counts: Counts = Counts()

    @property
    def members(self) -> Mapping[str, Member]:
        """Every member by handle, the retired among them."""
        return self.enrolled.by_handle

    @property
    def roll(self) -> Roll:
        """The roll."""
        return self.enrolled.roll

    def held(self, name: str) -> frozenset[str]:
        """Returns what a member holds, by handle, or what rules or settings say, by their path."""
        if name == RULES:
            return held_by_rules(self.rules)
        if name == MANIFESTO:
            return held_by_settings(self.settings) if self.settings else frozenset()
        return held_by_member(self.members.get(name))

    def with_folder(self, folder: Folder) -> "State":
        """Returns the state with a folder in the place of what was there."""
        path = folder.proposal.folder
        counts = self.counts.with_folder(self.folders.get(path), folder)
        return replace(self, folders=self.folders.put(path, folder), counts=counts)

    @cached_property
    def digest(self) -> str:
        """The digest of the text."""
        return text_digest(self.text)

    @property
    def in_force(self) -> bool:
        """Whether the text changes only by decision."""
        return self.settings is not None and self.settings.state == "in-force"

    def decided(self, paths: Iterable[str]) -> Iterator[tuple[str, Folder, Decision]]:
        """Yields those of some folders that hold a decision, with their paths and with it."""
        for path in paths:
            folder = self.folders.get(path)
            if folder and folder.decision:
                yield path, folder, folder.decision

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
