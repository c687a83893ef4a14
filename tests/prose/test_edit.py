import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from manifesto_tui.prose import (
    Block,
    anchor_text,
    delete_clause,
    insert_clause,
    next_anchor,
    parse,
    principle_slug,
    read_block,
    read_text,
    replace_clause,
    slug_of,
    without_anchors,
    write_block,
)
from manifesto_tui.prose.layout import Piece, lay_out
from manifesto_tui.prose.slug import longer_slugs
from prose.texts import manifestos, markdown, phrases


def anchored(source: str):
    return anchor_text(read_text({"a.md": source})).documents[0][1]


@given(markdown)
def test_written_blocks_are_read_back(source):
    blocks = [clause.block for clause in parse(source).clauses]
    again = lay_out(parse(""), [Piece(None, block) for block in blocks], parse(source))
    assert [clause.block for clause in again.clauses] == blocks


@given(markdown)
def test_every_clause_gets_an_anchor_of_its_own_and_keeps_its_words(source):
    outline = anchored(source)
    before = parse(source).clauses
    assume(len(outline.clauses) == len(before))
    anchors = [clause.anchor for clause in outline.clauses]
    assert [c.block for c in outline.clauses] == [c.block for c in before]
    assert None not in anchors
    given_anchors = [c.anchor for c in before if c.anchor]
    assert len(set(anchors)) == len(anchors) - len(given_anchors) + len(set(given_anchors))


@given(manifestos())
def test_anchors_come_off_without_a_trace(source):
    assert without_anchors(anchored(source).source) == source


@given(manifestos(), phrases, st.integers(0, 20))
def test_replacing_touches_one_clause(source, words, at):
    outline = anchored(source)
    assume(outline.clauses and words.strip())
    clause = outline.clauses[at % len(outline.clauses)]
    try:
        block = read_block(words, like=clause.block)
    except ValueError:
        assume(False)
    assume(clause.kind != "heading" or "\n" not in block.text)
    result = replace_clause(outline, clause.anchor, block)
    wanted = [block if c is clause else c.block for c in outline.clauses]
    assert [c.block for c in result.clauses] == wanted
    assert [c.anchor for c in result.clauses] == [c.anchor for c in outline.clauses]
    assert result.source[: clause.start] == outline.source[: clause.start]
    tail = outline.source[clause.end :]
    assert result.source.endswith(tail)


@given(manifestos(), st.integers(0, 20))
def test_deleting_what_was_inserted_gives_the_old_text(source, at):
    outline = anchored(source)
    assume(outline.clauses)
    clause = outline.clauses[at % len(outline.clauses)]
    depth = 0 if clause.kind == "heading" else clause.depth
    block = Block("item", "New words.", depth) if depth else Block("paragraph", "New words.")
    longer = insert_clause(outline, clause.anchor, "new-1", block)
    assert longer.by_anchor["new-1"].block == block
    assert [c.block for c in delete_clause(longer, "new-1").clauses] == [
        c.block for c in outline.clauses
    ]


@pytest.mark.parametrize(
    ("source", "after", "block", "wanted"),
    [
        ("- a <!-- #a -->\n- b\n", "a", Block("item", "x", 1),
         "- a <!-- #a -->\n- x <!-- #n -->\n- b\n"),
        ("1. a <!-- #a -->\n", "a", Block("item", "x", 1, True),
         "1. a <!-- #a -->\n2. x <!-- #n -->\n"),
        ("* a <!-- #a -->\n\n* b\n", "a", Block("item", "x", 1),
         "* a <!-- #a -->\n\n* x <!-- #n -->\n\n* b\n"),
        ("a <!-- #a -->\n\nb\n", "a", Block("paragraph", "x"),
         "a <!-- #a -->\n\nx <!-- #n -->\n\nb\n"),
        ("a <!-- #a -->", "a", Block("paragraph", "x"), "a <!-- #a -->\n\nx <!-- #n -->"),
        ("a\r\n\r\nb\r\n", None, Block("heading", "T", 1), "# T <!-- #n -->\r\n\r\na\r\n\r\nb\r\n"),
        ("", None, Block("paragraph", "x"), "x <!-- #n -->\n"),
        ("- a <!-- #a -->\n", "a", Block("item", "x", 2), "- a <!-- #a -->\n  - x <!-- #n -->\n"),
        ("a <!-- #a -->\n\n---\n\nb\n", "a", Block("paragraph", "x"),
         "a <!-- #a -->\n\nx <!-- #n -->\n\n---\n\nb\n"),
        ("# T <!-- #t -->\n", "t", Block("table", "| a |\n|---|"),
         "# T <!-- #t -->\n\n| a |\n|---|\n<!-- #n -->\n"),
    ],
)  # fmt: skip
def test_inserting(source, after, block, wanted):
    assert insert_clause(parse(source), after, "n", block).source == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a\n\nx <!-- #x -->\n\nb\n", "a\n\nb\n"),
        ("- a\n- x <!-- #x -->\n- b\n", "- a\n- b\n"),
        ("a\n\nx <!-- #x -->\n", "a\n"),
        ("x <!-- #x -->\n\na\n", "a\n"),
        ("a\n\nx <!-- #x -->\n\n[l]: /u\n\nb [l]\n", "a\n\n[l]: /u\n\nb [l]\n"),
    ],
)
def test_deleting(source, wanted):
    assert delete_clause(parse(source), "x").source == wanted


def test_an_unknown_clause_is_a_key_error():
    with pytest.raises(KeyError):
        delete_clause(parse("a"), "nowhere")


@pytest.mark.parametrize(
    "block",
    [
        Block("heading", "T", 3),
        Block("item", "a\nb", 1),
        Block("item", "a", 1, True),
        Block("quote", "a\n\nb"),
        Block("paragraph", "a\n- b"),
        Block("heading", "C#", 2),
        Block("heading", "two\nlines", 1),
    ],
)
def test_a_block_is_written_as_it_is_read(block):
    assert read_block(write_block(block)) == block


def test_plain_words_take_the_place_of_what_they_replace():
    assert read_block("New", like=Block("heading", "Old", 2)) == Block("heading", "New", 2)
    assert read_block("New", like=Block("item", "Old", 2, True)) == Block("item", "New", 2, True)
    assert read_block("# New", like=Block("item", "Old", 1)).kind == "heading"
    for code in ("```\nx\n```", "    x", "> x", "<p>"):
        assert read_block(code, like=Block("heading", "Old", 2)).depth == 0
        assert read_block(code, like=Block("item", "Old", 2)).depth == 2


@pytest.mark.parametrize("words", ["", "  \n ", "a\n\nb", "- a\n- b"])
def test_a_clause_is_one_block(words):
    with pytest.raises(ValueError, match=r"\.$"):
        read_block(words)


def test_numbers_are_never_used_again():
    assert next_anchor("open", ["open-2", "open-9", "opened-12"]) == "open-10"
    assert next_anchor("open", []) == "open-1"
    text = anchor_text(read_text({"a.md": "# Open\n\nx\n\ny\n"}), taken=["open-4"])
    assert [clause.anchor for _, clause in text] == ["open", "open-5", "open-6"]


def test_principles_of_one_title_have_names_apart():
    text = anchor_text(read_text({"a.md": "# Open\n\nx\n\n# Open\n\ny\n"}))
    assert [clause.anchor for _, clause in text] == ["open", "open-1", "open-b", "open-b-1"]
    assert principle_slug(text, "open-b-1") == "open-b"


@given(st.text(max_size=100))
def test_a_slug_is_always_fit_for_an_anchor(title):
    slug = slug_of(title)
    assert parse(f"x <!-- #{slug} -->").clauses[0].anchor == slug
    assert len(slug) <= 24


def test_slugs_say_what_a_principle_is_about():
    assert slug_of("1. We look to NHS care teams as our leaders") == "look-nhs-care"
    assert slug_of("Übergrößen") == "ubergroen" or slug_of("Übergrößen").startswith("uber")
    assert slug_of("産業") != slug_of("教育")


def test_longer_slugs_have_a_word_more_each_up_to_eight():
    words = [letter * 3 for letter in "bcefghjklm"]
    assert longer_slugs(" ".join(words)) == ["-".join(words[:count]) for count in range(3, 9)]
    assert longer_slugs("Open data") == ["open-data"]
    assert [len(slug) for slug in longer_slugs("日本語")] == [7, 13]
    # As many whole words as there is room for, and of one that is longer the beginning.
    assert slug_of("bbbbbbbbbbb cccccccccccc dd") == "bbbbbbbbbbb-cccccccccccc"
    assert slug_of("bbbbbbbbbbb ccccccccccccc dd") == "bbbbbbbbbbb"
    assert slug_of("b" * 30) == "b" * 24
    assert slug_of("a " * 249 + "zzy") == "zz"
    longest = longer_slugs(" ".join(letter * 10 for letter in "bcefgh"))
    assert longest[-1] == "-".join(letter * 10 for letter in "bcefg")


def test_a_slug_is_cut_between_words_where_it_can_be():
    cut = [longer_slugs(f"{'x' * 20} {'y' * size} zz")[0] for size in (2, 3, 4)]
    assert cut == [f"{'x' * 20}-yy", f"{'x' * 20}-yyy", "x" * 20]
    assert slug_of("x" * 25) == "x" * 24


def test_longer_slugs_have_a_word_more_each_and_eight_at_most():
    found = longer_slugs("One two three four five six seven eight nine ten")
    assert [slug.count("-") + 1 for slug in found] == [3, 4, 5, 6, 7, 8]
    assert longer_slugs("Two words") == ["two-words"]
