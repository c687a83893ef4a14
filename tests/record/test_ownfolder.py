"""Where a link stands in the place of this program's own folder, nothing is kept behind it."""

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import alongside, keys, remembered, snapshot
from manifesto_tui.record.commit import commit
from record.made import founded, vote_file


@pytest.fixture
def elsewhere(repo, tmp_path):
    """A folder that git's own leads to, where this program's should be."""
    commit(repo, founded(), "Found", None)
    own, folder = repo.git_dir / "manifesto-tui", tmp_path / "elsewhere"
    own.rename(tmp_path / "before")
    folder.mkdir()
    own.symlink_to(folder)
    return folder


@pytest.mark.parametrize(
    "act",
    [
        lambda repo, tip: commit(repo, vote_file("anna"), "Vote", tip),
        lambda repo, tip: repo.point("refs/remotes/origin/main", tip),
        lambda repo, tip: remembered.add(repo, "seen", {"a": "b"}),
        lambda repo, tip: keys.make(repo, "anna"),
        lambda repo, _: alongside.recover(repo),
    ],
)
def test_what_is_to_be_kept_there_is_refused(repo, elsewhere, act):
    tip = repo.head()
    with pytest.raises(Unavailable) as raised:
        act(repo, tip)
    assert raised.value.code == "folder-elsewhere"
    assert str(repo.git_dir / "manifesto-tui") in raised.value.sentence
    assert (repo.head(), list(elsewhere.iterdir())) == (tip, [])


def test_who_only_reads_reads_without_the_cache(repo, elsewhere):
    assert snapshot.read_assembly(repo, repo.head()).manifesto.title
    assert remembered.read(repo, "seen") == {}
    assert list(elsewhere.iterdir()) == []


def test_a_folder_within_that_leads_elsewhere_is_refused_as_well(repo, tmp_path):
    tip = commit(repo, founded(), "Found", None)
    pending = repo.git_dir / "manifesto-tui" / "pending"
    pending.rmdir()
    pending.symlink_to(tmp_path)
    with pytest.raises(Unavailable, match="pending leads elsewhere"):
        commit(repo, vote_file("anna"), "Vote", tip)
    assert repo.head() == tip
