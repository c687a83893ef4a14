"""Finds the pairs of undecided amendments that collide, and keeps them from one state to the next.

    known = meetings(assembly)
    known.pairs                        # every pair that is not independent
    known = meetings(later, known)     # compares only what has changed since

Two amendments meet where they touch the same clause, place or wording; only those that meet are
compared, so that most pairs cost nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.collision import Collision, Footprint, relation
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.prose import Block, Clause, Text

_Keys = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Meetings:
    """How the undecided amendments to a text meet, each named by its folder.

    `touching` tells who touches what, `found` which pairs collide.
    """

    text: Text
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    touching: _Keys = field(default_factory=dict)
    found: Mapping[tuple[str, str], Collision] = field(default_factory=dict)

    @cached_property
    def pairs(self) -> tuple[Collision, ...]:
        """Every pair that is not independent, in the order of the folders."""
        return tuple(self.found[pair] for pair in sorted(self.found))

    @cached_property
    def of(self) -> Mapping[str, tuple[Collision, ...]]:
        """The pairs that an amendment is one of, by its id."""
        found: dict[str, list[Collision]] = defaultdict(list)
        for pair in self.pairs:
            for name in dict.fromkeys((pair.a, pair.b)):
                found[name].append(pair)
        return {name: tuple(pairs) for name, pairs in found.items()}


def meetings(assembly: Assembly, before: Meetings | None = None) -> Meetings:
    """Returns how the undecided amendments meet; `before` is how they met at an earlier state.

    What was found then is taken over, but for amendments that came, went or were revised, and
    for those that touch a clause whose words or number have changed.
    """
    before = before or Meetings(assembly.text)
    amendments = {p.folder: p.amendment for p in undecided(assembly) if p.amendment}
    known = before.amendments
    new = {name for name, made in amendments.items() if known.get(name) != made}
    gone = known.keys() - amendments.keys()
    touching = dict(before.touching)
    for name in (new & known.keys()) | gone:
        for key in Footprint(known[name]).keys:
            touching[key] -= {name}
            if not touching[key]:
                del touching[key]
    for name in new:
        for key in Footprint(amendments[name]).keys:
            touching[key] = touching.get(key, frozenset()) | {name}
    anew = new.union(
        *(
            touching.get(key, ())
            for anchor in _moved(before.text, assembly.text)
            for key in (anchor, f"@{anchor}")
        )
    )
    left = anew | gone
    found = {pair: met for pair, met in before.found.items() if left.isdisjoint(pair)}
    for pair in {pair for name in anew for pair in _pairs(name, amendments[name], touching)}:
        met = relation(assembly.text, *(amendments[name] for name in pair))
        if met:
            found[pair] = met
    return Meetings(assembly.text, amendments, touching, found)


def collisions(assembly: Assembly) -> tuple[Collision, ...]:
    """Returns every pair of undecided amendments that are not independent."""
    return meetings(assembly).pairs


def collisions_with(assembly: Assembly, amendment: Amendment) -> tuple[Collision, ...]:
    """Returns how one amendment, filed or not yet, collides with those that are undecided."""
    keys = Footprint(amendment).keys
    others = [p.amendment for p in undecided(assembly) if p.amendment]
    found = (
        relation(assembly.text, amendment, other)
        for other in others
        if other.id != amendment.id and not keys.isdisjoint(Footprint(other).keys)
    )
    return tuple(collision for collision in found if collision)


def _pairs(name: str, amendment: Amendment, touching: _Keys) -> set[tuple[str, str]]:
    """Returns the pairs of an amendment with those that it meets, each in the order of names."""
    others = frozenset[str]().union(*(touching[key] for key in Footprint(amendment).keys))
    return {(min(name, other), max(name, other)) for other in others if other != name}


def _moved(old: Text, new: Text) -> list[str]:
    """Returns the anchors of clauses whose words, kind or number are not what they were."""
    if old is new:
        return []
    was, now = old.by_anchor, new.by_anchor
    return [
        anchor
        for anchor in {**was, **now}
        if was.get(anchor) != now.get(anchor)
        and _read_and_called(was.get(anchor)) != _read_and_called(now.get(anchor))
    ]


def _read_and_called(found: tuple[str, Clause] | None) -> tuple[Block, str] | None:
    return (found[1].block, found[1].number) if found else None
