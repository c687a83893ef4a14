"""Who looks for what is still to be done reads nothing of what was decided."""

from dataclasses import replace

import pytest

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.record import forms, settled, shelf, snapshot
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.shelf import Shelf
from record.made import FILES, FOLDER, founded, vote_file

DECIDED = {path: forms.write(v) for path, v in FILES.items() if path.startswith(FOLDER)}
AMENDMENT = {path: DECIDED[path] for path, v in FILES.items() if isinstance(v, Amendment)}


def elsewhere(id, files):
    named = {path.replace("k7f3", id): data for path, data in files.items()}
    return {path: data and data.replace(b"k7f3", id.encode()) for path, data in named.items()}


@pytest.fixture
def tip(repo):
    rivals = {path: data for path, data in DECIDED.items() if path not in AMENDMENT}
    files = DECIDED | elsewhere("aaaa", DECIDED) | elsewhere("bbbb", AMENDMENT)
    return commit(repo, founded() | files | elsewhere("cccc", rivals), "Found", None)


@pytest.fixture
def fetched(monkeypatch):
    seen = []
    fetch = Shelf._fetch

    def noting(self, keys):
        seen.extend(folder.rpartition("/")[2][:4] for folder, _ in keys)
        fetch(self, keys)

    monkeypatch.setattr(Shelf, "_fetch", noting)
    return seen


def unsettled(repo, tip):
    fresh = Repository.discover(repo.work_tree, repo.environment)
    assembly = snapshot.read_assembly(fresh, tip)
    found = [proposal.id for proposal in assembly.unsettled]
    assert found == [p.id for p in Assembly.unsettled.func(assembly)]
    return found


def test_what_was_decided_is_read_once_and_a_decided_ballot_between_rivals_is_not_left_out(
    repo, tip, fetched
):
    assert unsettled(repo, tip) == ["bbbb", "cccc"]
    assert {"k7f3", "aaaa"} <= {*fetched}


def test_a_later_commit_reads_what_is_new_there_and_what_is_not_decided(repo, tip, fetched):
    assert unsettled(repo, tip) == ["bbbb", "cccc"]
    new = elsewhere("dddd", AMENDMENT) | elsewhere("aaaa", vote_file("zoe"))
    newer = commit(repo, new, "Propose", tip)
    fetched.clear()
    fresh = Repository.discover(repo.work_tree, repo.environment)
    found = [proposal.id for proposal in snapshot.read_assembly(fresh, newer).unsettled]
    assert found == ["bbbb", "cccc", "dddd"]
    assert sorted(fetched) == ["aaaa", "bbbb", "cccc", "dddd"]


def test_where_nothing_is_known_of_many_only_what_tells_is_read(repo, tip, fetched, monkeypatch):
    monkeypatch.setattr(shelf, "_ARGUMENTS", 2)
    torn = {
        path.replace("k7f3", named): data if not path.endswith(bad) else b"torn"
        for named, bad in (("dddd", "decision.yaml"), ("eeee", "amendment.yaml"))
        for path, data in DECIDED.items()
    }
    newer = commit(repo, torn, "By hand", tip)
    told = []
    fresh = Repository.discover(repo.work_tree, repo.environment)
    watched = replace(fresh, progress=lambda *at: told.append(at))
    found = [proposal.id for proposal in snapshot.read_assembly(watched, newer).unsettled]
    assert found == ["bbbb", "cccc", "dddd", "eeee"] == fetched
    assert told[:3] == [(2, 6), (4, 6), (6, 6)]
    assert unsettled(repo, newer) == found
    assert len(settled.recall(Cache(repo.common_dir))) == 2


def test_what_is_kept_is_kept_for_the_folders_that_there_are(repo, tip):
    cache = Cache(repo.common_dir)
    assert settled.recall(cache) == frozenset()
    assert unsettled(repo, tip) == ["bbbb", "cccc"]
    first = settled.recall(cache)
    assert len(first) == 2
    gone = dict.fromkeys(elsewhere("aaaa", DECIDED))
    newer = commit(repo, {**gone, **elsewhere("eeee", DECIDED)}, "Put away", tip)
    assert unsettled(repo, newer) == ["bbbb", "cccc"]
    assert len(settled.recall(cache)) == 2
    assert settled.recall(cache) != first


def test_an_assembly_with_other_proposals_looks_at_those(repo, tip):
    assembly = snapshot.read_assembly(repo, tip)
    few = replace(assembly, proposals=assembly.proposals[:2])
    assert [p.id for p in few.unsettled] == ["bbbb"]
    assert list(few.folders) == [p.folder for p in few.proposals]
    assert few.find("bbbb") is few.proposals[1]
