"""Goes on from commits that were judged a moment ago, wherever histories parted and met since.

A milestone is one commit that all later ones rest on, and can be written down. Where several
people's histories meet again and again there is none for long, so whoever proves one tip after
the other holds the states of the last commits themselves.

    held = Judged()
    play(deltas, reader, held=held)              # everything up to one tip
    go_on(further, reader, held, before)         # what another tip has besides
    held.found                                   # what is wrong, by commit
"""

from collections.abc import Container, Iterable, Sequence

from manifesto_tui.governance.replay.judging import judge_commit
from manifesto_tui.governance.replay.reading import Reader
from manifesto_tui.governance.replay.state import State
from manifesto_tui.governance.replay.values import CommitDelta, Finding

MOST = 1024
"""How many states are held, and so how many commits may follow in one go."""
_TIPS = 64


class Seen(set[str]):
    """The commits judged so far, and under them those that were judged before."""

    def __init__(self, before: Container[str]) -> None:
        self._before = before

    def __contains__(self, commit: object) -> bool:
        return super().__contains__(commit) or commit in self._before


class Judged:
    """The states at the commits that were judged last, and what was found at any.

    `tips` are the last ones up to which everything was judged, the latest last, and `found` holds
    what is wrong by commit. All of it is of one manifesto, founded by `genesis`.
    """

    def __init__(self) -> None:
        self.genesis = ""
        self.tips: tuple[str, ...] = ()
        self.found: dict[str, tuple[Finding, ...]] = {}
        self._states: dict[str, State] = {}
        self._parents: dict[str, Sequence[str]] = {}

    def __contains__(self, commit: object) -> bool:
        """Says whether the state at a commit is held."""
        return commit in self._states

    def state(self, commit: str) -> State:
        """Returns the state at a commit that is held."""
        return self._states[commit]

    def hold(
        self, commit: str, parents: Sequence[str], state: State, found: Sequence[Finding]
    ) -> None:
        """Holds a commit that was judged; the one held longest may go for it."""
        self._states[commit], self._parents[commit] = state, parents
        for each in found:
            self.found[each.commit] = (*self.found.get(each.commit, ()), each)
        while len(self._states) > MOST:
            gone = next(iter(self._states))
            del self._states[gone], self._parents[gone]

    def history_of(self, commits: Iterable[str]) -> set[str]:
        """Returns some commits and those before them, as far back as they are held."""
        found: set[str] = set()
        left = list(commits)
        while left:
            commit = left.pop()
            if commit not in found:
                found.add(commit)
                left += self._parents.get(commit, ())
        return found

    def reached(self, tip: str) -> None:
        """Notes that everything up to a tip was judged."""
        self.tips = (*self.tips, tip)[-_TIPS:]


def go_on(
    deltas: Sequence[CommitDelta], reader: Reader, held: Judged, before: Container[str]
) -> None:
    """Judges at most `MOST` commits, each parent of which is held or among them.

    The last one is the tip; `before` holds the commits of its history.
    """
    reader.judged = seen = Seen(before)
    seen.update(held.history_of(parent for delta in deltas for parent in delta.parents))
    for delta in deltas:
        parents = [held.state(parent) for parent in delta.parents]
        judged = judge_commit(delta, parents, reader, held.genesis)
        held.hold(delta.commit, delta.parents, *judged)
        seen.add(delta.commit)
    held.reached(deltas[-1].commit)
