"""Blocks are found where Markdown has them: by another reader's word, and case by case."""

import random
import re
from itertools import zip_longest

import pytest
from markdown_it import MarkdownIt

from manifesto_tui.prose import parse

LINES = (
    *("",) * 4, "- a", "* b", "+ c", "1. d", "2) e", "10. f", "# H", "## H2 ##", "#", "####### no",
    "> q", ">", "> - x", "```", "~~~", "````", "  ~~~", "| a | b |", "|---|---|", "| c", "a | b",
    "===", "---", "***", " - -", "<div>", "</div>", "<pre>", "</pre>", "<b>", "<?x", "?>", "<!X",
    "[x]: /u", "[y]:\n/u", "[z]: /u 'a'", "[w]: /u\n'a'", "'t'", "words", "more words", "    code",
    "     deeper", "\tcode", "-", "1.", "-     code", "- # h", "- > q", "- - n", "1234567890. no",
    "\\# no", "- ```", "#!", "<x y='1'>", "__ _", "_ _ _ x", "a", "-\tx", "`` ` x", "``` `",
)  # fmt: skip
INDENTS = ("",) * 6 + (" ", "  ", "   ", "    ", "     ", "\t", "  \t")
KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}
MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")


def documents(count: int, seed: int, pieces: tuple[str, ...] = LINES):
    """Short documents in which anything may stand beside anything."""
    dice = random.Random(seed)
    for _ in range(count):
        lines = dice.choices(pieces, k=dice.randint(1, 5))
        yield "\n".join(dice.choice(INDENTS) + line for line in lines) + dice.choice(("", "\n"))


# A definition before an item's first words, a lone quotation mark that nothing can follow, and a
# table of one column whose rule could underline a heading.
_DIFFERENT = re.compile(
    r"^[ \t]*(?:[-+*]|1\.)\n[ \t]*\[\w\]:|^[ \t]*>\n(?: {4}|  ?\t|\t)|\| c\n[ \t]*-+[ \t]*$", re.M
)


def _goes_on(block: tuple[object, ...], line: int) -> bool:
    """Whether code that begins on a line (from 0) stands right below words or a table."""
    return block[4] == line and block[0] in ("paragraph", "item", "table")


def _kept(lines: list[str], kind: str) -> str:
    """The lines of code or HTML, but for what nobody sees: tabs, and how HTML is indented."""
    shown = [line.strip() if kind == "html" else line.expandtabs(4).rstrip() for line in lines]
    return "\n".join(shown).rstrip()


def as_another_reader_has_it(source: str) -> list[tuple[object, ...]] | None:
    """Kind, depth, order, first and last line of each block, and the words of most.

    None where the two readers differ: an underlined line in a list is no heading here, and the
    other one lets indented code end a paragraph or a table without a blank line.
    """
    if _DIFFERENT.search(source):
        return None
    tokens = MARKDOWN.parse(source)
    lines = source.split("\n")
    found: list[tuple[object, ...]] = []
    lists = at = 0
    item = None
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "list_item_open":
            item = ("item", lists, token.info != "", token.map[0] + 1)
            found.append((*item, token.map[0] + 1, ""))
        elif token.type in ("list_item_close", "hr"):
            item = None
        elif kind := KINDS.get(token.type):
            words: object = None
            if kind in ("heading", "paragraph"):
                words = [line.strip() for line in tokens[at + 1].content.split("\n")]
                if kind == "heading" and token.markup in ("=", "-") and lists:
                    return None
            elif kind in ("code", "html"):
                if token.type == "code_block" and found and _goes_on(found[-1], token.map[0]):
                    return None
                words = _kept(token.content.split("\n"), kind)
            block = (kind, int(token.tag[1]) if kind == "heading" else lists, False)
            if item:
                found.pop()
                words = words if kind == "paragraph" else None
            start, end = token.map
            while end > start + 1 and not lines[end - 1].strip():
                end -= 1
            found.append((*(item or (*block, start + 1)), end, words))
            item = None
            if kind in ("quote", "table"):
                at += 1
                while tokens[at].level > token.level:
                    at += 1
        at += 1
    return found


def as_we_have_it(source: str, wanted: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The same of ours, without words where the other reader has none to compare."""
    found = []
    for clause, other in zip_longest(parse(source).clauses, wanted):
        if clause is None:
            break
        lines = clause.text.split("\n")
        if other is None or other[-1] is None:
            words: object = None
        elif clause.kind == "code" and lines[0].startswith("    "):
            words = _kept([line[4:] for line in lines], "code")
        elif clause.kind == "code":
            count = str(other[-1]).count("\n") + 1 if other[-1] else 0
            words = _kept(lines[1 : 1 + count], "code")
        elif clause.kind == "html":
            words = _kept(lines, "html")
        else:
            words = [line.strip() for line in lines] if clause.text else ""
            words = words or ([""] if clause.kind == "heading" else "")
        end = source.count("\n", 0, clause.end) + 1
        found.append((clause.kind, clause.depth, clause.ordered, clause.line, end, words))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_any_lines_are_the_blocks_that_another_reader_finds(seed):
    for source in documents(500, seed):
        wanted = as_another_reader_has_it(source)
        if wanted is not None:
            assert as_we_have_it(source, wanted) == wanted, source


ANCHORED = (
    "a <!-- #x-1 -->",
    "<!-- #y -->",
    "<!-- -->",
    "  ",
    "w  ",
    "| 1 | 2 |",
    "[^1]: n",
    "+++",
)


@pytest.mark.parametrize("seed", range(4))
def test_a_clause_that_begins_a_line_is_the_same_when_it_stands_alone(seed):
    for source in documents(400, seed, LINES + ANCHORED * 2):
        for clause in parse(source).clauses:
            before = source[: clause.start].rpartition("\n")[2]
            in_a_list = clause.depth > (clause.kind == "item") and clause.kind != "heading"
            if before.strip() or in_a_list or len(before.expandtabs(4)) > 3:
                continue
            (alone,) = parse(before + source[clause.start : clause.end]).clauses
            assert (alone.block, alone.anchor) == (clause.block, clause.anchor), source
            assert (alone.start, alone.end) == (
                len(before),
                len(before) + clause.end - clause.start,
            ), source


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        # Front matter ends as it began, and is words where it does not.
        ("+++\ntitle = 1\n", [("paragraph", 0, "+++\ntitle = 1", None)]),
        ("---\na: b\n...\nx", [("paragraph", 0, "x", None)]),
        ("+++\na = 1\n...\n+++\ny", [("paragraph", 0, "y", None)]),
        ("---  \na: b\n---\t\nx", [("paragraph", 0, "x", None)]),
        ("---\na: b\n\nx", [("paragraph", 0, "a: b", None), ("paragraph", 0, "x", None)]),
        # A footnote holds what is indented by four; it ends another, but no other words.
        ("b\n[^2]: c", [("paragraph", 0, "b\n[^2]: c", None)]),
        ("[^1]: a\n\nb\n[^2]: c", [("paragraph", 0, "[^1]: a", None),
                                 ("paragraph", 0, "b\n[^2]: c", None)]),
        ("[^1]: a\n\n    b\n\n        c", [("paragraph", 0, "[^1]: a", None),
                                          ("paragraph", 0, "b", None),
                                          ("code", 0, "    c", None)]),
        ("- a\n  [^1]: b", [("item", 1, "a\n[^1]: b", None)]),
        # An underlined line in a list is no heading.
        ("- a\n  ---\n  b", [("item", 1, "a\n---", None), ("paragraph", 1, "b", None)]),
        ("- a\n  ===\n  b", [("item", 1, "a\n===\nb", None)]),
        # An anchor on a line of its own belongs to what ends right above it.
        ("a\n***\n<!-- #x -->", [("paragraph", 0, "a", None)]),
        ("a\n\n[b]: /u\n<!-- #x -->", [("paragraph", 0, "a", None)]),
        ("# A <!-- #x -->\n<!-- #y -->", [("heading", 1, "A", "x")]),
        ("- a\n<!-- #x -->\n- b", [("item", 1, "a", "x"), ("item", 1, "b", None)]),
        ("> q\n<!-- #x -->\n<!-- #y -->", [("quote", 0, "q", "x")]),
        ("- <!-- #x -->\n  words", [("item", 1, "words", "x")]),
        ("- <!-- -->\n  words", [("item", 1, "", None), ("paragraph", 1, "words", None)]),
        ("-\n  <!-- #x -->\n  words", [("item", 1, "words", "x")]),
        ("-\n\n  words", [("item", 1, "", None), ("paragraph", 0, "words", None)]),
        ("<!-- #x -->\n# A", [("heading", 1, "A", None)]),
        # It is taken out of headings, and from the end of what is kept as it stands.
        ("# A <!-- #x --> #", [("heading", 1, "A", "x")]),
        ("# <!-- #x --> A", [("heading", 1, "A", "x")]),
        ("- # A <!-- #x -->", [("item", 1, "# A", "x")]),
        ("```\ncode\n<!-- #x -->", [("code", 0, "```\ncode", "x")]),
        ("```\n<!-- #x -->", [("code", 0, "```", "x")]),
        ("```\n<!-- #x -->\n```", [("code", 0, "```\n<!-- #x -->\n```", None)]),
        ("<div>\n<!-- #x -->", [("html", 0, "<div>", "x")]),
        ("<!-- #x --> words", [("html", 0, "<!-- #x --> words", None)]),
        # Words that would be something else without their anchor keep it.
        ("a\n\n<!-- #x -->- b", [("paragraph", 0, "a", None), ("html", 0, "<!-- #x -->- b", None)]),
        ("- <!-- #x --> ```", [("item", 1, "<!-- #x --> ```", None)]),
        # A definition is no clause; what only looks like one is.
        ("[a]:\n\nb", [("paragraph", 0, "[a]:", None), ("paragraph", 0, "b", None)]),
        ("[a]:\nu v", [("paragraph", 0, "[a]:\nu v", None)]),
        ("[a]:\n<u>\n'v'\nw", [("paragraph", 0, "w", None)]),
        ("[a]:\n<u> 'v'\nw", [("paragraph", 0, "w", None)]),
        ("[a]: u\n'v' w", [("paragraph", 0, "'v' w", None)]),
        ("[a]: <u>'v'", [("paragraph", 0, "[a]: <u>'v'", None)]),
        ("[a]: u v", [("paragraph", 0, "[a]: u v", None)]),
        # The columns of an item's words.
        ("-\t\tx", [("item", 1, "      x", None)]),
        ("- a\n    b\n\n      c", [("item", 1, "a\nb", None), ("code", 1, "    c", None)]),
        ("a\n| b |\n|---|", [("paragraph", 0, "a", None), ("table", 0, "| b |\n|---|", None)]),
        ("a\n    | b |\n|---|", [("paragraph", 0, "a\n| b |\n|---|", None)]),
        ("<!Aé\n\n>", [("html", 0, "<!Aé\n\n>", None)]),
        ("<!é>", [("paragraph", 0, "<!é>", None)]),
        ("<!1A>", [("paragraph", 0, "<!1A>", None)]),
        # In a quotation: a tab behind the mark, a mark too far in, and code that ends or does not.
        (">\ta", [("quote", 0, "  a", None)]),
        ("> a\n   > b\n    > c", [("quote", 0, "a\nb\n> c", None)]),
        ("- > a\n     > b\n      > c", [("item", 1, "> a\n> b\n> c", None)]),
        ("> ```\n> a\n> ``` b\nc",
         [("quote", 0, "```\na\n``` b", None), ("paragraph", 0, "c", None)]),
        ("> ```\n> ```\na", [("quote", 0, "```\n```", None), ("paragraph", 0, "a", None)]),
        ("> ````\n> ```\n> ````\n> a\nb", [("quote", 0, "````\n```\n````\na\nb", None)]),
        # What is indented within code stays so, a tab as it stands.
        ("- ```\n  \ta\n\t b\n  c\n  ```", [("item", 1, "```\n\ta\n   b\nc\n```", None)]),
        ("1.   ```\n\t\ta\n     ```", [("item", 1, "```\n   a\n```", None)]),
        ("| a |\n|---|\n    - b", [("table", 0, "| a |\n|---|\n- b", None)]),
        ("| a |\n|---|\n   - b", [("table", 0, "| a |\n|---|", None), ("item", 1, "b", None)]),
        # A definition is no words, so the anchor that parts its two lines stays.
        ("[x]: <!-- #a -->\n/u", [("paragraph", 0, "[x]: <!-- #a -->\n/u", None)]),
    ],
)  # fmt: skip
def test_blocks_and_their_anchors(source, wanted):
    assert [(c.kind, c.depth, c.text, c.anchor) for c in parse(source).clauses] == wanted


def test_lists_nested_too_deep_are_words():
    source = "\n".join("  " * depth + "- x" for depth in range(34))
    clauses = parse(source).clauses
    assert [clause.depth for clause in clauses] == [*range(1, 33), 32, 32]
    assert [clause.kind for clause in clauses[31:]] == ["item", "paragraph", "paragraph"]
    assert clauses[-1].text == "- x"


def test_a_block_begins_where_its_column_does_whatever_tab_stands_there():
    assert [clause.start for clause in parse("1.   a\n\n\t      x").clauses] == [0, 10]
    assert [clause.start for clause in parse("1.   a\n\n \t      x").clauses] == [0, 11]
    assert [clause.start for clause in parse("- a\n\n\t\tx").clauses] == [0, 6]
