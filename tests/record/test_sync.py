"""Clones that went their own ways come together, and nothing is ever forced."""

import random
from dataclasses import replace

import pytest

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import forms
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.sync import sync
from record.made import FOLDER, TEXT, VOTE, founded, vote_file

TEXT_PATH = "manifesto/01-open.md"


@pytest.fixture
def hub(tmp_path, git):
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def clone(tmp_path, environment, git, hub):
    def make(name: str) -> Repository:
        git(tmp_path, "clone", "--quiet", str(hub), name)
        return Repository.discover(tmp_path / name, environment)

    return make


@pytest.fixture
def one(clone):
    repo = clone("one")
    commit(repo, founded(), "Found", None)
    return repo


def act(repo, files, message="Act"):
    return commit(repo, files, message, repo.head())


def refused(code, call, *args):
    with pytest.raises((Refused, Unavailable)) as raised:
        call(*args)
    assert raised.value.code == code
    return raised.value


def clean(repo, git):
    return git(repo.work_tree, "status", "--porcelain", "-uall") == ""


def test_an_empty_remote_is_filled(one, hub, git):
    assert sync(one).sent == 1
    assert git(hub, "rev-parse", "main").strip() == one.head()


def test_a_fresh_clone_follows(one, clone, git):
    sync(one)
    two = clone("two")
    act(one, {**vote_file("anna"), TEXT_PATH: b"# New\n"})
    sync(one)
    synced = sync(two)
    assert (synced.received, synced.sent, synced.united) == (1, 0, False)
    assert two.head() == one.head()
    assert clean(two, git)


def test_two_that_went_apart_unite(one, clone, git):
    sync(one)
    two = clone("two")
    act(one, vote_file("anna"))
    act(two, vote_file("ben"))
    sync(one)
    assert sync(two).united
    sync(one)
    assert one.head() == two.head()
    assert {*vote_file("anna"), *vote_file("ben")} <= set(one.files(one.head()))
    assert clean(one, git) and clean(two, git)


def test_one_member_on_two_machines_keeps_both_votes(one, clone):
    sync(one)
    two = clone("two")
    act(one, vote_file("anna", "for"))
    act(two, vote_file("anna", "against"))
    sync(one)
    sync(two)
    read = [two.read(two.head(), f"{FOLDER}/votes/anna{end}.yaml") for end in ("", "-2")]
    assert read == [forms.write(VOTE), forms.write(replace(VOTE, choice="against"))]


def test_texts_that_both_changed_wait_for_people(one, clone, git):
    sync(one)
    two = clone("two")
    act(one, {TEXT_PATH: b"# One\n"})
    mine = act(two, {TEXT_PATH: b"# Two\n"})
    sync(one)
    assert TEXT_PATH in refused("needs-people", sync, two).sentence
    assert two.head() == mine
    assert clean(two, git)


def test_texts_that_both_changed_can_be_settled(one, clone):
    sync(one)
    two = clone("two")
    act(one, {TEXT_PATH: b"# One\n"})
    act(two, {TEXT_PATH: b"# Two\n"})
    sync(one)
    seen = []

    def settle(sides):
        seen.extend(two.read(tip, TEXT_PATH) for tip in (sides.base, sides.ours, sides.theirs))
        return {TEXT_PATH: b"# Both\n"}

    sync(two, settle)
    assert seen == [TEXT, b"# Two\n", b"# One\n"]
    assert two.read(two.head(), TEXT_PATH) == b"# Both\n"


def test_a_rewritten_remote_is_an_alarm(one, clone, hub, git):
    act(one, vote_file("anna"), "Vote that vanishes")
    sync(one)
    git(hub, "update-ref", "refs/heads/main", f"{one.head()}~1")
    error = refused("remote-rewritten", sync, one)
    assert "Vote that vanishes" in error.sentence


def test_a_rewritten_remote_is_an_alarm_even_after_a_plain_fetch(one, hub, git):
    act(one, vote_file("anna"))
    sync(one)
    git(hub, "update-ref", "refs/heads/main", f"{one.head()}~1")
    git(one.work_tree, "fetch", "--quiet", "--force")
    refused("remote-rewritten", sync, one)


def test_a_branch_that_vanished_is_an_alarm(one, hub, git):
    sync(one)
    git(hub, "update-ref", "-d", "refs/heads/main")
    refused("remote-rewritten", sync, one)


def test_a_protected_branch_gets_a_branch_beside_it(one, hub, git):
    sync(one)
    hook = hub / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    act(one, vote_file("anna"))
    synced = sync(one)
    assert synced.branch.startswith("refs/heads/manifesto/")
    assert git(hub, "rev-parse", synced.branch).strip() == one.head()


def test_no_right_to_send_keeps_everything(one, hub):
    sync(one)
    hook = hub / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    tip = act(one, vote_file("anna"))
    assert "kept" in refused("no-right-to-send", sync, one).hint
    assert one.head() == tip


def test_a_remote_that_is_gone(one, hub):
    sync(one)
    hub.rename(hub.with_name("elsewhere"))
    assert "kept" in refused("no-network", sync, one).hint


def test_no_remote(repo):
    commit(repo, founded(), "Found", None)
    refused("no-remote", sync, repo)


def test_nothing_to_send_yet(clone):
    refused("nothing-to-sync", sync, clone("empty"))


def test_a_remote_named_like_an_option_is_none(one, git):
    git(one.work_tree, "config", "branch.main.remote", "--upload-pack=touch trap")
    refused("no-remote", sync, one)


def test_no_program_of_the_repositorys_own_configuration_runs(one, git, tmp_path):
    trap, program = tmp_path / "trap", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\nexit 1\n")
    program.chmod(0o755)
    for key in (
        "remote.origin.uploadpack",
        "remote.origin.receivepack",
        "core.sshCommand",
        "core.askPass",
        "credential.helper",
        "core.fsmonitor",
    ):
        git(one.work_tree, "config", key, str(program))
    sync(one)
    git(one.work_tree, "remote", "set-url", "origin", "ssh://nobody@localhost:1/x")
    refused("no-network", sync, one)
    git(one.work_tree, "remote", "set-url", "origin", f"ext::{program}")
    with pytest.raises(Unavailable):
        sync(one)
    assert not trap.exists()


def test_clones_that_diverge_end_with_one_head(one, clone, git):
    chance = random.Random(4)
    sync(one)
    clones = [one, clone("two"), clone("three"), clone("four")]
    for step in range(20):
        repo = chance.choice(clones)
        act(repo, vote_file(f"m{step}"), f"Vote {step}")
        if chance.random() < 0.4:
            sync(chance.choice(clones))
    for repo in (*clones, *clones):
        sync(repo)
    assert len({repo.head() for repo in clones}) == 1
    held = set(one.files(one.head()))
    assert all(path in held for step in range(20) for path in vote_file(f"m{step}"))
    assert all(clean(repo, git) for repo in clones)
