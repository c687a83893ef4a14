"""Rules change by ballot: alone where they are entrenched, and for what opens afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import RULES, History, folder, reword
from governance.making import CLOSES, NOW
from governance.paper import paper
from manifesto_tui.governance import ruling
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.rules import READY, Entrenched, Threshold
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.governance.voting import open_ballot

MORE = Threshold.parse("at least 3/5 of members")
BOUND = replace(READY["simple"], entrenched=Entrenched(MORE, (), rules=True))
NEW = replace(READY["two-thirds"], entrenched=BOUND.entrenched)


def proposed(rules=BOUND, new=NEW):
    history = History(rules)
    history.propose("k7f3", reword("open-1", "document", "publish"))
    filed = replace(history.assembly.find("k7f3").amendment, id="r124", changes=(), rules=new)
    history.commit({f"{folder('r124')}/amendment.yaml": paper(filed)})
    return history


def carried(rules=BOUND, new=NEW):
    history = proposed(rules, new)
    history.open("r124")
    history.vote("r124", "ada", "bea", "cem")
    return history


def test_rules_that_carried_are_in_force_for_what_opens_afterwards():
    history = carried()
    history.open("k7f3")
    history.decide("r124")
    assert history.proof().verdict == "PROVED"
    assert history.assembly.rules == NEW
    before = history.assembly.find("k7f3").ballot
    assert before.threshold == str(BOUND.threshold)
    history.propose("m2pq", reword("open-2", "follow", "go with"))
    history.open("m2pq", now=NOW + timedelta(hours=2))
    assert history.assembly.find("m2pq").ballot.threshold == str(NEW.threshold)
    assert history.proof().verdict == "PROVED"


def test_a_ballot_on_entrenched_rules_takes_more():
    history = proposed()
    history.open("r124")
    ballot = history.assembly.find("r124").ballot
    assert (ballot.threshold, ballot.entrenched) == (str(MORE), (RULES,))


def test_a_steward_may_not_change_entrenched_rules():
    history = History(BOUND)
    at = history.commit({RULES: paper(NEW)})
    assert history.codes() == [("rules-edited", at)]
    with pytest.raises(Refused) as refused:
        ruling.refuse_direct(history.assembly, "ada", READY["lazy"])
    assert refused.value.code == "rules-entrenched"


def test_deleting_entrenched_rules_is_changing_them():
    history = History(BOUND)
    at = history.commit({RULES: None})
    assert ("rules-edited", at) in history.codes()


def test_a_steward_may_while_the_text_is_being_drafted_or_where_they_are_not_entrenched():
    for history in (History(BOUND, in_force=False), History(READY["simple"])):
        history.commit({RULES: paper(NEW)})
        assert history.codes() == []


def test_a_decision_that_puts_other_rules_in_force():
    history = carried()
    at = history.commit({**history.decision_files("r124"), RULES: paper(READY["lazy"])})
    assert history.codes() == [("decision-rules", at)]


def test_a_decision_that_leaves_the_rules_as_they_were():
    history = carried()
    files = dict(history.decision_files("r124"))
    del files[RULES]
    at = history.commit(files)
    assert history.codes() == [("decision-rules", at)]


def test_rules_that_did_not_carry_and_are_put_in_force():
    history = proposed()
    history.open("r124")
    history.vote("r124", "ada", "bea")
    files = history.decision_files("r124", outcome="carried", adopted="r124")
    at = history.commit({**files, RULES: paper(NEW)})
    assert history.codes() == [("decision-tally", at)]


def test_any_member_who_may_decide_puts_them_in_force():
    history = carried()
    history.commit(history.decision_files("r124"), author="Bea <bea@example.org>")
    assert history.codes() == []


def test_a_merge_that_drops_decided_rules():
    history = carried()
    fork = history.head
    decided = history.decide("r124")
    history.head = fork
    history.propose("m2pq", reword("open-2", "follow", "go with"))
    at = history.merge(decided, {RULES: paper(BOUND)})
    assert history.codes() == [("rules-edited", at)]


def test_a_merge_that_takes_decided_rules_over():
    history = carried()
    fork = history.head
    decided = history.decide("r124")
    history.head = fork
    history.propose("m2pq", reword("open-2", "follow", "go with"))
    history.merge(decided, {RULES: paper(NEW)})
    assert history.codes() == []


def test_a_branch_from_before_the_text_was_in_force_cannot_bring_other_rules():
    history = History(BOUND, in_force=False)
    fork = history.head
    ratified = history.ratify()
    history.head = fork
    side = history.commit({RULES: paper(READY["simple"])})
    history.head = ratified
    at = history.merge(side, {RULES: paper(READY["simple"])})
    assert history.codes() == [("rules-edited", at)]


def test_a_merge_may_keep_entrenched_rules_against_such_a_branch():
    history = History(BOUND, in_force=False)
    fork = history.head
    ratified = history.ratify()
    history.head = fork
    side = history.commit({RULES: paper(READY["simple"])})
    history.head = ratified
    history.merge(side)
    assert history.codes() == []


def test_a_delay_holds_new_rules_back():
    slow = replace(BOUND, change_days=7)
    history = carried(rules=slow, new=replace(slow, seconders=1))
    with pytest.raises(Refused) as refused:
        history.decision_files("r124")
    assert refused.value.code == "rules-not-yet"
    due = history.decision_files("r124", CLOSES + timedelta(days=7))
    path, late = f"{folder('r124')}/decision.yaml", b"2026-12-04T10:00:00Z"
    assert late in due[path]
    soon = due[path].replace(late, b"2026-12-04T09:59:00Z")
    at = history.commit({**due, path: soon})
    assert history.codes() == [("decision-early", at)]


def test_a_delay_that_is_over_changes_nothing_else():
    slow = replace(BOUND, change_days=7)
    history = carried(rules=slow, new=replace(slow, seconders=1))
    history.commit(history.decision_files("r124", CLOSES + timedelta(days=7)))
    assert history.proof().verdict == "PROVED"


def test_rules_that_moved_since_cannot_come_into_force():
    history = carried(rules=READY["simple"], new=READY["two-thirds"])
    files = history.decision_files("r124")
    history.commit({RULES: paper(READY["lazy"])})
    with pytest.raises(Refused) as refused:
        history.decision_files("r124")
    assert refused.value.code == "rules-moved"
    at = history.commit(files)
    assert history.codes() == [("decision-rules", at)]


@pytest.mark.parametrize(("ids", "code"), [(["r124", "k7f3"], "rules-alone"), (["r124"], None)])
def test_new_rules_have_a_ballot_of_their_own(ids, code):
    history = proposed()
    if code is None:
        assert open_ballot(history.assembly, ids, CLOSES, "ada", NOW).id == "r124"
        return
    with pytest.raises(BadInput) as refused:
        open_ballot(history.assembly, ids, CLOSES, "ada", NOW, ballot_id="r7va")
    assert refused.value.code == code


def test_two_changes_of_the_rules_are_not_at_the_ballot_together():
    history = carried()
    filed = history.assembly.find("r124").amendment
    other = replace(filed, id="r125", rules=READY["consent"])
    history.commit({f"{folder('r125')}/amendment.yaml": paper(other)})
    with pytest.raises(Refused) as refused:
        open_ballot(history.assembly, ["r125"], CLOSES, "ada", NOW)
    assert refused.value.code == "collides"


def test_what_differs_is_said_in_sentences():
    said = ruling.difference(READY["simple"], READY["two-thirds"])
    assert ("-", "An amendment carries with more than half of the votes for and against.") in said
    assert all(sign in "+-" for sign, _ in said)


UNBOUND = replace(READY["simple"], entrenched=Entrenched(MORE, ("open-1",)))


@pytest.mark.parametrize(
    ("rules", "in_force", "handle", "new", "code"),
    [
        (BOUND, True, "ada", NEW, "rules-entrenched"),
        (BOUND, False, "ada", NEW, ""),
        (UNBOUND, True, "ada", NEW, ""),
        (READY["simple"], True, "ada", NEW, ""),
        (READY["simple"], True, "bea", NEW, "not-a-steward"),
        (READY["simple"], True, "ada", READY["simple"], "nothing-changed"),
        (READY["simple"], True, "ada", UNBOUND, ""),
        (READY["simple"], True, "ada", replace(NEW, entrenched=Entrenched(MORE, ("open-9",))),
         "entrenched-unknown"),
    ],
)  # fmt: skip
def test_who_may_change_the_rules_directly(rules, in_force, handle, new, code):
    assembly = History(rules, in_force=in_force).assembly
    if not code:
        ruling.refuse_direct(assembly, handle, new)
        return
    with pytest.raises((Refused, BadInput)) as refused:
        ruling.refuse_direct(assembly, handle, new)
    assert refused.value.code == code


def test_a_change_of_the_rules_that_changes_nothing_is_not_put_to_the_vote():
    history = proposed(new=BOUND)
    with pytest.raises(BadInput) as refused:
        open_ballot(history.assembly, ["r124"], CLOSES, "ada", NOW)
    assert str(refused.value) == "These are the rules in force. Change some of them."


def test_another_change_of_the_rules_that_is_not_at_the_ballot_stands_against_none():
    history = proposed()
    filed = history.assembly.find("r124").amendment
    other = replace(filed, id="r125", rules=READY["consent"])
    history.commit({f"{folder('r125')}/amendment.yaml": paper(other)})
    history.open("k7f3")
    assert open_ballot(history.assembly, ["r125"], CLOSES, "ada", NOW).id == "r125"
    history.open("r124")
    history.decide("r124")
    assert open_ballot(history.assembly, ["r125"], CLOSES, "ada", NOW).id == "r125"


def test_when_rules_that_carried_come_into_force_is_said():
    slow = replace(BOUND, change_days=7)
    history = carried(rules=slow, new=replace(slow, seconders=1))
    with pytest.raises(Refused) as refused:
        history.decision_files("r124")
    assert str(refused.value) == (
        "r124: r124 carried, and comes into force on 4 December 2026, 10:00 UTC or later. Decide "
        "it then; it takes effect for ballots opened after that."
    )


def test_only_what_differs_is_said_of_rules():
    new = replace(READY["simple"], seconders=1)
    assert ruling.difference(READY["simple"], new) == (
        ("-", "Any member may second one; none needs a seconder."),
        ("+", "Any member may second one; it needs 1 seconder besides its proposer before it is "
              "put to the vote."),
    )  # fmt: skip
    assert ruling.difference(new, new) == ()


def test_new_rules_that_can_come_into_force_no_more_keep_no_others_from_the_ballot():
    history = carried(rules=READY["simple"], new=READY["two-thirds"])
    filed = history.assembly.find("r124").amendment
    other = replace(filed, id="r125", rules=READY["consent"])
    history.commit({f"{folder('r125')}/amendment.yaml": paper(other)})
    history.commit({RULES: paper(READY["lazy"])})
    assert [p.id for p in undecided(history.assembly)] == ["k7f3", "r125"]
    assert open_ballot(history.assembly, ["r125"], CLOSES, "ada", NOW).id == "r125"
