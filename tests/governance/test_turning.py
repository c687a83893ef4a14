"""What would change an open ballot: the numbers are the least, found by trying every answer."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.making import NOW, ballot_of, roll_of, votes_of
from governance.test_pencil import PHRASES, QUORUMS
from manifesto_tui.governance.rules import READY, Rules, Threshold
from manifesto_tui.governance.tally import count

SIMPLE, CONSENT = READY["simple"], READY["consent"]
QUORUM_OF_TWO = Threshold.parse("at least 2 members")


def said(rules: Rules, roll: dict[str, int], **answers: str) -> tuple[str, ...]:
    members = roll_of(**roll)
    ballot = ballot_of(members, rules)
    tally = count(ballot, votes_of(ballot, members, **answers), members, rules, NOW)
    return tally.what_would_change_it


def test_a_missing_quorum_says_how_many_have_to_vote():
    assert said(SIMPLE, {"none": 10}, none="for for against") == (
        "2 more members have to vote for a quorum, whatever they answer.",
        "2 more votes for it would carry it.",
    )


def test_a_missed_share_says_how_many_would_reach_it_by_voting_or_by_changing():
    assert said(SIMPLE, {"none": 8}, none="for for against against against") == (
        "2 more votes for it would carry it.",
        "1 vote changed to “for” would carry it.",
    )


def test_where_neither_is_enough_it_takes_both():
    rules = replace(SIMPLE, threshold=Threshold.parse("at least 1 of members"))
    assert said(rules, {"none": 5}, none="for for for against") == (
        "1 more vote for it, all there are, and 1 vote changed to “for” would carry it.",
    )


def test_what_a_constituency_needs_is_said():
    rules = READY["each-constituency"]
    answers = {"clinicians": "for for for for", "patients": "against"}
    assert said(rules, {"clinicians": 4, "patients": 4}, **answers) == (
        "2 more votes for it from patients would carry it.",
        "1 vote changed to “for” from patients would carry it.",
    )


def test_where_any_of_several_constituencies_could_stop_it_all_are_named():
    answers = {"clinicians": "for for", "patients": "for", "technologists": "for for for"}
    rules = replace(READY["each-constituency"], quorum=QUORUM_OF_TWO)
    roll = {"clinicians": 2, "patients": 1, "technologists": 3}
    assert said(rules, roll, **answers) == (
        "1 vote changed to “against” from any one of clinicians or patients would stop it.",
    )
    assert said(rules, {**roll, "patients": 2}, **answers) == (
        "1 more vote against it from patients would stop it.",
        "1 vote changed to “against” from any one of clinicians or patients would stop it.",
    )


def test_a_carrying_count_says_what_would_stop_it_and_an_objection_stops_soonest():
    assert said(SIMPLE, {"none": 9}, none="for for for against against") == (
        "1 more vote against it would stop it.",
        "1 vote changed to “against” would stop it.",
    )
    blocking = replace(CONSENT, objections=None)
    assert said(blocking, {"none": 9}, none="for for for for for") == (
        "1 more objection would stop it.",
        "1 vote changed to “object” would stop it.",
    )


def test_what_cannot_change_is_said():
    rules = replace(SIMPLE, threshold=Threshold.parse("more than 1 of votes cast"))
    assert said(rules, {"none": 2}, none="for against") == (
        "No answer that is still to come would change it.",
    )


def test_a_closed_ballot_says_nothing():
    members = roll_of(none=3)
    ballot = ballot_of(members, SIMPLE, closes="2026-11-20T09:59:00Z")
    assert count(ballot, [], members, SIMPLE, NOW).what_would_change_it == ()


ANSWERS = ("for", "against", "abstain", "object", "")


@st.composite
def ballots(draw):
    rules = replace(
        draw(st.sampled_from([SIMPLE, CONSENT])),
        quorum=draw(QUORUMS),
        threshold=draw(PHRASES),
        each=draw(st.none() | PHRASES),
        each_quorum=draw(st.none() | QUORUMS),
        objections=draw(st.none() | PHRASES),
    )
    roll = roll_of(clinicians=draw(st.integers(0, 3)), none=draw(st.integers(1, 2)))
    ballot = ballot_of(roll, rules)
    if draw(st.integers(0, 5)) == 0:
        ballot = replace(ballot, threshold="no objection", quorum="at least 0 members", each="")
    choices = [*ballot.choices, ""]
    given = [draw(st.sampled_from(choices)) for _ in roll.active]
    return ballot, roll, rules, given


def outcome(ballot, roll, rules, given):
    votes = []
    for member, answer in zip(roll.active, given, strict=True):
        if answer:
            only = replace(roll, members=(member,))
            group = member.constituency or "none"
            votes += votes_of(ballot, only, **{group: answer})
    return count(ballot, votes, roll, rules, NOW)


@settings(max_examples=100, deadline=None)
@given(ballots())
def test_the_numbers_are_the_least_there_are(made):
    ballot, roll, rules, given = made
    tally = outcome(ballot, roll, rules, given)
    carries = tally.would_be == "carried"
    least: dict[str, int] = {}
    missing = given.count("")
    for other in product([*ballot.choices, ""], repeat=len(given)):
        moved = [(a, b) for a, b in zip(given, other, strict=True) if a != b]
        if any(a and not b for a, b in moved):
            continue  # Nobody takes a vote back to nothing.
        if (outcome(ballot, roll, rules, other).would_be == "carried") == carries:
            continue
        kinds = {bool(a) for a, _ in moved}
        kind = "both" if len(kinds) > 1 else "changed" if kinds == {True} else "further"
        count = sum(bool(a) for a, _ in moved) if kind == "both" else len(moved)
        least[kind] = min(least.get(kind, 99), count)
    ways = {
        "both" if w.further and w.changed else "changed" if w.changed else "further": w
        for w in tally.turning
    }
    assert {k: v for k, v in least.items() if k != "both"} == {
        kind: way.further + way.changed for kind, way in ways.items() if kind != "both"
    }
    assert bool(least) == bool(ways)
    if "both" in ways:
        assert (ways["both"].further, ways["both"].changed) == (missing, least["both"])


def test_an_objection_is_turned_where_it_was_made():
    rules = replace(CONSENT, objections=None)
    answers = {"clinicians": "for for for", "patients": "object for"}
    assert said(rules, {"clinicians": 4, "patients": 3}, **answers) == (
        "1 vote changed to “for” from patients would carry it.",
    )


def test_who_is_still_to_vote_is_a_member_already():
    half = replace(SIMPLE, threshold=Threshold.parse("at least 1/2 of members"))
    assert said(half, {"none": 6}, none="for for for") == (
        "1 vote changed to “against” would stop it.",
    )


def test_whole_numbers_are_told_as_one_or_several():
    assert said(SIMPLE, {"none": 20}, none="for " * 6 + "against " * 5) == (
        "1 more vote against it would stop it.",
        "1 vote changed to “against” would stop it.",
    )
    assert said(SIMPLE, {"none": 20}, none="for " * 8 + "against " * 5) == (
        "3 more votes against it would stop it.",
        "2 votes changed to “against” would stop it.",
    )
    assert said(SIMPLE, {"none": 20}, none="for " * 9)[0] == (
        "1 more member has to vote for a quorum, whatever they answer."
    )
