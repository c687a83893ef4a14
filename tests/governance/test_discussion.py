"""Comments that are hidden, by whom that may be, and what the replay says of others."""

import pytest

from governance.history import History, folder, member
from governance.paper import paper
from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.discussion import discussion
from manifesto_tui.governance.roll import Roll

AT = "2026-11-19T10:00:00Z"
ROLL = Roll((member("ada"), member("bea"), member("cem")))
SAID = Comment("bea", AT, "About somebody.", path="p/comments/1-bea.yaml")


@pytest.mark.parametrize(("by", "hides"), [("bea", True), ("ada", True), ("cem", False)])
def test_an_author_or_a_steward_hides_a_comment_and_nobody_else(by, hides):
    hiding = Comment(by, AT, "It names somebody.", path=f"p/comments/2-{by}.yaml", hides="1-bea")
    (said,) = discussion([hiding, SAID], ROLL)
    assert said.comment == SAID
    assert said.hidden == (hiding if hides else None)


@pytest.mark.parametrize(
    ("by", "named", "codes"),
    [
        ("bea", "1-bea", []),
        ("ada", "1-bea", []),
        ("cem", "1-bea", ["comment-void"]),
        ("ada", "3-nobody", ["comment-void"]),
    ],
)
def test_hiding_what_one_may_not_hide_is_noted(by, named, codes):
    history = History()
    history.propose("aaaa")
    history.commit({f"{folder('aaaa')}/comments/1-bea.yaml": paper(SAID)})
    hiding = Comment(by, AT, "It names somebody.", hides=named)
    history.commit({f"{folder('aaaa')}/comments/2-{by}.yaml": paper(hiding)})
    assert [code for code, _ in history.codes()] == codes
