"""What was proved before is not proved again, and what was written by others is not believed."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from manifesto_tui.governance import replay
from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import history, milestones
from manifesto_tui.record.git import Repository
from manifesto_tui.workflow import verifying
from manifesto_tui.workflow.verifying import faults_since, prove, verify


@pytest.fixture
def read(monkeypatch):
    """The commits that are read from git, as they are."""
    found = []
    real = history.deltas_since

    def noted(repo, tip=None, since=""):
        for deltas in real(repo, tip, since):
            found.extend(delta.commit for delta in deltas)
            yield deltas

    monkeypatch.setattr(history, "deltas_since", noted)
    return found


def kept(speak):
    return milestones.listed(Repository.discover(speak.folder, dict(os.environ)))


def codes(proof):
    return [found.code for found in proof.findings]


def test_a_proof_goes_on_from_the_one_before(speak, sit, read):
    before = verify(sit().repo)
    read.clear()
    assert verify(sit().repo) == before
    assert read == []
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    proof = verify(sit().repo)
    assert read == [speak.git("rev-parse", "HEAD").strip()]
    assert proof == verify(sit().repo, full=True)
    assert proof.verdict == "PROVED"
    assert len(read) > 2


def test_a_proof_says_how_far_it_has_come_and_can_be_stopped(speak, sit, monkeypatch):
    monkeypatch.setattr(verifying, "_AT_ONCE", 1)
    repo, told = sit().repo, []

    def stop(done, of):
        raise Refused("stopped", "It was stopped.", "Begin it again.")

    with pytest.raises(Refused, match="It was stopped"):
        verify(repo, told=stop)
    assert not kept(speak), "half a proof is not remembered"
    proof = verify(repo, told=lambda *come: told.append(come))
    commits = proof.counts["commits"]
    assert proof.verdict == "PROVED" and commits > 1
    assert told == [(done, commits) for done in range(1, commits + 1)]


def test_a_fault_that_was_found_before_is_told_again(speak, sit, read):
    speak.write("proposals/2026-11/k7f3-x/votes/ben.yaml", "choice: for\n")
    speak.git("add", ".")
    speak.git("commit", "-qm", "By hand")
    first = verify(sit().repo)
    read.clear()
    assert codes(first) == ["unreadable"]
    assert verify(sit().repo) == first
    assert read == []


def test_a_branch_that_left_before_what_was_proved_is_judged_too(speak, sit):
    speak.git("checkout", "-qb", "aside")
    speak.write("manifesto.md", "# Edited\n")
    speak.git("commit", "-qam", "Edit aside")
    speak.git("checkout", "-q", "main")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    verify(sit().repo)
    speak.git("merge", "-q", "--no-edit", "aside")
    assert verify(sit().repo) == verify(sit().repo, full=True)


def test_of_one_tip_after_the_other_only_what_each_brings_is_judged(speak, sit, monkeypatch):
    speak.done("ratify")
    repo, judged, real = sit().repo, [], replay.onward.judge_commit
    base = repo.head()

    def noted(delta, *rest):
        judged.append(delta.commit)
        return real(delta, *rest)

    assert faults_since(repo, base, f"{base}^") == []
    monkeypatch.setattr(replay.onward, "judge_commit", noted)
    monkeypatch.setattr(replay, "judge_commit", pytest.fail)
    speak.git("checkout", "-qb", "aside")
    speak.write("manifesto.md", "# Edited\n")
    speak.git("commit", "-qam", "Edit aside")
    aside = repo.head()
    speak.git("checkout", "-q", "main")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    main = repo.head()
    assert faults_since(repo, main, base) == []
    assert [found.code for found in faults_since(repo, aside, base)] == ["text-edited"]
    speak.git("merge", "-q", "--no-edit", "aside")
    found = faults_since(repo, repo.head(), main)
    assert judged == [main, aside, repo.head()]
    monkeypatch.undo()
    whole = prove(repo, repo.head(), full=True).findings
    assert found == [f for f in whole if f.severity == "error"]
    assert aside in {f.commit for f in found}


def test_a_tip_that_rests_on_nothing_judged_is_proved_whole(speak, sit, read):
    repo = sit().repo
    assert faults_since(repo, repo.head(), f"{repo.head()}^") == []
    speak.git("checkout", "-q", "--orphan", "another")
    speak.git("commit", "-qm", "A beginning of its own")
    speak.git("checkout", "-q", "main")
    speak.git("merge", "-q", "--no-edit", "--allow-unrelated-histories", "another")
    read.clear()
    found = faults_since(repo, repo.head(), f"{repo.head()}^")
    assert [each.code for each in found] == ["founded-twice"]
    assert read == []
    repo.memory["judged"].tips = ("0" * 40,)
    for each in kept(speak):
        milestones.drop(each)
    assert faults_since(repo, repo.head(), f"{repo.head()}^") == found
    assert read != [], "what is held cannot be gone on from, and all is proved"


@pytest.mark.parametrize("change", ["body", "seal", "cut", "name"])
def test_an_altered_memory_is_noticed_and_not_believed(speak, sit, change):
    proof = verify(sit().repo)
    path = kept(speak)[0].path
    data = path.read_bytes()
    head, body = data.split(b"\n", 1)
    if change == "name":
        speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
        tip = speak.git("rev-parse", "HEAD").strip()
        path.rename(path.with_name(f"9-{tip}"))
        proof = prove(sit().repo, tip, full=True)
    else:
        altered = {
            "body": head + b"\n" + body[:-1] + bytes([body[-1] ^ 1]),
            "seal": head[:-1] + (b"1" if head[-1:] == b"0" else b"0") + b"\n" + body,
            "cut": data[: len(head) + 9],
        }[change]
        path.write_bytes(altered)
    found = verify(sit().repo)
    assert (found.verdict, codes(found)) == ("PROVED WITH NOTES", ["memory-altered"])
    assert found.text == proof.text
    assert verify(sit().repo).findings == ()


def test_what_somebody_else_remembered_is_not_believed(speak, sit, read, tmp_path, monkeypatch):
    verify(sit().repo)
    whole = len(read)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another-home"))
    read.clear()
    assert codes(verify(sit().repo)) == []
    assert len(read) == whole


def test_a_secret_that_others_can_read_seals_nothing(speak, sit, read, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    verify(sit().repo)
    (secret,) = Path(tmp_path / "state").rglob("proof-secret")
    assert secret.stat().st_mode & 0o777 == 0o600
    secret.chmod(0o644)
    read.clear()
    verify(sit().repo)
    assert read != []


def test_without_a_home_everything_is_proved_each_time(speak, sit, read, monkeypatch):
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    repo = Repository.discover(speak.folder, dict(os.environ))
    for _ in range(2):
        read.clear()
        assert prove(repo, repo.head()).verdict == "PROVED"
        assert read != []


def test_another_version_of_the_program_proves_afresh(speak, sit, read, monkeypatch):
    verify(sit().repo)
    monkeypatch.setattr(milestones, "_engine", lambda: "another")
    read.clear()
    assert codes(verify(sit().repo)) == []
    assert read != []


def test_few_proofs_are_kept_and_they_lie_further_apart_the_older_they_are(speak, sit, tmp_path):
    repo = sit().repo
    commit = repo.head()
    for judged in range(1, 400):
        milestones.keep(repo, [{"commit": commit, "judged": judged}])
    left = [each.judged for each in kept(speak)]
    assert left[:3] == [399, 398, 397]
    assert 5 < len(left) < 16
    assert all(newer - older <= 400 - newer + 1 for newer, older in pairwise(left))
