import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from manifesto_tui.prose import parse, read_text
from prose.texts import anything, manifestos, markdown


def told(source: str) -> list[tuple[str, int, str]]:
    return [(c.kind, c.depth, c.text) for c in parse(source).clauses]


@given(anything)
@example("\ufeff# T\r\n\r\nx")
@example("- \n\n  a")
@example("\r")
@example("a\n\u2028\nb")
def test_reading_loses_nothing(source):
    outline = parse(source)
    assert outline.source == source
    at = 0
    for clause in outline.clauses:
        assert at <= clause.start <= clause.end <= len(source)
        at = clause.end


@given(markdown)
def test_each_clause_stands_on_its_line(source):
    for clause in parse(source).clauses:
        before = source[: clause.start].replace("\r\n", "\n").replace("\r", "\n")
        assert clause.line == before.count("\n") + 1


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# One\n\nTwo\n=\n\nThree\n---\n", [("heading", 1, "One"), ("heading", 1, "Two"),
                                             ("heading", 2, "Three")]),
        ("## A ## <!-- #a -->\n", [("heading", 2, "A")]),
        ("a\nb\n\nc", [("paragraph", 0, "a\nb"), ("paragraph", 0, "c")]),
        ("a  \nb\\\nc", [("paragraph", 0, "a  \nb\\\nc")]),
        ("- a\n  - b\n    - c\n* d", [("item", 1, "a"), ("item", 2, "b"), ("item", 3, "c"),
                                     ("item", 1, "d")]),
        ("1. a\n\n   more\n\n2. b", [("item", 1, "a"), ("paragraph", 1, "more"), ("item", 1, "b")]),
        ("1. **T**\nlazy\nlazier", [("item", 1, "**T**\nlazy\nlazier")]),
        ("> a\n> b\nlazy\n\n> c", [("quote", 0, "a\nb\nlazy"), ("quote", 0, "c")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nx", [("table", 0, "| a | b |\n|---|---|\n| 1 | 2 |"),
                                                 ("paragraph", 0, "x")]),
        ("```py\nx\n\ny\n```\nz", [("code", 0, "```py\nx\n\ny\n```"), ("paragraph", 0, "z")]),
        ("a\n\n    code\n\n    more\n\nb", [("paragraph", 0, "a"),
                                            ("code", 0, "    code\n\n    more"),
                                            ("paragraph", 0, "b")]),
        ("<div>\nx\n</div>\n\ny", [("html", 0, "<div>\nx\n</div>"), ("paragraph", 0, "y")]),
        ("---\ntitle: x\n---\n\ny", [("paragraph", 0, "y")]),
        ("---\nA rule above words.\n\n---\n", [("paragraph", 0, "A rule above words.")]),
        ("+++\ntitle = 1\n+++\ny", [("paragraph", 0, "y")]),
        ("[a]: /url 'title'\n[b]:\n  /url\n\nx [a].", [("paragraph", 0, "x [a].")]),
        ("x[^1]\n\n[^1]: note\n[^2]: other\n    more", [("paragraph", 0, "x[^1]"),
                                                       ("paragraph", 0, "[^1]: note"),
                                                       ("paragraph", 0, "[^2]: other\nmore")]),
        ("a\n\n***\n\nb", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        ("<!-- #a -->\n\n<!-- -->\n\n<!-- note -->", [("html", 0, "<!-- note -->")]),
        ("2019. A year\n2020. Another", [("item", 1, "A year"), ("item", 1, "Another")]),
        ("In\n2020. it was", [("paragraph", 0, "In\n2020. it was")]),
        ("- # an item", [("item", 1, "# an item")]),
        ("- a\n\n  ## H\n\n  b", [("item", 1, "a"), ("heading", 2, "H"), ("paragraph", 1, "b")]),
        ("| a | b |\n|---|---|\n# H", [("table", 0, "| a | b |\n|---|---|"), ("heading", 1, "H")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n- c", [("table", 0, "| a | b |\n|---|---|\n| 1 | 2 |"),
                                                ("item", 1, "c")]),
        ("| a | b |\n|---|---|\n    # c", [("table", 0, "| a | b |\n|---|---|\n# c")]),
        ("a | b\n    --|--", [("paragraph", 0, "a | b\n--|--")]),
        ("a | b\n   --|--", [("table", 0, "a | b\n--|--")]),
        ("a\n    # b\n    ---\n    > c", [("paragraph", 0, "a\n# b\n---\n> c")]),
        ("a\n   ---", [("heading", 2, "a")]),
        ("a | b\n- | -", [("paragraph", 0, "a | b"), ("item", 1, "| -")]),
        ("a | b\n-- | -", [("table", 0, "a | b\n-- | -")]),
        ("| a |\n-", [("heading", 2, "| a |")]),
        ("```\na\n   ```\nb", [("code", 0, "```\na\n   ```"), ("paragraph", 0, "b")]),
        ("```\na\n    ```\nb", [("code", 0, "```\na\n    ```\nb")]),
        ("````\n```\n`````\nb", [("code", 0, "````\n```\n`````"), ("paragraph", 0, "b")]),
        ("```\n~~~\n``` c\n```", [("code", 0, "```\n~~~\n``` c\n```")]),
        (">\n> a\n>\n>\n\n>", [("quote", 0, "a"), ("quote", 0, "")]),
        ("> ```\n> a\n> ```\nb", [("quote", 0, "```\na\n```"), ("paragraph", 0, "b")]),
        ("> ```\n> a\nb", [("quote", 0, "```\na"), ("paragraph", 0, "b")]),
        ("> ~~~\n> a\n> ~~~~ \n> b\nlazy", [("quote", 0, "~~~\na\n~~~~ \nb\nlazy")]),
        ("> ~~~ a\n> ~~~ b\nc", [("quote", 0, "~~~ a\n~~~ b"), ("paragraph", 0, "c")]),
        ("> # a\nb", [("quote", 0, "# a"), ("paragraph", 0, "b")]),
        ("> <!-- a -->\nb", [("quote", 0, "<!-- a -->"), ("paragraph", 0, "b")]),
        ("- > a\n lazy", [("item", 1, "> a\nlazy")]),
        ("- > a\n - b", [("item", 1, "> a"), ("item", 1, "b")]),
        ("- > a\n      - b", [("item", 1, "> a\n- b")]),
        ("a\r\nb\r\n\r\nc", [("paragraph", 0, "a\nb"), ("paragraph", 0, "c")]),
    ],
)  # fmt: skip
def test_blocks_of_markdown(source, wanted):
    assert told(source) == wanted


@pytest.mark.parametrize(
    ("source", "anchors"),
    [
        ("a <!-- #x-1 -->", ["x-1"]),
        ("# T <!-- #t -->\n\nSet\n=== \n", ["t", None]),
        ("Set <!-- #s -->\n===\n", ["s"]),
        ("- a\n  b <!-- #x -->\n  - c <!-- #y -->", ["x", "y"]),
        ("> q\n> r <!-- #q -->", ["q"]),
        ("| a |\n|---|\n<!-- #t -->\n", ["t"]),
        ("```\nx\n```\n<!-- #c -->\n", ["c"]),
        ("a\n<!-- #own-line -->\n", ["own-line"]),
        ("```\n<!-- #shown -->\n```", [None]),
        ("Write `<!-- #shown -->` here.", [None]),
        ("a <!-- #x --> and on", ["x"]),
        ("a <!-- #x -->\nb <!-- #y -->", ["y"]),
        ("a <!-- #UPPER -->", [None]),
        ("a\n\n<!-- #orphan -->\n\nb", [None, None]),
    ],
)
def test_anchors_are_found_where_people_leave_them(source, anchors):
    assert [clause.anchor for clause in parse(source).clauses] == anchors


def test_an_anchor_is_no_part_of_the_words():
    assert [c.text for c in parse("a <!-- #x --> on\n\nb  \n<!-- #y -->\n").clauses] == [
        "a on",
        "b",
    ]


def test_numbers_run_through_all_documents():
    text = read_text({"b.md": "# B\n\nx\n\n## C\n\ny\n", "a.md": "# A\n\n- z\n"})
    assert [clause.number for _, clause in text] == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]


def test_a_document_that_is_known_is_numbered_anew_where_it_must_be():
    known = read_text({"b.md": "# B\n\nx\n"})
    same = read_text({"b.md": "# B\n\nx\n", "c.md": "# C\n"}, known)
    assert same.documents[0][1] is known.documents[0][1]
    behind = read_text({"a.md": "# A\n", "b.md": "# B\n\nx\n"}, known)
    assert [clause.number for _, clause in behind] == ["1", "2", "2.1"]


def test_a_lone_heading_above_the_others_is_the_title():
    outline = parse("# Title\n\nIntroduction.\n\n## One\n\nx\n\n### Deep\n\ny\n\n## Two\n")
    assert [c.number for c in outline.clauses] == ["", "0.1", "1", "1.1", "1.2", "1.2.1", "2"]


def test_a_text_without_headings_is_numbered_from_nought():
    assert [c.number for c in parse("a\n\nb").clauses] == ["0.1", "0.2"]


@given(manifestos())
def test_ordinary_documents_are_read_as_markdown_it_reads_them(source):
    tokens = MarkdownIt("commonmark").parse(source)
    wanted = [t.content for t in tokens if t.type == "inline"]
    found = [c.text for c in parse(source).clauses if c.text]
    assert [" ".join(t.split()) for t in found] == [" ".join(t.split()) for t in wanted]


@pytest.mark.parametrize(
    ("source", "has_code", "nests"),
    [
        ("# a\n\nb\n\n- c\n\n> d", False, False),
        ("a\n\n    b", True, False),
        ("a\n\n<div>", True, False),
        ("- a\n  - b", False, True),
        ("- a\n\n  b", False, True),
        ("- a\n\n  ## b", False, False),
    ],
)
def test_a_document_tells_whether_it_holds_code_and_nests(source, has_code, nests):
    assert (parse(source).has_code, parse(source).nests) == (has_code, nests)
