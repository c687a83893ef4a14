"""What comes in one commit that mostly comes in several, and what a merge brings of both kinds."""

from dataclasses import replace

from governance.history import History, folder, member, reword
from governance.making import NOW
from governance.paper import assemble, paper
from governance.sealing import fits
from manifesto_tui.governance.amendment import Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay import Judged, Reader, onward, play, remember
from manifesto_tui.governance.rules import READY

K7F3 = folder("k7f3")


def codes(history: History) -> list[str]:
    return [code for code, commit in history.codes() if commit == history.head]


def test_an_amendment_that_is_filed_and_withdrawn_in_one_commit():
    history, other = History(), History()
    other.propose("k7f3")
    amendment = f"{K7F3}/amendment.yaml"
    back = paper(Withdrawal("bea", written(NOW)))
    history.commit({amendment: other.files[amendment], f"{K7F3}/withdrawal.yaml": back})
    assert codes(history) == []


def test_a_ballot_a_proxy_and_its_acceptance_in_one_commit():
    history = History(replace(READY["simple"], proxies=1))
    filed = history.propose("k7f3")
    history.open("k7f3")
    at = written(NOW)
    ballot, path = f"{K7F3}/ballot.yaml", f"{K7F3}/proxies/bea.yaml"
    digest = history.proposal("k7f3").ballot.digest
    history.commit({path: paper(Proxy("k7f3", digest, "bea", "cem", at))})
    accepted = Acceptance("k7f3", history.proposal("k7f3").proxies[0].digest, "bea", "cem", at)
    files = {name: history.files[name] for name in (ballot, path)}
    history.head = filed
    history.commit({**files, f"{K7F3}/acceptances/cem.yaml": paper(accepted)})
    assert codes(history) == []


def test_a_decision_for_an_amendment_that_is_on_no_ballot():
    history = History()
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    history.decide("k7f3", adopted="zzzz")
    assert codes(history) == ["decision-tally", "decision-text"]


def test_a_decision_for_an_amendment_that_was_altered_since_its_ballot():
    history = History()
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    files = history.decision_files("k7f3")
    amendment = history.assembly.find("k7f3").amendment
    other = replace(amendment, changes=(reword("open-1", "document", "hide"),))
    history.commit({f"{K7F3}/amendment.yaml": paper(other)})
    assert codes(history) == ["record-edited"]
    history.commit(files)
    assert codes(history) == ["decision-text", "decision-text"]


def test_a_merge_of_decided_words_and_decided_rules():
    history = History()
    history.propose("k7f3")
    filed = history.assembly.find("k7f3").amendment
    rules = replace(filed, id="r124", changes=(), rules=READY["two-thirds"])
    history.commit({f"{folder('r124')}/amendment.yaml": paper(rules)})
    history.propose("m2pq", reword("open-2", "follow", "go with"))
    for name in ("r124", "k7f3"):
        history.open(name)
        history.vote(name, "ada", "bea", "cem")
    fork = history.head
    decided = history.decide("r124")
    history.head = fork
    history.decide("k7f3")
    history.merge(decided, {"manifesto/rules.yaml": paper(READY["two-thirds"])})
    assert codes(history) == []


def test_a_roll_that_is_as_it_was_is_remembered_once():
    history = History()
    cem = "manifesto/roll/cem.yaml"
    as_it_was = history.files[cem]
    for name, clause in (("k7f3", "open-1"), ("m2pq", "open-2")):
        words = history.assembly.text.by_anchor[clause][1].text
        history.propose(name, reword(clause, words, f"{words} Always."))
        history.open(name)
        history.commit({cem: paper(member("cem", name="Cem, who moved"))})
        history.commit({cem: as_it_was})
    (milestone,) = play(history.deltas, Reader(assemble, fits)).milestones
    assert len(remember(milestone)["pins"]) == 1


def test_of_the_commits_that_were_judged_the_last_are_held(monkeypatch):
    monkeypatch.setattr(onward, "MOST", 2)
    history, held = History(), Judged()
    for name in ("k7f3", "m2pq", "p4wd"):
        history.propose(name)
    play(history.deltas, Reader(assemble, fits), held=held)
    commits = [delta.commit for delta in history.deltas]
    assert [commit for commit in commits if commit in held] == commits[-2:]
    assert held.tips == (commits[-1],)
    # Further back than that nothing is known, and is asked of the repository.
    assert held.history_of(commits[-1:]) == {*commits[-3:]}
