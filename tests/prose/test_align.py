"""Which clause of one text is which of another, and which were split or made one."""

import random
from itertools import combinations, pairwise, product

import pytest

from manifesto_tui.prose import parse
from manifesto_tui.prose.align import ALIKE_IN_PLACE, Aligner, nearest
from manifesto_tui.prose.gather import gather

OPEN = "We publish every interface before it goes live."
FAIR = "Suppliers share their data with patients who ask."
FEW = ["boards", "teams", "wards", "nurses", "doctors", "managers", "patients", "records"]
FEW += ["tools", "charts", "letters"]
LONG = "Any member may propose an amendment at any time of the year."


def aligned(old: str, new: str) -> list[tuple[int, int]]:
    return sorted(Aligner(parse(old).clauses, parse(new).clauses).run().items())


def told(old: str, new: str) -> list[str]:
    aligner = Aligner(parse(old).clauses, parse(new).clauses)
    groups = gather(aligner, aligner.run())
    sides = [
        ["+".join(map(str, places)) for places in (group.old, group.new)]
        for group in sorted(groups, key=lambda group: group.old)
    ]
    return [f"{old}→{new}" for old, new in sides]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        # An anchor comes before everything, and only the first of a name counts.
        ("a <!-- #x -->\n\nb", "c <!-- #x -->\n\na", [(0, 0)]),
        ("a <!-- #x -->\n\nb <!-- #x -->", "b <!-- #x -->\n\na <!-- #x -->", [(0, 0)]),
        ("a <!-- #x -->\n\nb <!-- #y -->", "b <!-- #y -->\n\na <!-- #x -->", [(0, 1), (1, 0)]),
        # Then what reads the same: of the same kind, of any kind, when read aloud.
        ("a\n\n- a\n\n# a", "# a\n\na\n\n- a", [(0, 1), (1, 2), (2, 0)]),
        ("a\n\na\n\na", "a\n\na", [(0, 0), (1, 1)]),
        ("a\n\nb\n\na", "b\n\na\n\na", [(0, 1), (1, 0), (2, 2)]),
        ("1. **Open**", "# 2. Open", [(0, 0)]),
        # Then what shares its rarest words, wherever it went.
        (f"{OPEN}\n\n{FAIR}", f"{FAIR} Now.\n\nWe must {OPEN[3:]}", [(0, 1), (1, 0)]),
        (f"- {OPEN}\n- {FAIR}\n- {LONG}", f"- {LONG} Or not.\n- {FAIR}\n- Soon. {OPEN}",
         [(0, 2), (1, 1), (2, 0)]),
        # However many share a word or two with it.
        (f"Tell patients why\n\n{OPEN}\n\n" + "\n\n".join(f"patients a{n}" for n in range(5)),
         f"{OPEN}\n\nTell patients why now", [(0, 1), (1, 0)]),
        # Then what stands at the same place and is a little like it.
        ("We publish every interface now.", "They hide every datum now.", [(0, 0)]),
        ("We publish every interface.", "They hide some data.", []),
        ("We publish every interface now.", "# They hide every datum now.", []),
        ("We organise", "They organize", [(0, 0)]),
        ("We organise it", "They decided on", []),
        ("We organise", "We organize", [(0, 0)]),
        ("colour", "colors", [(0, 0)]),
        ("cat", "dog", []),
        # As alike as is asked for, and a little less.
        ("we aa bb cc", "we xx yy zz", [(0, 0)]),
        ("abcdefghij", "abcdefgxyz", []),
        ("abcdefghij", "abcdefghyz", [(0, 0)]),
        (f"aa bb cc dd ee\n\n{FAIR}", f"{FAIR}\n\naa bb cc xx yy", [(0, 1), (1, 0)]),
        (" ".join(FEW), " ".join(f"{word}e" for word in FEW), [(0, 0)]),
        (" ".join([*FEW, "cats"]), " ".join(f"{word}e" for word in [*FEW, "cats"]), []),
        # A heading is a heading's, where as many of the same levels stood here.
        ("# A\n\naa\n\n# B\n\nbb", "# C\n\ncc\n\n# D\n\ndd", [(0, 0), (2, 2)]),
        ("# A\n\naa\n\n# B\n\nbb", "# C\n\ncc\n\n## D\n\ndd", []),
        ("# A\n\naa\n\n# B\n\nbb", "# C\n\ncc", []),
        (f"# A\n\n{OPEN}\n\n# B\n\naa", f"# C\n\n{OPEN}\n\n# D\n\nbb",
         [(0, 0), (1, 1), (2, 2)]),
    ],
)  # fmt: skip
def test_a_clause_is_found_again(old, new, pairs):
    assert aligned(old, new) == pairs


@pytest.mark.parametrize(
    ("old", "new", "groups"),
    [
        (f"{OPEN} {FAIR}", f"{OPEN}\n\n{FAIR}", ["0→0+1"]),
        (f"{OPEN}\n\n{FAIR}", f"{OPEN} {FAIR}", ["0+1→0"]),
        (f"{OPEN} {FAIR} {LONG}", f"{OPEN}\n\n{FAIR}\n\n{LONG}", ["0→0+1+2"]),
        (f"{OPEN}\n\n{FAIR}\n\n{LONG}", f"{OPEN} {FAIR} {LONG}", ["0+1+2→0"]),
        (f"x\n\n{OPEN} {FAIR}\n\ny", f"x\n\n{OPEN}\n\n{FAIR}\n\ny", ["0→0", "1→1+2", "2→3"]),
        (f"x\n\n{OPEN}\n\n{FAIR}\n\ny", f"x\n\n{OPEN} {FAIR}\n\ny", ["0→0", "1+2→1", "3→2"]),
        ("aa bb. cc dd.\n\nee ff. gg hh.", "aa bb.\n\ncc dd.\n\nee ff.\n\ngg hh.",
         ["0→0+1", "1→2+3"]),
        # None of five parts is alike enough to be the whole by itself.
        ("k\n\na b c d e f g h i j", "k\n\na b\n\nc d\n\ne f\n\ng h\n\ni j",
         ["0→0", "1→1+2+3+4+5"]),
        ("k\n\na b\n\nc d\n\ne f\n\ng h\n\ni j", "k\n\na b c d e f g h i j",
         ["0→0", "1+2+3+4+5→1"]),
        ("k\n\na b c d e f g h\n\nm", "k\n\na b\n\nc d\n\ne f\n\ng h\n\nm",
         ["0→0", "1→1+2+3+4", "2→5"]),
        ("k\n\na b\n\nc d\n\ne f\n\ng h\n\nm", "k\n\na b c d e f g h\n\nm",
         ["0→0", "1+2+3+4→1", "5→2"]),
        # Most words of a part must come from the whole, and the whole grow more alike by it.
        (f"{OPEN} {FAIR}", f"{OPEN} z z z\n\n{FAIR} y y y", ["0→0+1"]),
        (f"{OPEN} {FAIR}", f"{OPEN} z z z\n\n{FAIR} y y y y y y y y y", ["0→0"]),
        (f"{OPEN} {FAIR}", f"{OPEN}\n\n{LONG}\n\n{FAIR}", ["0→0"]),
        ("k\n\na b c d e f g h i j\n\nm", "k\n\na b x y\n\nc d\n\nm", ["0→0", "2→3"]),
        ("k\n\na b c d e f g h i j\n\nm", "k\n\na b x\n\nc d\n\nm", ["0→0", "1→1+2", "2→3"]),
        ("k\n\na b c d e f g h i j\n\nm", "k\n\nc d\n\ng h x y\n\nm", ["0→0", "2→3"]),
        # Code is kept as it stands: words do not become code.
        (f"{OPEN} {FAIR}", f"{OPEN}\n\n    {FAIR}", ["0→0"]),
    ],
)  # fmt: skip
def test_a_clause_that_was_split_or_made_one_has_all_its_parts(old, new, groups):
    assert told(old, new) == groups


def test_a_clause_is_made_of_a_dozen_parts_at_most():
    parts = [" ".join(f"w{n}" for n in range(20)), *(f"p{n}" for n in range(14))]
    assert told(" ".join(parts), "\n\n".join(parts)) == ["0→" + "+".join(map(str, range(12)))]


def test_a_clause_of_which_no_part_is_half_is_made_of_a_dozen_parts_at_most():
    words = [f"w{n}" for n in range(40)]
    cuts = [0, 9, 18, *range(22, 37, 2), 37, 38, 39, 40]
    parts = "\n\n".join(" ".join(words[a:b]) for a, b in pairwise(cuts))
    split = told(f"k\n\n{' '.join(words)}\n\nm", f"k\n\n{parts}\n\nm")
    assert split == ["0→0", "1→" + "+".join(map(str, range(1, 13))), "2→15"]


def test_of_two_that_are_as_like_the_nearer_is_the_one():
    near, far = f"{OPEN[:-1]} alpha.", f"{OPEN[:-1]} beta."
    between = "one\n\ntwo\n\nthree"
    new = f"{between}\n\n{OPEN[:-1]} gamma."
    assert aligned(f"{far}\n\n{between}\n\n{near}", new) == [(1, 0), (2, 1), (3, 2), (4, 3)]


def test_a_clause_is_looked_for_as_far_on_as_the_one_before_it_went():
    near = nearest({2: 5, 4: 3})
    assert [near(place) for place in (0, 2, 3, 4, 5, 9)] == [0, 2, 6, 7, 4, 8]


def test_what_stands_in_a_gap_is_paired_so_that_all_of_it_is_most_alike(monkeypatch):
    dice = random.Random(3)
    aligner = Aligner((), ())
    for rows, columns in product(range(1, 5), repeat=2):
        alike = [
            [dice.choice([0.0, 0.5, 0.6, 0.8, 1.0]) for _ in range(columns)] for _ in range(rows)
        ]
        monkeypatch.setattr(aligner, "_likeness", lambda i, j, alike=alike: alike[i][j])

        def worth(pairs, alike=alike):
            return sum(alike[i][j] - ALIKE_IN_PLACE for i, j in pairs)

        found = aligner._align(list(range(rows)), list(range(columns)))
        ways = [
            worth(zip(lefts, rights, strict=True))
            for size in range(min(rows, columns) + 1)
            for lefts in combinations(range(rows), size)
            for rights in combinations(range(columns), size)
        ]
        assert worth(found) == pytest.approx(max(ways))
        assert all(alike[i][j] > ALIKE_IN_PLACE for i, j in found)
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
