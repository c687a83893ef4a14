"""Sits a person down at a manifesto: the repository, what it says, who they are, what time it is.

Every verb takes a desk. It reads the record at the tip of the branch, remembers it until the
tip moves, and writes one commit at a time. The clock and the environment come in from the
face, so that a test or an export can set them.

    desk = Desk.open(Path("."), environment, clock)
    desk.assembly.manifesto.title
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.derive import anchors_used
from manifesto_tui.governance.edition import edition_named, find_edition, is_edition_name
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.paths import is_written_once, kind_of
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused, Unavailable
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signature import bare_keys
from manifesto_tui.prose import Text
from manifesto_tui.record import (
    alongside,
    forms,
    identity,
    keys,
    layout,
    log,
    seen,
    snapshot,
    tags,
)
from manifesto_tui.record import commit as commits
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import list_tree, read_file
from manifesto_tui.record.unborn import check_no_record_waits
from manifesto_tui.record.yaml import Unreadable
from manifesto_tui.workflow.ways import By, Told, as_told

Clock = Callable[[], datetime]
_REMEMBERED = 16  # How many commits' records, and texts, a desk keeps at hand.
_UNDO = (By("undo"), " takes it back.")
Announce = Callable[[tuple[str, ...], str], None]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a verb wrote: one commit, the paths in it, its message, and how to take it back."""

    commit: str
    paths: tuple[str, ...]
    message: str
    undo: Told

    @property
    def subject(self) -> str:
        """What it says in a line: the first of its message."""
        return self.message.partition("\n")[0]


class Desk:
    """One person's place at one manifesto.

    `recorded` holds what was written at this desk, in order. `announce` is called with the
    paths and the message just before a commit is made: a face says there what is about to be
    written, and raising from it leaves everything as it was.
    """

    def __init__(
        self,
        repo: Repository,
        environment: Mapping[str, str],
        clock: Clock,
        announce: Announce | None = None,
    ) -> None:
        self.repo = repo
        self.environment = environment
        self.clock = clock
        self.announce = announce
        self.recorded: list[Recorded] = []
        self._assembly: Assembly | None = None
        self._earlier: dict[str, Assembly] = {}
        self._texts: dict[str, Text] = {}

    @classmethod
    def open(
        cls,
        directory: Path,
        environment: Mapping[str, str],
        clock: Clock,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Desk":
        """Opens the manifesto whose repository holds `directory`.

        Finishes first what a crash interrupted here. `progress` hears how many of how many
        proposals are read, where they have to be read anew.

        Raises Unavailable where there is no repository, and BadInput "no-manifesto" where the
        repository holds no manifesto yet.
        """
        repo = replace(Repository.discover(directory, environment), progress=progress)
        desk = cls(repo, environment, clock)
        with repo.at_hand():
            with suppress(OSError, ManifestoError):
                # Who may only read here still reads; what writes tries again and says why not.
                alongside.recover(repo)
            desk.reload()
            with suppress(OSError, ManifestoError):
                seen.note_what_was_fetched(repo)
            desk.tag_editions()
        return desk

    @property
    def assembly(self) -> Assembly:
        """The record at the tip, as it was when last read; `reload` looks whether it moved."""
        return self._assembly or self.reload()

    def reload(self) -> Assembly:
        """Reads the record again where the tip has moved, and returns it."""
        head = self.repo.head()
        if head is None:
            check_no_record_waits(self.repo)
            raise Refused(
                "nothing-committed",
                "This repository has no commit yet.",
                "Run `manifesto-tui init . --title …`, or commit your text and run "
                "`manifesto-tui adopt --title …`.",
            )
        if self._assembly is None or self._assembly.commit != head:
            self._assembly = self._earlier.get(head) or snapshot.read_assembly(self.repo, head)
        return self._assembly

    def assembly_at(self, revision: str) -> Assembly:
        """Returns the record as it stood at an edition, a commit, a tag or a branch.

        Raises BadInput where the revision is unknown or held no manifesto.
        """
        # A commit that was read before needs no git to be found again.
        commit = revision if revision in self._earlier else self.resolve(revision)
        if commit not in self._earlier:
            if len(self._earlier) >= _REMEMBERED:
                del self._earlier[next(iter(self._earlier))]
            self._earlier[commit] = snapshot.read_assembly(self.repo, commit)
        return self._earlier[commit]

    def at(self, revision: str) -> "Desk":
        """Returns a desk that reads the record as it stood, or will stand, at a commit."""
        desk = Desk(self.repo, self.environment, self.clock)
        desk._assembly = self.assembly_at(revision)
        return desk

    def resolve(self, revision: str) -> str:
        """Returns the commit that a person's word for it names: an edition, or what git knows.

        An edition is looked up in the record, since a tag can be moved. Raises BadInput
        "edition-unknown" or "unknown-revision", and Refused "shallow-clone" where the clone lacks
        the commit of the edition.
        """
        if not is_edition_name(revision):
            return self.repo.resolve(revision)
        editions = self.assembly.editions
        if edition_named(editions, revision) is None and revision[0].isdigit():
            # It may be a tag of something else that lives in this repository.
            with suppress(BadInput):
                return self.repo.resolve(revision)
        number = find_edition(editions, revision).number
        made = self.edition_commit(number)
        if not made:
            raise Refused(
                "shallow-clone",
                f"This clone holds only the latest part of the history, and edition {number} was "
                "made before that.",
                "Fetch the rest: git fetch --unshallow.",
            )
        return made

    def edition_commit(self, number: str) -> str:
        """Returns the commit that brought an edition, "" where a shallow clone lacks it."""
        tip = self.assembly.commit
        known: tuple[str, dict[str, str]] | None = self.repo.memory.get("editions")
        if known is None or known[0] != tip:
            known = self.repo.memory["editions"] = (tip, tags.commits_of(self.repo, tip))
        return known[1].get(layout.edition_path(number), "")

    def tag_editions(self) -> None:
        """Makes the tags that editions lack, as after a crash or where they were made again.

        Who may only read here still reads.
        """
        with suppress(OSError, ManifestoError):
            tags.heal(self.repo, self.assembly.editions, self.assembly.commit)

    def text_at(self, revision: str) -> Text:
        """Returns the text as it stood at an edition or a commit, also before the manifesto's own.

        Before there were settings to say which files are the text, today's list is followed.
        """
        commit = revision if revision in self._texts else self.resolve(revision)
        if commit in self._earlier:
            return self._earlier[commit].text
        if commit not in self._texts:
            if len(self._texts) >= _REMEMBERED:
                del self._texts[next(iter(self._texts))]
            try:
                # Not as a whole assembly, which lists the proposals of that time and holds them.
                self._texts[commit] = snapshot.read_own_text(self.repo, commit)
            except (BadInput, Refused):
                paths = self.assembly.manifesto.text
                self._texts[commit] = snapshot.read_text_at(self.repo, commit, paths)
        return self._texts[commit]

    def now(self) -> datetime:
        """Returns the time, to the second, with its zone."""
        return self.clock().replace(microsecond=0)

    @property
    def stamp(self) -> str:
        """The time as the record writes it."""
        return written(self.now())

    @property
    def handle(self) -> str | None:
        """Who acts here, or None where nothing says so."""
        try:
            return identity.handle(self.repo, self.assembly.roll)
        except (Refused, Unavailable):
            return None

    @property
    def member(self) -> Member | None:
        """The member who acts here, or None where the roll does not list them."""
        handle = self.handle
        return self.assembly.roll.by_handle.get(handle) if handle else None

    def me(self) -> Member:
        """Returns the member who acts here.

        Raises Refused "who-are-you" where nothing says who that is, "not-on-the-roll" where the
        roll does not list them, "retired" where it lists them as retired.
        """
        handle = identity.handle(self.repo, self.assembly.roll)
        member = self.assembly.roll.by_handle.get(handle)
        if member is None:
            raise Refused(
                "not-on-the-roll",
                f"{handle} is not on the roll of this manifesto.",
                f"A steward can run `manifesto-tui roll admit {handle} --name …`; "
                "`manifesto-tui roll list` shows who is on it.",
                layout.member_path(handle),
            )
        if member.retired:
            raise Refused(
                "retired",
                f"{handle} has retired and may not act any more.",
                f"A steward can admit them again: `manifesto-tui roll admit {handle} --name …`.",
                layout.member_path(handle),
            )
        return member

    def listed(self, handle: str) -> Member:
        """Returns the member of this handle; BadInput "member-unknown" where the roll has none."""
        member = self.assembly.roll.by_handle.get(handle)
        if member is None:
            raise BadInput(
                "member-unknown",
                f"{handle} is not on the roll.",
                "`manifesto-tui roll list` shows who is.",
            )
        return member

    def find(self, prefix: str) -> Proposal:
        """Returns the proposal that a prefix of its id or name stands for; BadInput else."""
        return self.assembly.find(prefix)

    def taken(self) -> frozenset[str]:
        """Returns every anchor that was ever given, in the text's history or by an amendment."""
        assembly = self.assembly
        before = log.anchors(self.repo, assembly.manifesto.text)
        return anchors_used(assembly) | frozenset(before)

    def record(
        self, files: Mapping[str, bytes | None], message: str, undo: str | Told = ()
    ) -> Recorded:
        """Writes the files as one commit on the tip that was read, and says how to undo it.

        Raises Refused where a touched file has edits of its own, the branch is detached, or
        someone else's commit came first ("tip-moved"); each leaves the repository as it was.
        """
        return self.record_all([(files, message, undo)])[0]

    def record_all(
        self, acts: Sequence[tuple[Mapping[str, bytes | None], str, str | Told]]
    ) -> tuple[Recorded, ...]:
        """Writes several acts, each as files, message and undo, one commit each: all or none."""
        with self.repo.at_hand():
            return self._record_all(acts)

    def _record_all(
        self, acts: Sequence[tuple[Mapping[str, bytes | None], str, str | Told]]
    ) -> tuple[Recorded, ...]:
        now = self.now()
        for files, _, _ in acts:
            self._check(files)
        acts = [(self.signed(files), message, undo) for files, message, undo in acts]
        if self.announce:
            for files, message, _ in acts:
                self.announce(tuple(files), message.partition("\n")[0])
        made = commits.commit_all(
            self.repo,
            [commits.Act(files, message, now) for files, message, _ in acts],
            self.assembly.commit,
        )
        self._assembly = None
        done = tuple(
            Recorded(commit, tuple(files), message, as_told(undo) or _UNDO)
            for commit, (files, message, undo) in zip(made, acts, strict=True)
        )
        self.recorded += done
        return done

    def over(self, path: str, value: forms.Form) -> bytes:
        """Returns a value as the new bytes of its file, people's comments in it kept."""
        return forms.rewrite(path, read_file(self.repo, self.assembly.commit, path), value)

    def key(self) -> keys.HeldKey | None:
        """Returns the key that signs for the member here: one that is here and on the roll."""
        member = self.member
        if member is None or not member.keys:
            return None
        return keys.held(self.repo, member.handle, bare_keys(member.keys))

    def signed(self, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """Returns the files with a signature beside each that is the record's.

        Without a key here nothing is signed, and a signature of what a file said before goes.
        Raises Refused "no-key" where the rules require signatures.
        """
        records = {
            path: data
            for path, data in files.items()
            if data is not None and kind_of(path) not in (None, "signature")
        }
        beside: dict[str, bytes | None] = {}
        key = self.key() if records else None
        if key:
            for path, data in records.items():
                beside[f"{path}.sig"] = keys.sign(self.repo, key, data)
        elif records:
            if self.assembly.rules.signatures == "required":
                raise self._no_key()
            stale = [f"{path}.sig" for path in records if not is_written_once(path)]
            there = list_tree(self.repo, self.assembly.commit, stale) if stale else {}
            beside = dict.fromkeys(there)
        return {**files, **beside}

    def _no_key(self) -> Refused:
        member = self.member
        if member and member.keys:
            hint = (
                f"Your key is elsewhere: git config {keys.SETTING} and its file's name, or work "
                "where it is. If it is lost: `manifesto-tui roll key --lost`."
            )
        else:
            hint = "Make one: `manifesto-tui roll key --new`; a steward then puts it on the roll."
        said = "The rules require signatures, and no key of yours on the roll is here."
        return Refused("no-key", said, hint)

    def _check(self, files: Mapping[str, bytes | None]) -> None:
        """Raises where the record could not hold these files.

        It has to read back each of them, and what is written once is not written again.
        """
        for path, data in files.items():
            if data is not None and kind_of(path):
                try:
                    forms.read(path, data)
                except Unreadable as unreadable:
                    first = unreadable.problems[0]
                    where = str(first.place)
                    raise BadInput(first.code, first.sentence, first.hint, where) from None
        once = [path for path in files if is_written_once(path)]
        there = list_tree(self.repo, self.assembly.commit, once) if once else {}
        for path in there:
            raise Refused(
                "written-once",
                "This file is written already, and the record only grows.",
                "Read it with `manifesto-tui amendment`, then try again.",
                path,
            )
