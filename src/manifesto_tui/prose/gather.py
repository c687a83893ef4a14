"""Finds clauses that were split in two, and clauses that were made one.

Aligned one to one, a paragraph that was cut in half looks like a rewrite and an addition. It is
neither: the words are all there. So the neighbours of a pair are tried beside it, and taken in
where most of their words come from the other side, in order.
"""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from manifesto_tui.prose.align import Aligner, nearest
from manifesto_tui.prose.speech import spoken

# How much of a part must come from the whole, and how alike all parts and the whole must be.
FROM_THE_WHOLE = 0.6
ALIKE_TOGETHER = 0.7
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Old clauses that became new ones: one to one, one to several, several to one."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def gather(aligner: Aligner, pairs: dict[int, int]) -> list[Group]:
    """Returns the pairs, those that were split or merged with all their parts."""
    free_old = {i for i in range(len(aligner.old)) if i not in pairs}
    free_new = set(range(len(aligner.new))) - set(pairs.values())
    groups: list[Group] = []
    if not free_old and not free_new:
        return [Group((i,), (j,)) for i, j in pairs.items()]
    for i, j in sorted(pairs.items()):
        old, new = aligner.old[i], aligner.new[j]
        if old.text == new.text:
            groups.append(Group((i,), (j,)))
            continue
        parts = _parts(aligner, i, j, free_new, True)
        if len(parts) > 1:
            free_new.difference_update(parts)
            groups.append(Group((i,), tuple(parts)))
            continue
        parts = _parts(aligner, j, i, free_old, False)
        free_old.difference_update(parts)
        groups.append(Group(tuple(parts), (j,)))
    return groups + _unpaired(aligner, pairs, free_old, free_new)


def _parts(aligner: Aligner, whole: int, part: int, free: set[int], split: bool) -> list[int]:
    """Returns the run of clauses around `part` that `whole` is made of, `part` among them."""
    run = [part]
    while len(run) < MOST_PARTS:
        before, after = run[0] - 1, run[-1] + 1
        size = len(run)
        if before in free and _fits(aligner, whole, [before, *run], 0, split):
            run.insert(0, before)
        if after in free and _fits(aligner, whole, [*run, after], len(run), split):
            run.append(after)
        if len(run) == size:
            break
    return run


def _unpaired(
    aligner: Aligner, pairs: dict[int, int], free_old: set[int], free_new: set[int]
) -> list[Group]:
    """Finds wholes and parts of which none was alike enough to be paired."""
    groups: list[Group] = []
    backwards = {j: i for i, j in pairs.items()}
    for split, wholes, parts in ((True, free_old, free_new), (False, free_new, free_old)):
        known = pairs if split else backwards
        near = nearest(known)
        for whole in sorted(wholes):
            for first in range(near(whole) - 2, near(whole) + 3):
                run = [first, first + 1]
                if not all(part in parts for part in run):
                    continue
                if not all(_fits(aligner, whole, run, at, split) for at in (0, 1)):
                    continue
                while len(run) < MOST_PARTS and run[-1] + 1 in parts:
                    if not _fits(aligner, whole, [*run, run[-1] + 1], len(run), split):
                        break
                    run.append(run[-1] + 1)
                parts.difference_update(run)
                wholes.discard(whole)
                groups.append(Group((whole,), tuple(run)) if split else Group(tuple(run), (whole,)))
                break
    return groups


def _fits(aligner: Aligner, whole: int, run: list[int], at: int, split: bool) -> bool:
    """Whether a run of clauses makes up the whole better for having the one at `at`."""
    one, many = (aligner.old, aligner.new) if split else (aligner.new, aligner.old)
    if any(many[place].kind in ("code", "html", "table") for place in run):
        return False
    codes = [aligner.tokens(spoken(many[place])).code for place in run]
    target = aligner.tokens(spoken(one[whole])).code
    if not codes[at]:
        return False
    together = "".join(codes)
    without = "".join(code for place, code in enumerate(codes) if place != at)
    alike = float(Indel.normalized_similarity(target, together))
    if alike < ALIKE_TOGETHER and len(run) > 2:
        return False
    if alike <= float(Indel.normalized_similarity(target, without)) or alike < 0.5:
        return False
    start = sum(len(code) for code in codes[:at])
    end = start + len(codes[at])
    shared = 0
    for opcode in Indel.opcodes(target, together):
        if opcode.tag == "equal":
            shared += max(0, min(opcode.dest_end, end) - max(opcode.dest_start, start))
    return shared >= FROM_THE_WHOLE * len(codes[at])
