"""Sending and fetching between clones, and what a crash leaves to the next start."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from cli.speaking import Speaker
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.record import alongside, packing
from manifesto_tui.workflow import (
    deciding,
    editing,
    keyholding,
    people,
    proposing,
    representing,
    revising,
    ruling,
    settling,
    signing_on,
    weighing,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.remaking import Maker
from manifesto_tui.workflow.syncing import Watch, sync, unsent, waiting
from manifesto_tui.workflow.verifying import verify
from workflow.conftest import NOW


def edited(desk, now):
    sources = desk.assembly.text.sources
    return {path: s.replace("It costs nothing.", now) for path, s in sources.items()}


def as_ada(desk):
    """Ada's desk at the same clone."""
    desk.repo.configure("manifesto.handle", "ada")
    return Desk.open(desk.repo.work_tree, desk.environment, desk.clock)


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


def test_what_many_acts_left_is_packed_once_all_is_sent(together, monkeypatch):
    ada, ben = together
    people.admit(ada, "cleo", "Made-up Cleo")
    monkeypatch.setattr(packing, "_MANY", 0)
    heard = []
    done = sync(ada, Watch(lambda progress: heard.append(progress.sentence)))
    assert heard[-1] == "Packing"
    assert (done.sent, done.waiting) == (1, 0)
    assert ada.repo.run(("count-objects", "-v")).startswith(b"count: 0\n")
    sync(ben)
    assert "cleo" in ben.assembly.roll.by_handle
    assert verify(ada.repo).verdict == "PROVED"


def test_what_vanished_there_is_missed_by_who_only_read_before(together, speak, tmp_path):
    ada, ben = together
    people.admit(ada, "cleo", "Made-up Cleo")
    sync(ada)
    speak.git("clone", "-q", str(tmp_path / "hub.git"), str(tmp_path / "third"))
    Desk.open(tmp_path / "third", ben.environment, ben.clock)
    speak.git("--git-dir", str(tmp_path / "hub.git"), "update-ref", "refs/heads/main", "main~1")
    speak.git("-C", str(tmp_path / "third"), "fetch", "-q", "--force")
    for _ in range(2):
        with pytest.raises(Refused) as alarm:
            sync(Desk.open(tmp_path / "third", ben.environment, ben.clock))
        assert "Admit cleo" in alarm.value.sentence


def test_what_both_recorded_is_united_and_a_merge_is_no_act(together):
    ada, ben = together
    people.admit(ada, "cleo", "Made-up Cleo")
    proposing.propose(ben, "Say ever", "Because.", texts=edited(ben, "It costs nothing, ever."))
    sync(ada)
    done = sync(ben)
    assert (done.received, done.sent, done.united) == (1, 1, True)
    assert sync(ada).received == 1
    assert ada.repo.head() == ben.repo.head()


@pytest.fixture
def met(together):
    """The same words of the draft changed by both, and ben at a proposal after that."""
    ada, ben = together
    editing.save_text(ada, edited(ada, "It is free."), "Shorter")
    editing.save_text(ben, edited(ben, "Nobody pays."), "Plainer")
    other = {p: s.replace("Every ward", "Each ward") for p, s in ben.assembly.text.sources.items()}
    editing.save_text(ben, other, "Say each")
    sync(ada)
    return ada, ben, sync(ben)


def read(desk):
    return "".join(desk.reload().text.sources.values())


def test_the_same_words_of_a_draft_wait_alone_and_all_else_is_sent(met):
    ada, ben, done = met
    [kept] = settling.waiting(ben)
    assert kept.subject == "Plainer"
    [said] = done.said
    assert said.startswith("“Plainer” waits here, unsent. Both sides edited the text. The same")
    assert f"sync --mine {kept.commit[:7]}" in done.sentences[-1]
    assert done.went == ("Say each",)
    sync(ada)
    for desk in (ada, ben):
        assert "It is free." in read(desk)
        assert "Each ward" in read(desk)
        assert verify(desk.repo).verdict == "PROVED"
    assert ben.repo.run(("status", "--porcelain")) == b""


def test_what_waits_is_recorded_over_theirs_as_a_new_act(met):
    ada, ben, _ = met
    [kept] = settling.waiting(ben)
    done = settling.choose_mine(ben, kept.commit[:7])
    assert done.message == "Plainer"
    assert settling.waiting(ben) == ()
    sync(ben)
    sync(ada)
    for desk in (ada, ben):
        assert "Nobody pays." in read(desk)
        assert "Each ward" in read(desk)
        assert verify(desk.repo).verdict == "PROVED"


def test_what_waits_is_let_go_only_when_somebody_says_so(met):
    _, ben, _ = met
    [kept] = settling.waiting(ben)
    assert sync(ben).said == (kept.sentence,)
    assert settling.choose_theirs(ben, kept.commit) == kept
    assert settling.waiting(ben) == ()
    assert "It is free." in read(ben)
    with pytest.raises(BadInput) as wrong:
        settling.choose_mine(ben, kept.commit)
    assert wrong.value.code == "not-waiting"


def member(desk, handle, **changes):
    path = f"manifesto/roll/{handle}.yaml"
    new = replace(desk.reload().roll.by_handle[handle], **changes)
    desk.record({path: desk.over(path, new)}, f"Change {handle}")


def test_one_members_file_changed_in_other_keys_unites_by_itself(stewards):
    ada, ben = stewards
    member(ada, "ben", addresses=("ben@example.org",))
    member(ben, "ben", name="Made-up Benjamin")
    sync(ada)
    assert sync(ben).said == ()
    sync(ada)
    for desk in stewards:
        found = desk.reload().roll.by_handle["ben"]
        assert (found.name, found.addresses) == ("Made-up Benjamin", ("ben@example.org",))
        assert verify(desk.repo).verdict == "PROVED"


def test_one_members_file_changed_in_the_same_key_waits_until_somebody_chooses(stewards):
    ada, ben = stewards
    member(ada, "ben", name="Made-up Benedict")
    member(ben, "ben", name="Made-up Benjamin", addresses=("ben@example.org",))
    people.admit(ben, "cleo", "Made-up Cleo")
    sync(ada)
    done = sync(ben)
    assert "Both sides changed “name” in manifesto/roll/ben.yaml." in done.said[0]
    assert done.went == ("Admit cleo",)
    [kept] = settling.waiting(ben)
    settling.choose_mine(ben, kept.commit)
    sync(ben)
    sync(ada)
    for desk in stewards:
        found = desk.reload().roll.by_handle["ben"]
        assert (found.name, found.addresses) == ("Made-up Benjamin", ("ben@example.org",))
        assert verify(desk.repo).verdict == "PROVED"


def test_who_may_not_change_it_any_more_may_not_choose_to(stewards):
    ada, ben = stewards
    member(ada, "ben", name="Made-up Benedict")
    member(ada, "ben", roles=())
    member(ben, "ben", name="Made-up Benjamin", constituency="care teams")
    sync(ada)
    sync(ben)
    [kept] = settling.waiting(ben)
    with pytest.raises(Refused) as refused:
        settling.choose_mine(ben, kept.commit)
    assert refused.value.code == "not-a-steward"
    assert settling.waiting(ben) == (kept,)


def test_rules_changed_apart_unite_key_by_key_or_wait(stewards):
    ada, ben = stewards
    rules = ada.assembly.rules
    ruling.change(ada, replace(rules, proxies=2), "Proxies")
    ruling.change(ben, replace(rules, change_days=7), "Patience")
    ruling.change(ben, replace(ben.reload().rules, proxies=3), "More proxies")
    sync(ada)
    done = sync(ben)
    assert "“More proxies”" not in "".join(done.went)
    assert "Change the rules: Patience" in done.went
    assert (ben.reload().rules.proxies, ben.assembly.rules.change_days) == (2, 7)
    [kept] = settling.waiting(ben)
    assert kept.subject == "Change the rules: More proxies"
    settling.choose_mine(ben, kept.commit)
    assert ben.reload().rules.proxies == 3
    assert verify(ben.repo).verdict == "PROVED"


def test_decisions_on_the_rules_made_apart_let_the_first_stand_and_send_all_else(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    sync(ada)
    sync(ben)
    rules, filed = ada.assembly.rules, []
    for desk, new in ((ada, replace(rules, proxies=2)), (ben, replace(rules, change_days=7))):
        ruling.propose(desk, "Rules", "Because.", new)
        filed.append(desk.assembly.proposals[-1].id)
        deciding.open_ballot(desk, filed[-1:], NOW + timedelta(days=1))
        deciding.vote(desk, filed[-1], "for")
    sync(ada)
    sync(ben)
    sync(ada)
    for desk in stewards:
        for one in filed:
            deciding.vote(desk, one, "for")
    sync(ada)
    sync(ben)
    sync(ada)
    ada.clock = ben.clock = lambda: NOW + timedelta(days=2)
    deciding.decide(ada, filed[0])
    deciding.decide(ben, filed[1])
    people.admit(ben, "cleo", "Made-up Cleo")
    sync(ada)
    done = sync(ben)
    assert done.went == ("Admit cleo",)
    assert "the rules have changed since its ballot opened" in done.said[0]
    assert (ben.reload().rules.proxies, ben.assembly.rules.change_days) == (2, 0)
    assert len(ben.find(filed[1]).votes) == 3
    assert verify(ben.repo).verdict == "PROVED"


def test_an_edit_of_a_text_that_was_put_in_force_there_waits_alone(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    editing.save_text(ben, edited(ben, "Nobody pays."), "Plainer")
    people.admit(ben, "cleo", "Made-up Cleo")
    sync(ada)
    done = sync(ben)
    assert "The text was put in force there" in done.said[0]
    assert done.went == ("Admit cleo",)
    [kept] = settling.waiting(ben)
    with pytest.raises(Refused):
        settling.choose_mine(ben, kept.commit)
    assert settling.waiting(ben) == (kept,)
    assert verify(ben.repo).verdict == "PROVED"


def test_edits_of_other_clauses_and_new_ones_unite_while_drafting(together):
    ada, ben = together
    editing.save_text(ada, edited(ada, "It costs nothing.\n\nAsk first."), "Ask")
    editing.save_text(ada, edited(ada, "It is free."), "Shorter")
    new = {p: s.replace("Every ward", "Each ward") for p, s in ben.assembly.text.sources.items()}
    editing.save_text(ben, new, "Plainer")
    editing.save_text(ben, edited(ben, "It costs nothing.\n\nAsk twice."), "Ask twice")
    sync(ada)
    sync(ben)
    sync(ada)
    for desk in together:
        text = desk.assembly.text
        read = "".join(text.sources.values())
        words = ("Each ward", "It is free.", "Ask first.", "Ask twice.")
        assert all(word in read for word in words)
        assert len(text.by_anchor) == sum(1 for _ in text)
    assert verify(ben.repo).verdict == "PROVED"


@pytest.fixture
def stewards(together):
    """The two desks, with Ben a steward as well."""
    ada, ben = together
    people.retire(ada, "ben")
    people.admit(ada, "ben", "Made-up Ben", steward=True)
    sync(ada)
    sync(ben)
    return ada, ben


def test_a_text_put_in_force_apart_from_an_edit_waits_to_be_put_in_force_again(stewards):
    ada, ben = stewards
    deciding.ratify(ben)
    editing.save_text(ada, edited(ada, "It is free."), "Shorter")
    sync(ada)
    done = sync(ben)
    assert "ratify what it says now" in done.said[0]
    assert ben.assembly.manifesto.state == "drafting"
    assert ben.repo.ask(("tag", "--list")).out == b""
    deciding.ratify(ben)
    sync(ben)
    assert sync(ada).editions == ("1.0.0",)
    assert [verify(desk.repo).findings for desk in stewards] == [(), ()]


def test_a_text_put_in_force_twice_has_one_edition(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    ben.clock = lambda: NOW + timedelta(hours=1)
    deciding.ratify(ben)
    sync(ada)
    done = sync(ben)
    assert done.said == ("Edition 1.0.0 was made there as well; the one sent first stands.",)
    assert ada.repo.head() == ben.repo.head()
    tags = [desk.repo.run(("for-each-ref", "refs/tags/")) for desk in stewards]
    assert tags[0] == tags[1] != b""


def proposed(desk, now):
    [done] = proposing.propose(desk, "Change", "Because.", texts=edited(desk, now))
    return done.paths[0].split("/")[2][:4]


def test_a_vote_on_a_ballot_opened_apart_goes_to_the_ballot_that_stands(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    sync(ben)
    for desk, days in ((ada, 7), (ben, 8)):
        deciding.open_ballot(desk, [filed], NOW + timedelta(days=days))
        deciding.vote(desk, filed, "for", reason="Yes.")
    sync(ada)
    done = sync(ben)
    why = f"{filed} was put to the vote there before."
    assert done.said == (f"The ballot on {filed} does not stand: {why}",)
    sync(ada)
    for desk in stewards:
        counted = deciding.tally(desk, filed)
        assert (counted.for_, len(counted.votes)) == (2, 2)
        assert verify(desk.repo).verdict == "PROVED"


@pytest.fixture
def decided_apart(together):
    """Ada decided one amendment and sent that; Ben, who signs, decided another and did not."""
    ada, ben = together
    key = keyholding.make_key(ben)
    keyholding.change_keys(ada, add=key.public, handle="ben")
    deciding.ratify(ada)
    sync(ada)
    sync(ben)
    first = proposed(ada, "It is free.")
    other = {p: s.replace("Every ward", "Each ward") for p, s in ben.assembly.text.sources.items()}
    [done] = proposing.propose(ben, "Each", "Because.", texts=other)
    second = done.paths[0].split("/")[2][:4]
    sync(ben)
    sync(ada)
    for filed in (first, second):
        deciding.open_ballot(ada, [filed], NOW + timedelta(days=1))
        deciding.vote(ada, filed, "for")
    sync(ada)
    sync(ben)
    ada.clock = ben.clock = lambda: NOW + timedelta(days=2)
    deciding.decide(ada, first)
    sync(ada)
    deciding.decide(ben, second)
    return ada, ben, second


def test_a_signed_decision_is_signed_again_where_its_key_is(decided_apart):
    ada, ben, second = decided_apart
    verify(ben.repo)
    assert sync(ben).said[0].startswith(f"{second}, “Each”, was decided again")
    sync(ada)
    assert verify(ada.repo).findings == verify(ben.repo).findings == ()
    changed = ben.repo.run(("show", "--name-only", "--format=", "HEAD")).decode().split()
    assert [path for path in changed if path.endswith("decision.yaml.sig")]


def test_a_signed_decision_without_its_key_waits_for_the_member(decided_apart):
    _, ben, second = decided_apart
    shutil.rmtree(ben.repo.git_dir / "manifesto-tui" / "keys")
    done = sync(ben)
    assert done.said == (
        f"{second}, “Each”, waits for ben, whose key is not here, to decide it again.",
    )
    assert verify(ben.repo).verdict == "PROVED"
    assert "Each ward" not in "".join(ben.assembly.text.sources.values())


def test_a_step_that_fails_leaves_everything_as_it_was(decided_apart, monkeypatch):
    _, ben, _ = decided_apart
    before = ben.repo.run(("for-each-ref", "refs/heads", "refs/tags", "refs/manifesto-tui"))

    def fail(*_):
        raise Refused("needs-people", "It would not be proved.", "Wait.")

    with monkeypatch.context() as patched:
        patched.setattr(Maker, "judge", fail)
        with pytest.raises(Refused):
            sync(ben)
    now = ben.repo.run(("for-each-ref", "refs/heads", "refs/tags", "refs/manifesto-tui"))
    assert (now, ben.repo.run(("status", "--porcelain"))) == (before, b"")
    assert "Each ward" in "".join(ben.assembly.text.sources.values())
    assert sync(ben).said


def test_a_vote_that_came_after_the_close_of_the_ballot_that_stands_is_kept_in_words(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    sync(ben)
    deciding.open_ballot(ada, [filed], NOW + timedelta(hours=1))
    deciding.open_ballot(ben, [filed], NOW + timedelta(days=8))
    ben.clock = lambda: NOW + timedelta(hours=2)
    deciding.vote(ben, filed, "against", reason="Not yet.")
    sync(ada)
    assert "a comment says so in its place" in sync(ben).said[-1]
    [comment] = ben.find(filed).comments
    assert comment.text == "I voted against on a ballot that does not stand. Not yet."
    assert verify(ben.repo).verdict == "PROVED"


def test_a_withdrawal_of_what_was_put_to_the_vote_there_is_kept_in_words(together):
    ada, ben = together
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    there = as_ada(ben)
    sync(there)
    deciding.open_ballot(ada, [filed], NOW + timedelta(days=7))
    revising.withdraw(there, filed, "It costs too much.")
    sync(ada)
    assert sync(there).said[0].endswith("the ballot stands; a comment says so in its place.")
    held = there.find(filed)
    assert held.withdrawal is None
    assert held.comments[0].text.endswith("put to the vote. It costs too much.")
    assert verify(there.repo).verdict == "PROVED"


def test_a_ballot_on_what_was_withdrawn_there_does_not_stand(together):
    ada, ben = together
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    there = as_ada(ben)
    sync(there)
    revising.withdraw(ada, filed, "It costs too much.")
    deciding.open_ballot(there, [filed], NOW + timedelta(days=7))
    sync(ada)
    assert sync(there).said == (
        f"The ballot on {filed} does not stand: {filed} was withdrawn there.",
    )
    assert there.find(filed).ballot is None
    assert verify(there.repo).verdict == "PROVED"


def test_what_git_recorded_with_a_ballot_that_does_not_stand_is_not_lost(together, speak):
    ada, ben = together
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    there = as_ada(ben)
    sync(ada)
    sync(there)
    revising.withdraw(ada, filed, "It costs too much.")
    sync(ada)
    deciding.open_ballot(there, [filed], NOW + timedelta(days=7))
    beside = there.repo.work_tree / "manifesto/sources.yaml"
    beside.write_text("format: 1\nx-2016:\n  title: Hours of work\n")
    speak.git("-C", str(there.repo.work_tree), "add", "manifesto")
    speak.git("-C", str(there.repo.work_tree), "commit", "-q", "--amend", "--no-edit")
    before = there.repo.head()
    with pytest.raises(Refused) as raised:
        sync(there)
    assert raised.value.code == "needs-people"
    assert "holds more than one act" in raised.value.sentence
    assert there.repo.head() == before
    assert "Hours of work" in beside.read_text()


def test_a_ballot_between_rivals_does_not_stand_where_one_was_put_to_the_vote_there(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    filed = [proposed(ada, now) for now in ("It is free.", "Nobody pays.")]
    sync(ada)
    sync(ben)
    deciding.open_ballot(ada, filed[:1], NOW + timedelta(days=7))
    deciding.open_ballot(ben, filed, NOW + timedelta(days=7))
    sync(ada)
    [said] = sync(ben).said
    assert said.endswith(f"{filed[0]} was put to the vote there before.")
    assert verify(ben.repo).verdict == "PROVED"


def test_a_proxy_on_a_ballot_opened_apart_goes_to_the_ballot_that_stands(stewards):
    ada, ben = stewards
    ruling.change(ada, replace(ada.assembly.rules, proxies=2), "Proxies")
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    sync(ben)
    for desk, days in ((ada, 7), (ben, 8)):
        deciding.open_ballot(desk, [filed], NOW + timedelta(days=days))
    representing.give(ben, filed, "ada")
    there = as_ada(ben)
    representing.accept(there, filed, "ben")
    deciding.vote(there, filed, "for")
    sync(ada)
    assert len(sync(there).said) == 1
    sync(ada)
    [proxy] = deciding.tally(ada, filed).proxies
    assert (proxy.counted, proxy.proxy.giver) == (True, "ben")
    assert deciding.tally(ada, filed).for_ == 2
    assert verify(ada.repo).verdict == "PROVED"


def test_a_proxy_on_a_ballot_that_asks_something_else_is_told_with_what_was_accepted(stewards):
    ada, ben = stewards
    ruling.change(ada, replace(ada.assembly.rules, proxies=2), "Proxies")
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    sync(ben)
    revising.revise(ada, filed, texts=edited(ada, "Nobody pays."))
    for desk, days in ((ada, 7), (ben, 8)):
        deciding.open_ballot(desk, [filed], NOW + timedelta(days=days))
    representing.give(ben, filed, "ada")
    there = as_ada(ben)
    representing.accept(there, filed, "ben")
    sync(ada)
    said = sync(there).said
    assert said[1].endswith("give it again.")
    assert said[2].endswith("accept it again.")
    assert verify(there.repo).verdict == "PROVED"


def test_a_revision_of_what_was_put_to_the_vote_there_is_filed_by_itself(together):
    ada, ben = together
    deciding.ratify(ada)
    filed = proposed(ada, "It is free.")
    sync(ada)
    there = as_ada(ben)
    sync(there)
    revising.revise(ada, filed, rationale="Since it helps.")
    deciding.open_ballot(ada, [filed], NOW + timedelta(days=7))
    revising.revise(there, filed, rationale="Since it is right.")
    proposed(there, "It costs nothing, ever.")
    sync(ada)
    [said] = sync(there).said
    assert said.startswith(f"{filed} was revised here after it was put to the vote there")
    assert there.find(filed).amendment.rationale == "Since it helps."
    [again] = [p for p in there.assembly.proposals if p.amendment.rivals == (filed,)]
    assert again.amendment.rationale == "Since it is right."
    assert len(there.assembly.proposals) == 3
    assert verify(there.repo).verdict == "PROVED"


def test_a_crash_between_the_branch_and_its_files_is_mended_at_the_next_start(
    decided_apart, monkeypatch
):
    _, ben, second = decided_apart

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alongside.Touched, "bring_along", crash)
        with pytest.raises(KeyboardInterrupt):
            sync(ben)
    again = Desk.open(ben.repo.work_tree, ben.environment, ben.clock)
    assert again.repo.run(("status", "--porcelain")) == b""
    read = (ben.repo.work_tree / "manifesto.md").read_text()
    assert "Each ward" in read
    assert "It is free." in read
    assert sync(again).went == (f"Decide {second}: carried",)
    assert verify(again.repo).verdict == "PROVED"


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
    assert waiting(ada).sentence == f"1 act waiting at {done.beside} to be taken over:"
    assert sync(ada).sentences == (
        "Nothing new came in.",
        "There was nothing to send.",
        f"What you sent waits at {done.beside} already: ask who keeps that place to take it over.",
    )
    people.admit(ada, "dan", "Made-up Dan")
    assert waiting(ada).sentence == "2 acts not sent yet, for the next sync:"


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


@pytest.fixture
def on_two_machines(stewards):
    """Ada at two clones of a text in force."""
    ada, ben = stewards
    deciding.ratify(ada)
    for desk in (ada, ben):
        sync(desk)
        desk.repo.configure("manifesto.handle", "ada")
    return ada, ben


@pytest.mark.parametrize("before", [1, 2, 3])
def test_second_votes_of_one_member_cast_apart_both_stay(on_two_machines, before):
    here, there = on_two_machines
    proposing.propose(here, "Say ever", "Because.", texts=edited(here, "It costs nothing, ever."))
    (filed,) = here.assembly.proposals
    deciding.open_ballot(here, [filed.id], here.now() + timedelta(days=3))
    for choice in ("for", "abstain", "for")[:before]:
        deciding.vote(here, filed.id, choice)
    sync(here)
    sync(there)
    deciding.vote(here, filed.id, "against")
    deciding.vote(there, filed.id, "abstain")
    for desk in (here, there, here):
        sync(desk)
    (held,) = here.assembly.proposals
    names = sorted(vote.path.rpartition("/")[2] for vote in held.votes)
    assert names == sorted(["ada.yaml", *(f"ada-{n}.yaml" for n in range(2, before + 3))])
    assert verify(here.repo).findings == ()


def test_second_revisions_of_one_member_filed_apart_both_stay(on_two_machines):
    here, there = on_two_machines
    filed = proposed(here, "It costs nothing, ever.")
    revising.revise(here, filed, rationale="Say free", texts=edited(here, "It is free."))
    sync(here)
    sync(there)
    revising.revise(here, filed, rationale="Say nobody", texts=edited(here, "Nobody pays."))
    revising.revise(there, filed, rationale="Say always", texts=edited(there, "It is always free."))
    for desk in (here, there, here):
        sync(desk)
    said = [revision.rationale for revision in here.find(filed).revisions]
    assert said[1:] == ["Say free", "Say nobody", "Say always"]
    assert verify(here.repo).findings == ()


def test_names_put_to_an_edition_apart_both_stay(on_two_machines):
    here, there = on_two_machines
    signing_on.sign_on(here)
    sync(here)
    sync(there)
    signing_on.sign_on(here, role="Nurse")
    signing_on.sign_on(there, role="Manager")
    signing_on.sign_on(there, name="Made-up Kim")
    for desk in (here, there, here):
        sync(desk)
    acts = [act for act in here.assembly.signatories if act.handle == "ada"]
    assert sorted(act.place for act in acts) == [1, 2, 3]
    assert verify(here.repo).findings == ()


def worded(side):
    return [(change.was, change.now) for change in side.changes]


def test_both_acts_are_laid_beside_one_another_to_choose_between(met):
    _, ben, _ = met
    [choice] = weighing.choices(ben)
    assert choice.why.startswith("Both sides edited the text.")
    assert [said for _, said in choice.mine.acts] == ["Plainer"]
    assert [said for _, said in choice.theirs.acts] == ["Shorter"]
    assert worded(choice.mine) == [("It costs nothing.", "Nobody pays.")]
    assert worded(choice.theirs) == [("It costs nothing.", "It is free.")]


def test_settings_that_met_are_laid_beside_one_another_line_by_line(stewards):
    ada, ben = stewards
    rules = ada.assembly.rules
    ruling.change(ada, replace(rules, voting_days=5), "Slower")
    ruling.change(ada, replace(rules, voting_days=5, change_days=7), "Patience")
    ruling.change(ben, replace(rules, voting_days=9), "Much slower")
    sync(ada)
    sync(ben)
    [choice] = weighing.choices(ben)
    assert [said for _, said in choice.theirs.acts] == ["Change the rules: Slower"]
    now = "A ballot stays open until the time that is set when it opens."
    assert choice.mine.lines == (("-", now), ("+", "A ballot stays open for at least 9 days."))
    assert choice.theirs.lines == (("-", now), ("+", "A ballot stays open for at least 5 days."))


def test_an_edit_of_a_text_put_in_force_waits_beside_nothing(stewards):
    ada, ben = stewards
    deciding.ratify(ada)
    editing.save_text(ben, edited(ben, "Nobody pays."), "Plainer")
    sync(ada)
    sync(ben)
    [choice] = weighing.choices(ben)
    assert choice.why == "The text was put in force there, and changed here."
    assert (choice.theirs.acts, choice.theirs.changes) == ((), ())
