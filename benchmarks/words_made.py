"""Makes texts and edits of known truth, so that a comparison can be marked like an exam.

The prose is made up from a fixed seed: words drawn by how often English uses them, in sentences
and clauses of usual length. An edit replaces, inserts or deletes a phrase, and notes which words
it touched.
"""

import random
from dataclasses import dataclass

_COMMON = (
    "the of and to in a that we is for our with as on be are will by it this or from at have an "
    "their must not should can all which who when they has more than these into may so each"
)
COMMON = _COMMON.split()
_STEMS = (
    "care team nurse doctor patient record system supplier interface standard open source data "
    "share publish design build buy contract price cost budget time week year safety quality "
    "service hospital clinic region board manager developer code test change update release "
    "review decision vote rule member meeting report feedback problem tool screen form letter "
    "result referral ward theatre community practice training skill support user staff need "
    "outcome evidence trial study plan project fund grant law duty right consent privacy access"
)
_ENDINGS = ("", "s", "ed", "ing", "er", "able", "ment", "ly", "al", "ity", "less", "ful")
RARE = tuple(stem + ending for stem in _STEMS.split() for ending in _ENDINGS)


@dataclass(frozen=True)
class Edited:
    """A clause before and after, and which of its words were touched on either side."""

    old: list[str]
    new: list[str]
    old_touched: frozenset[int]
    new_touched: frozenset[int]

    @property
    def was(self) -> str:
        return written(self.old)

    @property
    def now(self) -> str:
        return written(self.new)


def written(words: list[str]) -> str:
    """Returns words as a text: stops and commas stand behind the word before them."""
    return " ".join(words).replace(" .", ".").replace(" ,", ",")


def word(dice: random.Random) -> str:
    if dice.random() < 0.45:
        return COMMON[min(int(dice.expovariate(0.12)), len(COMMON) - 1)]
    return RARE[min(int(dice.expovariate(0.004)), len(RARE) - 1)]


def clause(dice: random.Random, length: int) -> list[str]:
    """Returns a clause of about so many words, in sentences."""
    words: list[str] = []
    while len(words) < length:
        size = dice.randint(6, 22)
        sentence = [word(dice) for _ in range(size)]
        sentence[0] = sentence[0].capitalize()
        if size > 12 and dice.random() < 0.5:
            sentence.insert(dice.randint(4, size - 4), ",")
        words += [*sentence, "."]
    return words


def edit(dice: random.Random, old: list[str], edits: int) -> Edited:
    """Returns a clause with phrases replaced, inserted or deleted, well apart."""
    places = sorted(dice.sample(range(1, max(2, len(old) - 8)), min(edits, len(old) // 16)))
    new: list[str] = []
    gone: set[int] = set()
    fresh: set[int] = set()
    at = 0
    for place in places:
        if place < at + 4:
            continue
        new += old[at:place]
        size = dice.choice((1, 1, 1, 2, 3, 4, 6))
        kind = dice.choice(("replace", "replace", "insert", "delete"))
        end = place if kind == "insert" else min(place + size, len(old) - 2)
        gone.update(range(place, end))
        if kind != "delete":
            phrase = [word(dice) for _ in range(dice.choice((1, 1, 2, 3, 5)) if size > 1 else 1)]
            fresh.update(range(len(new), len(new) + len(phrase)))
            new += phrase
        at = end
    new += old[at:]
    return Edited(old, new, frozenset(gone), frozenset(fresh))


def edited_clauses(count: int, length: int = 60, edits: int = 3, seed: int = 1) -> list[Edited]:
    """Returns so many clauses with edits of known truth."""
    dice = random.Random(seed)
    made = (edit(dice, clause(dice, length), edits) for _ in range(count * 2))
    return [one for one in made if one.old != one.new][:count]
