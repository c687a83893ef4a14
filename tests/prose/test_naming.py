"""Where anchors go, so that a site made of the text stays as it was."""

import pytest

from manifesto_tui.prose import anchor_text, read_text, without_anchors
from manifesto_tui.prose.attributes import words_end


def anchored(source: str) -> str:
    return anchor_text(read_text({"a.md": source})).sources["a.md"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# Open\n\nx\n", "# Open\n<!-- #open -->\n\nx <!-- #open-1 -->\n"),
        ("# Open {#top}\n", "# Open {#top}\n<!-- #open-top -->\n"),
        ("# Open #\n", "# Open #\n<!-- #open -->\n"),
        ("Open\n====\n", "Open\n====\n<!-- #open -->\n"),
        (
            "- a\n\n  # B\n\n  - c\n",
            "- a <!-- #a-1 -->\n\n  # B <!-- #b -->\n\n  - c <!-- #b-1 -->\n",
        ),
        ("# Open\r\n\r\nx\r\n", "# Open\r\n<!-- #open -->\r\n\r\nx <!-- #open-1 -->\r\n"),
    ],
)
def test_a_heading_keeps_its_line_and_its_list(source, wanted):
    assert anchored(source) == wanted


@pytest.mark.parametrize(
    "source", ["We publish.\n{: .wide}\n", "- one\n{: .list}\n", "> said\n{: .q}\n"]
)
def test_attributes_below_a_block_stay_last(source):
    words, _, attributes = source.partition("\n")
    assert anchored(source) == f"{words} <!-- #a-1 -->\n{attributes}"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        # Behind a marker alone it would be words, and begin a list.
        ("a\n+\n", "a <!-- #a-1 -->\n+\n"),
        ("a\nb\n3)", "a <!-- #a-1 -->\nb\n3)"),
        ("a\nlonger than it\n3)", "a <!-- #a-1 -->\nlonger than it\n3)"),
    ],
)
def test_a_marker_alone_ends_no_clause_that_has_an_anchor(source, wanted):
    assert anchored(source) == wanted


def test_attributes_right_below_a_heading_belong_to_it():
    assert anchored("# Open\n{: .big}\n").startswith("# Open <!-- #open -->\n{: .big}\n")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("# Open {#top}", "# Open"),
        ("## Open {: .a} ##", "## Open"),
        ("# C#", "# C#"),
        ("# {#top}", "# {#top}"),
        ("# Open {{ x }}", "# Open {{ x }}"),
    ],
)
def test_the_words_of_a_heading_end_before_attributes_and_closing_hashes(heading, words):
    assert heading[: words_end(heading)] == words
    assert words_end("# " + " {" * 300_000) > 0


def test_what_stands_for_words_is_no_attribute():
    assert anchored("Now\n{% include x %}\n") == "Now\n{% include x %} <!-- #a-1 -->\n"


@pytest.mark.parametrize("source", ["# Open {#top}\n\nx\n{: .a}\n", "# A #\n{: .b}\n\nB\n===\n"])
def test_a_text_reads_the_same_with_anchors_and_without_them_is_as_it_was(source):
    blocks = [clause.block for _, clause in read_text({"a.md": source})]
    assert [clause.block for _, clause in read_text({"a.md": anchored(source)})] == blocks
    assert without_anchors(anchored(source)) == source
