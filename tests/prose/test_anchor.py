"""Anchors are found in words, and never in code."""

from itertools import product

import pytest
from markdown_it import MarkdownIt

from manifesto_tui.prose.anchor import (
    code_spans,
    next_anchor,
    take_anchors,
    take_last_anchor,
)


def test_inline_code_is_where_another_reader_has_it():
    markdown = MarkdownIt("zero").enable(["backticks", "escape"])
    for letters in product("`\\a", repeat=7):
        text = "x" + "".join(letters) + "y"
        children = markdown.parseInline(text)[0].children
        wanted = [(t.content, len(t.markup)) for t in children if t.type == "code_inline"]
        spans = [text[start:end] for start, end in code_spans(text)]
        found = [(span.strip("`"), len(span) - len(span.lstrip("`"))) for span in spans]
        assert found == wanted, text


@pytest.mark.parametrize(
    ("text", "words", "anchor"),
    [
        ("a <!-- #x --> b", "a b", "x"),
        ("a<!-- #x -->b", "ab", "x"),
        ("a <!-- #x -->, b", "a , b", "x"),
        ("a <!-- #x -->\nb <!--#y-->", "a\nb", "y"),
        ("a\n<!-- #x -->\nb  ", "a\nb", "x"),
        ("a\n\nb\n<!-- #x -->\n\nc", "a\n\nb\n\nc", "x"),
        ("a \n\n<!-- #x -->", "a", "x"),
        ("<!-- #x -->\n\na", "a", "x"),
        ("`<!-- #x -->` b <!-- #y --> `<!-- #z -->`", "`<!-- #x -->` b `<!-- #z -->`", "y"),
        ("`a` <!-- #x --> `b` <!-- #y -->", "`a` `b`", "y"),
        ("a <!-- note -->", "a <!-- note -->", None),
        ("a <!-- #-x -->", "a <!-- #-x -->", None),
    ],
)
def test_anchors_are_taken_out_of_words(text, words, anchor):
    assert take_anchors(text) == (words, anchor)


def test_only_the_last_anchor_is_taken_from_what_is_kept_as_it_stands():
    assert take_last_anchor("x <!-- #a -->\ny \n<!-- #b -->\n") == ("x <!-- #a -->\ny", "b")
    assert take_last_anchor("x <!-- #a --> y") == ("x <!-- #a --> y", None)


def test_the_next_anchor_is_one_more_than_any_of_its_slug():
    assert next_anchor("a", ["a-9", "a-10", "a-b-12", "a-²", "a-b", "a-", "b-20", "a"]) == "a-11"
