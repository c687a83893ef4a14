"""Finds what would put another text first on an open ballot between rivals.

Unlike on one text, no number here can be called the least without trying every mix of rankings,
and one vote more for a text may, rarely, harm it. So the question asked is a smaller one: how
many votes that are all alike would be enough? Those tried rank the text first, with the status
quo right behind it or with the other texts in between. Two texts tied for first place leave
everything as it is, so that is tried too. Each number was counted out as the ballot itself is
counted, and one vote fewer of the same kind, had in the same order, is not enough.

    >>> [way.said for way in overtaking(sums, "k7f3")]
    ['2 more votes “p4wd > status-quo” would adopt p4wd.']
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manifesto_tui.governance.arithmetic import Alike, Sums
from manifesto_tui.governance.ballot import STATUS_QUO
from manifesto_tui.governance.turning import Way, first

Ranking = tuple[str, ...]
Step = tuple[Alike | None, str]
"""One vote to be had: the answer that it replaces, None for a new one, and its constituency."""
Had = Callable[[Sums, Ranking], list[Step]]
"""Returns the votes of one kind that could be had, in the order in which they do most."""


@dataclass(frozen=True, slots=True)
class Overtaking(Way):
    """So many votes alike that would put another text first, or leave the text as it is.

    `text` is what would then be adopted, "status-quo" for nothing, and `ranking` how those votes
    would rank.
    """

    text: str
    ranking: Ranking

    @property
    def said(self) -> str:
        """The way in one sentence."""
        ranked = f"“{' > '.join(self.ranking)}”"
        does = "leave the text as it is" if self.text == STATUS_QUO else f"adopt {self.text}"
        return self.told("vote{}" if self.changed else f"vote{{}} {ranked}", ranked, does)

    def as_dict(self) -> dict[str, Any]:
        """Returns the way as `tally --json` prints it."""
        return {
            "to": "not carried" if self.text == STATUS_QUO else "carried",
            "answer": "ranking",
            "ranking": list(self.ranking),
            **Way.as_dict(self),
        }


def overtaking(sums: Sums, winner: str) -> tuple[Overtaking, ...]:
    """Returns, for each other text and the status quo, how many votes alike would put it first.

    `winner` is what the votes so far adopt, "" where the status quo stays. First come votes of
    members who have not voted, then votes changed; both together where neither is enough.
    """
    names = [option.amendment for option in sums.ballot.options]
    found: list[Overtaking] = []
    for text in (*names, STATUS_QUO):
        if text == (winner or STATUS_QUO):
            continue
        rankings = _rankings(text, names, winner)
        ways = [
            _cheapest(_ways(sums, text, ranking, had, winner) for ranking in rankings)
            for had in (_further, _changed)
        ]
        found += filter(None, ways if any(ways) else [_both(sums, text, rankings, winner)])
    return tuple(found)


def _rankings(text: str, names: Sequence[str], winner: str) -> list[Ranking]:
    """Returns the rankings to try: a text first, what it has to overtake last of the texts.

    The text stays as it is, too, where another one is tied with what would be adopted.
    """
    if text == STATUS_QUO:
        return [(STATUS_QUO,), *((name, STATUS_QUO) for name in names if name != winner)]
    others = sorted((name for name in names if name != text), key=lambda name: name == winner)
    return [(text, STATUS_QUO), (text, *others, STATUS_QUO)]


def _both(sums: Sums, text: str, rankings: Sequence[Ranking], winner: str) -> Overtaking | None:
    """Returns how many would have to change although all who have not voted did so alike."""
    ways = []
    for ranking in rankings:
        missing = _further(sums, ranking)
        if missing:
            everyone = _after(sums, missing, ranking)
            way = _cheapest([_ways(everyone, text, ranking, _changed, winner)])
            ways += [replace(way, further=len(missing))] if way else []
    return min(ways, key=lambda way: way.changed, default=None)


def _cheapest(ways: Iterable[Iterable[Overtaking]]) -> Overtaking | None:
    every = (way for some in ways for way in some)
    return min(every, key=lambda way: way.further + way.changed, default=None)


def _ways(sums: Sums, text: str, ranking: Ranking, had: Had, winner: str) -> Iterator[Overtaking]:
    """Yields the ways in which votes of one kind that rank alike are enough."""
    wanted = "" if text == STATUS_QUO else text
    ties = ranking[0] != text
    for least, order in _orders(sums, text, ranking, had(sums, ranking)):

        def puts_first(count: int, order: Sequence[Step] = order) -> bool:
            then = _after(sums, order[:count], ranking).rank()[0]
            # Past a tie the votes adopt another text: the least that end the lead are tried.
            return then != winner if ties else then == wanted

        count = first(len(order), puts_first)
        if count <= len(order):
            if ties and _after(sums, order[:count], ranking).rank()[0] != wanted:
                continue
            where = {order[0][1]: count} if least is None else least
            further, changed = (count, 0) if had is _further else (0, count)
            yield Overtaking(text, ranking, further=further, changed=changed, constituencies=where)


def _orders(
    sums: Sums, text: str, ranking: Ranking, steps: Sequence[Step]
) -> Iterator[tuple[dict[str, int] | None, list[Step]]]:
    """Yields orders in which to have votes, with the least that must come from where.

    Where constituencies have to agree, what each of them lacks comes first. To leave the text as
    it is, one that does not agree is enough, so each is tried by itself: None stands for it.
    """
    by_name: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_name[step[1]].append(step)
    if text == STATUS_QUO:
        yield {}, list(steps)
        yield from ((None, alone) for name, alone in by_name.items() if name)
        return
    least: dict[str, int] = {}
    for name, counted in sums.constituencies(text).items():
        if not counted.met:
            own = by_name[name]

            def agrees(count: int, name: str = name, own: Sequence[Step] = own) -> bool:
                return _after(sums, own[:count], ranking).constituencies(text)[name].met

            least[name] = first(len(own), agrees)
            if least[name] > len(own):
                return
    begun = [step for name, count in least.items() for step in by_name[name][:count]]
    rest = Counter(steps) - Counter(begun)
    yield least, begun + [step for step in dict.fromkeys(steps) for _ in range(rest[step])]


def _further(sums: Sums, ranking: Ranking) -> list[Step]:
    """Returns a new vote for each member who has not voted."""
    voted = Counter[str]()
    for voice, count in sums.voices.items():
        voted[voice.constituency] += count
    electorate = sums.ballot.electorate
    return [(None, name) for name, count in electorate.items() for _ in range(count - voted[name])]


def _changed(sums: Sums, ranking: Ranking) -> list[Step]:
    """Returns each vote that ranks otherwise, those first that rank the most texts higher."""

    def above(voice: Alike) -> int:
        wanted = ranking[0]
        return voice.ranking.index(wanted) if wanted in voice.ranking else len(voice.ranking)

    other = [voice for voice in sums.voices if voice.ranking != ranking]
    return [
        (voice, voice.constituency)
        for voice in sorted(other, key=above, reverse=True)
        for _ in range(sums.voices[voice])
    ]


def _after(sums: Sums, steps: Iterable[Step], ranking: Ranking) -> Sums:
    """Returns the sums as they would be with these votes."""
    voices = Counter(sums.voices)
    for (voice, name), count in Counter(steps).items():
        voices[Alike(name, "", ranking)] += count
        if voice:
            voices[voice] -= count
    return replace(sums, voices=+voices)
