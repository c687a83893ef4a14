import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.making import AFTER, CLOSES, NOW, ballot_of, rank, roll_of, vote_of, votes_of
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import READY, Rules, Threshold
from manifesto_tui.governance.tally import count

ROLL = roll_of(clinicians=10, managers=6, technologists=4)
RULES = replace(READY["each-constituency"], quorum=Threshold.parse("at least 11 members"))
BALLOT = ballot_of(ROLL, RULES)
EIGHT_TO_ONE = "for " * 8 + "against"
MANAGERS = "for for against abstain"
TECHNOLOGISTS = "for for against"


def the_count(votes, rules=RULES, ballot=BALLOT, roll=ROLL, now=AFTER):
    return count(ballot, votes, roll, rules, now)


def some_votes(**answers):
    return votes_of(BALLOT, ROLL, **answers)


def test_a_count_is_told_step_by_step():
    votes = some_votes(clinicians=EIGHT_TO_ONE, managers=MANAGERS, technologists=TECHNOLOGISTS)
    assert the_count(votes).sentences == (
        "16 of 20 members voted; quorum 11: met.",
        "For 12, against 3; at least two thirds of 15 is 10: met.",
        "Clinicians 8 to 1: met.",
        "Managers 2 to 1: met.",
        "Technologists 2 to 1: met.",
        "1 member abstained.",
        "Carried.",
    )


def test_the_json_document_has_every_promised_field():
    votes = some_votes(clinicians=EIGHT_TO_ONE, managers=MANAGERS, technologists=TECHNOLOGISTS)
    told = the_count(votes).as_dict()
    assert {
        key: told[key]
        for key in ("ballot", "state", "outcome", "for", "against", "abstain", "object")
    } == {
        "ballot": "k7f3",
        "state": "closed",
        "outcome": "carried",
        "for": 12,
        "against": 3,
        "abstain": 1,
        "object": 0,
    }
    assert told["electorate"] == 20
    assert told["quorum"] == {"needed": 11, "present": 16, "met": True}
    assert told["threshold"] == {
        "rule": "at least 2/3 of for and against",
        "needed": 10,
        "got": 12,
        "met": True,
    }
    assert told["constituencies"]["clinicians"] == {
        "for": 8,
        "against": 1,
        "abstain": 0,
        "object": 0,
        "electorate": 10,
        "met": True,
    }
    assert set(told["votes"][0]) == {
        "voter",
        "choice",
        "cast",
        "signed",
        "signature",
        "counted",
        "why",
    }


def test_half_is_not_a_majority():
    rules = READY["simple"]
    roll = roll_of(none=42)
    ballot = ballot_of(roll, rules)
    half = votes_of(ballot, roll, none="for " * 21 + "against " * 21)
    tally = count(ballot, half, roll, rules, AFTER)
    assert (tally.outcome, tally.threshold.needed) == ("lost", 22)


def test_exactly_two_thirds_carry_where_at_least_two_thirds_are_asked():
    rules = READY["two-thirds"]
    roll = roll_of(none=15)
    ballot = ballot_of(roll, rules)
    votes = votes_of(ballot, roll, none="for " * 10 + "against " * 5)
    assert count(ballot, votes, roll, rules, AFTER).outcome == "carried"


def test_a_third_of_ten_is_rounded_up_never_down():
    assert Threshold.parse("at least 1/3 of members").needed(10) == 4
    assert Threshold.parse("more than 1/3 of members").needed(9) == 4


def test_without_a_quorum_nothing_carries():
    tally = the_count(some_votes(clinicians="for " * 8, technologists="for for"))
    assert tally.outcome == "no quorum"
    assert tally.sentences[0] == "10 of 20 members voted; quorum 11: not met."


def test_abstentions_count_for_the_quorum_and_for_nothing_else():
    votes = some_votes(clinicians=EIGHT_TO_ONE, managers="for", technologists="for")
    assert the_count(votes).outcome == "carried"
    only_abstaining = some_votes(clinicians="abstain " * 10, managers="abstain " * 6)
    tally = the_count(only_abstaining)
    assert tally.quorum.met
    assert tally.outcome == "lost"
    assert "at least two thirds of 0 is 0, and no fewer than 1: not met" in tally.said


def test_every_constituency_must_agree():
    tally = the_count(some_votes(clinicians="for " * 10, managers="against", technologists="for"))
    assert tally.threshold.met
    assert tally.outcome == "lost"
    assert "Managers 0 to 1: not met." in tally.sentences


def test_a_constituency_in_which_nobody_votes_has_not_agreed():
    tally = the_count(some_votes(clinicians="for " * 10, managers="for"))
    assert tally.outcome == "lost"
    assert (
        "Technologists 0 to 0, and who does not vote for or against has not agreed: not met."
        in tally.sentences
    )


def test_a_constituency_without_members_is_not_asked():
    roll = Roll((*ROLL.members, Member("gone", "Gone", "patients", retired=True)))
    votes = votes_of(BALLOT, ROLL, clinicians="for " * 10, managers="for", technologists="for")
    tally = count(ballot_of(roll, RULES), votes, roll, RULES, AFTER)
    assert set(tally.constituencies) == {"clinicians", "managers", "technologists"}
    assert tally.outcome == "carried"


def test_members_in_no_constituency_count_in_all_and_in_none():
    roll = roll_of(none=3, clinicians=1)
    ballot = ballot_of(roll)
    votes = votes_of(ballot, roll, none="for for for", clinicians="for")
    tally = count(ballot, votes, roll, READY["each-constituency"], AFTER)
    assert (tally.for_, set(tally.constituencies), tally.outcome) == (4, {"clinicians"}, "carried")


def test_a_second_vote_replaces_the_first():
    first = vote_of(BALLOT, "clinicians-a", "against")
    second = vote_of(BALLOT, "clinicians-a", "for", n=2)
    tally = the_count([second, first])
    assert (tally.for_, tally.against) == (1, 0)
    assert [(v.counted, v.why) for v in tally.votes] == [
        (False, "replaced by a later vote"),
        (True, ""),
    ]


def test_a_void_second_vote_leaves_the_first_standing():
    first = vote_of(BALLOT, "clinicians-a", "against")
    late = vote_of(BALLOT, "clinicians-a", "for", n=2, cast=written(AFTER))
    tally = the_count([first, late])
    assert (tally.for_, tally.against) == (0, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"cast": written(CLOSES)}, "late"),
        ({"cast": "yesterday"}, "no-time"),
        ({"effect": "sha256:" + "0" * 64}, "another-effect"),
        ({"ballot": "m2pq"}, "another-ballot"),
        ({"voter": "nobody", "path": "x/votes/nobody.yaml"}, "not-on-the-roll"),
        ({"path": "x/votes/managers-a.yaml"}, "misnamed"),
        ({"path": "x/votes/clinicians-a-0.yaml"}, "misnamed"),
        ({"choice": "perhaps"}, "not-a-choice"),
        ({"choice": "object"}, "not-a-choice"),
        ({"choice": "", "ranking": ("k7f3", "status-quo")}, "not-a-choice"),
    ],
)
def test_a_void_vote_is_listed_with_its_reason(changed, code):
    tally = the_count([replace(vote_of(BALLOT, "clinicians-a"), **changed)])
    assert [vote.code for vote in tally.votes] == [code]
    assert tally.votes[0].why
    assert tally.quorum.present == 0


def test_the_last_moment_before_closing_is_in_time():
    tally = the_count([vote_of(BALLOT, "clinicians-a", cast="2026-11-27T10:59:59+01:00")])
    assert tally.for_ == 1


def test_an_unsigned_vote_does_not_count_where_signatures_are_required():
    rules = replace(RULES, signatures="required")
    unsigned = vote_of(BALLOT, "clinicians-a")
    signed = vote_of(BALLOT, "clinicians-b", signed=True)
    assert [v.code for v in the_count([unsigned, signed], rules).votes] == ["unsigned", ""]


def test_a_member_who_retired_before_the_ballot_may_not_vote():
    roll = Roll((*ROLL.members, Member("gone", "Gone", "clinicians", retired=True)))
    ballot = ballot_of(roll, RULES)
    tally = count(ballot, [vote_of(ballot, "gone")], roll, RULES, AFTER)
    assert tally.votes[0].code == "not-on-the-roll"


def test_while_the_ballot_is_open_the_outcome_is_open_and_what_it_would_be_is_said():
    tally = the_count(some_votes(clinicians="for"), now=NOW)
    assert (tally.state, tally.outcome, tally.would_be) == ("open", "open", "no quorum")
    assert tally.sentences[-1] == (
        "The ballot is open until 27 November 2026, 10:00 UTC. As it stands: no quorum."
    )
    assert the_count([], now=CLOSES).state == "closed"


def test_who_has_not_voted_is_known():
    tally = the_count(some_votes(clinicians="for " * 10, managers="for " * 6, technologists="for"))
    assert tally.not_voted == ("technologists-b", "technologists-c", "technologists-d")


def test_another_roll_than_the_pinned_one_is_refused():
    with pytest.raises(Refused) as refusal:
        the_count([], roll=roll_of(clinicians=3))
    assert refusal.value.code == "another-electorate"


CONSENT = READY["consent"]
CONSENT_BALLOT = ballot_of(ROLL, CONSENT)


def consent(answers, rules=CONSENT):
    votes = votes_of(CONSENT_BALLOT, ROLL, clinicians=answers)
    return count(CONSENT_BALLOT, votes, ROLL, rules, AFTER)


def test_an_objection_blocks_until_enough_outvote_it():
    assert consent("for " * 6 + "object " + "abstain " * 3).outcome == "blocked"
    assert consent("for " * 9 + "object").outcome == "carried"
    assert "1 member objects; at least three quarters of the votes cast outvote that" in (
        consent("for " * 9 + "object").said
    )


def test_an_objection_that_cannot_be_outvoted_blocks():
    assert consent("for " * 9 + "object", replace(CONSENT, objections=None)).outcome == "blocked"


LAZY = READY["lazy"]
SILENT = ballot_of(ROLL, LAZY, quorum="at least 0 members", threshold="no objection")


def test_silence_carries_an_editorial_amendment():
    tally = count(SILENT, [], ROLL, LAZY, AFTER)
    assert tally.outcome == "carried"
    assert "0 members objected or voted against; none may: met." in tally.sentences


@pytest.mark.parametrize("answer", ["object", "against"])
def test_one_voice_against_ends_silence(answer):
    votes = votes_of(SILENT, ROLL, clinicians=f"for for {answer}")
    assert count(SILENT, votes, ROLL, LAZY, AFTER).outcome == "blocked"


def test_a_quorum_can_be_asked_of_each_constituency():
    rules = replace(RULES, each_quorum=Threshold.parse("at least 1/2 of members"))
    ballot = ballot_of(ROLL, rules)
    votes = votes_of(
        ballot, ROLL, clinicians="for " * 8, managers="for for", technologists="for for"
    )
    tally = count(ballot, votes, ROLL, rules, AFTER)
    assert not tally.constituencies["managers"].met
    assert "Managers 2 to 0, 2 of 6 voting where 3 must: not met." in tally.sentences
    assert tally.outcome == "lost"
    enough = [*votes, *votes_of(ballot, ROLL, managers="for for for")[2:]]
    assert count(ballot, enough, ROLL, rules, AFTER).constituencies["managers"].met


# Rivals

SIMPLE = READY["simple"]
NINE = roll_of(none=9)
RIVALS = ballot_of(NINE, SIMPLE, "aaaa", "bbbb")


def ranked(*rankings, rules=SIMPLE, ballot=RIVALS, roll=NINE):
    votes = [
        rank(ballot, m.handle, *r.split()) for m, r in zip(roll.active, rankings, strict=False)
    ]
    return count(ballot, votes, roll, rules, AFTER)


def test_the_preferred_rival_carries():
    tally = ranked(*["bbbb aaaa status-quo"] * 5, *["aaaa status-quo bbbb"] * 4)
    assert (tally.outcome, tally.carried) == ("carried", "bbbb")
    assert tally.ranking == (("bbbb",), ("aaaa",), ("status-quo",))
    assert (tally.for_, tally.against) == (5, 4)
    assert tally.sentences[-1] == "Carried: bbbb."


def test_rivals_tied_for_first_place_are_named_and_nothing_carries():
    tally = ranked(*["aaaa bbbb status-quo"] * 4, *["bbbb aaaa status-quo"] * 4)
    assert tally.outcome == "lost"
    assert tally.tied == ("aaaa", "bbbb")
    assert tally.ranking == (("aaaa", "bbbb"), ("status-quo",))
    assert "aaaa and bbbb are tied for first place, so the status quo stays" in tally.said


def test_a_rival_that_fails_the_threshold_is_out_of_the_running():
    two_thirds = READY["two-thirds"]
    ballot = ballot_of(NINE, two_thirds, "aaaa", "bbbb")
    tally = ranked(
        *["aaaa bbbb status-quo"] * 5,
        *["bbbb status-quo aaaa"] * 4,
        rules=two_thirds,
        ballot=ballot,
    )
    assert tally.ranking[0] == ("aaaa",)
    assert tally.carried == "bbbb"


def test_the_status_quo_wins_where_most_prefer_it():
    tally = ranked(*["status-quo aaaa bbbb"] * 6, *["aaaa status-quo"] * 3)
    assert (tally.outcome, tally.carried) == ("lost", "")
    assert tally.ranking[0] == ("status-quo",)
    assert tally.sentences[-1] == "Lost: the status quo stays."


def test_each_constituency_must_prefer_the_winner_to_the_status_quo():
    roll = roll_of(clinicians=6, managers=3)
    ballot = ballot_of(roll, READY["each-constituency"], "aaaa", "bbbb")
    tally = ranked(
        *["aaaa bbbb status-quo"] * 6,
        *["bbbb status-quo aaaa"] * 3,
        rules=READY["each-constituency"],
        ballot=ballot,
        roll=roll,
    )
    assert tally.carried == "bbbb"


@pytest.mark.parametrize(
    ("ranking", "why"),
    [
        (("aaaa", "bbbb"), "it does not rank the status quo"),
        (("aaaa", "aaaa", "status-quo"), "it ranks a text twice"),
        (("cccc", "status-quo"), "“cccc” is not on this ballot"),
    ],
)
def test_a_ranking_that_is_none_is_void(ranking, why):
    tally = count(RIVALS, [rank(RIVALS, "none-a", *ranking)], NINE, SIMPLE, AFTER)
    assert (tally.votes[0].code, tally.votes[0].why) == ("not-a-choice", why)


def test_abstaining_between_rivals_counts_for_the_quorum():
    votes = [vote_of(RIVALS, m.handle, "abstain") for m in NINE.active]
    tally = count(RIVALS, votes, NINE, SIMPLE, AFTER)
    assert (tally.quorum.present, tally.abstain, tally.outcome) == (9, 9, "lost")


# Properties

ANSWERS = st.sampled_from(["for", "against", "abstain", "object", "perhaps"])


@st.composite
def electing(draw):
    rules: Rules = draw(st.sampled_from(list(READY.values())))
    roll = roll_of(
        clinicians=draw(st.integers(0, 6)),
        managers=draw(st.integers(0, 4)),
        none=draw(st.integers(0, 3)),
    )
    ballot = ballot_of(roll, rules)
    voters = [m.handle for m in roll.members] + ["stranger"]
    votes = [
        vote_of(
            ballot,
            voter,
            draw(ANSWERS),
            n,
            cast=written(draw(st.sampled_from([NOW, CLOSES, AFTER]))),
        )
        for voter in voters
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]
    return ballot, votes, roll, rules


@given(electing(), st.randoms(use_true_random=False))
def test_a_count_does_not_depend_on_the_order_of_files(election, random: random.Random):
    ballot, votes, roll, rules = election
    shuffled = votes[:]
    random.shuffle(shuffled)
    assert count(ballot, votes, roll, rules, AFTER) == count(ballot, shuffled, roll, rules, AFTER)


@given(electing())
def test_every_member_counts_once_at_most_and_every_file_is_accounted_for(election):
    ballot, votes, roll, rules = election
    tally = count(ballot, votes, roll, rules, AFTER)
    voters = [vote.voter for vote in tally.counted]
    assert len(voters) == len(set(voters)) == sum(tally.totals.values()) <= len(roll.active)
    assert len(tally.votes) == len(votes)
    assert {*voters, *tally.not_voted} == {m.handle for m in roll.active}
    assert all(vote.why for vote in tally.votes if not vote.counted)


@given(electing())
def test_one_more_vote_for_never_loses_what_was_carried(election):
    ballot, votes, roll, rules = election
    tally = count(ballot, votes, roll, rules, AFTER)
    if tally.outcome == "carried" and tally.not_voted:
        n = 1 + sum(v.voter == tally.not_voted[0] for v in votes)
        more = [*votes, vote_of(ballot, tally.not_voted[0], "for", n)]
        assert count(ballot, more, roll, rules, AFTER).outcome == "carried"


def test_where_nothing_is_asked_of_a_constituency_it_needs_nothing():
    roll = roll_of(clinicians=2)
    ballot = ballot_of(roll, SIMPLE)
    (counted,) = count(ballot, [], roll, SIMPLE, AFTER).constituencies.values()
    assert (counted.needed, counted.met, counted.electorate) == (0, True, 2)


def test_a_refused_roll_says_where_the_right_one_stands():
    with pytest.raises(Refused) as refusal:
        the_count([], roll=roll_of(clinicians=3), ballot=replace(BALLOT, base="0123456789abcdef"))
    assert str(refusal.value) == (
        "k7f3: The roll is not the one that ballot k7f3 was opened with. It stands in the record "
        "at commit 0123456789ab."
    )
