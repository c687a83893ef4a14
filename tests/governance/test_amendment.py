"""Which of four kinds a change is, and what it is about."""

import pytest

from manifesto_tui.governance.amendment import Change, Comment


@pytest.mark.parametrize(
    ("change", "verb", "target"),
    [
        (Change(clause="a-1", was="x", now="y"), "replace", "a-1"),
        (Change(clause="a-1", was="x", now=""), "replace", "a-1"),
        (Change(clause="a-1", was="x"), "delete", "a-1"),
        (Change(after="a-1", id="a-2", now="y"), "insert", "a-2"),
        (Change(clause="a-1", was="x", move_after="b-1"), "move", "a-1"),
        (Change(clause="a-1", was="x", now="y", move_after="b-1"), "move", "a-1"),
    ],
)
def test_the_kind_follows_from_what_is_given(change, verb, target):
    assert (change.verb, change.target) == (verb, target)


def test_a_comment_is_named_as_its_file_is():
    assert Comment("bea", "", "", path="p/comments/1-bea.yaml").name == "1-bea"
