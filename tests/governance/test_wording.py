from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.wording import called, in_one_line, read, written
from manifesto_tui.prose import Block, read_text, shortened


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        (Block("heading", "Open", 2), "## Open"),
        (Block("paragraph", "Words.\nMore."), "Words.\nMore."),
        (Block("item", "Nurses.", 1), "- Nurses."),
        (Block("item", "Nurses.\nAll.", 2), "  - Nurses.\n    All."),
        (Block("item", "Nurses.", 3, True), "    1. Nurses."),
        (Block("paragraph", "Within.", 1), "  Within."),
        (Block("code", "    x = 1"), "    x = 1"),
        (Block("code", "    - a\n      - b"), "    - a\n      - b"),
        (Block("code", "    - a\n      - b", 1), "      - a\n        - b"),
    ],
)
def test_a_block_says_how_deep_it_stands(block, markdown):
    assert written(block) == markdown
    assert read(markdown) == block


NESTED = Block("item", "Nurses.", 3)


def test_who_leaves_the_spaces_out_means_the_depth_that_was():
    assert read("- Doctors.", NESTED, was="- Nurses.").depth == 3
    assert read("Doctors.", NESTED, was="    - Nurses.") == Block("item", "Doctors.", 3)


def test_who_wrote_spaces_before_and_none_now_means_the_outermost():
    assert read("- Doctors.", NESTED, was="    - Nurses.").depth == 1
    assert read("  - Doctors.", NESTED, was="    - Nurses.").depth == 2


def test_code_that_looks_like_a_list_leaves_the_list_that_it_stood_in():
    code = Block("code", "    - a\n      - b")
    assert read(written(code), NESTED, was=written(NESTED)) == code
    assert read(written(code), replace(code, depth=1), was="      - a") == code


def test_two_blocks_are_refused():
    with pytest.raises(ValueError, match="These are 2 blocks"):
        read("  - One.\n  - Two.")


@given(
    st.integers(1, 9), st.booleans(), st.lists(st.sampled_from("abc de"), min_size=1).map("".join)
)
def test_what_was_written_is_read_back(depth, ordered, words):
    block = Block("item", f"x{' '.join(words.split())}", depth, ordered)
    assert read(written(block)) == block


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_what_stands_within_an_item_is_set_in_by_one_level_whatever_its_depth(depth):
    assert written(Block("paragraph", "Within.", depth)) == "  Within."
    assert written(Block("code", "    x", depth)) == "      x"
    assert read("  Within.", Block("paragraph", "Was.", depth)).depth == depth


def test_code_in_an_item_keeps_its_depth_and_leaves_it_by_its_spaces():
    within = Block("code", "    - a\n      - b", 2)
    assert written(within) == "      - a\n        - b"
    assert read(written(within), within, was=written(within)) == within
    assert read(written(within)).depth == 1
    assert read("    - a\n      - b", within, was=written(within)).depth == 0


def test_a_heading_stands_in_no_list():
    assert read("  ## Open") == Block("heading", "Open", 2)


def test_words_are_compared_in_one_line():
    assert in_one_line(" two\n  lines\t") == "two lines"
    assert in_one_line(None) == ""


def test_a_clause_is_called_by_its_number_or_how_it_begins():
    text = read_text({"m.md": "Before. <!-- #x -->\n\n# One <!-- #one -->\n\nA. <!-- #a -->\n"})
    assert called(text, "a") == "1.1"
    assert called(text, "gone", "y" * 200) == f"“{shortened('y' * 200, 80)}”"
    assert called(text, "gone") == "gone"
