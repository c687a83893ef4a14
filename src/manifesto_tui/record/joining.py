"""Fetches the whole record from a shared place into a folder of its own."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.governance.problem import BadInput, Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import transfer, unreached
from manifesto_tui.record.beginning import MAKING, begin, sweep
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import list_tree
from manifesto_tui.record.transfer import NAME, OWN, Place, Watch

_BRANCH = re.compile(rf"refs/heads/{NAME}")


def fetch_whole(
    directory: Path,
    address: str | Path,
    environment: Mapping[str, str],
    watch: Watch,
    then: Callable[[Repository], None] = lambda _: None,
) -> Repository:
    """Fills an empty folder, or a new one, with what a shared place holds; it is named there.

    It is made whole in a folder within, so that what was interrupted is finished by the next one,
    or swept up; `then` is done to it before it comes into its place. Raises Refused
    "folder-not-empty", "inside-a-repository", "nothing-there", "several-branches" or "stopped",
    BadInput "place-unfit" or "not-a-folder", and Unavailable where the place cannot be reached; the
    folder is then as it was.
    """
    _refuse_unfit(directory, environment)
    if isinstance(address, Path) and not address.is_dir():
        told = f"There is no folder {reveal(str(address))}."
        raise BadInput("place-unfit", told, "Ask who keeps the shared place for its address.")
    was_there = directory.exists()
    directory.mkdir(parents=True, exist_ok=True)
    left = next((each for each in directory.glob(f"{MAKING}*") if _is_whole(each)), None)
    if left is None:
        sweep(directory)
    try:
        making = left or Path(tempfile.mkdtemp(prefix=MAKING, dir=directory))
        if left is None:
            _fill(making, str(address), environment, watch)
        then(Repository.discover(making, environment))
        # What makes it a record comes last.
        for each in sorted(making.iterdir(), key=lambda each: each.name == ".git"):
            each.rename(directory / each.name)
    except BaseException:
        if left is None:
            sweep(directory)
        if not was_there and not any(directory.iterdir()):
            directory.rmdir()
        raise
    sweep(directory)
    repo = Repository.discover(directory, environment)
    repo.ask(("update-index", "-q", "--refresh"))
    return repo


def _refuse_unfit(directory: Path, environment: Mapping[str, str]) -> None:
    """Refuses a folder that holds other things, or lies in a record already."""
    told = reveal(str(directory))
    if directory.exists() and not directory.is_dir():
        raise BadInput("not-a-folder", f"{told} is a file.", "Name a folder.")
    held = tuple(directory.iterdir()) if directory.exists() else ()
    interrupted = any(map(_is_whole, held))
    if not interrupted and any(not each.name.startswith(MAKING) for each in held):
        hint = "Name a new folder: `manifesto-tui join ADDRESS DIR`."
        raise Refused("folder-not-empty", f"{told} holds other files.", hint)
    near = directory.absolute()
    while not near.is_dir():
        near = near.parent
    try:
        around = Repository.discover(near, environment)
    except Unavailable as problem:
        if problem.code != "not-a-repository":
            raise
        return
    raise Refused(
        "inside-a-repository",
        f"{told} lies inside the repository at {reveal(str(around.work_tree))}.",
        "Name a folder outside of it.",
    )


def _is_whole(making: Path) -> bool:
    # The index is written once every file is there.
    return making.name.startswith(MAKING) and (making / ".git" / "index").is_file()


def _fill(making: Path, address: str, environment: Mapping[str, str], watch: Watch) -> None:
    """Makes a repository with branch and files of a shared place, and names it there."""
    repo = begin(making, environment)
    try:
        named, places = transfer.branches_there(repo, address, watch)
        if places and len(places[0].tip or "") != repo.id_length:
            shutil.rmtree(repo.git_dir)
            repo = begin(making, environment, len(places[0].tip or ""))
        place = _record_among(repo, named, places, watch)
    except Unavailable as problem:
        raise Unavailable(problem.code, problem.sentence, unreached.LOOK_AGAIN) from problem
    branch, tip = place.branch, place.tip or ""
    repo.run(("symbolic-ref", "HEAD", branch))
    repo.point(branch, tip)
    repo.configure("remote.origin.url", address)
    repo.configure("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    # As everything else that comes from others: no program of anybody's runs on it.
    attributes = repo.git_dir / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("* -filter -ident -text -working-tree-encoding\n", encoding="utf-8")
    repo.run(("reset", "--quiet", "--hard", tip))
    attributes.unlink()


def _record_among(repo: Repository, named: str, places: Sequence[Place], watch: Watch) -> Place:
    """Fetches and returns the branch that holds a record: the one that the place goes by, if any.

    Where that holds none, or was never sent, as where a place was made for another branch, it is
    the one other that does.
    """
    if not places:
        raise _nothing_there("Nothing was sent there yet.")
    fit = [place for place in places if _BRANCH.fullmatch(place.branch)]
    for taken in ([p for p in fit if p.branch == named], [p for p in fit if not _is_own(p)]):
        if taken:
            transfer.fetch(repo, taken[0], [place.branch for place in taken], watch)
        found = [p for p in taken if p.tip and MANIFESTO in list_tree(repo, p.tip, (MANIFESTO,))]
        if len(found) == 1:
            return found[0]
        if found:
            told = ", ".join(place.branch.removeprefix("refs/heads/") for place in found)
            raise Refused(
                "several-branches",
                f"That place goes by none of its branches, and several hold a manifesto: {told}.",
                "Ask who keeps it for the right one; there `git symbolic-ref HEAD "
                f"{found[0].branch}` says which it is.",
            )
    raise _nothing_there("What that place holds is no manifesto.")


def _is_own(place: Place) -> bool:
    """Tells whether somebody sent a branch of their own, since the shared one is guarded."""
    return place.branch.startswith(OWN)


def _nothing_there(sentence: str) -> Refused:
    return Refused("nothing-there", sentence, "Ask who set it up whether the address is right.")
