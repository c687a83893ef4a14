"""What only an odd history holds: found out, each with its code, and nothing stops the replay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import (
    ONE,
    STEWARD,
    History,
    folder,
    member,
    reword,
    signatory_file,
)
from governance.in_two import Trees
from governance.making import AFTER, CLOSES, NOW
from governance.paper import assemble, paper
from governance.sealing import fits
from manifesto_tui.governance.amendment import Change, Comment, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay import (
    CommitDelta,
    FileChange,
    Reader,
    play,
    recall,
    remember,
    replay,
)
from manifesto_tui.governance.replay.page import page
from manifesto_tui.governance.replay.values import CODES
from manifesto_tui.governance.rules import READY
from manifesto_tui.governance.voting import open_ballot

K7F3 = folder("k7f3")


@pytest.fixture
def proposed() -> History:
    history = History()
    history.propose("k7f3")
    return history


@pytest.fixture
def voted(proposed) -> History:
    proposed.open("k7f3")
    proposed.vote("k7f3", "ada", "bea", "cem")
    return proposed


def codes(history: History) -> list[str]:
    return [code for code, commit in history.codes() if commit == history.head]


def test_a_history_that_founds_nothing():
    words = FileChange("notes.txt", "A", "", "100644", None, b"hello")
    proof = replay([CommitDelta("1" * 40, (), "Ada <ada@example.org>", (words,))], assemble)
    assert [found.code for found in proof.findings] == ["not-founded"]
    assert proof.verdict == "NOT PROVED"


@pytest.mark.parametrize(("file", "who"), [("cem", "bea"), ("mallory", "mallory")])
def test_a_second_under_anothers_name_or_by_nobody(proposed, file, who):
    proposed.commit({f"{K7F3}/seconds/{file}.yaml": paper(Second(who, written(NOW)))})
    assert codes(proposed) == ["second-void"]


@pytest.mark.parametrize("who", ["bea", "cem"])
def test_a_withdrawal_of_what_is_at_the_ballot_or_is_anothers(voted, who):
    voted.commit({f"{K7F3}/withdrawal.yaml": paper(Withdrawal(who, written(NOW)))})
    assert codes(voted) == ["withdrawal-void"]


def test_a_decision_at_no_time_that_can_be_read(voted):
    voted.decide("k7f3", decided="soon")
    assert codes(voted) == ["decision-early"]


def test_a_ballot_on_words_that_the_text_does_not_have(proposed):
    wrong = Change(clause="open-2", was="Words of no text.", now="Others.")
    proposed.propose("m2pq", wrong)
    ballot = open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW)
    option = replace(ballot.options[0], amendment="m2pq")
    forged = replace(ballot, id="m2pq", options=(option,))
    proposed.commit({f"{folder('m2pq')}/ballot.yaml": paper(forged)})
    assert codes(proposed) == ["ballot-effect"]


def test_a_merge_that_leaves_out_or_alters_what_one_side_recorded(voted):
    base = voted.head
    voted.vote("k7f3", "dov")
    side, held = voted.head, f"{K7F3}/votes/dov.yaml"
    voted.head = base
    voted.commit({f"{K7F3}/seconds/cem.yaml": paper(Second("cem", written(NOW)))})
    ours = voted.head
    voted.merge(side, {held: None})
    assert codes(voted) == ["record-deleted"]
    voted.head = ours
    voted.merge(side, {held: voted.trees[side][held][1] + b" "})
    assert "record-edited" in codes(voted)


def test_a_merge_of_two_decisions_that_both_reword_one_clause(proposed):
    proposed.propose("m2pq", reword("open-1", "Suppliers document", "Vendors describe"))
    base = proposed.head
    heads = []
    for name in ("k7f3", "m2pq"):
        proposed.head = base
        proposed.open(name)
        proposed.vote(name, "ada", "bea", "cem")
        proposed.decide(name)
        heads.append(proposed.head)
    proposed.head = heads[0]
    proposed.merge(heads[1])
    assert "text-edited" in codes(proposed)


def test_a_proxy_and_an_acceptance_where_no_ballot_is_open(proposed):
    at = written(NOW + timedelta(hours=1))
    proxy = Proxy("k7f3", "sha256:" + "0" * 64, "bea", "cem", at)
    proposed.commit({f"{K7F3}/proxies/bea.yaml": paper(proxy)})
    assert codes(proposed) == ["proxy-without-ballot"]
    accepted = Acceptance("k7f3", "sha256:" + "0" * 64, "bea", "cem", at)
    proposed.commit({f"{K7F3}/acceptances/cem.yaml": paper(accepted)})
    assert codes(proposed) == ["proxy-without-ballot"]


def counted(history: History) -> list[CommitDelta]:
    """Returns the history with how many children each commit has, and how many commits follow."""
    deltas = history.deltas
    parents = [parent for delta in deltas for parent in delta.parents]
    return [
        replace(d, children=parents.count(d.commit), to_come=len(deltas) - at - 1)
        for at, d in enumerate(deltas)
    ]


def test_states_that_nothing_follows_any_more_are_let_go_and_nothing_changes(voted):
    fork = voted.head
    voted.vote("k7f3", "dov")
    other = voted.head
    voted.head = fork
    voted.vote("k7f3", "eve")
    voted.merge(other)
    voted.decide("k7f3")
    assert replay(counted(voted), assemble, fits) == voted.proof()


def test_milestones_are_left_some_way_back_on_a_long_branch_alone():
    history = History()
    history.commit({"a.txt": b"1"})
    for number in range(70):
        history.commit({"a.txt": b"%d" % number})
    deltas = counted(history)
    played = play(deltas, Reader(assemble, fits))
    marks = {milestone.commit: milestone for milestone in played.milestones}
    assert {deltas.index(d) for d in deltas if d.commit in marks} == {len(deltas) - 65, 72}
    back = marks[deltas[-65].commit]
    assert (back.judged, back.findings) == (len(deltas) - 64, ())
    reader = Reader(assemble, fits)
    since = recall(remember(back), Trees(history.trees, back.commit), reader)
    assert play(deltas[-64:], reader, since).proof == played.proof


def test_what_is_recalled_of_a_state_is_all_that_was_in_it(voted):
    voted.commit({f"{K7F3}/comments/1-bea.yaml": paper(Comment("bea", written(NOW), "Words."))})
    voted.commit({f"{K7F3}/seconds/cem.yaml": paper(Second("cem", written(NOW)))})
    voted.decide("k7f3")
    voted.edition()
    voted.sign("kim", "Made-up Kim", recorded_by=STEWARD)
    (milestone,) = play(voted.deltas, Reader(assemble, fits)).milestones
    found = recall(remember(milestone), Trees(voted.trees, voted.head), Reader(assemble, fits))
    then, now = milestone.state, found.state
    assert dict(now.signatories.items()) == dict(then.signatories.items()) != {}
    assert now.signatories.get("kim") == voted.assembly.signatories[0]
    assert now.signatories.get("lee") is None
    assert {p: (b.mode, b.name) for p, b in now.files.items()} == {
        p: (b.mode, b.name) for p, b in then.files.items()
    }
    held = dict(now.folders.items())
    assert held.keys() == dict(then.folders.items()).keys() == {K7F3}
    one, other = held[K7F3], then.folders.get(K7F3)
    assert one.proposal == other.proposal
    assert dict(one.votes.items()) == dict(other.votes.items())
    assert (one.records, one.signed, len(one.votes)) == (other.records, other.signed, 3)
    assert (one.votes.get("ada"), one.votes.get("zoe")) == (other.votes.get("ada"), None)
    assert (now.text.sources, now.roll, now.rules) == (then.text.sources, then.roll, then.rules)
    assert (now.words, now.counts, now.adopted) == (then.words, then.counts, then.adopted)
    assert now.editions["1-0-0"].text.sources == then.editions["1-0-0"].text.sources


def test_a_decision_on_a_ballot_that_is_at_fault_is_not_found_a_second_time(proposed):
    ballot = open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW)
    proposed.commit({f"{K7F3}/ballot.yaml": paper(replace(ballot, threshold="at least 1 members"))})
    assert codes(proposed) == ["ballot-rules"]
    proposed.vote("k7f3", "ada", "bea", "cem")
    proposed.decide("k7f3", totals={"for": 1, "against": 0, "abstain": 0})
    assert codes(proposed) == []


def test_a_decision_that_cannot_be_counted_any_more(voted):
    files = voted.decision_files("k7f3")
    path = f"{K7F3}/amendment.yaml"
    voted.commit({path: None})
    voted.commit(files)
    assert codes(voted) == ["decision-text", "decision-text"]
    assert voted.proof().findings[1].sentence == "It cannot be counted."


def test_a_decision_on_a_ballot_whose_share_was_made_unreadable(voted):
    files = voted.decision_files("k7f3")
    ballot = voted.proposal("k7f3").ballot
    voted.commit({f"{K7F3}/ballot.yaml": paper(replace(ballot, threshold="nearly all"))})
    voted.commit(files)
    assert codes(voted) == ["decision-text"]


def test_a_decision_on_words_that_the_text_no_longer_has(voted):
    history = History(in_force=False)
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    files = {p: d for p, d in history.decision_files("k7f3").items() if p != ONE}
    history.commit({ONE: history.files[ONE].replace(b"document", b"draw")})
    history.commit(files)
    assert codes(history) == ["decision-text", "decision-text"]


def test_a_decision_where_there_is_no_folder_of_a_ballot():
    history = History()
    other = History()
    other.adopt("k7f3")
    path = f"{K7F3}/decision.yaml"
    history.commit({path: other.files[path]})
    assert codes(history) == ["decision-without-ballot", "decision-text"]


def test_a_vote_and_its_ballot_that_come_in_one_commit(proposed):
    ballot = open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW)
    at = proposed.head
    proposed.open("k7f3")
    vote = proposed.vote_file("k7f3", "ada")
    proposed.deltas.pop()
    proposed.head = at
    proposed.commit({f"{K7F3}/ballot.yaml": paper(ballot), **vote})
    assert codes(proposed) == []
    proposed.vote("k7f3", "bea", "cem")
    proposed.decide("k7f3", decided=written(AFTER))
    assert codes(proposed) == []


def test_an_edition_or_a_name_that_cannot_be_read_says_nothing_more(voted):
    voted.commit({"manifesto/editions/1-0-0.yaml": b"{", signatory_file("kim"): b"{"})
    assert codes(voted) == ["unreadable", "unreadable"]


def test_the_page_of_codes_lists_every_one_in_its_order():
    rows = [row for row in page().splitlines() if row.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(CODES)
    assert rows[0] == (
        "| `shallow-clone` | error | The clone lacks the older part of the history: nothing is "
        "proved. |"
    )


def test_a_merge_that_leaves_a_decision_out(voted):
    fork = voted.head
    decided = voted.decide("k7f3")
    voted.head = fork
    voted.commit({"readme.md": b"x"})
    voted.merge(decided, {f"{K7F3}/decision.yaml": None})
    assert codes(voted) == ["record-deleted", "text-edited"]


def test_a_merge_of_files_that_the_record_does_not_know(voted):
    fork = voted.head
    other = voted.commit({f"{K7F3}/notes.txt": b"one"})
    voted.head = fork
    voted.commit({f"{K7F3}/notes.txt": b"two"})
    voted.merge(other)
    assert codes(voted) == []


def test_a_ballot_that_was_mended_after_it_was_written_is_voted_on_and_found_once(proposed):
    ballot = paper(open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW))
    path = f"{K7F3}/ballot.yaml"
    proposed.commit({path: b"{"})
    proposed.commit({path: ballot})
    proposed.vote("k7f3", "ada")
    assert [code for code, _ in proposed.codes()] == ["unreadable", "record-edited"]


def test_a_roll_and_rules_that_are_as_they_were_are_pinned_once_more():
    history = History()
    for name, rules, clause in (
        ("aaaa", "simple", "open-1"),
        ("bbbb", "two-thirds", "open-2"),
        ("cccc", "simple", "teams-1"),
    ):
        history.commit({"manifesto/rules.yaml": paper(READY[rules])})
        words = history.assembly.text.by_anchor[clause][1].text
        history.propose(name, Change(clause=clause, was=words, now=f"{words} Always."))
        history.open(name)
        history.vote(name, "ada", "bea", "cem")
    history.commit({"manifesto/roll/fay.yaml": b"{"})
    assert codes(history) == ["unreadable"]
    (milestone,) = play(history.deltas, Reader(assemble, fits)).milestones
    assert len(remember(milestone)["pins"]) == 2
    history.decide("cccc")
    assert codes(history) == []


def test_a_proxy_with_a_wrong_signature_is_found_once():
    history = History(replace(READY["simple"], proxies=1), keys=("bea",))
    history.propose("k7f3")
    history.open("k7f3")
    proxy = Proxy("k7f3", "", "bea", "cem", written(NOW))
    proxy = replace(proxy, ballot_digest=history.proposal("k7f3").ballot.digest)
    path = f"{K7F3}/proxies/bea.yaml"
    history.commit({path: paper(proxy), f"{path}.sig": b"ssh-ed25519 AAAAbea|0"})
    assert codes(history) == ["signature-mismatch"]


def test_an_acceptance_with_its_ballot_in_one_commit_is_of_no_proxy(proposed):
    ballot = open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW)
    accepted = Acceptance("k7f3", "sha256:x", "bea", "cem", written(NOW))
    files = {"ballot": ballot, "acceptances/cem": accepted}
    proposed.commit({f"{K7F3}/{name}.yaml": paper(value) for name, value in files.items()})
    assert codes(proposed) == ["acceptance-void"]


def plain_commits(number: int) -> list[CommitDelta]:
    names = [f"{at:040x}" for at in range(1, number + 1)]
    change = (FileChange("a.txt", "M", "100644", "100644", b"x", b"y"),)
    return [
        CommitDelta(name, tuple(names[at - 1 : at] if at else ()), "", change, 1, number - at - 1)
        for at, name in enumerate(names)
    ]


def test_no_milestone_is_left_before_a_manifesto_is_founded():
    assert play(plain_commits(70), Reader(assemble)).milestones == ()


def test_a_replay_that_goes_on_leaves_milestones_of_its_own():
    history = History()
    for number in range(80):
        history.commit({"a.txt": b"%d" % number})
    deltas = counted(history)
    whole = play(deltas, Reader(assemble, fits))
    (first, *_) = play(deltas[:5], Reader(assemble, fits)).milestones[-1:]
    reader = Reader(assemble, fits)
    since = recall(remember(first), Trees(history.trees, first.commit), reader)
    later = play(deltas[5:], reader, since)
    assert [m.commit for m in later.milestones] == [m.commit for m in whole.milestones]
    assert [m.judged for m in later.milestones] == [m.judged for m in whole.milestones]


def test_a_vote_that_is_deleted_with_its_signature_is_two_files_gone(voted):
    path = f"{K7F3}/votes/dov.yaml"
    vote = voted.vote_file("k7f3", "dov")
    voted.commit({**vote, f"{path}.sig": b"scrawl"})
    voted.commit({path: None, f"{path}.sig": None})
    assert codes(voted) == ["record-deleted", "record-deleted"]


def test_two_wrongs_in_one_commit_are_both_found(voted):
    late = voted.vote_file("k7f3", "dov", cast=written(AFTER))
    files = {**late, "manifesto/roll/fay.yaml": paper(member("fay"))}
    voted.commit(files, author="Bea <bea@example.org>")
    assert sorted(codes(voted)) == ["roll-by-non-steward", "vote-late"]


def test_a_ballot_of_its_own_on_what_is_at_a_ballot_between_rivals(proposed):
    proposed.propose("m2pq", reword("open-1", "document", "draw"))
    alone = open_ballot(proposed.assembly, ["k7f3"], CLOSES, "ada", NOW)
    proposed.open("k7f3", "m2pq", ballot_id="r7va")
    path = f"{K7F3}/ballot.yaml"
    proposed.commit({path: paper(replace(alone, base=proposed.head))})
    assert codes(proposed) == ["ballot-twice"]
    proposed.deltas.pop()
    proposed.head = proposed.deltas[-1].commit
    proposed.vote("r7va", "ada", "bea", "cem", choice="m2pq k7f3 status-quo")
    proposed.decide("r7va")
    proposed.commit({path: paper(replace(alone, base=proposed.head))})
    assert codes(proposed) == ["ballot-on-decided"]
    assert "k7f3, which had been decided" in proposed.proof().findings[-1].sentence


def test_one_proxy_accepted_twice_is_one(voted):
    history = History(replace(READY["simple"], proxies=1))
    history.propose("k7f3")
    history.open("k7f3")
    digest = history.proposal("k7f3").ballot.digest
    at = written(NOW)
    history.commit({f"{K7F3}/proxies/bea.yaml": paper(Proxy("k7f3", digest, "bea", "cem", at))})
    (given,) = history.proposal("k7f3").proxies
    accepted = paper(Acceptance("k7f3", given.digest, "bea", "cem", at))
    history.commit({f"{K7F3}/acceptances/cem.yaml": accepted})
    history.commit({f"{K7F3}/acceptances/cem-2.yaml": accepted + b" "})
    assert history.codes() == []
