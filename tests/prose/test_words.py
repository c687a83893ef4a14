from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from manifesto_tui.prose import merge, word_diff
from manifesto_tui.prose.merge import _remembered_edits
from manifesto_tui.prose.tokens import tokenize, words_of
from prose.texts import anything, phrases

# Few words that come again and again can be told apart in many ways.
few = st.lists(
    st.sampled_from(("a ", "b ", "c ", "a. ", "b, ", ", ", "the ", "日", "の", "a\n")), max_size=14
).map("".join)
either = phrases | anything | few


@given(either, either)
@example("a\u200cb", "a")
@example("a \u0301b", "a b")
def test_words_join_to_both_sides(old, new):
    words = word_diff(old, new)
    assert "".join(text for op, text in words if op in "=-") == old
    assert "".join(text for op, text in words if op in "=+") == new
    assert all(text for _, text in words)
    assert all(one != other for (one, _), (other, _) in pairwise(words))


@given(phrases, phrases)
def test_no_letter_is_cut_from_its_accents(old, new):
    for text, ops in ((old, "=-"), (new, "=+")):
        at = 0
        borders = {0}
        for cluster in regex.findall(r"\X", text):
            at += len(cluster)
            borders.add(at)
        at = 0
        for op, part in word_diff(old, new):
            if op in ops:
                at += len(part)
                assert at in borders


@given(anything)
def test_words_leave_out_nothing_but_white_space(text):
    assert "".join("".join(words_of(text)).split()) == "".join(text.split())


@given(either)
def test_equal_texts_have_no_changes(text):
    assert word_diff(text, text) == ([("=", text)] if text else [])


def joined(words: list[str]) -> str:
    return " ".join(words)


sentences = st.lists(st.sampled_from("abcdefgh.xyz"), min_size=1, max_size=14).map(joined)


@given(either, either, either)
def test_a_merge_does_not_ask_whose_change_came_first(base, ours, theirs):
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.text == other.text
    assert one.state == other.state
    assert [(c.base, c.theirs, c.ours) for c in one.conflicts] == [
        (c.base, c.ours, c.theirs) for c in other.conflicts
    ]
    assert (one.text is None) == (one.state == "conflict") == bool(one.conflicts)


@given(either, either)
def test_a_merge_with_nothing_is_the_other_change(base, changed):
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed
    assert merge(base, changed, changed).state == "clean"


@given(sentences, st.integers(0, 12), st.integers(0, 12))
def test_changes_of_words_apart_are_both_made(base, i, j):
    words = base.split()
    i, j = i % len(words), j % len(words)
    if abs(i - j) < 1:
        return
    ours = [*words[:i], "OURS", *words[i + 1 :]]
    theirs = [*words[:j], "THEIRS", *words[j + 1 :]]
    both = [*ours[:j], "THEIRS", *ours[j + 1 :]]
    result = merge(base, joined(ours), joined(theirs))
    assert result.text == joined(both)


@given(phrases, phrases, phrases)
def test_two_amendments_give_one_text_in_either_order(base, ours, theirs):
    """Enacting one and then the other is the merge, whichever comes first."""
    both = merge(base, ours, theirs)
    if both.text is None:
        return
    assert merge(base, ours, theirs).text == merge(base, theirs, ours).text


@pytest.mark.parametrize(
    ("was", "marked"),
    [
        # Around one word that says something, two edits of a few words are one.
        ("aa bb keep cc dd ee", "[aa bb keep cc dd ee|xx xx keep xx xx xx]"),
        ("aa bb cc keep dd ee", "[aa bb cc keep dd ee|xx xx xx keep xx xx]"),
        ("aa bb keep cc dd", "[aa bb|xx xx] keep [cc dd|xx xx]"),
        ("aa keep bb cc dd ee", "[aa|xx] keep [bb cc dd ee|xx xx xx xx]"),
        ("aa bb cc keep them dd ee ff", "[aa bb cc|xx xx xx] keep them [dd ee ff|xx xx xx]"),
        # Around up to three that say nothing, those of phrases are one, those of two words two.
        ("aa and bb", "[aa|xx] and [bb|xx]"),
        ("aa cc and bb", "[aa cc and bb|xx xx and xx]"),
        ("aa, bb", "[aa, bb|xx, xx]"),
        ("aa the of and bb cc", "[aa the of and bb cc|xx the of and xx xx]"),
        ("aa the of and to bb cc", "[aa|xx] the of and to [bb cc|xx xx]"),
        # No edit goes on behind a sentence.
        ("aa bb. cc dd", "[aa bb|xx xx]. [cc dd|xx xx]"),
    ],
)
def test_edits_are_joined_over_what_says_little(was, marked):
    now = regex.sub(r"\b([a-f])\1\b", "xx", was)
    assert shown(was, now) == marked


@pytest.mark.parametrize(
    ("was", "now", "marked"),
    [
        # A letter of a script without spaces is no word; one Chinese character says more.
        ("甲乙丙", "子乙丑", "[甲乙丙|子乙丑]"),
        ("甲乙丙丁", "子乙丙丑", "[甲|子]乙丙[丁|丑]"),
        ("あいうえ", "かいうけ", "[あいうえ|かいうけ]"),
        ("あいうおえ", "かいうおけ", "[あ|か]いうお[え|け]"),
        # Longer edits of either side draw a longer stretch in.
        ("甲子甲子乙丙丁丑丁丑", "寅乙丙卯", "[甲子甲子乙丙丁丑丁丑|寅乙丙卯]"),
        ("寅乙丙卯", "甲子甲子乙丙丁丑丁丑", "[寅乙丙卯|甲子甲子乙丙丁丑丁丑]"),
        ("甲子甲乙丙丁丑丁丑", "寅乙丙卯", "[甲子甲|寅]乙丙[丁丑丁丑|卯]"),
        # What could stand in several places stands where a sentence begins and ends.
        ("p. x, y. q", "p. x, y. x, y. q", "p. x, y. [|x, y. ]q"),
        ("p. x, y.", "p. x, y. x, y.", "p. x, y.[| x, y.]"),
    ],
)
def test_an_edit_stands_where_a_reader_would_put_it(was, now, marked):
    assert shown(was, now) == marked


def shown(was: str, now: str) -> str:
    told = ""
    for op, text in word_diff(was, now):
        if op == "+" and told.endswith("|]"):
            told = f"{told[:-1]}{text}]"
        else:
            told += {"=": "{}", "-": "[{}|]", "+": "[|{}]"}[op].format(text)
    return told


def test_both_in_one_sentence_is_touched_and_in_two_is_clean():
    base = "We may share data. We may publish it."
    assert merge(base, base.replace("may share", "must share"), base + " Soon.").state == "clean"
    one = merge(base, base.replace("may share", "must share"), base.replace("data", "open data"))
    assert (one.text, one.state) == ("We must share open data. We may publish it.", "touched")


def test_a_conflict_shows_the_words():
    result = merge("We may share.", "We must share.", "We should share.")
    (conflict,) = result.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("may", "must", "should")


def test_whole_documents_are_compared_without_being_kept():
    merge("a b", "a c", "d b")
    kept, known = _remembered_edits.cache_info().currsize, tokenize("a").table
    words = [f"long{number}" for number in range(5_000)]
    base = joined(words)
    assert merge(base, joined(words[1:]), joined(words[:-1])).text == joined(words[1:-1])
    assert _remembered_edits.cache_info().currsize == kept
    assert tokenize("a").table is known
    assert not known._codes.keys() & set(words)
