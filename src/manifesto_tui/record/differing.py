"""Finds what differs between two commits, folders among it.

Where a git is at hand and little differs, the folders that do are read from it, all of one depth
at once; else one git is asked for all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry, plainly, read_tree

# More folders than so many at one depth are compared sooner by a git of their own.
_FEW = 40
_DIRECTORY = "040000"
_NOTHING = "000000"


@dataclass(frozen=True, slots=True)
class Difference:
    """One path that differs: what stood there and what does, None for nothing.

    A folder, of mode "040000", never stands beside a file: where one took the place of the other
    the path is told twice.
    """

    path: str
    was: Entry | None
    now: Entry | None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder that differs, or comes or goes."""
        return any(entry is not None and entry.mode == _DIRECTORY for entry in (self.was, self.now))


def differences(
    repo: Repository, old: str, new: str, most: int = -1
) -> tuple[Difference, ...] | None:
    """Returns what differs between two commits; None where git says more of it than `most` bytes.

    Raises Unavailable where git cannot say.
    """
    found = _read(repo, old, new)
    return found if found is not None else _asked(repo, old, new, most)


def _in_order(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Returns them by their paths; of one told twice first what went."""
    return tuple(sorted(found, key=lambda each: (each.path, each.now is not None)))


def _asked(repo: Repository, old: str, new: str, most: int) -> tuple[Difference, ...] | None:
    plain = ("--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")
    asked = ("diff-tree", "-r", "-t", "-z", "--raw", "--ignore-submodules=none")
    with repo.reading((*asked, *plain, old, new, "--")) as out:
        said = out.read(most)
        return _in_order(_told(said)) if len(said) != most else None


def _told(said: bytes) -> Iterator[Difference]:
    words = iter(said.decode("utf-8", "surrogateescape").split("\0"))
    for facts in words:
        if facts:
            old, mode, before, after, _ = facts.removeprefix(":").split(" ")
            was = None if old == _NOTHING else Entry(old, before)
            yield Difference(next(words), was, None if mode == _NOTHING else Entry(mode, after))


_Pairs = dict[str, tuple[Entry | None, Entry | None]]


def _read(repo: Repository, old: str, new: str) -> tuple[Difference, ...] | None:
    """Returns what differs, as the git at hand has it; None without one, or where it is much."""
    found: list[Difference] = []
    tops = (Entry(_DIRECTORY, f"{commit}^{{tree}}") for commit in (old, new))
    pairs: _Pairs = {"": (next(tops), next(tops))}
    while pairs:
        names = [entry.id for pair in pairs.values() for entry in pair if entry]
        if repo.reader is None or len(names) > _FEW:
            return None
        with repo.objects(names) as out:
            trees = iter([read_tree(out, len(new) // 2) for _ in names])
        below: _Pairs = {}
        for above, pair in pairs.items():
            before, after = (next(trees) if entry else {} for entry in pair)
            if before is None or after is None:
                return None  # What is lost, git tells.
            for name in before.keys() | after.keys():
                for each in _apart(above + name, before.get(name), after.get(name)):
                    found.append(each)
                    if each.is_folder:
                        below[f"{each.path}/"] = (each.was, each.now)
        pairs = below
    return _in_order(found)


def _apart(path: str, was: Entry | None, now: Entry | None) -> Iterator[Difference]:
    if was == now:
        return
    was, now = (entry and Entry(plainly(entry.mode), entry.id) for entry in (was, now))
    whole = Difference(path, was, now)
    if was and now and whole.is_folder and was.mode != now.mode:
        yield Difference(path, was, None)
        yield Difference(path, None, now)
    elif was != now:
        yield whole
