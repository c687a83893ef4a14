"""Clones that went their own ways come together, and nothing is ever forced."""

import os
import random
import re
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import forms, remaking, transfer, unreached
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import read_file
from manifesto_tui.record.place import name_place
from manifesto_tui.record.running import Result
from manifesto_tui.record.seen import note_what_was_fetched
from manifesto_tui.record.sides import changes, parted
from manifesto_tui.record.sync import sync
from manifesto_tui.record.transfer import Watch
from record.made import FOLDER, TEXT, VOTE, files_at, founded, vote_file

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


def test_a_place_in_a_folder_goes_by_what_was_sent_first(one, clone, hub, git):
    git(hub, "symbolic-ref", "HEAD", "refs/heads/master")
    sync(one)
    assert clone("two").head() == one.head()


def test_a_place_that_holds_others_branches_goes_by_what_it_did(one, hub, git):
    git(hub, "symbolic-ref", "HEAD", "refs/heads/master")
    git(one.work_tree, "push", "-q", "origin", "HEAD:other")
    sync(one)
    assert git(hub, "symbolic-ref", "HEAD").strip() == "refs/heads/master"


def test_a_fresh_clone_follows(one, clone, git):
    sync(one)
    two = clone("two")
    act(one, {**vote_file("anna"), TEXT_PATH: b"# New\n"})
    sync(one)
    synced = sync(two)
    assert (synced.received, synced.sent, synced.united) == (1, 0, False)
    assert two.head() == one.head()
    assert clean(two, git)


def test_the_words_of_one_act_are_never_told_as_several(one, clone, git):
    sync(one)
    two = clone("two")
    said = "Vote\x85Decide\u2028Adopt it\x1cat once"
    git(one.work_tree, "commit", "--allow-empty", "-m", said)
    sync(one)
    assert sync(two).came == ("Vote⟦U+0085⟧Decide⟦U+2028⟧Adopt it⟦U+001C⟧at once",)


def test_two_that_went_apart_unite(one, clone, git):
    sync(one)
    two = clone("two")
    act(one, vote_file("anna"))
    act(two, vote_file("ben"))
    sync(one)
    assert sync(two).united
    sync(one)
    assert one.head() == two.head()
    assert {*vote_file("anna"), *vote_file("ben")} <= set(files_at(one, one.head()))
    assert clean(one, git) and clean(two, git)


def test_one_member_on_two_machines_keeps_both_votes(one, clone):
    sync(one)
    two = clone("two")
    act(one, vote_file("anna", "for"))
    act(two, vote_file("anna", "against"))
    sync(one)
    sync(two)
    read = [read_file(two, two.head(), f"{FOLDER}/votes/anna{end}.yaml") for end in ("", "-2")]
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
        seen.extend(
            read_file(two, tip, TEXT_PATH) for tip in (sides.base, sides.ours, sides.theirs)
        )
        return {TEXT_PATH: b"# Both\n"}

    sync(two, settle)
    assert seen == [TEXT, b"# Two\n", b"# One\n"]
    assert read_file(two, two.head(), TEXT_PATH) == b"# Both\n"


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


def test_an_alarm_in_a_clone_that_never_sent_outlives_a_plain_fetch(one, clone, hub, git):
    act(one, vote_file("anna"), "Vote that vanishes")
    sync(one)
    two = clone("two")
    act(two, vote_file("ben"))
    git(hub, "update-ref", "refs/heads/main", f"{one.head()}~1")
    refused("remote-rewritten", sync, two)
    git(two.work_tree, "fetch", "--quiet", "--force")
    assert "Vote that vanishes" in refused("remote-rewritten", sync, two).sentence


def test_what_was_fetched_is_noted_when_a_clone_is_first_read(one, clone, hub, git):
    tag(one, git, "edition-1.0.0")
    act(one, vote_file("anna"), "Vote that vanishes")
    sync(one)
    two, three = clone("two"), clone("three")
    for repo in (two, three):
        note_what_was_fetched(repo)
    git(hub, "tag", "-f", "-a", "-m", "Moved", "edition-1.0.0", "main")
    git(two.work_tree, "fetch", "--quiet", "--tags", "--force")
    refused("edition-moved", sync, two)
    git(hub, "update-ref", "refs/heads/main", f"{one.head()}~1")
    git(three.work_tree, "fetch", "--quiet", "--force")
    note_what_was_fetched(three)
    refused("remote-rewritten", sync, three)


def test_a_clone_told_to_send_to_an_empty_place_of_its_own_may_do_so(one, clone, git, tmp_path):
    sync(one)
    two = clone("two")
    note_what_was_fetched(two)
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "own.git")
    git(two.work_tree, "remote", "set-url", "origin", str(tmp_path / "own.git"))
    assert sync(two).sent == 1


def test_an_edition_that_differs_is_an_alarm_at_the_first_sync(one, clone, hub, git):
    tag(one, git, "edition-1.0.0")
    sync(one)
    two = clone("two")
    git(two.work_tree, "remote", "remove", "origin")
    git(two.work_tree, "remote", "add", "origin", str(hub))
    git(hub, "tag", "-f", "-a", "-m", "Moved", "edition-1.0.0", "main")
    refused("edition-moved", sync, two)


def test_a_branch_that_vanished_is_an_alarm(one, hub, git):
    sync(one)
    git(hub, "update-ref", "-d", "refs/heads/main")
    refused("remote-rewritten", sync, one)


def refuse_what_is_sent(hub, name, script):
    """Has a hook of a shared place refuse what its script refuses."""
    hook = hub / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)


@pytest.fixture
def guarded(one, hub):
    """A shared place whose branch takes nothing directly any more."""
    sync(one)
    refuse_what_is_sent(hub, "update", '[ "$1" != refs/heads/main ]')
    return hub


def test_a_protected_branch_gets_a_branch_beside_it(one, guarded, git):
    act(one, vote_file("anna"))
    synced = sync(one)
    assert synced.branch.startswith("refs/heads/manifesto/")
    assert git(guarded, "rev-parse", synced.branch).strip() == one.head()


def own_branches(hub, git):
    return git(hub, "for-each-ref", "--format=%(refname)", "refs/heads/manifesto/").split()


def test_a_branch_of_ones_own_goes_on_and_is_sent_nothing_twice(one, guarded, git):
    act(one, vote_file("anna"), "First")
    first = sync(one, handle="anna")
    assert (first.branch[:25], first.went) == ("refs/heads/manifesto/anna", ("First",))
    again = sync(one, handle="anna")
    assert (again.branch, again.sent, again.went) == (first.branch, 0, ())
    act(one, vote_file("ben"), "Second")
    later = sync(one, handle="anna")
    assert (later.branch, later.went) == (first.branch, ("Second",))
    assert own_branches(guarded, git) == [first.branch]
    assert git(guarded, "rev-parse", first.branch).strip() == one.head()


def test_what_was_taken_over_from_a_branch_of_ones_own_is_followed_by_more(
    one, clone, guarded, git
):
    act(one, vote_file("anna"), "First")
    first = sync(one, handle="anna")
    git(guarded, "update-ref", "refs/heads/main", one.head())
    assert sync(one, handle="anna").branch == "refs/heads/main"
    act(one, vote_file("ben"), "Second")
    later = sync(one, handle="anna")
    assert (later.branch, later.went) == (first.branch, ("Second",))


def test_another_machine_or_member_has_another_branch(one, clone, guarded, git):
    two = clone("two")
    act(one, vote_file("anna"))
    act(two, vote_file("ben"))
    named = [sync(one, handle="anna").branch, sync(two, handle="anna").branch]
    named.append(sync(two, handle="anna-lee").branch)
    assert own_branches(guarded, git) == sorted(set(named))
    assert len(set(named)) == 3


def test_a_guarded_place_that_is_lost_meanwhile_is_not_said_to_refuse(one, guarded, monkeypatch):
    act(one, vote_file("anna"))
    pushed = transfer.push

    def lost(repo, place, what, watch):
        if what[0].endswith("refs/heads/main"):
            return pushed(repo, place, what, watch)
        return "fatal: could not read from remote repository."

    monkeypatch.setattr(transfer, "push", lost)
    refused("no-network", sync, one)


def test_no_right_to_send_keeps_everything(one, hub):
    sync(one)
    refuse_what_is_sent(hub, "pre-receive", "exit 1")
    tip = act(one, vote_file("anna"))
    assert "kept" in refused("no-right-to-send", sync, one).hint
    assert one.head() == tip


def test_what_a_guarded_place_says_is_passed_on(one, guarded):
    refuse_what_is_sent(
        guarded, "update", '[ "$1" != refs/heads/main ] || { echo Ask Ben.; exit 1; }'
    )
    act(one, vote_file("anna"))
    assert sync(one).answer == "Ask Ben."
    assert sync(one).answer == "Ask Ben."


def test_what_a_place_says_that_takes_nothing_is_passed_on_as_words(one, hub):
    sync(one)
    refuse_what_is_sent(hub, "pre-receive", "printf 'Sign\\033[31m first.\\n\\nThanks.\\n'; exit 1")
    act(one, vote_file("anna"))
    said = "The shared place takes nothing from you: “Sign⟦U+001B⟧[31m first. Thanks.”."
    assert refused("no-right-to-send", sync, one).sentence == said


def test_a_place_that_dies_while_it_takes_something_is_told_as_lost(one, hub):
    sync(one)
    refuse_what_is_sent(hub, "pre-receive", "kill -9 $PPID")
    act(one, vote_file("anna"))
    lost = refused("no-network", sync, one)
    assert lost.sentence == "The connection to the shared place was lost."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Enumerating objects: 403, done.\nTotal 401 (delta 403)\nfatal: early EOF", "was lost"),
        ("remote: Counting objects: 403, done.\nerror: RPC failed; curl 56 reset", "was lost"),
        ("fatal: not our ref 4034014030", "Git said: not our ref 4034014030."),
        ("The requested URL returned error: 403", "does not let you in"),
        ("", "Git said: nothing."),
    ],
)
def test_how_much_was_sent_is_no_reason(said, sentence):
    assert sentence in unreached.no_network(said).sentence


def test_a_remote_that_is_gone(one, hub):
    sync(one)
    hub.rename(hub.with_name("elsewhere"))
    assert "kept" in refused("no-network", sync, one).hint


def test_git_locks_no_note_of_the_remote_that_we_could_not_free(one, git):
    sync(one)
    tip = act(one, vote_file("anna"))
    held = one.git_dir / "refs/remotes/origin/main.lock"
    held.write_text("held by somebody")
    place = transfer.look(one, "origin", "refs/heads/main", Watch())
    assert transfer.push(one, place, [f"{tip}:{place.branch}"], Watch()) == ""
    assert git(one.work_tree, "rev-parse", "origin/main").strip() != tip
    held.unlink()
    sync(one)
    assert git(one.work_tree, "rev-parse", "origin/main").strip() == tip


def test_no_remote(repo):
    commit(repo, founded(), "Found", None)
    refused("no-remote", sync, repo)


def test_nothing_to_send_yet(clone):
    refused("nothing-to-sync", sync, clone("empty"))


def test_where_no_branch_is_checked_out_sync_says_so_as_every_act_does(one, git):
    sync(one)
    git(one.work_tree, "checkout", "--quiet", "--detach")
    assert "git switch" in refused("detached-head", sync, one).hint


def test_a_folder_that_somebody_works_in_is_no_shared_place(one, git, tmp_path):
    git(tmp_path, "clone", "--quiet", str(one.work_tree), "two")
    two = Repository.discover(tmp_path / "two", one.environment)
    act(two, vote_file("ben"))
    assert "manifesto-tui share" in refused("worked-in", sync, two).hint
    assert git(one.work_tree, "branch", "--list", "manifesto/*") == ""
    name_place(two, tmp_path / "shared.git")
    assert sync(two).sent == 2
    git(one.work_tree, "remote", "remove", "origin")
    name_place(one, tmp_path / "shared.git")
    assert sync(one).received == 1


def test_what_cannot_be_written_here_is_not_blamed_on_the_shared_place(one, clone, monkeypatch):
    sync(one)
    two = clone("two")
    act(one, vote_file("anna"))
    sync(one)

    def unwritable(**_):
        raise OSError(30, "Read-only file system")

    asked = Repository.transfer

    def transfer_of(repo, words, *more):
        if "fetch" in words:
            return Result(128, b"", "fatal: failed to write object: Permission denied")
        return asked(repo, words, *more)

    with monkeypatch.context() as patched:
        patched.setattr(Repository, "transfer", transfer_of)
        refused("no-right-to-fetch", sync, two)
        patched.setattr(unreached, "TemporaryFile", unwritable)
        met = refused("disk", sync, two)
    assert "git's folder here cannot be written (Read-only file system)" in met.sentence
    assert sync(two).received == 1


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


def test_no_program_runs_for_what_git_does_besides(one, clone, hub, git, tmp_path):
    trap, program = tmp_path / "trap", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\nexit 1\n")
    program.chmod(0o755)
    sync(one)
    two = clone("two")
    act(two, vote_file("ben"))
    sync(two)
    act(one, vote_file("anna"))
    git(tmp_path, "init", "--quiet", "--bare", "elsewhere")
    alternates = one.common_dir / "objects" / "info" / "alternates"
    alternates.parent.mkdir(exist_ok=True)
    alternates.write_text(f"{tmp_path}/elsewhere/objects\n")
    git(hub, "config", "receive.certNonceSeed", "made-up")
    for key, value in (
        ("core.alternateRefsCommand", str(program)),
        ("gpg.program", str(program)),
        ("push.gpgSign", "if-asked"),
    ):
        git(one.work_tree, "config", key, value)
    done = sync(one)
    assert (done.received, done.sent) == (1, 1)
    assert not trap.exists()


def test_a_module_that_is_set_to_be_ignored_is_a_change_all_the_same(one, git):
    ignored = '[submodule "x"]\n\tpath = x\n\turl = ./x\n\tignore = all\n'
    (one.work_tree / ".gitmodules").write_text(ignored)
    git(one.work_tree, "add", ".gitmodules")
    tips = []
    for id_ in ("1" * 40, "2" * 40):
        git(one.work_tree, "update-index", "--add", "--cacheinfo", f"160000,{id_},x")
        git(one.work_tree, "commit", "--quiet", "-m", "Module")
        tips.append(one.head())
    assert list(changes(one, *tips)) == ["x"]


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
    held = set(files_at(one, one.head()))
    assert all(path in held for step in range(20) for path in vote_file(f"m{step}"))
    assert all(clean(repo, git) for repo in clones)


def tag(repo, git, name, at="HEAD"):
    git(repo.work_tree, "tag", "-f", "-a", "-m", "Made up", name, at)


def tags(repo, git):
    return git(repo.work_tree, "for-each-ref", "--format=%(refname) %(objectname)", "refs/tags/")


def test_editions_are_sent_and_taken(one, clone, git):
    sync(one)
    two = clone("two")
    tag(one, git, "edition-1.0.0")
    tag(one, git, "holiday-photos")
    assert sync(one).editions == ("1.0.0",)
    assert sync(two).editions == ("1.0.0",)
    assert tags(two, git) == tags(one, git).splitlines()[0] + "\n"
    assert sync(two).editions == ()


def test_an_edition_that_moved_is_an_alarm(one, clone, hub, git):
    tag(one, git, "edition-1.0.0")
    sync(one)
    two = clone("two")
    act(one, vote_file("anna"))
    sync(one)
    before = two.head(), tags(two, git)
    git(hub, "tag", "-f", "-a", "-m", "Moved", "edition-1.0.0", "main")
    assert "Edition 1.0.0" in refused("edition-moved", sync, two).sentence
    assert (two.head(), tags(two, git)) == before


def test_an_edition_of_another_history_is_not_taken(one, hub, git):
    sync(one)
    tree = git(hub, "hash-object", "-t", "tree", "-w", "--stdin").strip()
    stranger = git(hub, "commit-tree", "-m", "Another history", tree).strip()
    git(hub, "tag", "edition-9", stranger)
    assert sync(one).editions == ()
    assert tags(one, git) == ""


def commit_code(repo, git, message="Code"):
    git(repo.work_tree, "add", "-A")
    git(repo.work_tree, "commit", "-qm", message)


def write(repo, path, words):
    file = repo.work_tree / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words)
    return file


def test_others_code_comes_along_as_git_would_bring_it(one, clone, git):
    write(one, "old.txt", "old\n")
    write(one, "big.bin", "x" * 5_000_000)
    commit_code(one, git)
    sync(one)
    two, three = clone("two"), clone("three")
    write(one, "bin/run", "#!/bin/sh\n").chmod(0o755)
    (one.work_tree / "link").symlink_to("bin/run")
    (one.work_tree / "old.txt").unlink()
    write(one, "big.bin", "y" * 5_000_000)
    commit_code(one, git)
    sync(one)
    act(three, vote_file("anna"))
    assert not sync(two).united
    assert sync(three).united
    for repo in (two, three):
        assert clean(repo, git)
        assert (repo.work_tree / "bin/run").stat().st_mode & 0o111
        assert (repo.work_tree / "link").readlink().as_posix() == "bin/run"
        assert not (repo.work_tree / "old.txt").exists()
        assert (repo.work_tree / "big.bin").read_text() == "y" * 5_000_000


def test_code_that_both_changed_unites_line_by_line_or_waits_for_people(one, clone, git):
    write(one, "code.py", "first\n\nsecond\n\nthird\n")
    commit_code(one, git)
    sync(one)
    two = clone("two")
    write(one, "code.py", "1\n\nsecond\n\nthird\n")
    commit_code(one, git)
    sync(one)
    write(two, "code.py", "first\n\nsecond\n\n3\n")
    commit_code(two, git)
    sync(two)
    assert (two.work_tree / "code.py").read_text() == "1\n\nsecond\n\n3\n"
    assert clean(two, git)
    write(one, "code.py", "one\n\nsecond\n\nthird\n")
    commit_code(one, git)
    before = one.head()
    write(two, "code.py", "eins\n\nsecond\n\n3\n")
    commit_code(two, git)
    sync(two)
    met = refused("needs-people", sync, one)
    assert "no part of the manifesto" in met.sentence
    assert (one.head(), clean(one, git)) == (before, True)
    # What the sentence says, word for word, is all that has to be done.
    merge, add, done = re.findall(r"`git ([^`]+)`", met.hint)
    with pytest.raises(subprocess.CalledProcessError):
        git(one.work_tree, *merge.split())
    write(one, "code.py", "one, eins\n\nsecond\n\n3\n")
    git(one.work_tree, *add.split())
    git(one.work_tree, *done.split())
    assert sync(one).sent
    sync(two)
    assert (two.head(), clean(two, git)) == (one.head(), True)


def test_code_with_changes_of_the_users_own_is_left_alone(one, clone, git):
    write(one, "code.py", "first\n")
    commit_code(one, git)
    sync(one)
    two = clone("two")
    write(one, "code.py", "second\n")
    commit_code(one, git)
    sync(one)
    write(two, "code.py", "mine\n")
    refused("work-tree-dirty", sync, two)
    assert (two.work_tree / "code.py").read_text() == "mine\n"


def test_a_link_where_a_vote_should_be_is_refused(one, clone, git):
    sync(one)
    two = clone("two")
    place = one.work_tree / next(iter(vote_file("anna")))
    place.parent.mkdir(parents=True)
    place.symlink_to("/etc/passwd")
    commit_code(one, git)
    git(one.work_tree, "push", "-q", "origin", "main")
    before = two.head()
    refused("not-a-plain-file", sync, two)
    assert two.head() == before


def test_a_lock_that_stays_at_the_shared_place_is_said_to_be_one(one, hub):
    sync(one)
    tip = act(one, vote_file("anna"))
    lock = hub / "refs/heads/main.lock"
    lock.touch()
    assert "removes refs/heads/main.lock" in refused("remote-locked", sync, one).hint
    lock.unlink()
    sync(one)
    assert transfer.look(one, "origin", "refs/heads/main", Watch()).tip == tip


def test_a_lock_that_a_loss_of_power_left_at_a_shared_place_here_is_taken_away(one, hub):
    sync(one)
    tip = act(one, vote_file("anna"))
    left = [hub / "refs/heads/main.lock", hub / "HEAD.lock"]
    for lock in left:
        lock.touch()
        os.utime(lock, (1, 1))  # From before this machine was started.
    sync(one)
    assert not any(lock.exists() for lock in left)
    assert transfer.look(one, "origin", "refs/heads/main", Watch()).tip == tip


@pytest.mark.parametrize(
    ("url", "taken_in_by"),
    [
        ("", f"{transfer._SYNCED}git-receive-pack"),
        ("ssh://git@example.org/record.git", "git-receive-pack"),
        ("git@example.org:record.git", "git-receive-pack"),
    ],
)
def test_what_is_sent_to_a_folder_on_this_machine_is_synced_there_as_well(
    one, git, monkeypatch, url, taken_in_by
):
    if url:
        git(one.work_tree, "config", "remote.origin.pushurl", url)
    place, asked = transfer.look(one, "origin", "refs/heads/main", Watch()), []
    send = Repository.transfer

    def asking(repo, words, *more):
        asked.extend(words)
        return Result(0, b"", "") if url else send(repo, words, *more)

    monkeypatch.setattr(Repository, "transfer", asking)
    assert transfer.push(one, place, [f"{one.head()}:{place.branch}"], Watch()) == ""
    assert f"--receive-pack={taken_in_by}" in asked
    if not url:
        assert transfer.look(one, "origin", "refs/heads/main", Watch()).tip == one.head()


def test_a_transfer_that_stalls_can_be_stopped_with_all_that_it_started(one, git, tmp_path):
    sync(one)
    act(one, vote_file("anna"))
    before = one.head(), git(one.work_tree, "for-each-ref")
    started, program = tmp_path / "started", tmp_path / "ssh"
    program.write_text(
        f"#!/bin/sh\necho $$ > {started}.tmp; mv {started}.tmp {started}\nsleep 1000 & wait\n"
    )
    program.chmod(0o755)
    git(one.work_tree, "config", "--global", "core.sshCommand", str(program))
    git(one.work_tree, "remote", "set-url", "origin", "ssh://nobody@localhost/x")
    watch, ended = Watch(), []

    def wait():
        ended.append(refused("stopped", lambda: sync(one, watch=watch)))

    thread = Thread(target=wait)
    thread.start()
    while not started.exists():
        thread.join(0.01)
    watch.stop.set()
    thread.join(60)
    assert "kept" in ended[0].hint
    # Dead, or waiting for someone to ask what it died of; a busy machine takes its time with it.
    for _ in range(1000):
        if _state(int(started.read_text())) in ("", "Z"):
            break
        Event().wait(0.01)
    assert _state(int(started.read_text())) in ("", "Z")
    assert (one.head(), git(one.work_tree, "for-each-ref")) == before


def _state(process: int) -> str:
    """The letter of a process's state, as Linux and `ps` give it; "" where there is none."""
    if Path("/proc/self/stat").exists():
        # A bare machine may have no `ps`.
        with suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return ""
    asked = ["ps", "-o", "stat=", "-p", str(process)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout[:1]


def test_progress_is_told(one):
    told = []
    sync(one, watch=Watch(told.append))
    assert {progress.doing for progress in told} == {"Asking the shared place", "Sending"}
    assert told[-1].sentence == "Sending, 100 %"


def test_a_beginning_of_ones_own_is_passed_over_or_waits_for_people(one, hub, git):
    sync(one)
    shared = one.head()
    git(one.work_tree, "checkout", "--quiet", "--orphan", "own")
    git(one.work_tree, "rm", "-rfq", ".")
    write(one, "notes.txt", "Mine.\n")
    commit_code(one, git)
    git(one.work_tree, "merge", "--quiet", "--allow-unrelated-histories", "-m", "Both", shared)
    merged = one.head()
    voted = act(one, vote_file("anna"))
    (path,) = vote_file("anna")
    sides = parted(one, voted, shared)
    assert remaking._kept(one, sides, frozenset({path})) == merged
    met = refused("needs-people", remaking._kept, one, sides, frozenset({"notes.txt"}))
    assert "notes.txt" in met.sentence
