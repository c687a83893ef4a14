"""Asks git about one repository; `running` starts it.

Nothing that the record says is ever an option: commits are named by their whole ids, and paths
stand behind `--`. That ends every list of commits, since a file may be called as one of them is.

    >>> repository = Repository.discover(Path("."), environment)
    >>> repository.head()
    '6d40a1f…'
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import gitfolder
from manifesto_tui.record.listening import end, listen
from manifesto_tui.record.locks import claiming
from manifesto_tui.record.quarantine import objects_of, quarantine_of
from manifesto_tui.record.running import (
    PIPE,
    TIMEOUT,
    Result,
    Running,
    Surroundings,
    answer,
    execute,
    flowing,
    lines_of,
    source_of,
    start,
    words_of,
)
from manifesto_tui.record.trouble import failed, undiscovered

_HEX = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_MAKING = ".manifesto-tui-"
# Where git's configuration says which member is at the keyboard.
HANDLE = "manifesto.handle"
# These load the whole index before they begin, and then have no use for it.
_INDEXLESS = ("diff-tree",)


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

    @classmethod
    def discover(cls, directory: Path, environment: Mapping[str, str]) -> "Repository":
        """Finds the repository that holds `directory`.

        Raises Unavailable with code `git-missing`, `not-a-repository`, `bare-repository`,
        `dubious-ownership`, `no-work-tree` or `unknown-format`.
        """
        if not directory.is_dir():
            raise Unavailable("no-such-folder", f"There is no folder {reveal(str(directory))}.")
        found = gitfolder.work_tree_of(directory)
        if found:
            return cls(found, found / ".git", found / ".git", environment)
        asked = ("--is-bare-repository", "--is-inside-git-dir", "--show-toplevel")
        more = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository")
        result = execute(("rev-parse", *asked, *more), environment, cwd=directory)
        lines = lines_of(result.out, "surrogateescape")
        if result.status:
            raise undiscovered(directory, result.error, lines[:1] == ["true"])
        top, git_dir, common = (Path(line) for line in lines[2:5])
        if not directory.resolve().is_relative_to(top.resolve()):
            raise Unavailable(
                "no-work-tree",
                f"The repository's configuration puts its files elsewhere, in {reveal(str(top))}.",
                "Run it there, or remove core.worktree from the configuration.",
            )
        shared = common if common.is_absolute() else (directory / common).resolve()
        return cls(top, git_dir, shared, environment, lines[5] == "true")

    @classmethod
    def receiving(cls, directory: Path, environment: Mapping[str, str]) -> "Repository":
        """Finds the repository that a push comes to or goes from; it may be bare.

        Git runs a hook with the objects of the push in a folder of their own. Of all that the
        environment says, only that folder is taken, and only where git makes it: straight within
        this repository's objects. Raises what `discover` raises, and Unavailable "quarantine".
        """
        if not ((directory / "HEAD").is_file() and (directory / "objects").is_dir()):
            found = cls.discover(directory, environment)
            return replace(found, quarantine=quarantine_of(found.common_dir, environment))
        asked = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository")
        command = (f"--git-dir={directory.resolve()}", "rev-parse", *asked)
        result = execute(command, environment, cwd=directory)
        lines = lines_of(result.out, "surrogateescape")
        if result.status:
            raise undiscovered(directory, result.error, False)
        git_dir, common = (Path(line) for line in lines[:2])
        shared = common if common.is_absolute() else (directory / common).resolve()
        quarantine = quarantine_of(shared, environment)
        return cls(git_dir, git_dir, shared, environment, lines[2] == "true", quarantine)

    @property
    def is_bare(self) -> bool:
        """Whether there are no files to work on."""
        return self.work_tree == self.git_dir

    @classmethod
    def init(cls, directory: Path, environment: Mapping[str, str]) -> "Repository":
        """Makes a repository in `directory` with branch `main`, and the folder where needed.

        It is made in a folder of its own within, and comes into its place whole: a crash leaves
        either none or one that works, and the next start sweeps up.
        """
        directory.mkdir(parents=True, exist_ok=True)
        sweep(directory)
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=directory))
        try:
            command = ("init", "--quiet", "--initial-branch=main", "--template=")
            result = execute(command, environment, cwd=making)
            if result.status:
                raise failed("init", result.status, result.error)
            (making / ".git").rename(directory / ".git")
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return cls.discover(directory, environment)

    def files(self, commit: str) -> tuple[str, ...]:
        """Lists the paths of all plain files in one commit; odd bytes are surrogate escapes."""
        listed = self.run(("ls-tree", "-r", "-z", "--full-tree", _checked(commit)), timeout=None)
        lines = listed.decode("utf-8", "surrogateescape").split("\0")
        return tuple(line.partition("\t")[2] for line in lines if line.startswith("100644 "))

    def read(self, commit: str, path: str) -> bytes | None:
        """Returns one plain file as a commit has it, or None where it has none."""
        listed = self.run(("ls-tree", "-z", "--full-tree", _checked(commit), "--", path))
        facts, _, found = listed.rstrip(b"\0").partition(b"\t")
        if not facts.startswith(b"100644 blob ") or found != os.fsencode(path):
            return None
        return self.run(("cat-file", "blob", facts.split()[2].decode()))

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
        with source_of(stdin) as source:
            process = self._start(args, source, index, holding)
            try:
                yield lambda: answer(process, None, TIMEOUT)
            finally:
                if process.returncode is None:
                    end(process)

    @contextmanager
    def about_to(
        self, args: Sequence[str], holding: tuple[int, ...] = ()
    ) -> Iterator[Callable[[bytes], Result]]:
        """Starts git, and hands over how to tell it what to do, and to wait for what it says.

        It gets ready meanwhile. Leaving without having told it anything ends the process.
        """
        process = self._start(args, PIPE, holding=holding)
        try:
            yield lambda told: answer(process, told, TIMEOUT)
        finally:
            if process.returncode is None:
                end(process)

    @contextmanager
    def reading(self, args: Sequence[str], stdin: bytes = b"") -> Iterator[IO[bytes]]:
        """Runs git and hands over its standard output as it comes, for results of any size.

        Leaving early ends the process; leaving at the end checks that it succeeded.
        """
        with source_of(stdin) as source, flowing(self._start(args, source), args[0]) as out:
            yield out

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
        place = (f"--git-dir={self.git_dir}", f"--work-tree={self.work_tree}")
        return start((*place, *args), self._around, self.work_tree, stdin, more, holding)

    @cached_property
    def _around(self) -> Surroundings:
        return Surroundings.of(self.environment)

    def head(self) -> str | None:
        """Returns the commit that is checked out, or None on a branch without one."""
        branch = gitfolder.branch_in(self.git_dir)
        quick = gitfolder.tip_of(self.common_dir, branch) if branch else None
        if quick:
            return quick
        result = self.ask(("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))
        return result.out.decode().strip() if result.status == 0 else None

    def branch(self) -> str | None:
        """Returns the full name of the branch checked out (`refs/heads/main`), None if detached."""
        quick = gitfolder.branch_in(self.git_dir)
        if quick:
            return quick
        result = self.ask(("symbolic-ref", "--quiet", "HEAD"))
        return result.out.decode("utf-8", "surrogateescape").strip() if not result.status else None

    def resolve(self, revision: str) -> str:
        """Returns the commit that a person's word for it names.

        Raises BadInput with code `unknown-revision`.
        """
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
        asked = ("cat-file", "--batch-check=%(objecttype)")
        return self.run(asked, f"{_checked(commit)}^{{commit}}\n".encode()) == b"commit\n"

    def config(self, key: str) -> str | None:
        """Returns one setting of git's configuration, the last where it stands several times."""
        stamp = _stamp(self.common_dir / "config")
        known, settings = self._settings.get("", ("", {}))
        if known != stamp:
            said = self.run(("config", "--list", "-z")).decode("utf-8", "replace")
            told = (entry.partition("\n") for entry in said.split("\0") if entry)
            settings = {name: value for name, _, value in told}
            self._settings[""] = (stamp, settings)
        section, _, rest = key.partition(".")
        subsection, dot, name = rest.rpartition(".")
        return settings.get(f"{section.lower()}.{subsection}{dot}{name.lower()}")

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

    def identity(self) -> tuple[str, str]:
        """Returns the name and the address that git has for the person here.

        Who told only this program who they are goes by their handle, at an address that nobody
        can have (RFC 2606). Raises Unavailable with code `no-identity`.
        """
        name, address, handle = (
            " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", self.config(key) or "").split())
            for key in ("user.name", "user.email", HANDLE)
        )
        if handle:
            name, address = name or handle, address or f"{handle}@manifesto.invalid"
        if not name or not address:
            self._settings.clear()  # The remedy goes elsewhere, where nobody looks for a change.
            raise Unavailable(
                "no-identity",
                "Git does not know who you are.",
                "Found with a name of your own, or tell it once: "
                "`git config --global user.name 'Your Name'` and "
                "`git config --global user.email you@example.org`.",
            )
        return name, address


def sweep(directory: Path) -> None:
    """Takes away the repositories that were being made here when a process was killed."""
    for left in directory.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)


def is_commit_id(text: str) -> bool:
    """Tells whether `text` is a whole object id, so that it may be an argument."""
    return _HEX.fullmatch(text) is not None


def _stamp(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return "none"
    return f"{facts.st_mtime_ns} {facts.st_size} {facts.st_ino}"


def _failed(result: Result) -> bool:
    """Whether git failed that answers yes and no by its status, and no as well where it failed."""
    return result.status not in (0, 1) or (result.status == 1 and "error: " in result.error)


def _checked(commit: str) -> str:
    if not is_commit_id(commit):
        raise BadInput("unknown-revision", f"“{reveal(commit)}” is not a commit id.")
    return commit
