"""Paths say what a file is, and new ones never meet old ones."""

from datetime import UTC, datetime

import pytest

from manifesto_tui.governance.paths import ID, kind_of, place_of
from manifesto_tui.record import layout
from record.made import FILES, FOLDER

NOW = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize("path", FILES)
def test_every_kind_of_file_is_known_by_its_path(path):
    assert kind_of(path) == {
        "Second": "second",
        "Comment": "comment",
        "Withdrawal": "withdrawal",
    }.get(type(FILES[path]).__name__, type(FILES[path]).__name__.lower())


def test_a_second_vote_is_a_new_file():
    first = layout.vote_path(FOLDER, "anna")
    second = layout.vote_path(FOLDER, "anna", [first])
    assert [first, second] == [f"{FOLDER}/votes/anna.yaml", f"{FOLDER}/votes/anna-2.yaml"]


def test_a_folder_carries_month_id_and_name():
    folder = layout.proposal_folder(NOW, "k7f3", "Publish every interface!")
    assert folder.startswith("proposals/2026-11/k7f3-publish")
    assert kind_of(layout.ballot_path(folder)) == "ballot"


def test_new_ids_are_unlike_those_taken():

    taken = {layout.new_id(()) for _ in range(50)}
    assert layout.new_id(taken) not in taken
    assert all(ID.fullmatch(chosen) for chosen in taken)


def test_a_comment_path_sorts_by_time():
    earlier = layout.comment_path(FOLDER, NOW, "zoe")
    later = layout.comment_path(FOLDER, NOW.replace(minute=5), "anna")
    assert earlier < later
    assert kind_of(earlier) == "comment"


def test_a_second_file_of_the_longest_handle_is_a_file_of_the_record():
    handle = "a" * 64
    for path_of, kind in (
        (layout.vote_path, "vote"),
        (layout.proxy_path, "proxy"),
        (layout.acceptance_path, "acceptance"),
    ):
        first = path_of(FOLDER, handle)
        second = path_of(FOLDER, handle, [first])
        assert second.endswith(f"{handle}-2.yaml")
        assert [kind_of(first), kind_of(second)] == [kind, kind]
        assert place_of(second).kind == kind
    assert kind_of(layout.second_path(FOLDER, handle, 12)) == "second"
    assert kind_of(layout.signatory_path(handle, 2)) == "signatory"
    said = layout.comment_path(FOLDER, NOW, handle)
    assert kind_of(layout.comment_path(FOLDER, NOW, handle, [said])) == "comment"
