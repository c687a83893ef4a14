"""Names the shared place of a clone: reads its address, and makes sure that it belongs to it.

An address comes from people, who copy it from elsewhere, and git does much with one: it starts
programs by some, and takes what begins with a hyphen for an option. So few kinds are let through.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from manifesto_tui.governance.problem import BadInput, Refused, Unavailable
from manifesto_tui.prose import find_hidden, reveal
from manifesto_tui.record import transfer, unreached
from manifesto_tui.record.beginning import begin_shared
from manifesto_tui.record.git import Repository
from manifesto_tui.record.seen import chosen_remote, forget, was_seen
from manifesto_tui.record.transfer import Watch

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_USER = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_URL = re.compile(rf"(https|ssh)://(?:([^/@]*)@)?{_HOST}(?::\d{{1,5}})?/[^/\s]\S*")
_SHORT = re.compile(rf"(?:{_USER}@)?{_HOST}:(?![:-])[^\s:]\S*")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET = re.compile(r"(://[^/@:]*:)[^/@]*@")
_KINDS = (
    "Take one such as https://example.org/name/manifesto.git, git@example.org:name/manifesto.git, "
    "or a folder that all of you reach, by its whole path."
)


def address_of(repo: Repository) -> str:
    """Returns where this clone sends and fetches, as people may see it; "" for nowhere."""
    remote = chosen_remote(repo)
    address = repo.config(f"remote.{remote}.url") or "" if remote else ""
    return reveal(_SECRET.sub(r"\1…@", address))


def read_address(said: str, start: Path, environment: Mapping[str, str]) -> str | Path:
    """Returns the address that somebody wrote, or the folder that it is on this machine.

    A folder may be written from `start` on (./name), or from the home folder on (~/name). Raises
    BadInput "address-unfit" or "address-open" for what git should not be given.
    """
    said = said.strip()
    for hidden in find_hidden(said)[:1]:
        raise _unfit(f"The address holds a hidden character: {hidden.name}.")
    if any(letter in said for letter in "\n\t"):
        raise _unfit("The address goes over more than one line.")
    scheme = _SCHEME.match(said)
    if scheme:
        said = scheme[0].lower() + said[scheme.end() :]
    if said.startswith("file://"):
        return read_address(said[len("file://") :], start, environment)
    if found := _URL.fullmatch(said):
        name, _, secret = (found[2] or "").partition(":")
        is_name = re.fullmatch(_USER, name) and not secret
        if found[2] is not None and (found[1] == "https" or not is_name):
            raise BadInput(
                "address-open",
                "The address holds a name or a password, which all who read here would see.",
                "Leave out what stands before the @.",
            )
        return said
    if scheme and scheme[1].lower() in ("http", "git", "ftp", "ftps"):
        raise _unfit(f"What goes by {scheme[1]} can be read and changed on the way.")
    if not scheme and _SHORT.fullmatch(said):
        return said
    home = environment.get("HOME") or ""
    if said.startswith("~/") and home:
        return Path(home) / said[2:]
    if said.startswith(("/", "./", "../")):
        return Path(os.path.normpath(start / said))
    raise _unfit(f"“{reveal(said[:80])}” is no address." if said else "There is no address yet.")


def name_place(repo: Repository, address: str | Path, watch: Watch | None = None) -> None:
    """Has this clone send to a place and fetch from it, once that was reached and fits.

    An empty folder is made ready for it. Raises BadInput "place-unfit", Refused "place-named",
    "unrelated", "nothing-to-sync", "detached-head" or "stopped", and Unavailable where it cannot
    be reached; nothing was named then.
    """
    watch, (branch, tip) = watch or Watch(), transfer.what_is_sent(repo)
    before = chosen_remote(repo)
    known = repo.config(f"remote.{before}.url") if before else None
    settled = was_seen(repo, before, branch) or repo.config(f"remote.{before}.pushurl")
    moves = bool(known) and known != str(address)
    if moves and settled and not transfer.is_worked_in(repo, before):
        raise Refused(
            "place-named",
            f"The shared place is {address_of(repo)}, and others may be there already.",
            "Where it has moved, whoever set it up changes the address for you.",
        )
    if isinstance(address, Path):
        _ready(repo, address, branch)
    try:
        place = transfer.look(repo, str(address), branch, watch)
        if place.tip and not repo.knows(place.tip):
            transfer.fetch(repo, place, (branch,), watch)
    except Unavailable as problem:
        raise Unavailable(problem.code, problem.sentence, unreached.LOOK_AGAIN) from problem
    if place.tip and not repo.base_of(tip, place.tip):
        raise Refused(
            "unrelated",
            "What that place holds and what is recorded here never were one.",
            "Name an empty place, or the one that this folder came from.",
        )
    remote = before or "origin"
    if known != str(address):
        forget(repo, remote)
    repo.configure(f"remote.{remote}.url", str(address))
    if not repo.config(f"remote.{remote}.fetch"):
        repo.configure(f"remote.{remote}.fetch", f"+refs/heads/*:refs/remotes/{remote}/*")


def _ready(repo: Repository, folder: Path, branch: str) -> None:
    """Makes a folder ready to be a shared place, where it is none yet and holds nothing else."""
    told = reveal(str(folder))
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(repo.work_tree)):
        raise _elsewhere(f"{told} lies in the folder that is to be shared.")
    try:
        if (folder / ".git").exists():
            raise _elsewhere(f"Somebody works in {told}.")
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            return
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise _elsewhere(f"{told} holds other things.")
        if not folder.parent.is_dir():
            raise _elsewhere(f"There is no folder {reveal(str(folder.parent))}.")
        begin_shared(folder, repo.environment, branch, repo.id_length)
    except OSError as error:
        raise Unavailable(
            "disk",
            f"{told} cannot be used: {error.strerror}.",
            "Name another, or ask who keeps it for the right.",
        ) from error


def _unfit(sentence: str) -> BadInput:
    return BadInput("address-unfit", sentence, _KINDS)


def _elsewhere(sentence: str) -> BadInput:
    return BadInput("place-unfit", sentence, "Name an empty folder that all of you reach.")
