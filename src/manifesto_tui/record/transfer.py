"""Talks with the shared place: asks what it holds, fetches, sends.

Programs are taken from the user's own configuration alone. What goes wrong there `unreached` says
in words for people; what comes out of it is for `sync` to judge.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import locks, unreached
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.running import Result, execute, lines_of
from manifesto_tui.record.tags import REFS
from manifesto_tui.record.trouble import detached

_HEADS = "refs/heads/"
_EDITION = re.compile(rf"{REFS}[A-Za-z0-9][A-Za-z0-9._-]{{0,63}}")
_SYNCED = "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsync GIT_CONFIG_VALUE_0=all "
_STEP = re.compile(r"(?:remote: )?([A-Z][a-z]+ing) [a-z]+: +(\d{1,3})% \(\d+/\d+\)")
OWN = f"{_HEADS}manifesto/"
"""How the full name of a branch begins that somebody sends where the shared one is guarded."""
NAME = r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}"
"""What a branch or a shared place may be called, to be told to people and to git."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transfer has come: what is being done, and how much of it in per cent."""

    doing: str
    percent: int = 0

    @property
    def sentence(self) -> str:
        """What people read of it: `Fetching, 45 %`."""
        return f"{self.doing}, {self.percent} %" if self.percent else self.doing


@dataclass(frozen=True)
class Watch:
    """Whoever waits for a transfer: hears how far it has come, and may stop it at any moment."""

    told: Callable[[Progress], None] = lambda _: None
    stop: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class Place:
    """A shared place, and what it holds: the branch's tip, None without one, and editions.

    `trusted` is what git is told to run on the way there, and nothing else.
    """

    remote: str
    branch: str
    tip: str | None
    editions: Mapping[str, str]
    trusted: tuple[str, ...]


def branches_there(repo: Repository, address: str, watch: Watch) -> tuple[str, tuple[Place, ...]]:
    """Asks which branches a shared place holds, and in full by which it goes, "" for none."""
    trusted = _trusted(repo)
    named, held = "", {}
    for what, name in _listed(repo, trusted, watch, address, "HEAD", f"{_HEADS}*"):
        if name == "HEAD" and what.startswith("ref: "):
            named = what.removeprefix("ref: ")
        elif name.startswith(_HEADS) and is_commit_id(what):
            held[name] = what
    return named, tuple(Place(address, name, tip, {}, trusted) for name, tip in held.items())


def look(repo: Repository, remote: str, branch: str, watch: Watch) -> Place:
    """Asks what the shared place holds."""
    place = Place(remote, branch, None, {}, _trusted(repo))
    held = named_there(repo, place, branch, watch, f"{REFS}*")
    editions = {name: named for name, named in held.items() if _EDITION.fullmatch(name)}
    return replace(place, tip=held.get(branch), editions=editions)


def named_there(
    repo: Repository, place: Place, like: str, watch: Watch, *more: str
) -> dict[str, str]:
    """Asks for what a shared place has under full names that are like these, `*` for anything."""
    told = _listed(repo, place.trusted, watch, place.remote, like, *more)
    return {name: named for named, name in told if is_commit_id(named)}


def _listed(
    repo: Repository, trusted: Sequence[str], watch: Watch, address: str, *like: str
) -> list[tuple[str, str]]:
    """Asks what full names a shared place has, and what each names; of HEAD, also the branch."""
    asked = ("ls-remote", "--quiet", "--symref", "--upload-pack=git-upload-pack")
    words = (*trusted, *asked, "--end-of-options", address, *like)
    result = _talk(repo, watch, "Asking the shared place", words)
    if result.status:
        raise unreached.no_network(result.error)
    parted = (line.partition("\t") for line in lines_of(result.out))
    return [(what, name) for what, _, name in parted]


def editions_here(repo: Repository) -> dict[str, str]:
    """Returns the tags of editions in this clone by full name, with what each names."""
    if repo.has_none_named(REFS):
        return {}
    asked = ("for-each-ref", "--format=%(objectname) %(refname)", f"{REFS}*")
    pairs = (line.partition(" ") for line in lines_of(repo.run(asked)))
    return {name: named for named, _, name in pairs if _EDITION.fullmatch(name)}


def fetch(repo: Repository, place: Place, names: Sequence[str], watch: Watch) -> None:
    """Fetches the objects that the shared place has under some full names; moves nothing."""
    asked = ("fetch", "--progress", "--no-tags", "--no-recurse-submodules", "--refmap=")
    more = ("--no-auto-maintenance", "--no-write-fetch-head", "--upload-pack=git-upload-pack")
    words = (*place.trusted, *asked, *more, "--end-of-options", place.remote, *names)
    result = _talk(repo, watch, "Fetching", words)
    if result.status:
        said = result.error
        raise unreached.not_taken_in(repo.common_dir, said) or unreached.no_network(said)


def push(repo: Repository, place: Place, what: Sequence[str], watch: Watch) -> str:
    """Sends `<id or name>:<full name>`; returns what was said against it, "" where it was taken."""
    asked = ("push", "--porcelain", "--progress", "--no-verify", "--no-follow-tags")
    folder = _folder_here(repo, place.remote)
    if folder is not None:
        # What a loss of power left locked there, and nobody holds; git locks HEAD with its branch.
        for name in ("HEAD", *(each.rpartition(":")[2] for each in what)):
            locks.free(folder / f"{name}.lock")
    # Git does not sync where a branch stands unless it is told to; elsewhere its keeper does.
    taking = f"--receive-pack={_SYNCED if folder else ''}git-receive-pack"
    more = ("--recurse-submodules=no", taking, "--end-of-options")
    told = (*place.trusted, *_untracked(place.remote, what))
    words = (*told, *asked, *more, place.remote, *what)
    result = _talk(repo, watch, "Sending", words)
    said = f"{result.error}\n{result.out.decode('utf-8', 'replace')}"
    return said if result.status else ""


def go_by_what_was_sent(repo: Repository, place: Place) -> None:
    """Lets a place on this machine go by the one branch that was sent there.

    Where it was made for another, which nobody ever sends, a clone of it would begin with nothing.
    """
    folder = _folder_here(repo, place.remote)
    if folder is None:
        return

    def said(*words: str) -> str:
        command = (f"--git-dir={folder}", *words)
        return execute(command, repo.environment, repo.work_tree).out.decode("utf-8", "replace")

    held = said("for-each-ref", "--format=%(refname)", _HEADS).split()
    if held == [place.branch] and said("rev-parse", "--is-bare-repository").strip() == "true":
        named = said("symbolic-ref", "--quiet", "HEAD").strip()
        if named.startswith(_HEADS) and named != place.branch:
            said("symbolic-ref", "HEAD", place.branch)


def _folder_here(repo: Repository, remote: str) -> Path | None:
    """Returns git's folder of a shared place on this machine, None where it is on another."""
    said = repo.ask(("remote", "get-url", "--push", "--end-of-options", remote))
    url = said.out.decode("utf-8", "surrogateescape").strip().removeprefix("file://")
    if not url or ":" in url:
        return None
    folder = repo.work_tree / url
    return folder / ".git" if (folder / ".git").is_dir() else folder


def is_worked_in(repo: Repository, remote: str) -> bool:
    """Tells whether what is named as the shared place is a folder here that somebody works in."""
    folder = _folder_here(repo, remote)
    return folder is not None and folder.name == ".git" and folder.is_dir()


def _untracked(remote: str, what: Sequence[str]) -> tuple[str, ...]:
    """Lets git leave its note of a remote's branch to us, who can tell whose a lock on it is.

    It notes what it sent where it would fetch to; what is fetched to nowhere, and left out as
    well, has no such place.
    """
    names = [name.rpartition(":")[2] for name in what]
    settings = [f"remote.{remote}.fetch={sign}{name}" for name in names for sign in ("", "^")]
    return tuple(part for setting in settings for part in ("-c", setting))


def _talk(repo: Repository, watch: Watch, doing: str, words: Sequence[str]) -> Result:
    watch.told(Progress(doing))

    def told(line: str) -> None:
        step = _STEP.match(line)
        # Of git's steps people are told one: the one that carries what is wanted.
        if step and step[1] in ("Receiving", "Writing"):
            watch.told(Progress(doing, int(step[2])))

    return repo.transfer(words, told, watch.stop.is_set)


def _trusted(repo: Repository) -> tuple[str, ...]:
    """Takes from the user's own configuration, and not from this repository's, what runs programs.

    A repository that came as an archive brings a configuration that somebody else wrote.
    """
    said = repo.ask(("config", "--global", "--includes", "--list", "-z")).out
    helpers, own = ["credential.helper="], {"core.sshcommand": "ssh", "core.askpass": ""}
    for entry in said.decode("utf-8", "replace").split("\0"):
        name, _, value = entry.partition("\n")
        if name == "credential.helper":
            helpers.append(f"credential.helper={value}")
        elif name in own:
            own[name] = value
    settings = [*helpers, *(f"{name}={value}" for name, value in own.items()), "core.gitProxy="]
    return tuple(part for setting in settings for part in ("-c", setting))


def what_is_sent(repo: Repository) -> tuple[str, str]:
    """Returns the branch that is sent, in full, and its tip.

    Raises Refused "detached-head" or "nothing-to-sync".
    """
    branch, tip = repo.branch(), repo.head()
    if branch is None:
        raise detached()
    if tip is None:
        raise Refused(
            "nothing-to-sync",
            "There is nothing recorded here to send.",
            "Found a manifesto first, or check out the branch that holds it.",
        )
    return branch, tip
