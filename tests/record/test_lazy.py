"""A large record opens at once; what was read is remembered by content and never out of date."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from manifesto_tui.record import cache, forms, held, lazy, objects, shelf, snapshot
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from record.made import FILES, FOLDER, founded, vote_file

EVERYTHING = founded() | {path: forms.write(value) for path, value in FILES.items()}


def votes(number: int) -> dict[str, bytes]:
    return {
        path.replace("k7f3", f"k7f{n}"): data
        for n in range(number)
        for path, data in vote_file("anna").items()
    }


@pytest.fixture
def tip(repo):
    return commit(repo, EVERYTHING, "Found", None)


def read_again(repo, commit):
    fresh = Repository.discover(repo.work_tree, repo.environment)
    return snapshot.read_assembly(fresh, commit)


def refuse(*_):
    raise AssertionError("git was asked")


def test_opening_reads_no_proposal(repo, tip, monkeypatch):
    monkeypatch.setattr(shelf, "list_tree", refuse)
    assert [p.slug for p in snapshot.read_assembly(repo, tip).proposals] == ["k7f3-publish"]


def test_opening_again_asks_git_nothing(repo, tip, monkeypatch):
    first = snapshot.read_assembly(repo, tip)
    assert first.problems == ()
    monkeypatch.setattr(Repository, "_start", refuse)
    again = snapshot.read_assembly(replace(repo, memory={}), tip)
    assert again == first
    assert again.proposals[0].votes == first.proposals[0].votes


def test_problems_come_out_of_the_cache_too(repo, tip):
    bad = {f"{FOLDER}/votes/ben.yaml": b"choice: [for\n", f"{FOLDER}/odd": b""}
    tip = commit(repo, bad, "Odd", tip)
    first = read_again(repo, tip).problems
    assert [problem.code for problem in first] == ["unknown-file", "bad-yaml"]
    assert read_again(repo, tip).problems == first


def test_a_new_vote_is_seen_at_once(repo, tip):
    assert len(read_again(repo, tip).proposals[0].votes) == 1
    tip = commit(repo, vote_file("ben"), "Vote", tip)
    assert len(read_again(repo, tip).proposals[0].votes) == 2


def test_many_are_read_in_one_go(repo, monkeypatch):
    tip = commit(repo, founded() | votes(9), "Found", None)
    asked = []
    monkeypatch.setattr(shelf, "list_tree", lambda *a: asked.append(a) or objects.list_tree(*a))
    found = [p.votes[0].voter for p in snapshot.read_assembly(repo, tip).proposals]
    assert found == ["anna"] * 9
    assert len(asked) == shelf.STEPS.index(48) + 1


def test_of_some_that_stand_together_on_a_page_the_first_that_is_looked_at_reads_all(
    repo, monkeypatch
):
    tip = commit(repo, founded() | votes(9), "Found", None)
    asked = []
    monkeypatch.setattr(shelf, "list_tree", lambda *a: asked.append(a[2]) or objects.list_tree(*a))
    page = snapshot.read_assembly(repo, tip).proposals[2:6]
    assert not asked
    assert all(not proposal.revisions for proposal in page)
    assert asked == [[proposal.folder for proposal in page]]


def test_some_that_are_asked_for_together_are_read_in_one_go_and_alone(repo, monkeypatch):
    tip = commit(repo, founded() | votes(9), "Found", None)
    asked = []
    monkeypatch.setattr(shelf, "list_tree", lambda *a: asked.append(a[2]) or objects.list_tree(*a))
    assembly = snapshot.read_assembly(repo, tip)
    wanted = [assembly.proposals[at].folder for at in (1, 4, 8)]
    snapshot.fetch(assembly, wanted)
    assert [p.votes[0].voter for p in assembly.proposals if p.folder in wanted] == ["anna"] * 3
    assert asked == [wanted]


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_cache_that_is_gone_or_damaged_only_costs_time(repo, tip, damage):
    first = read_again(repo, tip)
    assert first.problems == ()
    (file,) = (repo.common_dir / "manifesto-tui").glob("cache-*.sqlite")
    file.unlink() if damage is None else file.write_bytes(damage)
    assert read_again(repo, tip) == first


def rows(repo, query, *values):
    (file,) = (repo.common_dir / "manifesto-tui").glob("cache-*.sqlite")
    with closing(sqlite3.connect(file)) as held, held:
        return held.execute(query, values).fetchall()


TABLES = ["folders", "votes", "openings", "listings"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("row", [b"", b"x" * 40, "words", 1, None])
def test_a_cache_with_other_rows_only_costs_time(repo, tip, table, row):
    first = read_again(repo, tip)
    assert first.problems == ()
    assert rows(repo, f"SELECT count(*) FROM {table}") == [(1,)]
    rows(repo, f"UPDATE {table} SET value = ?", row)
    assert read_again(repo, tip) == first


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_or_cut_short_only_costs_time(repo, tip, table):
    first = read_again(repo, tip)
    assert first.problems == ()
    rows(repo, f"UPDATE {table} SET value = substr(value, 1, length(value) - 1)")
    assert read_again(repo, tip) == first
    rows(repo, f"DELETE FROM {table}")
    assert read_again(repo, tip) == first


def test_rows_of_another_tip_are_not_believed(repo, tip):
    assert read_again(repo, tip).problems == ()
    old = rows(repo, "SELECT value FROM openings")[0][0]
    newer = commit(repo, vote_file("ben"), "Vote", tip)
    right = read_again(repo, newer)
    assert len(right.proposals[0].votes) == 2
    rows(repo, "UPDATE openings SET value = ?", old)
    assert read_again(repo, newer) == right
    # The rows of the folder as it was, under the id of what it is.
    now = rows(repo, "SELECT id FROM votes")[0][0]
    assert len(read_again(repo, tip).proposals[0].votes) == 1
    for table in ("votes", "folders"):
        rows(repo, f"UPDATE {table} SET id = ?", now)
    assert read_again(repo, newer) == right


def test_a_cache_holds_one_row_for_a_folder_and_few_for_commits(repo, tip):
    for number in range(6):
        tip = commit(repo, vote_file(f"v{number}"), "Vote", tip)
        assert len(read_again(repo, tip).proposals[0].votes) == number + 2
    counts = [rows(repo, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]
    assert counts == [1, 1, 4, 4]


def test_votes_that_were_let_go_are_read_again(repo, monkeypatch):
    monkeypatch.setattr(held, "MOST_VOTES", 3)
    tip = commit(repo, founded() | votes(9), "Found", None)
    proposals = read_again(repo, tip).proposals
    for _ in range(2):
        assert [p.votes[0].path.split("/")[2][:4] for p in proposals] == [
            f"k7f{n}" for n in range(9)
        ]


def test_reading_anew_tells_how_far_it_is(repo, tip):
    told = []
    watched = replace(repo, progress=lambda *at: told.append(at))
    assert snapshot.read_assembly(watched, tip).problems == ()
    assert told == [(0, 1), (1, 1)]


def test_a_cache_that_cannot_be_written_only_costs_time(repo, tip):
    (repo.common_dir / "manifesto-tui" / f"cache-{cache.VERSION}.sqlite").mkdir()
    assert read_again(repo, tip) == read_again(repo, tip)


def test_a_lazy_proposal_can_be_changed_like_any_other(repo, tip):
    (proposal,) = snapshot.read_assembly(repo, tip).proposals
    assert replace(proposal, votes=()).votes == ()
    assert replace(proposal, votes=()).ballot == proposal.ballot


def test_forgetting_is_always_allowed(repo, tip):
    first = read_again(repo, tip)
    Cache(repo.common_dir).forget()
    assert read_again(repo, tip) == first


def test_what_was_made_of_the_same_folder_is_taken_over(repo):
    tip = commit(repo, founded() | votes(3), "Found", None)
    first = snapshot.read_assembly(repo, tip)
    assert [len(proposal.votes) for proposal in first.proposals] == [1, 1, 1]
    folder = first.proposals[1].folder
    newer = commit(repo, {f"{folder}/votes/ben.yaml": b"choice: [for\n"}, "Vote", tip)
    second = snapshot.read_assembly(repo, newer)
    same = [p is q for p, q in zip(first.proposals, second.proposals, strict=True)]
    assert same == [True, False, True]
    assert second == read_again(repo, newer)
    assert first == read_again(repo, tip)


def test_what_was_taken_out_is_held_once_and_read_again_for_who_asks_anew(repo, monkeypatch):
    tip = commit(repo, EVERYTHING | votes(3), "Found", None)
    assembly = read_again(repo, tip)
    snapshot.read_all(assembly)
    held = assembly.__dict__["_shelf"]
    assert [held.look(proposal.folder).packed for proposal in assembly.proposals] == [b""] * 4
    with monkeypatch.context() as patch:
        patch.setattr(shelf.Shelf, "values", refuse)
        known = [(p.revisions, p.ballot, p.decision) for p in assembly.proposals]
    fresh = [lazy._lazy_proposal(proposal.folder, held) for proposal in assembly.proposals]
    assert [(p.revisions, p.ballot, p.decision) for p in fresh] == known
    assert assembly == read_again(repo, tip)
