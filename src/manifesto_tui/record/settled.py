"""Keeps which folders hold an amendment that was decided there, by the trees of the folders.

Who looks for what is still to be done, as every vote does, would else read ten thousand folders to
find the few that are not. A folder's tree names all that lies in it, so what was settled at a tree
is so wherever that tree stands.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.paths import folder_of, kind_of
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry, read_tree

_NAME = "settled"
_TELLING = ("amendment", "decision")


def recall(cache: Cache) -> frozenset[str]:
    """Returns the trees of folders that are known to be settled, whatever commit has them."""
    latest = cache.latest("settled")
    width, _, trees = latest[1].partition(b"\n") if latest else (b"", b"", b"")
    return frozenset(trees.hex(" ", int(width)).split(" ")) if trees else frozenset()


def remember(cache: Cache, commit: str, trees: Collection[str]) -> None:
    """Keeps the trees of the folders that are settled at a commit."""
    width = b"%d\n" % (len(commit) // 2)
    cache.remember("settled", {(_NAME, commit): width + bytes.fromhex("".join(trees))})


def find(
    repo: Repository,
    folders: Sequence[str],
    trees: Mapping[str, str],
    read: Callable[[Mapping[str, Entry]], Mapping[str, object]],
) -> frozenset[str]:
    """Returns the folders that hold a decided amendment, and reads of each only what tells that.

    `read` reads files. Where nothing is known yet this spares who casts one vote all the others.
    """
    telling: dict[str, Entry] = {}
    with repo.objects(trees[folder] for folder in folders) as out:
        for folder in folders:
            names = read_tree(out, len(trees[folder]) // 2) or {}
            within = {f"{folder}/{name}": entry for name, entry in names.items()}
            files = {path: e for path, e in within.items() if kind_of(path) in _TELLING}
            if "decision" in map(kind_of, files):
                telling |= files
    found = read(telling)
    amended, decided = (
        {folder_of(path) for path, value in found.items() if type(value) is kind}
        for kind in (Amendment, Decision)
    )
    return frozenset(amended & decided)
