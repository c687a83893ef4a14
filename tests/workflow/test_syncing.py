"""Sending and fetching between clones, and what a crash leaves to the next start."""

import os

import pytest

from cli.speaking import Speaker
from manifesto_tui.governance.problem import Refused
from manifesto_tui.record import alongside
from manifesto_tui.workflow import deciding, editing, people, proposing
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.syncing import sync, unsent


def edited(desk, now):
    sources = desk.assembly.text.sources
    return {path: s.replace("It costs nothing.", now) for path, s in sources.items()}


@pytest.fixture
def together(speak, sit, tmp_path):
    """Two desks, ada's and ben's, at two clones of one shared place."""
    speak.git("clone", "-q", "--bare", ".", str(tmp_path / "hub.git"))
    speak.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    speak.git("clone", "-q", str(tmp_path / "hub.git"), str(tmp_path / "bens"))
    other = Speaker(tmp_path / "bens", speak.monkeypatch)
    other.act_as("ben")
    desk = sit()
    return desk, Desk.open(other.folder, dict(os.environ), desk.clock)


def test_what_one_recorded_comes_in_at_the_other(together):
    ada, ben = together
    sync(ada)
    people.admit(ada, "cleo", "Made-up Cleo")
    assert unsent(ada) == 1
    done = sync(ada)
    assert (done.sent, done.went, done.waiting) == (1, ("Admit cleo",), 0)
    assert done.sentences == ("Nothing new came in.", "1 act sent.")
    assert unsent(ada) == 0
    done = sync(ben)
    assert (done.received, done.came, done.united) == (1, ("Admit cleo",), False)
    assert done.sentences == ("1 act came in.", "There was nothing to send.")
    assert "cleo" in ben.assembly.roll.by_handle


def test_what_both_recorded_is_united_and_a_merge_is_no_act(together):
    ada, ben = together
    people.admit(ada, "cleo", "Made-up Cleo")
    proposing.propose(ben, "Say ever", "Because.", texts=edited(ben, "It costs nothing, ever."))
    sync(ada)
    done = sync(ben)
    assert (done.received, done.sent, done.united) == (1, 1, True)
    assert sync(ada).received == 1
    assert ada.repo.head() == ben.repo.head()


def test_texts_changed_apart_wait_for_people_and_stay_here(together):
    ada, ben = together
    editing.save_text(ada, edited(ada, "It is free."), "Shorter")
    editing.save_text(ben, edited(ben, "Nobody pays."), "Plainer")
    sync(ada)
    tip = ben.repo.head()
    with pytest.raises(Refused) as refused:
        sync(ben)
    assert refused.value.code == "needs-people"
    assert ben.repo.head() == tip
    assert unsent(ben) == 1


def test_a_guarded_place_takes_a_branch_beside_and_says_what_waits(together, tmp_path):
    ada, _ = together
    hook = tmp_path / "hub.git" / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    people.admit(ada, "cleo", "Made-up Cleo")
    done = sync(ada)
    assert done.beside.startswith("manifesto/ada-")
    assert done.waiting == 1
    assert any("ask who keeps that place" in sentence for sentence in done.sentences)


def test_without_a_shared_place_nothing_is_counted_and_sync_says_so(sit):
    assert unsent(sit()) is None
    with pytest.raises(Refused) as refused:
        sync(sit())
    assert refused.value.code == "no-remote"


def test_opening_finishes_what_a_crash_interrupted(sit, speak, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alongside.Touched, "bring_along", crash)
        with pytest.raises(KeyboardInterrupt):
            people.admit(sit(), "cleo", "Made-up Cleo")
    assert speak.git("status", "--porcelain") != ""
    assert "cleo" in sit().assembly.roll.by_handle
    assert speak.git("status", "--porcelain") == ""


def test_comments_in_files_that_the_program_edits_stay(sit, speak):
    for path in ("manifesto/manifesto.yaml", "manifesto/roll/ben.yaml"):
        speak.write(path, f"# Ours, see the minutes.\n{speak.read(path)}")
    speak.git("commit", "-qam", "Say where it was agreed")
    desk = sit()
    deciding.ratify(desk)
    people.retire(desk, "ben")
    people.admit(desk, "ben", "Made-up Ben the Second")
    for path, said in (
        ("manifesto/manifesto.yaml", "state: in-force"),
        ("manifesto/roll/ben.yaml", "Made-up Ben the Second"),
    ):
        assert speak.read(path).startswith("# Ours, see the minutes.\n")
        assert said in speak.read(path)
    assert not desk.assembly.roll.by_handle["ben"].retired
