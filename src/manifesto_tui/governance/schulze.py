"""Finds which of several texts an assembly prefers, by the Schulze method.

Each pair of texts is compared by how many voters rank one above the other. A chain of such
wins is as strong as its weakest link; a text wins over another where its strongest chain to it
is stronger than any back. Strength is the number of voters on the winning side ("winning
votes"). Source: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011), whose
45-voter example is a test of this module.
"""

from collections.abc import Iterable, Mapping, Sequence

Pairs = dict[tuple[str, str], int]


def prefer(candidates: Sequence[str], rankings: Iterable[tuple[Sequence[str], int]]) -> Pairs:
    """Counts, for each ordered pair, the voters who rank the first above the second.

    Each ranking comes with the number of voters who gave it. Candidates that it leaves out stand
    below all that it names, level with each other.
    """
    pairs: Pairs = {(a, b): 0 for a in candidates for b in candidates if a != b}
    for ranking, voters in rankings:
        place = {name: at for at, name in enumerate(ranking)}
        last = len(place)
        for a, b in pairs:
            if place.get(a, last) < place.get(b, last):
                pairs[a, b] += voters
    return pairs


def strongest_paths(candidates: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> Pairs:
    """Returns the strength of the strongest chain of wins between each ordered pair."""
    strength: Pairs = {(a, b): wins if wins > pairs[b, a] else 0 for (a, b), wins in pairs.items()}
    for through in candidates:
        for a in candidates:
            if a == through:
                continue
            for b in candidates:
                if b in (a, through):
                    continue
                chain = min(strength[a, through], strength[through, b])
                strength[a, b] = max(strength[a, b], chain)
    return strength


def order(
    candidates: Sequence[str], pairs: Mapping[tuple[str, str], int]
) -> tuple[tuple[str, ...], ...]:
    """Returns the candidates best first, in groups: those in one group are tied.

    A group holds all whom nobody left over beats, in the order in which they stand on the
    ballot, so the order of votes and of files changes nothing.
    """
    strength = strongest_paths(candidates, pairs)
    left = list(candidates)
    groups: list[tuple[str, ...]] = []
    while left:
        unbeaten = tuple(
            a for a in left if all(strength[a, b] >= strength[b, a] for b in left if a != b)
        )
        groups.append(unbeaten)
        left = [name for name in left if name not in unbeaten]
    return tuple(groups)
