"""Throws at every function what nobody would write."""

import random

import pytest

from manifesto_tui.prose import (
    anchor_text,
    apply,
    citations,
    compare,
    count_words,
    find_hidden,
    merge,
    parse,
    plain,
    read_text,
    reveal,
    sentences,
    slug_of,
    tokens,
    without_anchors,
    word_diff,
)
from prose.texts import MARKS

SIZE = 40_000
PIECES = (
    "\n", " ", "a", "word ", "- ", "> ", "*", "_", "` `` ", "[", "](", "<!--", "<!-- #a --> ",
    "\t", "# ", "|", "| a | b |\n|---|---|\n", "- item\n", "para\n\n", "```\n", "<div ", "<",
    "日本語", "ภาษาไทย", ". ", "[^1]: ", "[a]: b\n", "1. ", "\r\n", "!", "\\", ">>>", "[@a; ",
    "\ud800", "&", "https://", "a\n=\n", "    code\n\n", "a\u0301", "\u200d", "<a ", "=", "\u00a0 ",
    "1,", "e.g. ", "--", "`\n", "*a _b ", "\x00", "🏴\U000e0067",
)  # fmt: skip


def nested() -> str:
    return "".join("  " * (depth % 400) + "- x\n" for depth in range(1_000))


def jumble() -> str:
    dice = random.Random(4)
    return "".join(dice.choice(MARKS) for _ in range(SIZE // 4))


def texts() -> list[object]:
    repeated = [pytest.param(piece * (SIZE // len(piece)), id=ascii(piece)) for piece in PIECES]
    return [*repeated, pytest.param(nested(), id="nested"), pytest.param(jumble(), id="jumble")]


@pytest.mark.parametrize("text", texts())
def test_any_string_is_a_text(text):
    half = text[: len(text) // 2] + "X y" + text[len(text) // 2 + 1 :]
    old, new = parse(text), parse(half)
    assert old.source == text
    result = apply(old, compare(old, new))
    assert [clause.block for clause in result.clauses] == [clause.block for clause in new.clauses]
    words = word_diff(text, half)
    assert "".join(t for op, t in words if op in "=-") == text
    assert merge(text, half, text).text == half
    for read in (plain, citations, count_words, find_hidden, reveal, sentences, slug_of):
        read(text)
    without_anchors(text)
    anchor_text(read_text({"a.md": text}))


def test_more_words_than_characters_can_stand_for(monkeypatch):
    """A table of words gives each a character, and there are some 1.1 million of those."""
    monkeypatch.setattr(tokens, "CHARACTERS", 4_000)
    text = " ".join(f"{number:x}" for number in range(10_000))
    other = text.replace(" 1000 ", " changed ")
    words = word_diff(text, other)
    assert "".join(t for op, t in words if op in "=-") == text
    assert sum(len(t) for op, t in words if op != "=") < 2_000


def test_a_long_text_without_landmarks_is_compared_all_the_same():
    dice = random.Random(6)
    old, new = (" ".join(dice.choice("ab") for _ in range(6_000)) for _ in range(2))
    words = word_diff(old, new)
    assert "".join(t for op, t in words if op in "=-") == old
    assert "".join(t for op, t in words if op in "=+") == new
