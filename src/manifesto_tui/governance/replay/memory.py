"""Remembers how far a history was proved, so that a later replay goes on from there.

Nearly all of a state follows from the files of its commit, and those are read again. Kept is only
what is of the history before: which roll and rules each ballot pinned, what each signature came
to, the words that an anchor once had, the keys that a member once had, what was found. Nobody
could replace a text, a vote or a decision through it.

    document = remember(milestone)                  # plain lists, maps, strings, numbers
    milestone = recall(document, earlier, reader)   # the same state, read as it is asked for
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.edition import latest
from manifesto_tui.governance.paths import (
    EDITIONS,
    MANIFESTO,
    ROLL,
    RULES,
    SIGNATORIES,
    is_written_once,
    member_at,
    place_of,
)
from manifesto_tui.governance.replay.applying import with_file
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.sharing import SharedMap
from manifesto_tui.governance.replay.signing import weighed
from manifesto_tui.governance.replay.state import (
    PLAIN,
    Blob,
    Counts,
    Enrolled,
    Folder,
    Made,
    Pinned,
    State,
)
from manifesto_tui.governance.replay.taking import Withdrawals
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.governance.signature import State as Signed
from manifesto_tui.prose import Text, read_text

Document = Mapping[str, Any]
Entry = tuple[str, str]
"""A file's mode, and what names its bytes."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A commit up to which all was judged: what is in force there, and what was found so far.

    `before` holds that commit and those before it, where it was recalled.
    """

    commit: str
    state: State
    findings: tuple[Finding, ...]
    judged: int
    before: Container[str] = ()


class Earlier(Protocol):
    """The files of the commit that was proved before, and of those before it."""

    def entry(self, path: str) -> Entry | None:
        """Returns one file, None where there is none."""

    def files_in(self, folder: str) -> Mapping[str, Entry]:
        """Returns the files straight in a folder, by path."""

    def everything(self) -> Mapping[str, Entry]:
        """Returns every file, by path; it may take long."""

    def __contains__(self, commit: object) -> bool:
        """Says whether this is the commit that was proved before, or one of those before it."""

    def data(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Returns the bytes that some names stand for; too large ones are left out."""


def remember(milestone: Milestone) -> Document:
    """Returns what `recall` needs, in plain values that can be written down."""
    state = milestone.state
    under = state.folders.under
    before = under if isinstance(under, _Folders) else None
    pins = _Pins(before.pins if before else ())
    rows: dict[str, Any] = dict(before.rows) if before else {}
    rows |= {path: _row(folder, pins) for path, folder in state.folders.own() if folder}
    return {
        "commit": milestone.commit,
        "judged": milestone.judged,
        "findings": [[f.code, f.commit, f.path, f.sentence] for f in milestone.findings],
        "genesis": state.genesis,
        "settings": state.settings_paper,
        "rules": state.rules_paper,
        "words": dict(state.words),
        "former": {handle: sorted(keys) for handle, keys in state.former.items()},
        "taken": sorted(state.withdrawals.taken),
        "settled": sorted(state.withdrawals.settled),
        "adopted": list(state.adopted),
        "editions": {
            name: [made.commit, dict(made.papers)] for name, made in sorted(state.editions.items())
        },
        "blamed": sorted(state.blamed),
        "counts": [getattr(state.counts, name) for name in Counts.__slots__],
        "by_id": dict(state.by_id.items()),
        "on_ballot": dict(state.on_ballot.items()),
        "pins": pins.listed,
        "folders": rows,
    }


def recall(document: Document, earlier: Earlier, reader: Reader) -> Milestone:
    """Returns the milestone that was remembered; its folders are read when they are looked at."""
    said = [finding(code, *rest) for code, *rest in document["findings"]]
    files: SharedMap[Blob] = SharedMap(_Files(earlier))
    entries = earlier.files_in(ROLL)
    shelf = _Shelf(earlier, reader)
    settings = shelf.named(document["settings"])
    state = State(
        genesis=document["genesis"],
        files=files,
        settings=shelf.read(MANIFESTO, document["settings"]).manifesto,
        settings_file=settings,
        settings_paper=document["settings"],
        rules=shelf.rules(document["rules"]),
        rules_paper=document["rules"],
        enrolled=shelf.roll((p, name) for p, (mode, name) in entries.items() if mode == PLAIN),
        words=dict(document["words"]),
        folders=SharedMap(_Folders(shelf, document["folders"], document["pins"])),
        by_id=SharedMap.over(document["by_id"]),
        on_ballot=SharedMap.over(document["on_ballot"]),
        adopted=tuple(document["adopted"]),
        editions=_editions(document["editions"], shelf),
        signatories=SharedMap(_Acts(shelf)),
        blamed=frozenset(document["blamed"]),
        former={handle: frozenset(keys) for handle, keys in document["former"].items()},
        withdrawals=Withdrawals(
            *(frozenset(map(tuple, document[name])) for name in ("taken", "settled"))
        ),
        counts=Counts(*document["counts"]),
    )
    state = replace(state, text=reader.text(state)[0])
    reader.forget()
    return Milestone(document["commit"], state, tuple(said), document["judged"], earlier)


def _editions(rows: Mapping[str, Any], shelf: "_Shelf") -> dict[str, Made]:
    """Returns the editions; the next one is compared with the text of the latest alone."""
    found = {}
    for path, says in shelf.files(shelf.earlier.files_in(EDITIONS)):
        name = place_of(path).name
        if name in rows and says.editions:
            commit, papers = rows[name]
            found[name] = Made(says.editions[0], commit, None, papers)
    last = latest(made.edition for made in found.values())
    return {
        name: replace(made, text=shelf.text(made.papers)) if made.edition is last else made
        for name, made in found.items()
    }


class _Pins:
    """Numbers what ballots pinned, each roll with its rules once."""

    def __init__(self, listed: Sequence[Any] = ()) -> None:
        self.listed: list[Any] = list(listed)
        self._numbers = {_key(roll, rules): at for at, (roll, rules) in enumerate(self.listed)}
        # Most ballots pin the very roll that the one before them did.
        self._last: tuple[Enrolled, str, int] | None = None

    def number(self, pinned: Pinned) -> int:
        last = self._last
        if last and last[0] is pinned.enrolled and last[1] == pinned.rules_paper:
            return last[2]
        roll = sorted(pinned.enrolled.papers.items())
        at = self._numbers.setdefault(_key(roll, pinned.rules_paper), len(self.listed))
        if at == len(self.listed):
            self.listed.append([roll, pinned.rules_paper])
        self._last = pinned.enrolled, pinned.rules_paper, at
        return at


def _key(roll: Iterable[Sequence[str]], rules: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    return tuple(tuple(entry) for entry in roll), rules


def _row(folder: Folder, pins: _Pins) -> list[Any]:
    pinned = folder.pinned
    signatures: dict[str, list[str]] = {}
    for within, signed in sorted(folder.signatures.items()):
        signatures.setdefault(signed, []).append(within)
    return [
        pins.number(pinned) if pinned else -1,
        bool(pinned and pinned.is_sound),
        len(folder.votes),
        folder.records,
        signatures,
    ]


class _Shelf:
    """Reads what was proved before: files of the commit, by path, and bytes by their name."""

    def __init__(self, earlier: Earlier, reader: Reader) -> None:
        self.earlier = earlier
        self._reader = reader

    def named(self, name: str) -> bytes:
        """Returns the bytes of one name; nothing for ""."""
        return self.earlier.data([name]).get(name, b"") if name else b""

    def read(self, path: str, name: str, data: bytes | None = None) -> Assembly:
        """Returns what one file says, whether or not it can be read."""
        data = self.named(name) if data is None else data
        return self._reader.file(path, Blob(PLAIN, name), data)

    def rules(self, name: str) -> Rules:
        """Returns rules by their file; the ready ones where there is none."""
        return self.read(RULES, name).rules if name else Rules()

    def roll(self, papers: Iterable[Sequence[str]]) -> Enrolled:
        """Returns a roll by its members' files."""
        members: dict[str, Member] = {}
        kept: dict[str, str] = {}
        known = {path: name for path, name in papers if member_at(path)}
        found = self.earlier.data(list(known.values()))
        for path, name in known.items():
            handle = member_at(path)
            member = self.read(path, name, found.get(name, b"")).roll.by_handle.get(handle)
            if member:
                members[handle], kept[path] = member, name
        return Enrolled(members, kept)

    def text(self, papers: Mapping[str, str]) -> Text:
        """Returns a text by its files."""
        found = self.earlier.data(list(papers.values()))
        return read_text({p: found.get(name, b"").decode() for p, name in papers.items()})

    def files(self, entries: Mapping[str, Entry]) -> Iterable[tuple[str, Assembly]]:
        """Yields what each plain file says that can be read."""
        plain = {path: name for path, (mode, name) in entries.items() if mode == PLAIN}
        found = self.earlier.data(list(plain.values()))
        for path, name in plain.items():
            says = self._reader.says(path, Blob(PLAIN, name), found.get(name))
            if says:
                yield path, says


class _Files:
    """The files of the commit that was proved before."""

    def __init__(self, earlier: Earlier) -> None:
        self._earlier = earlier

    def get(self, path: str, /) -> Blob | None:
        entry = self._earlier.entry(path)
        return self._blob(path, entry) if entry else None

    def items(self) -> Iterable[tuple[str, Blob]]:
        for path, entry in self._earlier.everything().items():
            yield path, self._blob(path, entry)

    def _blob(self, path: str, entry: Entry) -> Blob:
        mode, name = entry
        if is_written_once(path):
            return Blob(mode, name)
        is_file = mode.startswith("100")
        return Blob(mode, name, self._earlier.data([name]).get(name, b"") if is_file else b"")


class _Folders:
    """The folders under `proposals/` as they were, each read when it is first looked at."""

    def __init__(self, shelf: _Shelf, rows: Mapping[str, Any], pins: Sequence[Any]) -> None:
        self.rows, self.pins = rows, pins
        self._shelf = shelf
        self._read: dict[str, Folder] = {}
        self._pinned: dict[tuple[int, bool], Pinned] = {}

    def get(self, path: str, /) -> Folder | None:
        return self._at(path) if path in self.rows else None

    def items(self) -> Iterable[tuple[str, Folder]]:
        return ((path, self._at(path)) for path in self.rows)

    def _at(self, path: str) -> Folder:
        if path not in self._read:
            self._read[path] = self._folder(path, *self.rows[path])
        return self._read[path]

    def _folder(
        self, path: str, pin: int, is_sound: bool, votes: int, records: int, by_state: Any
    ) -> Folder:
        folder = Folder(Proposal(path))
        earlier = self._shelf.earlier
        entries = {p: e for w in _WITHIN for p, e in earlier.files_in(f"{path}{w}").items()}
        known = {p: entry for p, entry in entries.items() if place_of(p).kind in _IN_A_FOLDER}
        signatures = {within: state for state, names in by_state.items() for within in names}
        for file, says in self._shelf.files(known):
            place, signed = place_of(file), signatures.get(file.removeprefix(f"{path}/"))
            folder = with_file(folder, place, file, says)
            counted = folder.counted(place)
            if counted and signed:
                folder = folder.with_counted(place, weighed(counted, signed))
        return replace(
            folder,
            votes=SharedMap(_Votes(self._shelf, path, signatures), votes),
            pinned=self._pin(pin, is_sound) if pin >= 0 else None,
            signatures=SharedMap.over(signatures),
            records=records,
            signed=len(by_state.get("signed", ())),
        )

    def _pin(self, pin: int, is_sound: bool) -> Pinned:
        if (pin, is_sound) not in self._pinned:
            roll, rules = self.pins[pin]
            pinned = Pinned(self._shelf.roll(roll), self._shelf.rules(rules), rules, is_sound)
            self._pinned[pin, is_sound] = pinned
        return self._pinned[pin, is_sound]


_WITHIN = ("", "/comments", "/seconds", "/proxies", "/acceptances")
_IN_A_FOLDER = (
    *("amendment", "second", "comment", "withdrawal"),
    *("ballot", "proxy", "acceptance", "decision"),
)


class _Votes:
    """The votes of one folder as they were; only a count asks for all of them."""

    def __init__(self, shelf: _Shelf, folder: str, signatures: Mapping[str, Signed]) -> None:
        self._shelf, self._folder, self._signatures = shelf, folder, signatures

    def get(self, name: str, /) -> Vote | None:
        path = f"{self._folder}/votes/{name}.yaml"
        entry = self._shelf.earlier.entry(path)
        return dict(self._votes({path: entry})).get(name) if entry else None

    def items(self) -> Iterable[tuple[str, Vote]]:
        entries = self._shelf.earlier.files_in(f"{self._folder}/votes")
        return self._votes({p: e for p, e in entries.items() if place_of(p).kind == "vote"})

    def _votes(self, entries: Mapping[str, Entry]) -> Iterable[tuple[str, Vote]]:
        for path, says in self._shelf.files(entries):
            for proposal in says.proposals:
                for vote in proposal.votes[:1]:
                    place = place_of(path)
                    signed = self._signatures.get(path.removeprefix(f"{place.folder}/"))
                    yield place.name, weighed(vote, signed) if signed else vote


class _Acts:
    """The acts of signatories as they were, by the names of their files."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def get(self, name: str, /) -> Signatory | None:
        path = f"{SIGNATORIES}/{name}.yaml"
        entry = self._shelf.earlier.entry(path)
        return dict(self._acts({path: entry})).get(name) if entry else None

    def items(self) -> Iterable[tuple[str, Signatory]]:
        return self._acts(self._shelf.earlier.files_in(SIGNATORIES))

    def _acts(self, entries: Mapping[str, Entry]) -> Iterable[tuple[str, Signatory]]:
        for path, says in self._shelf.files(entries):
            for act in says.signatories[:1]:
                yield place_of(path).name, act
