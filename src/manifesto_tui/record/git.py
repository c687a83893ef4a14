"""Asks git about one repository; `running` starts it.

Nothing that the record says is ever an option: commits are named by their whole ids, and paths
stand behind `--`. That ends every list of commits, since a file may be called as one of them is.

    >>> repository = Repository.discover(Path("."), environment)
    >>> repository.head()
    '6d40a1f…'
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import gitfolder, whereabouts
from manifesto_tui.record.listening import end, listen
from manifesto_tui.record.locks import claiming
from manifesto_tui.record.lostbranch import refuse_lost
from manifesto_tui.record.quarantine import objects_of, quarantine_of
from manifesto_tui.record.reader import MOST_ASKED, AtHand, Reader
from manifesto_tui.record.running import (
    PIPE,
    TIMEOUT,
    Result,
    Running,
    Surroundings,
    answer,
    flowing,
    source_of,
    start,
    without_filters,
    words_of,
)
from manifesto_tui.record.trouble import failed, left_out

_HEX = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# These load the whole index before they begin, and then have no use for it.
_INDEXLESS = ("diff-tree",)
# These look into files on the disk.
_LOOKING = ("diff-files", "reset", "update-index")


@dataclass(frozen=True)
class Repository:
    """One git repository with a work tree: where it is, and how to ask it things.

    A value without open handles, so any thread may use it. `git_dir` is the work tree's own,
    `common_dir` the one that linked work trees share. A bare repository has no files to work on:
    its `work_tree` is its `git_dir`. `quarantine` is where the objects of a push lie that is not
    accepted yet.
    """

    work_tree: Path
    git_dir: Path
    common_dir: Path
    environment: Mapping[str, str] = field(repr=False, compare=False)
    shallow: bool = False
    quarantine: Path | None = None
    # Told how many of how many folders are read, where reading takes a while.
    progress: Callable[[int, int], None] | None = field(default=None, repr=False, compare=False)
    # What was read last, kept by `snapshot` so that the next reading asks for less.
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    # Under one key, so that another thread finds all of the settings or none of them.
    _settings: dict[str, tuple[str, Mapping[str, str]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _at_hand: AtHand = field(default_factory=AtHand, init=False, repr=False, compare=False)

    @classmethod
    def discover(cls, directory: Path, environment: Mapping[str, str]) -> "Repository":
        """Finds the repository that holds `directory`.

        Raises BadInput "no-such-folder"; Unavailable with code `git-missing`, `not-a-repository`,
        `bare-repository`, `dubious-ownership`, `no-work-tree` or `unknown-format`.
        """
        found = whereabouts.around(directory, environment)
        return cls(found.work_tree, found.git_dir, found.common_dir, environment, found.shallow)

    @classmethod
    def receiving(cls, directory: Path, environment: Mapping[str, str]) -> "Repository":
        """Finds the repository that a push comes to or goes from; it may be bare.

        Git runs a hook with the objects of the push in a folder of their own. Of all that the
        environment says, only that folder is taken, and only where git makes it: straight within
        this repository's objects. Raises what `discover` raises, and Unavailable "quarantine".
        """
        found = whereabouts.receiving(directory, environment)
        folders = found.work_tree, found.git_dir, found.common_dir
        quarantine = quarantine_of(found.common_dir, environment)
        return cls(*folders, environment, found.shallow, quarantine)

    @property
    def is_bare(self) -> bool:
        """Whether there are no files to work on."""
        return self.work_tree == self.git_dir

    def run(
        self, args: Sequence[str], stdin: bytes | None = None, timeout: float | None = TIMEOUT
    ) -> bytes:
        """Runs git and returns its standard output; raises Unavailable where it fails."""
        result = self.ask(args, stdin, timeout)
        if result.status:
            raise failed(args[0], result.status, result.error)
        return result.out

    def ask(
        self,
        args: Sequence[str],
        stdin: bytes | None = None,
        timeout: float | None = TIMEOUT,
        index: Path | None = None,
        holding: tuple[int, ...] = (),
    ) -> Result:
        """Runs git and returns what it said, whether or not it succeeded.

        `index` names another file than the work tree's own to take as its index. `holding` are
        open files that git keeps open for as long as it lives, for the locks on them.
        """
        if args[0] == "config" and "--list" not in args:
            self._settings.clear()
        source = None if stdin is None else PIPE
        return answer(self._start(args, source, index, holding), stdin, timeout)

    @contextmanager
    def asking(
        self,
        args: Sequence[str],
        stdin: bytes = b"",
        index: Path | None = None,
        holding: tuple[int, ...] = (),
    ) -> Iterator[Callable[[], Result]]:
        """Starts git as `ask` does, and hands over how to wait for what it says.

        So something else can be done meanwhile. Leaving without having waited ends the process.
        """
        with (
            source_of(stdin) as source,
            _ending(self._start(args, source, index, holding)) as process,
        ):
            yield lambda: answer(process, None, TIMEOUT)

    @contextmanager
    def about_to(
        self, args: Sequence[str], holding: tuple[int, ...] = ()
    ) -> Iterator[Callable[[bytes], Result]]:
        """Starts git, and hands over how to tell it what to do, and to wait for what it says.

        It gets ready meanwhile. Leaving without having told it anything ends the process.
        """
        with _ending(self._start(args, PIPE, holding=holding)) as process:
            yield lambda told: answer(process, told, TIMEOUT)

    @contextmanager
    def reading(self, args: Sequence[str], stdin: bytes = b"") -> Iterator[IO[bytes]]:
        """Runs git and hands over its standard output as it comes, for results of any size.

        Leaving early ends the process; leaving at the end checks that it succeeded.
        """
        with source_of(stdin) as source, flowing(self._start(args, source), args[0]) as out:
            yield out

    def at_hand(self) -> AbstractContextManager[None]:
        """Keeps one git running that reads objects, for what this thread asks until then."""
        return self._at_hand.kept(lambda: self._start(("cat-file", "--batch"), PIPE))

    @property
    def reader(self) -> Reader | None:
        """The git that is at hand for this thread, unless somebody reads its answers just now."""
        return self._at_hand.free

    @contextmanager
    def objects(self, names: Iterable[str]) -> Iterator[IO[bytes]]:
        """Hands over what `cat-file --batch` says of some objects, by the git that is at hand."""
        asked = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
        reader = self.reader if len(asked) <= MOST_ASKED else None
        command = ("cat-file", "--batch", "--buffer")
        try:
            with reader.asked(asked) if reader else self.reading(command, asked) as out:
                yield out
        except Unavailable as error:
            filters = (f"remote.{name}.partialclonefilter" for name in self.remotes())
            if error.code == "object-missing" and any(map(self.config, filters)):
                raise left_out() from error
            raise

    def transfer(
        self, args: Sequence[str], told: Callable[[str], None], stopped: Callable[[], bool]
    ) -> Result:
        """Runs a git that talks over a network, hands over each line that it says, and can stop.

        Ends it, with whatever it started, as soon as `stopped` says so, and where it is silent
        for ten minutes. Raises Refused "stopped" and Unavailable "git-timeout".
        """
        process = self._start(args)
        heard = listen(process, told, stopped)
        return Result(process.returncode, heard.out, words_of(heard.said))

    def _start(
        self,
        args: Sequence[str],
        stdin: Any = None,
        index: Path | None = None,
        holding: tuple[int, ...] = (),
    ) -> Running:
        """Starts git on this repository, and says where it finds objects and index."""
        if args[0] in _INDEXLESS:
            index = self.git_dir / "manifesto-tui" / "no-index"
        more = {} if self.quarantine is None else objects_of(self.quarantine, self.common_dir)
        if index is not None:
            more["GIT_INDEX_FILE"] = str(index)
        if args[0] in _LOOKING:
            more |= without_filters(self._named("filter"))
        place = (f"--git-dir={self.git_dir}", f"--work-tree={self.work_tree}")
        return start((*place, *args), self._around, self.work_tree, stdin, more, holding)

    @cached_property
    def _around(self) -> Surroundings:
        return Surroundings.of(self.environment)

    def head(self) -> str | None:
        """Returns the commit that is checked out, or None on a branch without one.

        Raises Unavailable "branch-lost" where the branch had one, and does not name it any more.
        """
        branch = gitfolder.branch_in(self.git_dir)
        quick = gitfolder.tip_of(self.common_dir, branch) if branch else None
        if quick:
            return quick
        result = self.ask(("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))
        if result.status:
            refuse_lost(self)
            return None
        return result.out.decode().strip()

    def branch(self) -> str | None:
        """Returns the full name of the branch checked out (`refs/heads/main`), None if detached."""
        quick = gitfolder.branch_in(self.git_dir)
        if quick:
            return quick
        result = self.ask(("symbolic-ref", "--quiet", "HEAD"))
        return result.out.decode("utf-8", "surrogateescape").strip() if not result.status else None

    def named(self, ref: str) -> str | None:
        """Returns what a full name names, None where there is no such ref."""
        # Where the branch is written down in the plain way, other refs are.
        plain = gitfolder.branch_in(self.git_dir)
        quick = gitfolder.tip_of(self.common_dir, ref) if plain else None
        if quick:
            return quick
        result = self.ask(("rev-parse", "--verify", "--quiet", "--end-of-options", ref))
        found = result.out.decode("ascii", "replace").strip()
        return found if is_commit_id(found) else None

    def has_none_named(self, prefix: str) -> bool:
        """Tells whether surely no ref has a full name that begins so: in doubt git has to say."""
        plain = gitfolder.branch_in(self.git_dir)
        return plain is not None and gitfolder.has_none(self.common_dir, prefix)

    def resolve(self, revision: str) -> str:
        """Returns the commit that a person's word for it names.

        Raises BadInput with code `unknown-revision`.
        """
        if is_commit_id(revision) and (known := self._peeled(revision)):
            return known
        if revision and not revision.startswith("-") and revision.isprintable():
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
            result = self.ask(asked)
            found = result.out.decode("ascii", "replace").strip()
            if result.status == 0 and is_commit_id(found):
                return found
        raise BadInput(
            "unknown-revision",
            f"There is no commit “{reveal(revision)}” here.",
            "Give a commit, a branch, a tag or an edition.",
        )

    def holds(self, older: str, newer: str) -> bool:
        """Tells whether the history of `newer` contains `older`; it holds none that is not here.

        Raises Unavailable where git cannot say, which is no "no".
        """
        if older == newer and is_commit_id(newer):
            return self.knows(newer)
        result = self.ask(("merge-base", "--is-ancestor", _checked(older), _checked(newer)))
        if _failed(result) and self.knows(older) and self.knows(newer):
            raise failed("merge-base", result.status, result.error)
        return result.status == 0

    def base_of(self, one: str, other: str) -> str:
        """Returns the last commit that two histories share, "" where they share none."""
        result = self.ask(("merge-base", _checked(one), _checked(other)))
        if _failed(result):
            raise failed("merge-base", result.status, result.error)
        return result.out.decode().strip()

    def knows(self, commit: str) -> bool:
        """Tells whether a commit, or one that a tag names, is here; raises as `holds` does."""
        return self._peeled(_checked(commit)) is not None

    def _peeled(self, id: str) -> str | None:
        """Returns the commit that an id names, by itself or by a tag; None where there is none."""
        with self.objects([f"{id}^{{commit}}"]) as out:
            said = out.readline().decode("ascii", "replace").split()
            out.read(int(said[2]) + 1 if len(said) == 3 else 0)
        if not said:
            raise failed("cat-file", 128, "")
        return said[0] if said[1] == "commit" else None

    def config(self, key: str) -> str | None:
        """Returns one setting of git's configuration, the last where it stands several times."""
        section, _, rest = key.partition(".")
        subsection, dot, name = rest.rpartition(".")
        return self._configured().get(f"{section.lower()}.{subsection}{dot}{name.lower()}")

    def remotes(self) -> tuple[str, ...]:
        """Returns the remotes that git's configuration names, in the order of their names."""
        return self._named("remote")

    def _named(self, section: str) -> tuple[str, ...]:
        """Returns what git's configuration has a section of this kind for, in order."""
        names = (name.split(".", 1) for name in self._configured() if name.count(".") > 1)
        return tuple(sorted({rest.rpartition(".")[0] for of, rest in names if of == section}))

    def _configured(self) -> Mapping[str, str]:
        stamp = gitfolder.stamp(self.common_dir / "config")
        known, settings = self._settings.get("", ("", {}))
        if known != stamp:
            said = self.run(("config", "--list", "-z")).decode("utf-8", "surrogateescape")
            told = (entry.partition("\n") for entry in said.split("\0") if entry)
            settings = {name: _shown(value) for name, _, value in told}
            self._settings[""] = (stamp, settings)
        return settings

    @property
    def id_length(self) -> int:
        """How many digits the id of an object has here."""
        return 64 if self.config("extensions.objectformat") == "sha256" else 40

    def configure(self, key: str, value: str) -> None:
        """Writes one setting into the repository's own configuration."""
        self._alone("config", ("config", "--local", "--replace-all", key, value))

    def point(self, ref: str, commit: str, was: str | None = None) -> None:
        """Lets a ref of ours name a commit, from `was` only where that is given."""
        self._alone(ref, ("update-ref", ref, commit, *(() if was is None else (was,))))

    def _alone(self, name: str, args: Sequence[str]) -> None:
        """Runs a git that locks one of its files, so that a crash of it is nobody's trouble."""
        try:
            with claiming(self.common_dir, name) as held:
                result = self.ask(args, holding=(held,))
                if result.status < 0:
                    # It was killed, and what it had locked is for the next who announces it.
                    raise failed(args[0], result.status, result.error)
        except OSError as error:
            raise failed(args[0], 0, str(error.strerror)) from error
        if result.status:
            raise failed(args[0], result.status, result.error)

    def forget_settings(self) -> None:
        """Lets git's configuration be read again, where it may be told something elsewhere."""
        self._settings.clear()


@contextmanager
def _ending(process: Running) -> Iterator[Running]:
    """Lends a git that was started, and ends it where nobody has waited for it by then."""
    try:
        yield process
    finally:
        if process.returncode is None:
            end(process)


def _shown(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_commit_id(text: str) -> bool:
    """Tells whether `text` is a whole object id, so that it may be an argument."""
    return _HEX.fullmatch(text) is not None


def _failed(result: Result) -> bool:
    """Whether git failed that answers yes and no by its status, and no as well where it failed."""
    return result.status not in (0, 1) or (result.status == 1 and "error: " in result.error)


def _checked(commit: str) -> str:
    if not is_commit_id(commit):
        raise BadInput("unknown-revision", f"“{reveal(commit)}” is not a commit id.")
    return commit
