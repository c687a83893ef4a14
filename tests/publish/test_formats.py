"""One redline and one text, in every format: all say the same, and where it comes from."""

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_tui.prose import compare_texts, plain, read_text
from manifesto_tui.publish import (
    Provenance,
    changes_document,
    clauses_csv,
    clean,
    critic,
    inline,
    markdown,
    markdown_redline,
    plain_redline,
    plain_text,
    redline,
    side_by_side,
    text_document,
)

OLD = """# Open <!-- #open -->

We publish what we make. <!-- #open-1 -->

- Free to read. <!-- #open-2 -->
- Free to use. <!-- #open-3 -->

# Kind <!-- #kind -->

Nobody is left behind. <!-- #kind-1 -->
"""
NEW = """# Open by default <!-- #open -->

We publish all that we make. <!-- #open-1 -->

- Free to use. <!-- #open-3 -->

Ask us. <!-- #open-4 -->

# Kind <!-- #kind -->

Nobody is left behind. <!-- #kind-1 -->
"""
SOURCE = Provenance(
    title="A made-up text",
    commit="c0ffee" * 6 + "c0ff",
    digest="sha256:" + "0" * 64,
    state="in-force",
    published="2026-11-01T09:00:00Z",
    licence="CC-BY-4.0",
)


def read(source):
    return read_text({"text.md": source})


def passages(old=OLD, new=NEW):
    before, after = read(old), read(new)
    return redline(before, after, compare_texts(before, after))


def side(found, ops):
    """Returns the clauses' words that one side of a redline holds, in order."""
    joined = ("".join(words for op, words in p.spans if op in ops) for p in found)
    return [words for words in joined if words]


def words_of(source):
    return [clause.text for _, clause in read(source)]


def test_a_redline_holds_both_texts_in_reading_order():
    found = passages()
    assert side(found, "=-") == words_of(OLD)
    assert side(found, "=+") == words_of(NEW)


BLOCKS = st.lists(
    st.sampled_from(["# One", "# Two", "We find them.", "We realise them.", "- Item", "> Said"]),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(BLOCKS, BLOCKS)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(old, new):
    old, new = "\n\n".join(old), "\n\n".join(new)
    before, after = read(old), read(new)
    changes = compare_texts(before, after)
    found = redline(before, after, changes)
    if not any(change.kind in ("split", "merged") for change in changes):
        assert side(found, "=-") == words_of(old)
        assert side(found, "=+") == words_of(new)


def test_marks_stand_in_the_text_and_not_only_in_colour():
    words = [("=", "We "), ("-", "find"), ("+", "realise"), ("=", " them.")]
    assert inline(words) == "We [-find-]{+realise+} them."
    assert critic(words) == "We {--find--}{++realise++} them."
    assert clean(words) == "We realise them."
    assert side_by_side(words, 60) == ["We [-find-] them.            │ We {+realise+} them."]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_side_by_side_never_runs_over_its_width(width):
    words = [("=", "Ein 日本語 text, "), ("-", "x" * 90), ("+", "kurz"), ("=", " und Ende.")]
    for line in side_by_side(words, width):
        assert len(line) <= width


def test_critic_markup_gives_both_texts_back():
    marked = markdown_redline(passages())
    accepted = re.sub(r"\{--.*?--\}", "", marked).replace("{++", "").replace("++}", "")
    rejected = re.sub(r"\{\+\+.*?\+\+\}", "", marked).replace("{--", "").replace("--}", "")
    shown = [c.text for _, c in read(accepted) if c.text]
    assert shown == words_of(NEW)
    assert [c.text for _, c in read(rejected) if c.text] == words_of(OLD)


def test_markdown_is_clean_or_can_be_brought_back():
    text = read(NEW)
    assert "<!--" not in markdown(text, SOURCE)
    assert markdown(text, SOURCE, anchors=True).startswith(NEW.strip("\n"))


def test_plain_text_reads_aloud_with_numbers():
    shown = plain_text(read(NEW), SOURCE)
    assert shown.startswith("1. Open by default\n\n1.1   We publish all that we make.\n")
    assert "1.2   • Free to use." in shown


def test_a_number_that_the_author_typed_is_not_said_twice():
    assert plain_text(read("## 1. Open\n\n## 2. Kind\n")).splitlines()[0] == "1. Open"


def test_every_form_says_where_it_comes_from():
    for shown in (
        markdown(read(NEW), SOURCE),
        markdown_redline(passages(), SOURCE),
        plain_text(read(NEW), SOURCE),
        plain_redline(passages(), SOURCE),
        clauses_csv(read(NEW), SOURCE),
    ):
        assert SOURCE.commit[:12] in shown
        assert SOURCE.digest in shown
    document = text_document(read(NEW), SOURCE)
    assert (document["commit"], document["text"]) == (SOURCE.commit, SOURCE.digest)


def test_the_json_of_a_text_holds_every_clause():
    document = text_document(read(NEW), SOURCE)
    assert [c["anchor"] for c in document["clauses"]] == [
        *("open", "open-1", "open-3", "open-4", "kind", "kind-1")
    ]


def test_the_json_of_a_comparison_joins_to_both_sides():
    before, after = read(OLD), read(NEW)
    for change in changes_document(compare_texts(before, after), "a", "b")["changes"]:
        assert "".join(w for op, w in change["words"] if op in "=-") == change["was"]
        assert "".join(w for op, w in change["words"] if op in "=+") == change["now"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(words):
    rows = list(csv.reader(io.StringIO(clauses_csv(read(f"# T\n\n\\{words}\n"), SOURCE))))
    for row in rows[1:]:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_plain_words_carry_no_marks():
    assert plain("**Free** to [read](https://example.org).") == "Free to read."
