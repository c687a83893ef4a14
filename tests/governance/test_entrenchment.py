"""What is entrenched takes more to change."""

from dataclasses import replace

import pytest

from governance.history import History, folder, reword
from governance.making import CLOSES, NOW
from governance.paper import paper
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.check import check
from manifesto_tui.governance.entrenchment import THE_RULES, asked, told, touched
from manifesto_tui.governance.rules import READY, Entrenched, Threshold, describe
from manifesto_tui.governance.voting import open_ballot
from manifesto_tui.prose import read_text

MORE = Threshold.parse("at least 4/5 of members")
TEAMS = Entrenched(MORE, ("teams", "open-2"))
RULES = replace(READY["simple"], entrenched=TEAMS)


def opened(*changes, rules=RULES, **more):
    history = History(rules)
    history.propose("k7f3", *changes, **more)
    history.open("k7f3")
    return history.assembly.find("k7f3").ballot


@pytest.mark.parametrize(
    ("change", "touches"),
    [
        (reword("open-1", "document", "publish"), ()),
        (reword("open-2", "follow", "travel with"), ("open-2",)),
        (reword("open", "Open", "Shut"), ()),
        (reword("teams", "Teams", "Care teams"), ("teams",)),
        (reword("teams-2", "Nurses", "Midwives"), ("teams",)),
        (Change(clause="teams-3", was="- Doctors lead."), ("teams",)),
        (Change(after="teams-1", id="teams-9", now="They choose their tools."), ("teams",)),
        (Change(after="open-2", id="open-9", now="Nobody pays for that."), ()),
        (
            Change(clause="open-2", was="Records follow the patient.", move_after="open"),
            ("open-2",),
        ),
        (
            Change(clause="open-1", was="Suppliers document their interfaces.", move_after="teams"),
            ("teams",),
        ),
    ],
)
def test_what_touches_an_entrenched_clause_takes_more(change, touches):
    ballot = opened(change)
    assert ballot.entrenched == touches
    assert ballot.threshold == str(MORE if touches else RULES.threshold)


def test_silence_never_changes_what_is_entrenched():
    rules = replace(READY["lazy"], lapse_days=5, entrenched=TEAMS)
    editorial = reword("open-2", "follow", "go with")
    assert opened(editorial, rules=rules, kind="editorial").threshold == str(MORE)
    other = reword("open-1", "document", "publish")
    assert opened(other, rules=rules, kind="editorial").threshold == "no objection"


def test_quorum_and_constituencies_may_be_asked_more_of_too():
    quorum, each = Threshold.parse("at least 5 members"), Threshold.parse("at least 1 of members")
    rules = replace(RULES, entrenched=replace(TEAMS, quorum=quorum, each=each))
    ballot = opened(reword("open-2", "follow", "go with"), rules=rules)
    assert (ballot.quorum, ballot.each) == (str(quorum), str(each))


def test_a_ballot_that_pins_the_ordinary_share_is_found():
    history = History(RULES)
    history.propose("k7f3", reword("open-2", "follow", "go with"))
    ballot = open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)
    false = replace(ballot, threshold=str(RULES.threshold))
    at = history.commit({f"{folder('k7f3')}/ballot.yaml": paper(false)})
    assert history.codes() == [("ballot-rules", at)]


def test_a_majority_that_would_carry_the_rest_does_not_carry_it():
    history = History(RULES)
    history.propose("k7f3", reword("open-2", "follow", "go with"))
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    history.decide("k7f3")
    assert history.assembly.find("k7f3").decision.outcome == "lost"
    assert history.proof().verdict == "PROVED"


def test_the_rules_say_what_is_entrenched():
    said = " ".join(describe(RULES))
    assert "Clauses teams and open-2 are entrenched" in said
    assert "What touches that carries with at least four fifths of the members." in said


def test_check_names_what_is_not_there_and_what_asks_for_less():
    less = Threshold.parse("more than 1/3 of for and against")
    rules = replace(RULES, entrenched=Entrenched(less, ("open-77",)))
    codes = {problem.code for problem in check(History(rules).assembly)}
    assert {"entrenched-unknown", "entrenched-below"} <= codes


HALF = READY["simple"].threshold


@pytest.mark.parametrize(
    ("touches", "said"),
    [
        (("teams",), "teams"),
        (("teams", "open-2"), "teams and open-2"),
        ((THE_RULES,), "the rules"),
        (tuple("abcdefgh"), "a, b, c, d, e, f, g and h"),
        (tuple("abcdefghi"), "a, b, c, d, e, f, g, h and others"),
    ],
)
def test_what_is_touched_is_told_with_what_that_takes(touches, said):
    assert told(touches, MORE) == (
        f"It touches {said}, entrenched: that takes at least four fifths of the members."
    )


def test_a_new_rule_touches_the_rules_where_those_are_entrenched_and_nothing_else():
    text = History(RULES).assembly.text
    ruling = Amendment("r124", "", "", "", "", (), rules=READY["lazy"])
    assert touched(text, [ruling], RULES) == ()
    bound = replace(RULES, entrenched=replace(TEAMS, rules=True))
    assert touched(text, [ruling], bound) == (THE_RULES,)
    assert touched(text, [ruling], READY["simple"]) == ()
    assert asked(bound, (THE_RULES,)) == (bound.quorum, MORE, None)
    assert asked(bound, ()) == (bound.quorum, HALF, None)


def test_a_heading_stands_for_all_that_is_under_it_down_to_the_next_of_its_rank():
    blocks = ("# A <!-- #a -->", "## B <!-- #b -->", "X. <!-- #x -->", "## C <!-- #c -->", "Y.")
    text = read_text({"m.md": "\n\n".join(blocks) + "\n"})
    reworded = Amendment("k7f3", "", "", "", "", (Change(clause="x", was="X.", now="Z."),))
    rules = replace(RULES, entrenched=Entrenched(MORE, ("c", "b", "a", "gone")))
    assert touched(text, [reworded], rules) == ("b", "a")
    gone = Amendment("k7f3", "", "", "", "", (Change(clause="gone", was="X.", now="Z."),))
    assert touched(text, [gone], rules) == ()
