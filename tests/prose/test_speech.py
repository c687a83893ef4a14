import json

import pytest
from hypothesis import example, given

from manifesto_tui.prose import (
    citations,
    count_words,
    escape_in_json,
    find_hidden,
    plain,
    reveal,
    sentences,
)
from prose.texts import anything


@given(anything)
def test_revealing_twice_changes_nothing(text):
    shown = reveal(text)
    assert reveal(shown) == shown
    assert find_hidden(shown) == ()


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",
        "क्‍ष",
        "👨‍👩‍👧",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "❤️",
        "1️⃣",
        "עברית",
        "العربية",
        "a\n\tb",
        "a\r\nb",
        "ภาษาไทย",
        "👍🏽",
        "葛󠄀",
        "ന്\u200d",
        "ᠠ\u180b",
        "ᠠ\u180f",
    ],
)
def test_what_a_script_needs_stays(text):
    assert reveal(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("a\u200bb", "a⟦U+200B⟧b"),
        ("no\u200dt", "no⟦U+200D⟧t"),
        ("\x1b[31m", "⟦U+001B⟧[31m"),
        ("\x9b", "⟦U+009B⟧"),
        ("a\rb", "a⟦U+000D⟧b"),
        ("\ud800", "⟦U+D800⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("\ue000", "⟦U+E000⟧"),
        ("a\u2028b", "a⟦U+2028⟧b"),
        ("\ufeffa", "⟦U+FEFF⟧a"),
        ("so\u00adft", "so⟦U+00AD⟧ft"),
        ("\u200da", "⟦U+200D⟧a"),
        ("می\u200c", "می⟦U+200C⟧"),
        ("👩\u200d", "👩⟦U+200D⟧"),
        ("👩\u200cx", "👩⟦U+200C⟧x"),
        ("a\ufe0f", "a⟦U+FE0F⟧"),
        ("ᠠ\u180e", "ᠠ⟦U+180E⟧"),
        ("a\U000e0100", "a⟦U+E0100⟧"),
        ("🏴\U000e0067\U000e0062", "🏴⟦U+E0067⟧⟦U+E0062⟧"),
        ("\x00\ud83d", "⟦U+0000⟧⟦U+D83D⟧"),
    ],
)
def test_what_hides_is_shown(text, shown):
    assert reveal(text) == shown


def test_hidden_characters_have_places_and_names():
    assert [
        (h.offset, h.codepoint, h.name) for h in find_hidden("a\u202e\x07\x01\ue000\ud800")
    ] == [
        (1, 0x202E, "RIGHT-TO-LEFT OVERRIDE"),
        (2, 7, "BELL"),
        (3, 1, "CONTROL CHARACTER"),
        (4, 0xE000, "PRIVATE USE CHARACTER"),
        (5, 0xD800, "LONE SURROGATE"),
    ]


@given(anything)
@example("a\U000e0041\u202eb")
def test_a_document_in_json_says_the_same_and_hides_nothing(text):
    for document in (json.dumps(text, ensure_ascii=False), json.dumps([text, 1])):
        shown = escape_in_json(document)
        assert json.loads(shown) == json.loads(document)
        assert find_hidden(shown) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We **must** _publish_ ~~all~~ it.", "We must publish all it."),
        ("See [the *guide*](http://a.b/c_d_e 'T').", "See the guide."),
        ("![A map](map.png) and <https://a.b>", "A map and https://a.b"),
        ("So it is [@a; @b, p. 3].", "So it is."),
        ("So it is [see @a, pp. 3-4, para 2; cf. @b, chapter 9].", "So it is."),
        ("We pay [@a never, mind] our staff.", "We pay [a never, mind] our staff."),
        ("We pay [not; @a; @b, p. 3] our staff.", "We pay [not; a; b, p. 3] our staff."),
        ("A note[^1].", "A note."),
        ("snake_case and 5 * 3 * 2", "snake_case and 5 * 3 * 2"),
        ("`code *x*` and \\*stars\\*", "code *x* and *stars*"),
        ("one\ntwo  \nthree", "one two three"),
        ("日本\n語", "日本語"),
        ("fish &amp; chips<br>now", "fish & chips now"),
        ("***both***", "both"),
        # Within a word the one mark is a letter; beside a space neither opens nor closes.
        ("b_a_", "b_a_"),
        ("_a_b (_c_) x _a b_c_ d", "_a_b (c) x a b_c d"),
        ("a _ b_ c* d*", "a _ b_ c* d*"),
    ],
)
def test_read_aloud(text, said):
    assert plain(text) == said


@given(anything)
def test_any_text_can_be_read_counted_and_cut(text):
    plain(text)
    citations(text)
    assert count_words(text) >= 0
    assert "".join("".join(sentences(text)).split()) in "".join(text.split()) or "\\" in text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("We don't re-invest £1,000.50.", 4),
        ("**Bold** [link](http://x.y/z)", 2),
        ("日本語", 3),
        ("naïve café e\u0301te\u0301", 3),
        ("— …", 0),
        # Of a script without spaces four letters are a word, and what is left is one more.
        *(("ก" * letters, words) for letters, words in ((1, 1), (4, 1), (5, 2), (8, 2), (9, 3))),
    ],
)
def test_counting_words(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two! Three?", ("One.", "Two!", "Three?")),
        ("Use e.g. Linux. Or Dr. Smith's.", ("Use e.g. Linux.", "Or Dr. Smith's.")),
        ("It costs 3.5 per cent. Yes.", ("It costs 3.5 per cent.", "Yes.")),
        ("公開する。共有する。", ("公開する。", "共有する。")),
        ("“Why?” he asked. So.", ("“Why?” he asked.", "So.")),
        ("No stop", ("No stop",)),
        ("", ()),
        ("A line\nthat goes on. B.", ("A line\nthat goes on.", "B.")),
        # One capital is somebody's name, but for the one that is a word.
        ("So J. Smith said. Yes.", ("So J. Smith said.", "Yes.")),
        ("So he and I. We go to j. Now.", ("So he and I.", "We go to j.", "Now.")),
        ("So the NHS. We go.", ("So the NHS.", "We go.")),
        ("１．開く。１つ．次", ("１．開く。", "１つ．", "次")),
    ],
)
def test_cutting_sentences(text, cut):
    assert sentences(text) == cut


def test_citations_are_told_once_and_not_from_code():
    assert citations("a [@x] b [see @y, p. 2; @x] `[@no]` [mail a@b.c]") == ("x", "y")
