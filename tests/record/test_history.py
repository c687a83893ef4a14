"""History comes as deltas, parents first, from the founding on."""

import pytest

from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import history, log
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from record.made import TEXT, founded, vote_file


@pytest.fixture
def tip(repo, git):
    (repo.work_tree / "old.md").write_text("# Old\n")
    git(repo.work_tree, "add", ".")
    git(repo.work_tree, "commit", "--quiet", "-m", "Before")
    return commit(repo, founded(), "Found", repo.head())


def test_the_founding_comes_whole(repo, tip):
    (founding,) = history.deltas(repo)
    assert founding.commit == tip
    assert len(founding.parents) == 1
    assert {change.path for change in founding.changes} == {*founded(), "old.md"}
    assert all(change.status == "A" and change.old is None for change in founding.changes)


def test_a_change_carries_both_sides(repo, tip):
    commit(repo, {"manifesto/01-open.md": b"# New\n"}, "Edit", tip)
    *_, last = history.deltas(repo)
    (change,) = last.changes
    assert (change.status, change.old, change.new) == ("M", TEXT, b"# New\n")
    assert last.parents == (tip,)
    assert last.author == "Made-up Member <made-up@example.org>"


def test_an_empty_commit_changes_nothing(repo, tip, git):
    git(repo.work_tree, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    *_, last = history.deltas(repo)
    assert last.changes == ()


def test_a_merge_is_told_against_its_first_parent(repo, tip, git):
    git(repo.work_tree, "switch", "--quiet", "-c", "other")
    side = commit(repo, vote_file("ben"), "Vote", tip)
    git(repo.work_tree, "switch", "--quiet", "main")
    main = commit(repo, vote_file("anna"), "Vote", tip)
    git(repo.work_tree, "merge", "--quiet", "--no-edit", "other")
    found = {delta.commit: delta for delta in history.deltas(repo)}
    merge = found[repo.head()]
    assert merge.parents == (main, side)
    assert [change.path for change in merge.changes] == list(vote_file("ben"))
    assert list(found)[-1] == merge.commit and len(found) == 4


def test_a_second_root_comes_whole(repo, tip, git):
    git(repo.work_tree, "switch", "--quiet", "--orphan", "other")
    commit(repo, vote_file("ben"), "Slip in", None)
    git(repo.work_tree, "switch", "--quiet", "main")
    git(repo.work_tree, "merge", "--quiet", "--allow-unrelated-histories", "--no-edit", "other")
    roots = [delta for delta in history.deltas(repo) if not delta.parents]
    assert [change.path for change in roots[0].changes] == list(vote_file("ben"))


def test_a_link_has_no_bytes(repo, tip, git):
    (repo.work_tree / "manifesto/link.md").symlink_to("01-open.md")
    git(repo.work_tree, "add", ".")
    git(repo.work_tree, "commit", "--quiet", "-m", "Link")
    *_, last = history.deltas(repo)
    (change,) = last.changes
    assert (change.status, change.mode, change.new) == ("A", "120000", None)


def test_a_rename_is_an_end_and_a_beginning(repo, tip, git):
    git(repo.work_tree, "mv", "manifesto/01-open.md", "manifesto/02-open.md")
    git(repo.work_tree, "commit", "--quiet", "-m", "Rename")
    *_, last = history.deltas(repo)
    assert [change.status for change in last.changes] == ["D", "A"]


def test_chunks_join_without_a_seam(repo, tip, monkeypatch):
    whole = [*history.deltas(repo)]
    for handle in ("a", "b", "c", "d"):
        tip = commit(repo, vote_file(handle), "Vote", tip)
    whole = [*history.deltas(repo)]
    monkeypatch.setattr(history, "_CHUNK", 2)
    assert [*history.deltas(repo)] == whole


def test_a_shallow_clone_cannot_be_proved(repo, tip, git, tmp_path):
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.work_tree}", "shallow")
    shallow = Repository.discover(tmp_path / "shallow", repo.environment)
    with pytest.raises(Refused) as raised:
        next(history.deltas(shallow))
    assert raised.value.code == "shallow-clone"


def test_no_manifesto_no_history(repo):
    assert [*history.deltas(repo)] == []


def test_anchors_that_are_gone_are_remembered(repo, tip):
    commit(repo, {"manifesto/01-open.md": b"# New <!-- #new -->\n"}, "Edit", tip)
    assert log.anchors(repo) == {"open", "open-1", "new"}


def test_the_log_names_the_latest_first(repo, tip):
    commit(repo, vote_file("anna"), "Vote on k7f3: for", tip)
    subjects = [entry.subject for entry in log.entries(repo)]
    assert subjects == ["Vote on k7f3: for", "Found", "Before"]
    (founding,) = log.entries(repo, (RULES,))
    assert founding.commit == tip


def test_a_file_that_is_called_as_a_commit_is_stands_in_nobodys_way(repo, tip):
    names = (tip, f"^{tip}", f"{tip}..{tip}")
    newer = commit(repo, dict.fromkeys(names, b"odd\n"), "Odd", tip)
    assert [delta.commit for delta in history.deltas(repo)] == [tip, newer]
    assert history.is_base(repo, tip, newer)
    assert history.between(repo, tip, newer) == {newer}
    assert log.commit(repo, tip).subject == "Found"
    assert log.anchors(repo) == {"open", "open-1"}


def test_a_first_commit_is_told_whatever_the_person_has_git_show(repo, git):
    git(repo.work_tree, "config", "--global", "log.showRoot", "false")
    tip = commit(repo, founded(), "Found", None)
    assert log.founding(repo, tip) == tip
    assert log.anchors(repo) == {"open", "open-1"}
    assert set(log.commit(repo, tip).paths) == set(founded())
