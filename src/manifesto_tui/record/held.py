"""Holds what folders of proposals say, in memory and as it is kept in the cache.

All but the votes stays packed until it is wanted, and of votes, of which there may be any number,
only those last asked for are held.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.signature import SUFFIX
from manifesto_tui.record.cache import Key
from manifesto_tui.record.packed import as_sequence, pack, unpack, unpack_votes

# So many votes are held at once; a ballot that has more by itself is held alone.
MOST_VOTES = 4_000

Votes = tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What one folder holds but for its votes: values in the order of their paths, and problems.

    The values are packed, the revisions of the amendment in a line before all others, and taken
    out when they are wanted: a list of ten thousand needs a title of each. `signed` tells whether
    a signature lies in it. Where the values were let go, `packed` is empty.
    """

    packed: bytes
    problems: tuple[Problem, ...]
    signed: bool

    @property
    def revisions(self) -> Sequence[object]:
        """The revisions of the amendment."""
        return as_sequence(unpack(self.packed.partition(b"\n")[0]))

    @property
    def others(self) -> Sequence[object]:
        """All other values."""
        return as_sequence(unpack(self.packed.partition(b"\n")[2]))


SPENT = Held(b"", (), False)


class Memory:
    """What is held in memory of the folders at one commit, by path and tree.

    It begins with what was held at the commit before and is still the same.
    """

    def __init__(self, folders: Mapping[str, str], before: "Memory | None") -> None:
        self.held: dict[Key, Held] = {}
        self.made: dict[Key, Any] = {}
        self._votes: OrderedDict[Key, Votes] = OrderedDict()
        self._count = 0
        if before:
            for key, held in list(before.held.items()):
                if folders.get(key[0]) == key[1]:
                    self.held[key] = held
            for key, made in list(before.made.items()):
                if folders.get(key[0]) == key[1]:
                    self.made[key] = made
            for key, votes in list(before._votes.items()):
                if folders.get(key[0]) == key[1]:
                    self.hold(key, votes)

    def votes(self, key: Key) -> Votes | None:
        """Returns a folder's votes where they are still held."""
        found = self._votes.get(key)
        if found is not None:
            self._votes.move_to_end(key)
        return found

    def hold(self, key: Key, votes: Votes) -> None:
        """Holds a folder's votes, and lets go of those that were not asked for longest."""
        self._count += len(votes) - len(self._votes.pop(key, ()))
        self._votes[key] = votes
        while self._count > MOST_VOTES and len(self._votes) > 1:
            _, gone = self._votes.popitem(last=False)
            self._count -= len(gone)


def taken_in(values: Mapping[str, object]) -> tuple[Held, Votes]:
    """Returns what the files of one folder say, by path, as what is held of it."""
    in_order = [values[path] for path in sorted(values)]
    revisions = [value for value in in_order if type(value) is Amendment]
    others = [value for value in in_order if type(value) in _OTHERS]
    held = Held(
        b"%b\n%b" % (pack(revisions), pack(others)),
        tuple(problem for value in in_order for problem in getattr(value, "problems", ())),
        any(path.endswith(SUFFIX) for path in values),
    )
    return held, tuple(value for value in in_order if type(value) is Vote)


_NOTHING_WRONG = pack(((), False))


def packed(held: Held) -> bytes:
    return b"%b\n%b" % (pack((held.problems, held.signed)), held.packed)


def unpacked(kept: bytes) -> Held | None:
    with suppress(ValueError, TypeError, KeyError):
        rest, packed = kept.split(b"\n", 1)
        if rest == _NOTHING_WRONG:
            return Held(packed, (), False)
        problems, signed = as_sequence(unpack(rest))
        right = tuple(p for p in as_sequence(problems) if isinstance(p, Problem))
        return Held(packed, right, bool(signed))
    return None


def unpacked_votes(kept: bytes) -> Votes | None:
    with suppress(ValueError, TypeError, KeyError):
        return unpack_votes(kept)
    return None


_OTHERS = {Second, Comment, Ballot, Decision, Withdrawal, Proxy, Acceptance}
