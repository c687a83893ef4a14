"""The last act is taken back by its opposite, and where there is none that is said."""

from dataclasses import replace
from fractions import Fraction

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rules import Entrenched, Threshold
from manifesto_tui.workflow import (
    deciding,
    discussing,
    people,
    proposing,
    representing,
    revising,
    ruling,
    signing_on,
    verifying,
)
from manifesto_tui.workflow.counting import current_vote
from manifesto_tui.workflow.editing import save_text
from manifesto_tui.workflow.undoing import find_undo


@pytest.fixture
def desk(sit):
    return sit()


@pytest.fixture
def amendment(desk):
    """An amendment of the first clause, by the member at the desk; its id."""
    path = next(iter(desk.assembly.text.sources))
    words = desk.assembly.text.sources[path].rstrip() + "\n\nA clause at the end.\n"
    proposing.propose(desk, "Say more", "It is short.", texts={path: words})
    return desk.assembly.proposals[-1].id


def why_not(desk) -> str:
    with pytest.raises(Refused) as refused:
        find_undo(desk)
    assert refused.value.hint
    return refused.value.sentence


def test_a_changed_vote_is_cast_again_as_it_was_and_a_first_one_stays(desk, amendment):
    deciding.open_ballot(desk, [amendment], desk.now().replace(day=20))
    deciding.vote(desk, amendment, "against", reason="Too long.")
    assert why_not(desk) == "A first vote can be changed and not unsaid."
    deciding.vote(desk, amendment, "for")
    assert find_undo(desk).told == "Casts your vote before it again: against."
    find_undo(desk).make(desk)
    now = current_vote(desk.find(amendment), "ada")
    assert (now.choice, now.reason) == ("against", "Too long.")
    assert find_undo(desk).told == "Casts your vote before it again: for."
    assert verifying.verify(desk.repo).verdict.startswith("PROVED")


def test_a_proposal_is_withdrawn_and_a_withdrawal_stands(desk, amendment):
    assert find_undo(desk).told.startswith(f"Withdraws {amendment};")
    find_undo(desk).make(desk)
    assert desk.find(amendment).withdrawal
    assert why_not(desk) == "A withdrawal stands."


def test_a_revision_gives_way_to_the_one_before(desk, amendment):
    revising.revise(desk, amendment, title="Say much more")
    find_undo(desk).make(desk)
    assert [r.title for r in desk.find(amendment).revisions] == [
        "Say more",
        "Say much more",
        "Say more",
    ]


def test_a_comment_is_hidden_and_stays_hidden(desk, amendment):
    discussing.comment(desk, amendment, "Hasty words")
    find_undo(desk).make(desk)
    assert [c.hides for c in desk.find(amendment).comments if c.text != "Hasty words"] == [
        next(c.name for c in desk.find(amendment).comments if c.text == "Hasty words")
    ]
    assert why_not(desk) == "What is hidden stays hidden."


def test_the_words_of_a_draft_are_written_back(desk):
    path, before = next(iter(desk.assembly.text.sources.items()))
    save_text(desk, {path: before.rstrip() + "\n\nToo much.\n"}, "Say too much")
    find_undo(desk).make(desk)
    assert desk.assembly.text.sources[path] == before


def test_who_was_admitted_retires_and_comes_back(desk):
    people.admit(desk, "cleo", "Made-up Cleo", "patients")
    find_undo(desk).make(desk)
    assert desk.assembly.roll.by_handle["cleo"].retired
    find_undo(desk).make(desk)
    cleo = desk.assembly.roll.by_handle["cleo"]
    assert (cleo.retired, cleo.constituency) == (False, "patients")


def test_another_members_act_is_theirs(speak, sit):
    proposing.propose(
        sit(),
        "Say more",
        "It is short.",
        texts={p: s + "\n\nMore.\n" for p, s in list(sit().assembly.text.sources.items())[:1]},
    )
    speak.act_as("ben")
    assert why_not(sit()) == "What was recorded last is ada’s, not yours."


def test_the_command_says_it_first_and_does_it(speak):
    speak.act_as("ada")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    said = speak.done("undo", "--dry-run", "--json")
    assert said.json == {
        "undoes": "Admit cleo",
        "by": "Retires Made-up Cleo; they stay on the roll for history.",
        "rules": [],
    }
    speak.done("undo")
    assert "cleo  Made-up Cleo (retired)" in speak.done("roll", "list").out


@pytest.fixture
def ballot(speak, sit, amendment):
    """A ballot under rules that allow proxies, on the roll of which are ada, ben and cleo."""
    rules = speak.read("manifesto/rules.yaml") + "proxies: 2\n"
    speak.done("rules", "--set", speak.write("../proxies.yaml", rules), "-m", "Let us.")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    desk = sit()
    deciding.open_ballot(desk, [amendment], desk.now().replace(day=20))
    return desk, amendment


def holder_of(desk, id: str) -> str:
    stand = [one.judged.proxy.holder for one in representing.proxies(desk, id) if one.judged.stands]
    return stand[0] if stand else ""


def test_a_proxy_goes_back_to_whom_it_was_given_before(ballot):
    desk, asked = ballot
    representing.give(desk, asked, "ben")
    assert find_undo(desk).told == "Takes your proxy back: ben does not vote for you."
    find_undo(desk).make(desk)
    assert holder_of(desk, asked) == ""
    find_undo(desk).make(desk)
    assert holder_of(desk, asked) == "ben"
    representing.give(desk, asked, "cleo")
    assert find_undo(desk).told == "Lets ben vote for you again, as soon as ben accepts it anew."
    find_undo(desk).make(desk)
    assert holder_of(desk, asked) == "ben"
    assert verifying.verify(desk.repo).verdict.startswith("PROVED")


def test_a_proxy_on_a_ballot_that_has_closed_stays(ballot, sit):
    desk, asked = ballot
    representing.give(desk, asked, "ben")
    with pytest.raises(Refused) as refused:
        find_undo(sit(desk.now().replace(day=21)))
    assert refused.value.code == "ballot-closed"


def test_a_proxy_that_was_accepted_is_the_givers_to_take_back(ballot, speak, sit):
    desk, asked = ballot
    representing.give(desk, asked, "ben")
    speak.act_as("ben")
    representing.accept(sit(), asked, "ada")
    assert why_not(sit()) == "Whom you vote for may take it back, and you may not."


def names(desk) -> list[tuple[str, str]]:
    return [(each.edition, each.role) for each in signing_on.names(desk).standing]


def test_a_name_stands_again_as_it_stood(desk):
    deciding.ratify(desk)
    first = desk.assembly.editions[0].number
    signing_on.sign_on(desk, role="Nurse")
    assert find_undo(desk).told == "Takes the name of Made-up Founder back."
    find_undo(desk).make(desk)
    assert names(desk) == []
    assert (
        find_undo(desk).told
        == f"Puts the name of Made-up Founder under {first} again, as it stood."
    )
    find_undo(desk).make(desk)
    assert names(desk) == [(first, "Nurse")]
    signing_on.sign_on(desk, role="Doctor")
    find_undo(desk).make(desk)
    assert names(desk) == [(first, "Nurse")]
    assert verifying.verify(desk.repo).verdict.startswith("PROVED")


def test_rules_are_made_as_they_were_and_never_over_anothers_change(desk):
    before = desk.assembly.rules
    ruling.change(desk, replace(before, voting_days=9), "Slower.")
    found = find_undo(desk)
    assert found.rules == (
        ("-", "A ballot stays open for at least 9 days."),
        ("+", "A ballot stays open until the time that is set when it opens."),
    )
    mine = desk.assembly.commit
    find_undo(desk).make(desk)
    assert desk.assembly.rules == before
    with pytest.raises(Refused, match="changed again since"):
        find_undo(desk, mine)
    assert verifying.verify(desk.repo).verdict.startswith("PROVED")


def test_rules_that_bind_themselves_are_not_undone_by_hand(desk):
    deciding.ratify(desk)
    bound = Entrenched(rules=True, threshold=Threshold(Fraction(1, 2), False, "members"))
    ruling.change(desk, replace(desk.assembly.rules, entrenched=bound), "Bind us.")
    assert why_not(desk) == "The rules are entrenched, and change by ballot alone."


def test_a_revision_of_a_change_of_the_rules_gives_way_to_the_one_before(desk):
    slow, slower = (replace(desk.assembly.rules, voting_days=days) for days in (5, 9))
    ruling.propose(desk, "Slower", "Think.", slow)
    (filed,) = desk.assembly.proposals
    revising.revise(desk, filed.id, rules=slower)
    find_undo(desk).make(desk)
    assert [r.rules.voting_days for r in desk.find(filed.id).revisions] == [5, 9, 5]


def test_a_decision_on_the_rules_stands_as_any_other(desk, sit):
    deciding.ratify(desk)
    slow = replace(desk.assembly.rules, voting_days=5)
    ruling.propose(desk, "Slower", "Think.", slow)
    (filed,) = desk.assembly.proposals
    deciding.open_ballot(desk, [filed.id], desk.now().replace(day=20))
    deciding.vote(desk, filed.id, "for")
    later = sit(desk.now().replace(day=21))
    deciding.decide(later, filed.id)
    assert later.assembly.rules.voting_days == 5
    assert why_not(later) == "A decision stands."
