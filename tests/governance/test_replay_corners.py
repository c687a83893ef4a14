"""What only an odd history holds: found out, each with its code, and nothing stops the replay."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import History, folder, reword
from governance.making import CLOSES, NOW
from governance.paper import assemble, paper
from manifesto_tui.governance.amendment import Change, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay import CommitDelta, FileChange, replay
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


@pytest.mark.parametrize(("file", "member"), [("cem", "bea"), ("mallory", "mallory")])
def test_a_second_under_anothers_name_or_by_nobody(proposed, file, member):
    proposed.commit({f"{K7F3}/seconds/{file}.yaml": paper(Second(member, written(NOW)))})
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
