"""One redline in every format: each says the same, and gives back either text to the word."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_tui.prose import compare_texts, parse, read_text
from manifesto_tui.publish import Provenance, markdown_redline, plain_redline, redline
from manifesto_tui.publish.akn import akn
from manifesto_tui.publish.blocks import redline_blocks, side, text_blocks
from manifesto_tui.publish.docx import docx
from manifesto_tui.publish.html import html
from manifesto_tui.publish.paper import redline_paper
from publish import reading_back as back

SOURCE = Provenance("Made up", "c" * 40, "sha256:" + "d" * 64, "in-force", "2026-11-01T09:00:00Z")

OLD = """# Open <!-- #open -->

We **find** the skills, and put [the list](https://example.org/a) in the open. [@made-up]

One sentence here.
Another sentence there, which is rather long and stays as it is.

- An item that stays a thing
- An item that goes away

Take me to the end of all this text, please do.

Two paragraphs about rather different things,

which one day were joined into one.

Last one stays here.
"""
NEW = """# Open to all <!-- #open -->

We *realise* the skills, and put [the list](https://example.org/b) in the open. [@made-up]

One sentence here.

Another sentence there, which is rather long and stays as it is.

- An item that stays a thing

Two paragraphs about rather different things,
which one day were joined into one.

Last one stays here.

Take me to the end of all this text, please do.

> A quotation that is new
"""

WORDS = ("we", "must", "open", "care", "team")
MARKED = ("**bold**", "*soft*", "`code`", "[a](https://e.org/x)")


def texts(words, lines):
    line = st.lists(st.sampled_from(words), min_size=1, max_size=8).map(" ".join)
    items = st.lists(line, min_size=1, max_size=3)
    block = st.one_of(
        st.lists(line, min_size=1, max_size=lines).map("\n".join),
        line.map("## {}".format),
        items.map(lambda each: "\n".join(f"- {item}" for item in each)),
        items.map(lambda each: "\n".join(f"1. {item}" for item in each)),
        line.map("> {}".format),
        line.map("```\n{}\n```".format),
    )
    return st.lists(block, max_size=7).map(lambda blocks: "\n\n".join(blocks) + "\n")


text = texts((*WORDS, *MARKED), lines=3)
plain = texts(WORDS, lines=1)  # So that Markdown says just what is seen.


def passages(old, new):
    before, after = read_text({"a.md": old}), read_text({"a.md": new})
    return before, after, redline(before, after, compare_texts(before, after))


def paper(old, new):
    return redline_paper(passages(old, new)[2], SOURCE, {})


def without_targets(sides):
    """Takes out where links lead, which a redline shows where it changed."""
    return [(kind, words.replace(" (https://e.org/x)", "")) for kind, words in sides]


@settings(max_examples=150, deadline=None)
@given(text, text)
def test_each_side_of_the_blocks_reads_as_its_text(old, new):
    before, after, found = passages(old, new)
    blocks = redline_blocks(found)
    assert without_targets(side(blocks, "-")) == side(text_blocks(before), "-")
    assert without_targets(side(blocks, "+")) == side(text_blocks(after), "+")


@settings(max_examples=60, deadline=None)
@given(text, text)
def test_every_format_tells_the_same_operations(old, new):
    made = paper(old, new)
    told = back.joined(back.of_blocks(made.blocks))
    assert back.joined(back.of_docx(docx(made))) == told
    assert back.joined(back.of_html(html(made))) == told
    assert back.joined(back.of_akn(akn(made))) == told


@settings(max_examples=80, deadline=None)
@given(plain, plain)
def test_criticmarkup_tells_the_operations_that_every_other_format_tells(old, new):
    told = back.joined(back.of_blocks(paper(old, new).blocks))
    assert back.joined(back.of_critic(markdown_redline(passages(old, new)[2]))) == told


@settings(max_examples=150, deadline=None)
@given(text, text)
def test_criticmarkup_taken_or_left_gives_either_text(old, new):
    before, after, found = passages(old, new)
    made = markdown_redline(found)
    for op, wanted in (("-", before), ("+", after)):
        read = [(c.kind, c.ordered, c.text) for c in parse(back.critic_side(made, op)).clauses]
        assert read == [(c.kind, c.ordered, c.text) for _, c in wanted]


def test_a_split_is_an_added_paragraph_mark_and_a_merge_a_removed_one():
    ends = [(b.change, b.end) for b in paper(OLD, NEW).blocks if b.change in ("split", "merged")]
    assert ends == [("split", "+"), ("split", "="), ("merged", "-"), ("merged", "=")]


def test_a_link_that_leads_elsewhere_shows_where():
    told = back.joined(back.of_blocks(paper(OLD, NEW).blocks))
    assert any(op == "-" and "https://example.org/a" in words for op, words in told)
    assert any(op == "+" and "https://example.org/b" in words for op, words in told)


def test_a_clause_that_is_only_set_otherwise_says_as_what():
    old = "# T\n\nWe are open here. <!-- #a -->\n\n## Sub <!-- #b -->\n"
    new = "# T\n\n- We are open here. <!-- #a -->\n\n# Sub <!-- #b -->\n"
    labels = [block.label for block in paper(old, new).blocks if block.label]
    assert labels == [
        *("Was a paragraph", "Now a list item"),
        *("Was a heading of level 2", "Now a heading of level 1"),
    ]
    page = back.html.fromstring(html(paper(old, new)).decode())
    assert page.xpath("//*[@class='label']/text()") == labels
    told = plain_redline(passages(old, new)[2])
    assert "We are open here. (was a paragraph, now a list item)" in told


def test_a_move_is_a_move_in_word():
    content = back.zipfile.ZipFile(back.io.BytesIO(docx(paper(OLD, NEW))))
    document = content.read("word/document.xml").decode()
    for tag in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"):
        assert document.count(f"<w:{tag} ") == 1
    assert document.count('w:name="move1"') == 2


def test_ids_of_tracked_changes_are_unique():
    content = back.zipfile.ZipFile(back.io.BytesIO(docx(paper(OLD, NEW))))
    root = back.etree.fromstring(content.read("word/document.xml"))
    tags = ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")
    ids = [found.get(f"{back.W}id") for tag in tags for found in root.iter(f"{back.W}{tag}")]
    assert len(ids) == len(set(ids)) > 10


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize(("mode", "op"), [("accept", "+"), ("reject", "-")])
def test_pandoc_takes_or_leaves_all_changes_and_reads_either_text(tmp_path, mode, op):
    made = paper(OLD, NEW)
    file = tmp_path / "redline.docx"
    file.write_bytes(docx(made))
    done = subprocess.run(
        ["pandoc", f"--track-changes={mode}", "-t", "plain", "--wrap=none", str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    read = [" ".join(line.split()).lstrip("-•◦ ") for line in done.stdout.splitlines()]
    read = [line for line in read if line]
    wanted = [" ".join(words.split()) for _, words in side(made.blocks, op)]
    start = read.index(wanted[0])
    assert read[start : start + len(wanted)] == wanted


def test_a_number_that_the_author_typed_stands_there_once():
    found = text_blocks(read_text({"a.md": "# 1. Open\n\nWords.\n\n# Kind\n"}))
    assert [block.number for block in found] == ["", "1.1", "2"]
