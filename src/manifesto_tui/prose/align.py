"""Pairs the clauses of two texts that have no anchors to go by.

Most clauses of a text did not change: they are paired by what they say. Of the rest, each looks
for its like by the rarest words it shares with anything on the other side, so that ten thousand
clauses need no hundred million comparisons. What then stands between two settled pairs is
aligned in order, and may differ more. Anchors, where there are any, come before all that.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from rapidfuzz.distance import Indel

from manifesto_tui.prose.clause import Clause
from manifesto_tui.prose.sequence import CHARACTERS, differences, increasing, unique_in_order
from manifesto_tui.prose.speech import spoken
from manifesto_tui.prose.tokens import Table, Tokens

# Shares of equal words: enough anywhere in the text, and enough at the same place in it.
ALIKE_ANYWHERE = 0.6
ALIKE_IN_PLACE = 0.4
# Alone between two settled pairs, and of the same kind, less is enough.
ALIKE_ALONE = 0.25
RAREST = 8
MOST_PLACES = 40
MOST_LIKELY = 4
WIDEST_GAP = 64


class Aligner:
    """Finds for each old clause its new one. `pairs` maps places to places."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self.old = old
        self.new = new
        self.pairs: dict[int, int] = {}
        self.taken: set[int] = set()
        self._table = Table()
        self._tokens: dict[str, Tokens] = {}

    def run(self) -> dict[int, int]:
        """Pairs all that can be paired."""
        self._by_anchor()
        self._by_key(lambda clause: (clause.kind, clause.depth, clause.ordered, clause.text))
        self._by_key(lambda clause: clause.text)
        self._by_key(spoken)
        self._by_rare_words()
        self._in_gaps()
        return self.pairs

    def tokens(self, text: str) -> Tokens:
        """Returns a text in words, each text cut once."""
        found = self._tokens.get(text)
        if found is None:
            try:
                found = Tokens(text, self._table)
            except OverflowError:  # More words than can be told apart: by runs of them, then.
                self._table = Table(coarse=True)
                found = Tokens(text, self._table)
            self._tokens[text] = found
        return found

    def similarity(self, i: int, j: int) -> float:
        """Returns how alike two clauses are, from 0 to 1, by words in order."""
        one, other = self.old[i].text, self.new[j].text
        a, b = self.tokens(one).code, self.tokens(other).code
        alike = float(Indel.normalized_similarity(a, b))
        if alike < ALIKE_ANYWHERE and len(a) + len(b) < 24:
            # Few words, each spelled a little differently, are still the same words.
            letters = float(Indel.normalized_similarity(one, other))
            alike = max(alike, letters * 0.9 if letters > 0.7 else 0.0)
        return alike

    def _pair(self, i: int, j: int) -> None:
        self.pairs[i] = j
        self.taken.add(j)

    def _free(self) -> tuple[list[int], list[int]]:
        return (
            [i for i in range(len(self.old)) if i not in self.pairs],
            [j for j in range(len(self.new)) if j not in self.taken],
        )

    def _by_anchor(self) -> None:
        """Pairs clauses of one name; the first of each side where a name stands twice."""
        places: dict[str | None, int] = {}
        for i, clause in enumerate(self.old):
            if clause.anchor is not None:
                places.setdefault(clause.anchor, i)
        for j, clause in enumerate(self.new):
            if clause.anchor in places:
                self._pair(places.pop(clause.anchor), j)

    def _by_key(self, key: Callable[[Clause], object]) -> None:
        """Pairs clauses that are equal by some key: first in order, then wherever they went."""
        lefts, rights = free = self._free()
        if not all(free):
            return
        codes: dict[object, int] = {}
        a = [codes.setdefault(key(self.old[i]), len(codes)) for i in lefts]
        b = [codes.setdefault(key(self.new[j]), len(codes)) for j in rights]
        if set(a).isdisjoint(b):
            return
        for ai, bj in _equal_in_order(a, b):
            self._pair(lefts[ai], rights[bj])
        left: dict[int, list[int]] = defaultdict(list)
        right: dict[int, list[int]] = defaultdict(list)
        for i, code in zip(lefts, a, strict=True):
            if i not in self.pairs:
                left[code].append(i)
        for j, code in zip(rights, b, strict=True):
            if j not in self.taken:
                right[code].append(j)
        for code, places in left.items():
            for i, j in zip(places, right.get(code, ()), strict=False):
                self._pair(i, j)

    def _by_rare_words(self) -> None:
        """Pairs clauses that share rare words and most of the others, wherever they stand."""
        lefts, rights = free = self._free()
        if not all(free):
            return
        a = {i: set(self.tokens(self.old[i].text).code) for i in lefts}
        b = {j: set(self.tokens(self.new[j].text).code) for j in rights}
        in_old = Counter(chain.from_iterable(a.values()))
        in_new = Counter(chain.from_iterable(b.values()))
        rarity = {code: count + in_new[code] for code, count in in_old.items() if code in in_new}
        index: dict[str, list[int]] = defaultdict(list)
        for i, codes in a.items():
            for code in _rarest(codes, rarity):
                index[code].append(i)
        found: list[tuple[float, int, int, int]] = []
        near = nearest(self.pairs)
        for j, codes in b.items():
            places = [index[code] for code in _rarest(codes, rarity)]
            votes = Counter(chain.from_iterable(p for p in places if len(p) <= MOST_PLACES))
            enough = max(votes.values(), default=0) / 2
            for i in sorted(votes, key=votes.__getitem__, reverse=True)[:MOST_LIKELY]:
                alike = self.similarity(i, j) if votes[i] > enough else 0.0
                if alike >= ALIKE_ANYWHERE:
                    apart = abs(near(i) - j)
                    found.append((-alike, apart, i, j))
        for _, _, i, j in sorted(found):
            if i not in self.pairs and j not in self.taken:
                self._pair(i, j)

    def _in_gaps(self) -> None:
        """Aligns in order what stands between settled pairs."""
        for lefts, rights in list(self._gaps()):
            if len(lefts) <= WIDEST_GAP and len(rights) <= WIDEST_GAP:
                for i, j in self._align(lefts, rights):
                    self._pair(i, j)
        for lefts, rights in list(self._gaps()):
            self._lone(lefts, rights)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yields the unpaired clauses between each two pairs that stand in order."""
        spine = in_order(self.pairs)
        edges = [(-1, -1), *spine, (len(self.old), len(self.new))]
        for (i1, j1), (i2, j2) in pairwise(edges):
            lefts = [i for i in range(i1 + 1, i2) if i not in self.pairs]
            rights = [j for j in range(j1 + 1, j2) if j not in self.taken]
            yield lefts, rights

    def _align(self, lefts: list[int], rights: list[int]) -> list[tuple[int, int]]:
        """Returns the pairs in order that are most alike together."""
        rows, columns = len(lefts), len(rights)
        gain = [[max(0.0, self._likeness(i, j) - ALIKE_IN_PLACE) for j in rights] for i in lefts]
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        for r in reversed(range(rows)):
            for c in reversed(range(columns)):
                both = best[r + 1][c + 1] + gain[r][c]
                best[r][c] = max(best[r + 1][c], best[r][c + 1], both)
        pairs = []
        r = c = 0
        while r < rows and c < columns:
            if gain[r][c] > 0 and best[r][c] == best[r + 1][c + 1] + gain[r][c]:
                pairs.append((lefts[r], rights[c]))
                r, c = r + 1, c + 1
            elif best[r][c] == best[r + 1][c]:
                r += 1
            else:
                c += 1
        return pairs

    def _likeness(self, i: int, j: int) -> float:
        """Returns how alike two clauses are, with a little for being the same kind of block."""
        one, other = self.old[i], self.new[j]
        same = one.kind == other.kind and (one.kind != "heading" or one.depth == other.depth)
        return self.similarity(i, j) + (0.03 if same else -0.1)

    def _lone(self, lefts: list[int], rights: list[int]) -> None:
        """Pairs what is left at one place: a heading with a heading, like with a little like."""
        old_heads = [i for i in lefts if self.old[i].kind == "heading"]
        new_heads = [j for j in rights if self.new[j].kind == "heading"]
        if [self.old[i].depth for i in old_heads] != [self.new[j].depth for j in new_heads]:
            self._alone(lefts, rights)
            return
        # As many headings of the same levels stood here before: they were retitled.
        for i, j in zip(old_heads, new_heads, strict=True):
            self._pair(i, j)
        left, right = _parted(lefts, old_heads), _parted(rights, new_heads)
        for ours, theirs in zip(left, right, strict=True):
            self._alone(ours, theirs)

    def _alone(self, lefts: list[int], rights: list[int]) -> None:
        if len(lefts) == len(rights) == 1:
            (i,), (j,) = lefts, rights
            if self.old[i].kind == self.new[j].kind and self.similarity(i, j) >= ALIKE_ALONE:
                self._pair(i, j)


def _parted(places: list[int], heads: list[int]) -> list[list[int]]:
    """Returns the places before, between and behind some of them."""
    cuts = [-1, *(bisect_left(places, head) for head in heads), len(places)]
    return [places[a + 1 : b] for a, b in pairwise(cuts)]


def _rarest(codes: set[str], rarity: dict[str, int]) -> list[str]:
    """Returns the rarest words of a clause that both sides have."""
    shared = sorted([(rarity[code], code) for code in codes & rarity.keys()])
    return [code for _, code in shared[:RAREST]]


def nearest(pairs: dict[int, int]) -> Callable[[int], int]:
    """Returns what guesses where on the other side a clause would stand, by the pair before it."""
    known = sorted(pairs)
    shifts = [0, *(pairs[place] - place for place in known)]
    return lambda place: place + shifts[bisect_left(known, place)]


def in_order(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """Returns the most pairs that stand in the same order on both sides."""
    turned = increasing([(j, i) for i, j in sorted(pairs.items())])
    return [(i, j) for j, i in turned]


def _equal_in_order(a: list[int], b: list[int]) -> Iterator[tuple[int, int]]:
    """Yields the places of equal elements, in the same order on both sides."""
    if max(max(a), max(b)) >= CHARACTERS:
        yield from unique_in_order(a, b)
        return
    i = j = 0
    changed = differences("".join(map(chr, a)), "".join(map(chr, b)))
    for i1, i2, j1, j2 in [*changed, (len(a), len(a), len(b), len(b))]:
        yield from zip(range(i, i1), range(j, j1), strict=True)
        i, j = i2, j2
