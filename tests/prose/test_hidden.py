"""What does not show is shown, what a script needs stays, and nothing is said twice."""

import json

import pytest

from manifesto_tui.prose import (
    conceal,
    count_words,
    escape_in_json,
    find_hidden,
    find_revealed,
    reveal,
    reveal_line,
    shortened,
)

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "Lines\n\tof text\r\nas files have them",
        "می\u200cخواهم",  # Persian: a non-joiner between two letters.
        "क्\u200dष",  # Devanagari: after a virama a joiner chooses the form.
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # A family of three.
        "\u2764\ufe0f\u200d\U0001f525",  # A heart in colour, on fire.
        "ᠮ\u180bᠣ",  # Mongolian: which form a letter takes.
        "ᠮ\u180d and ᠮ\u180f",
        "\u2764\ufe00 and \u2764\ufe0f",
        "葛\U000e01ef城",
        "葛\U000e0100城",  # A variant of a Chinese character.
        f"{FLAG} and {FLAG}",
        "日本語 and ひらがな",
    ],
)
def test_what_a_script_needs_stays(text):
    assert find_hidden(text) == ()
    assert reveal(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a b.md", "a b.md"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\r\nPROVED.\n\tb", "a⟦U+000D⟧⟦U+000A⟧PROVED.⟦U+000A⟧⟦U+0009⟧b"),
        ("a\u2028b\x1b", "a⟦U+2028⟧b⟦U+001B⟧"),
    ],
)
def test_a_name_stays_in_its_line(name, shown):
    assert reveal_line(name) == shown == reveal_line(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay\u202eyap\u202c", "pay⟦U+202E⟧yap⟦U+202C⟧"),
        ("\u200dfirst", "⟦U+200D⟧first"),
        ("join\u200ced", "join⟦U+200C⟧ed"),
        ("join\u200ded", "join⟦U+200D⟧ed"),
        ("می\u200c", "می⟦U+200C⟧"),
        ("\U0001f468\u200d", "\U0001f468⟦U+200D⟧"),
        ("\U0001f468\u200c\U0001f469", "\U0001f468⟦U+200C⟧\U0001f469"),
        ("\U0001f468\u200da", "\U0001f468⟦U+200D⟧a"),
        ("a\ufe0f", "a⟦U+FE0F⟧"),
        ("ᠮ\u180e", "ᠮ⟦U+180E⟧"),
        ("a\U000e0100", "a⟦U+E0100⟧"),
        ("a\U000e01ef", "a⟦U+E01EF⟧"),
        ("葛\U000e01f0", "葛⟦U+E01F0⟧"),
        ("a\U000e0061\U000e0062", "a⟦U+E0061⟧⟦U+E0062⟧"),
        (f"{FLAG}\U000e0061", f"{FLAG}⟦U+E0061⟧"),
        ("over\rwritten", "over⟦U+000D⟧written"),
        ("\x1b[31m", "⟦U+001B⟧[31m"),
        ("half \ud800", "half ⟦U+D800⟧"),
        ("e" + 10 * "\u0301", "e" + 8 * "\u0301" + 2 * "⟦U+0301⟧"),
        ("a" + 9 * "\u0489" + "b\u0301", "a" + 8 * "\u0489" + "⟦U+0489⟧b\u0301"),
    ],
)
def test_what_does_not_show_is_shown(text, shown):
    assert reveal(text) == shown
    assert reveal(shown) == shown
    assert len(find_revealed(shown)) == len(find_hidden(text))


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\x1b", "ESCAPE"),
        ("\x01", "CONTROL CHARACTER"),
        ("\ud800", "LONE SURROGATE"),
        ("\ue000", "PRIVATE USE CHARACTER"),
        ("\ufffe", "UNASSIGNED CHARACTER"),
    ],
)
def test_a_hidden_character_has_a_name_and_a_place(character, name):
    [hidden] = find_hidden(f"ab{character}")
    assert (hidden.offset, hidden.codepoint, hidden.name) == (2, ord(character), name)


@pytest.mark.parametrize("hidden", ["\u202e", "\U000e0061", "\ud800", "\x7f", "\u200b\u200b"])
def test_json_holds_the_same_words_and_nothing_that_is_hidden(hidden):
    words = {"title": f"pay{hidden}yap", "script": "می\u200cخواهم"}
    document = escape_in_json(json.dumps(words, ensure_ascii=False))
    assert find_hidden(document) == ()
    assert json.loads(document) == words
    assert "می\u200cخواهم" in document


def test_a_quotation_writes_out_what_hides_before_it_is_cut():
    assert shortened("one\u2028two\x85 three") == "one⟦U+2028⟧two⟦U+0085⟧ three"
    assert len(shortened("\u202e" * 30, 40)) == 40


def test_a_token_stands_for_what_another_text_hides_and_for_nothing_else():
    hides = "infor\u00admation\u200b for all"
    assert conceal(reveal(hides), hides) == hides
    assert conceal("a⟦U+00AD⟧b⟦U+202E⟧c", hides) == "a\u00adb⟦U+202E⟧c"


def test_what_hides_is_no_word_and_parts_none():
    hides = "infor\u00admation\u200b for all"
    assert count_words(hides) == count_words(reveal(hides)) == 3
