"""Where a block goes in, what stands around it decides how; where one goes, nothing else does."""

import pytest

from manifesto_tui.prose import (
    Block,
    apply,
    compare,
    insert_clause,
    parse,
    replace_clause,
    without_anchors,
    write_block,
)

A, CODE, ITEM = "a <!-- #a -->", Block("code", "    x"), Block("item", "x", 1)
WORDS, NUMBERED = Block("paragraph", "x", 1), Block("item", "x", 1, True)


@pytest.mark.parametrize(
    ("source", "block", "behind"),
    [
        # Words in an item begin below its words, whatever its marker and the blank behind it.
        (f"- {A}", WORDS, "\n\n  x <!-- #n -->"),
        (f"-   {A}", WORDS, "\n\n    x <!-- #n -->"),
        (f"-    {A}", WORDS, "\n\n     x <!-- #n -->"),
        (f"-    {A}", Block("item", "x", 2), "\n     - x <!-- #n -->"),
        (f" -  {A}", WORDS, "\n\n    x <!-- #n -->"),
        (f" -  {A}", ITEM, "\n - x <!-- #n -->"),
        (f"12) {A}", WORDS, "\n\n    x <!-- #n -->"),
        ("-     code <!-- #a -->\n  <!-- #a -->", WORDS, "\n\n  x <!-- #n -->"),
        (f"1. b\n   - {A}", WORDS, "\n\n   x <!-- #n -->"),
        (f"1. b\n   - {A}", Block("paragraph", "x", 2), "\n\n     x <!-- #n -->"),
        (f"- - {A}", Block("item", "x", 2), "\n  - x <!-- #n -->"),
        (f"- - {A}", ITEM, "\n- x <!-- #n -->"),
        (f"+ {A}", Block("item", "x\ny", 2), "\n  - x\n    y <!-- #n -->"),
        # A marker goes on with the list it comes to stand in, where it is of its kind.
        (f"9. {A}", NUMBERED, "\n10. x <!-- #n -->"),
        (f"3) {A}", NUMBERED, "\n4) x <!-- #n -->"),
        (f"999999999. {A}", NUMBERED, "\n999999999. x <!-- #n -->"),
        (f"3) {A}", ITEM, "\n- x <!-- #n -->"),
        (f"* {A}", NUMBERED, "\n1. x <!-- #n -->"),
        (f"* {A}", ITEM, "\n* x <!-- #n -->"),
        (f"1. b\n   * {A}", NUMBERED, "\n2. x <!-- #n -->"),
        # As loose as most of the text is; no blank line between items that end with a word.
        (f"- {A}\n- b\n\n- c\n\n- d", ITEM, "\n\n- x <!-- #n -->\n\n- b\n\n- c\n\n- d"),
        (f"- {A}\n- b\n\n- c", ITEM, "\n- x <!-- #n -->\n- b\n\n- c"),
        ("- > b\n  > a <!-- #a -->", ITEM, "\n\n- x <!-- #n -->"),
        # Indented code would be taken for part of a list, of code, of a footnote.
        (A, CODE, "\n\n    x\n<!-- #n -->"),
        (f"# {A}", CODE, "\n\n    x\n<!-- #n -->"),
        (f"- {A}", CODE, "\n\n<!-- -->\n\n    x\n<!-- #n -->"),
        (f"- {A}", Block("code", "    x", 1), "\n\n  <!-- -->\n\n      x\n  <!-- #n -->"),
        ("    c\n<!-- #a -->", CODE, "\n\n<!-- -->\n\n    x\n<!-- #n -->"),
        (f"[^1]: {A}", CODE, "\n\n<!-- -->\n\n    x\n<!-- #n -->"),
        # A rule stays behind what stood above it.
        (f"- {A}\n\n---\n\nb", CODE, "\n\n<!-- -->\n\n    x\n<!-- #n -->\n\n---\n\nb"),
        (f"{A}\r\n", Block("quote", "x\n\ny"), "\r\n\r\n> x\r\n>\r\n> y <!-- #n -->\r\n"),
    ],
)
def test_a_block_is_put_in_as_what_stands_around_it_asks(source, block, behind):
    changed = insert_clause(parse(source), "a", "n", block).source
    kept = source[: len(source) - len(source.partition("-->")[2])]
    assert changed in (kept + behind, source + behind)
    assert parse(changed).by_anchor["n"].block == block


@pytest.mark.parametrize(
    ("source", "words", "changed"),
    [
        (" a\n", "x", "x <!-- #n -->\n\na\n"),
        ("   a\n\nb", "x", "x <!-- #n -->\n\na\n\nb"),
        ("\n\n  # a\n", "x", "\n\nx <!-- #n -->\n\n# a\n"),
        (" - a\n\n   b", "x", "x <!-- #n -->\n\n- a\n\n   b"),
        # At the very start it would be a mark of the encoding, and no part of the words.
        ("a", "\ufeffx", "\n\ufeffx <!-- #n -->\n\na"),
        ("\ufeffa", "x", "\ufeffx <!-- #n -->\n\na"),
    ],
)
def test_what_comes_first_begins_a_line(source, words, changed):
    first = insert_clause(parse(source), None, "n", Block("paragraph", words))
    assert first.source == changed
    assert first.by_anchor["n"].text == words


@pytest.mark.parametrize(
    ("block", "written"),
    [
        (Block("quote", ""), "> <!-- #n -->\n"),
        (Block("item", "", 1), "- <!-- --> <!-- #n -->\n"),
        (Block("item", "", 1, True), "1. <!-- --> <!-- #n -->\n"),
        (Block("code", "```\nx\n```"), "```\nx\n```\n<!-- #n -->\n"),
        # So far in, no line behind the first can be anything but words.
        (Block("paragraph", "x\n---"), "x\n    --- <!-- #n -->\n"),
        (Block("paragraph", "x\n- y"), "x\n    - y <!-- #n -->\n"),
        (Block("paragraph", "[^1]: x\n---"), "[^1]: x\n        --- <!-- #n -->\n"),
        (Block("item", "a\n-", 1), "- a <!-- #n -->\n      -\n"),
        (Block("item", "```\nx\n```", 1), "- ```\n  x\n  ```\n  <!-- #n -->\n"),
        (Block("item", "> q", 1), "- > q <!-- #n -->\n"),
        (Block("heading", "a\nb", 1), "a\nb <!-- #n -->\n===\n"),
        (Block("heading", "a\nb", 2), "a\nb <!-- #n -->\n---\n"),
        (Block("heading", "x #", 1), "# x # # <!-- #n -->\n"),
        (Block("heading", "x", 6), "###### x <!-- #n -->\n"),
        (Block("item", "| a |\n|---|", 1), "- | a |\n  |---|\n  <!-- #n -->\n"),
    ],
)
def test_a_block_by_itself_is_written_so_that_it_is_read_back(block, written):
    changed = insert_clause(parse(""), None, "n", block)
    assert changed.source == written
    assert changed.by_anchor["n"].block == block


def test_what_no_heading_can_say_is_written_on_one_line():
    changed = insert_clause(parse(""), None, "n", Block("heading", "a\nb", 3))
    assert changed.source == "### a b <!-- #n -->\n"
    for depth, marks in ((0, "#"), (9, "######")):
        assert write_block(Block("heading", "x", depth)) == f"{marks} x"


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        # Rules and definitions are nobody's words: they stay when all clauses around them go.
        ("[l]: /u\n\na\n\n[m]: /v\n\nb\n\n---\n", "", "[l]: /u\n\n[m]: /v\n\n---\n"),
        ("a\n\n---\n\nb\n", "", "---\n"),
        ("a\n\n[m]: /v\n\nb", "c", "c\n\n[m]: /v\n"),
        ("a\n\n[m]: /v\n\nb\n", "b\n\na\n", "[m]: /v\n\nb\n\na\n"),
        ("- a\n\n---\n\n- b\n", "- b\n", "- b\n\n---\n"),
        ("a\r\n\r\n---\r\n\r\nb", "x\n\nb", "x\r\n\r\n---\r\n\r\nb"),
        ("a\n\n[m]: /v\n[n]: /w\n\nb\n\nc\n\n***\n\nd", "d", "[m]: /v\n[n]: /w\n***\n\nd"),
        ("a\n\n---\n\nb", "b\n\nc\n\na", "---\n\nb\n\nc\n\na"),
        # Blank lines and indentation that were there stay.
        ("a  \n\n\n\nb", "b", "b"),
        ("\n\na\n", "x\n", "\n\nx\n"),
        ("  a\n\nb\n", "b\n\na\n", "b\n\na\n"),
        ("a\n\n<!-- -->\n\n    b", "    b", "    b"),
    ],
)
def test_what_stands_between_clauses_outlives_them(old, new, changed):
    before = parse(old)
    assert apply(before, compare(before, parse(new))).source == changed


@pytest.mark.parametrize(
    ("source", "block", "changed"),
    [
        (f"- {A}\n\n  b", ITEM, "- x <!-- #a -->\n\n  b"),
        (f"* {A}", NUMBERED, "1. x <!-- #a -->"),
        (f"7) {A}", NUMBERED, "7) x <!-- #a -->"),
        (f"7) {A}", ITEM, "- x <!-- #a -->"),
        (A, CODE, "    x\n<!-- #a -->"),
        (f"{A}\n\nb", Block("heading", "H", 2), "## H <!-- #a -->\n\nb"),
        (f"   {A}\n\nb", Block("code", "    x\n    y"), "    x\n    y\n<!-- #a -->\n\nb"),
    ],
)
def test_a_block_takes_the_place_of_another(source, block, changed):
    assert replace_clause(parse(source), "a", block).source == changed


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("x\n\nSay `<!-- #a -->` it <!-- #b -->", "x\n\nSay `<!-- #a -->` it"),
        ("a <!-- #x -->\n<!-- #y -->\nb", "a\n\nb"),
        ("<!-- #x -->\n", "\n"),
        ("a\n<!-- #x -->", "a"),
        ("a\r\n<!-- #x -->\r\nb", "a\r\n\r\nb"),
        ("a\n  <!-- #x -->  \n\nb", "a  \n\nb"),
        ("a<!-- #x -->b", "ab"),
        ("```\n<!-- #x -->\n```\n<!-- #y -->", "```\n<!-- #x -->\n```"),
        ("# A\n<!-- #x -->\nb", "# A\n\nb"),
        ("- <!-- #x -->\n- b", "-\n- b"),
    ],
)
def test_only_anchors_go_when_anchors_go(source, bare):
    assert without_anchors(source) == bare
