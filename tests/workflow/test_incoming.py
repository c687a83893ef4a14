"""Amendments from files: copies of the text, and YAML written by hand."""

import pytest

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.incoming import from_file, from_files

BY_HAND = """\
title: Shorter
rationale: Because.
changes:
- clause: open-1
  was: We publish what we make.
  now: We publish.
"""


def test_what_filing_sets_may_be_left_out(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(BY_HAND, encoding="utf-8")
    found = from_file(file)
    assert (found.title, found.rationale) == ("Shorter", "Because.")
    assert [c.now for c in found.changes] == ["We publish."]


def test_what_filing_sets_is_set_whatever_the_file_says(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("id: k7f3\nproposer: someone-else\n" + BY_HAND, encoding="utf-8")
    assert from_file(file).proposer != "someone-else"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (BY_HAND.replace("  now:", "  nwo:"), 6),
        (BY_HAND.replace("changes:", "changes: none\nmore:"), 3),
        ("kind: [}\n" + BY_HAND, 1),
        (BY_HAND + "title: Again\n", 7),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, words, line):
    file = tmp_path / "a.yaml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        from_file(file)
    place, found, column = refused.value.where.rsplit(":", 2)
    assert place == str(file)
    assert int(found) == line
    assert int(column) >= 1


def test_a_copy_is_known_by_its_place_its_name_or_because_there_is_one_file(sit, tmp_path):
    desk = sit()
    other = tmp_path / "anything.md"
    other.write_text("# A copy\n", encoding="utf-8")
    for file in (other, desk.repo.work_tree / "manifesto.md"):
        assert list(from_files(desk, [file])) == ["manifesto.md"]


def test_two_copies_of_one_file_are_refused(sit, tmp_path):
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text("# A copy\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        from_files(sit(), [tmp_path / "one.md", tmp_path / "two.md"])
    assert refused.value.code == "text-twice"


def test_a_byte_order_mark_is_no_word(sit, tmp_path):
    file = tmp_path / "copy.md"
    file.write_bytes(b"\xef\xbb\xbf# A copy\n")
    assert from_files(sit(), [file]) == {"manifesto.md": "# A copy\n"}
