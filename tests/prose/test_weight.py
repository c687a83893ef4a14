"""What a change of words weighs: how binding, for whom, and what is spelling alone."""

import pytest

from manifesto_tui.prose import compare, parse, reveal
from manifesto_tui.prose.language import UNSPACED, unspaced_language
from manifesto_tui.prose.weight import weigh_words


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("We organise it", "We organize it"),
        ("the colour", "the color"),
        ("the stuff", "the staff"),
        ("mastr of it", "master of it"),
        ("quite a long word", "quiet a long word"),
        ("co-operate now", "cooperate now"),
        ("naïve", "naive"),
        ("all's well", "alls well"),
        ("open", "Open"),
        ("a, b", "a b"),
        ("“ffi”", "ﬃ"),
        ("organise the colours", "organize the colors"),
    ],
)
def test_a_letter_an_accent_or_a_hyphen_is_spelling(was, now):
    assert weigh_words(was, now) == weigh_words(now, was) == "spelling"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        # What has few letters, another first letter or another ending is another word.
        ("find it", "fund it"),
        ("there it is", "where it is"),
        ("We publish it", "We publishes it"),
        ("We realise", "We realised"),
        ("party it", "parts it"),
        ("realise", "realizes"),
        ("organise", "orgonize"),
        ("which one", "witch one"),
        ("公開して共有", "公開して専有"),
        ("the the", "the"),
        ("organise the colours", "organize the data"),
        # Numbers in addresses and citations count nothing.
        ("http://a.b/12", "http://a.b/13"),
        ("[@k12]", "[@k13]"),
    ],
)
def test_another_word_is_wording(was, now):
    assert weigh_words(was, now) == weigh_words(now, was) == "wording"


def test_a_language_without_spaces_is_known_by_any_letter_of_its_own():
    for tongue in UNSPACED:
        for letter in tongue.script:
            assert unspaced_language(f"a {letter} b") == tongue
    assert unspaced_language("a b") is None


@pytest.mark.parametrize(
    ("was", "now", "weight"),
    [
        ("three weeks", "threes weeks", "scope"),
        ("year 12345", "year 12346", "scope"),
        ("every1 pays", "everyl pays", "scope"),
        ("we should pay", "we shoulds pay", "modality"),
        ("we may pay", "we might pay", "modality"),
        ("see [it](a)", "see [it](b)", "wording"),
        ("see [it](a)", "see it", "layout"),
    ],
)
def test_a_word_that_binds_or_counts_is_never_spelling(was, now, weight):
    assert weigh_words(was, now) == weigh_words(now, was) == weight


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\U000e0041"])
@pytest.mark.parametrize(
    ("was", "now", "weight"),
    [
        ("Staff may pay.", "Staff may p*ay.", "wording"),
        ("Staff may p*ay.", "Staff may pay.", "wording"),
        ("Staff m*ay pay.", "Staff must pay.", "modality"),
        ("Staff may p*ay in time.", "Staff may p*ay on time.", "wording"),
        ("The colour* of it.", "The color* of it.", "spelling"),
        ("Staff may pay.", "Staff may pay.\n\n*", "layout"),
    ],
)
def test_what_hides_weighs_what_it_weighs_written_out(was, now, weight, hidden):
    was, now = (parse(text.replace("*", hidden)) for text in (was, now))
    assert [each.weight for each in compare(was, now)] == [weight]
    was, now = (parse(reveal(text.source)) for text in (was, now))
    assert [each.weight for each in compare(was, now)] == [weight]


@pytest.mark.parametrize(
    ("was", "now", "weight"),
    [
        ("# The colour of it", "# The color of it", "spelling"),
        ("# The colour of it", "# The price of it", "title"),
        ("# Staff may pay", "# Staff must pay", "title"),
    ],
)
def test_a_heading_spelt_otherwise_is_no_other_title(was, now, weight):
    assert [each.weight for each in compare(parse(was), parse(now))] == [weight]
