"""How a count is told: sentences that anyone can follow with a pencil."""

from dataclasses import replace

import pytest

from governance.making import (
    AFTER,
    CLOSES,
    NOW,
    acceptance_of,
    ballot_of,
    proxy_of,
    rank,
    roll_of,
    vote_of,
    votes_of,
)
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Mandates
from manifesto_tui.governance.rules import READY, Rules, Threshold
from manifesto_tui.governance.tally import count
from manifesto_tui.governance.telling import tell_rules

SIMPLE, CONSENT, LAZY = READY["simple"], READY["consent"], READY["lazy"]
EACH = READY["each-constituency"]


def told(rules: Rules, roll: dict[str, int], now=AFTER, ballot=None, **answers: str):
    members = roll_of(**roll)
    made = ballot_of(members, rules, **(ballot or {}))
    return count(made, votes_of(made, members, **answers), members, rules, now).sentences


@pytest.mark.parametrize(
    ("threshold", "answers", "said"),
    [
        ("more than 1/2 of for and against", "for for against abstain",
         "For 2, against 1; more than half of 3 is 2: met."),
        ("more than 1/2 of votes cast", "for for against abstain",
         "For 2, against 1, abstaining 1; more than half of 4 is 3: not met."),
        ("at least 1/2 of members", "for for against",
         "For 2, against 1; at least half of 6 members is 3: not met."),
        ("at least 2 members", "for for against",
         "For 2, against 1; at least 2 members is 2: met."),
        ("at least 1/2 of for and against", "abstain",
         "For 0, against 0; at least half of 0 is 0, and no fewer than 1: not met."),
        ("at least 1/2 of for and against", "for for against against",
         "For 2, against 2; at least half of 4 is 2: met."),
    ],
)  # fmt: skip
def test_what_was_asked_and_reached(threshold, answers, said):
    rules = replace(SIMPLE, threshold=Threshold.parse(threshold))
    assert told(rules, {"none": 6}, none=answers)[1] == said


@pytest.mark.parametrize(
    ("each", "each_quorum", "answers", "said"),
    [
        ("", "", "for for against", "Patients 2 to 1."),
        ("more than 1/2 of for and against", "", "for for against", "Patients 2 to 1: met."),
        ("more than 1/2 of for and against", "", "for against", "Patients 1 to 1: not met."),
        ("more than 1/2 of for and against", "", "abstain",
         "Patients 0 to 0, and who does not vote for or against has not agreed: not met."),
        ("more than 1/2 of for and against", "", "against",
         "Patients 0 to 1: not met."),
        ("more than 1/2 of for and against", "", "object",
         "Patients 0 to 1: not met."),
        ("at least 1/2 of for and against", "", "for against abstain",
         "Patients 1 to 1; at least half of 2 is 1: met."),
        ("more than 1/3 of for and against", "", "for against abstain",
         "Patients 1 to 1; more than one third of 2 is 1: met."),
        ("more than 1/2 of votes cast", "", "for against abstain",
         "Patients 1 to 1; more than half of 3 is 2: not met."),
        ("more than 1/2 of members", "", "for against abstain",
         "Patients 1 to 1; more than half of 4 members is 3: not met."),
        ("", "at least 2 members", "for",
         "Patients 1 to 0, 1 of 4 voting where 2 must: not met."),
        ("more than 1/2 of votes cast", "at least 2 members", "for object abstain",
         "Patients 1 to 1, 3 of 4 voting where 2 must; more than half of 3 is 2: not met."),
    ],
)  # fmt: skip
def test_what_each_constituency_came_to(each, each_quorum, answers, said):
    rules = replace(
        CONSENT,
        each=Threshold.parse(each) if each else None,
        each_quorum=Threshold.parse(each_quorum) if each_quorum else None,
    )
    assert said in told(rules, {"patients": 4}, patients=answers)


def test_by_silence_no_constituency_has_to_be_present():
    rules = replace(LAZY, each_quorum=Threshold.parse("at least 2 members"))
    silent = {"threshold": "no objection", "quorum": "at least 0 members"}
    assert told(rules, {"patients": 4}, ballot=silent, patients="abstain object") == (
        "2 of 4 members voted; quorum 0: met.",
        "1 member objected or voted against; none may: not met.",
        "Patients 0 to 1: met.",
        "1 member abstained.",
        "Blocked.",
    )


@pytest.mark.parametrize(
    ("outvotes", "answers", "said"),
    [
        ("", "for for for object",
         "1 member objects, which blocks until it is withdrawn."),
        ("3/4 of votes cast", "for for for object",
         "1 member objects; at least three quarters of the votes cast outvote that: not blocked."),
        ("3/4 of votes cast", "for for for object object",
         "2 members object; at least three quarters of the votes cast outvote that: that is not "
         "reached here."),
        ("3/4 of votes cast", "for object object object", "3 members object."),
    ],
)  # fmt: skip
def test_what_an_objection_does(outvotes, answers, said):
    share = Threshold.parse(f"at least {outvotes}") if outvotes else None
    assert said in told(replace(CONSENT, objections=share), {"none": 5}, none=answers)


def test_how_many_abstained():
    assert "2 members abstained." in told(SIMPLE, {"none": 5}, none="for abstain abstain")
    assert "1 member abstained." in told(SIMPLE, {"none": 5}, none="for abstain")
    assert not [s for s in told(SIMPLE, {"none": 5}, none="for") if "abstained" in s]


NINE = roll_of(none=12)
BALLOT = ballot_of(NINE, SIMPLE)
HANDLES = [member.handle for member in NINE.active]


def sentence(start: str, votes, rules=SIMPLE, mandates=None) -> str:
    found = count(BALLOT, votes, NINE, rules, AFTER, mandates=mandates or Mandates()).sentences
    return next((said for said in found if start in said), "")


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (0, ""),
        (1, "1 vote does not count: none-a, cast after the ballot closed on 27 November 2026, "
            "10:00 UTC."),
        (2, "2 votes do not count: none-a, {}; none-b, {}."),
        (8, "8 votes do not count: " + "; ".join(f"none-{h}, {{}}" for h in "abcdefgh") + "."),
        (9, "9 votes do not count: " + "; ".join(f"none-{h}, {{}}" for h in "abcdefgh")
            + "; and 1 more."),
    ],
)  # fmt: skip
def test_what_does_not_count_is_told_with_its_reason(late, said):
    votes = [vote_of(BALLOT, handle, cast=written(CLOSES)) for handle in HANDLES[:late]]
    why = "cast after the ballot closed on 27 November 2026, 10:00 UTC"
    assert sentence("not count", votes) == said.replace("{}", why)


@pytest.mark.parametrize(
    ("signed", "rules", "said"),
    [
        ((), SIMPLE, ""),
        ((1,), SIMPLE, "Of 3 valid votes 1 is signed: for 0, against 1."),
        ((0, 1, 2), SIMPLE, "Of 3 valid votes 3 are signed: for 2, against 1."),
        ((0,), replace(SIMPLE, signatures="required"),
         "Of 1 valid votes 1 is signed: for 1, against 0."),
        ((), replace(SIMPLE, signatures="required"), ""),
    ],
)  # fmt: skip
def test_how_many_are_signed_is_told_where_anybody_signed(signed, rules, said):
    votes = [
        vote_of(BALLOT, handle, answer, signed=at in signed)
        for at, (handle, answer) in enumerate(zip(HANDLES, ("for", "against", "for"), strict=False))
    ]
    assert sentence("signed:", votes, rules) == said


def test_an_objection_signed_is_one_against():
    ballot = ballot_of(NINE, CONSENT)
    votes = [vote_of(ballot, HANDLES[0], "object", signed=True)]
    said = count(ballot, votes, NINE, CONSENT, AFTER).said
    assert "Of 1 valid votes 1 is signed: for 0, against 1." in said


def represented(pairs, accepting=True):
    given = [proxy_of(HANDLES[a], HANDLES[b]) for a, b in pairs]
    seen: dict[str, int] = {}
    accepted = []
    for proxy in given if accepting else ():
        n = seen[proxy.holder] = seen.get(proxy.holder, 0) + 1
        accepted.append(acceptance_of(proxy, n))
    return Mandates(tuple(given), tuple(accepted))


PROXIES = replace(SIMPLE, proxies=3)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(1, 0)], "none-a voted also for none-b, who gave none-a the proxy."),
        ([(1, 0), (2, 0)], "none-a voted also for none-b and none-c, who gave none-a the proxy."),
        ([(1, 0), (2, 0), (3, 0)],
         "none-a voted also for none-b, none-c and none-d, who gave none-a the proxy."),
    ],
)  # fmt: skip
def test_who_voted_also_for_whom(pairs, said):
    votes = [vote_of(BALLOT, HANDLES[0])]
    assert sentence("voted also for", votes, PROXIES, represented(pairs)) == said
    present = f"{len(pairs) + 1} of 12 members voted, {len(pairs)} of them by proxy; quorum 6: "
    assert sentence("by proxy", votes, PROXIES, represented(pairs)).startswith(present)


def test_of_many_holders_eight_are_named():
    roll = roll_of(none=20)
    ballot = ballot_of(roll, PROXIES, proxies=3)
    handles = [member.handle for member in roll.active]
    given = tuple(proxy_of(handles[at + 10], handles[at]) for at in range(10))
    mandates = Mandates(given, tuple(map(acceptance_of, given)))
    votes = [vote_of(ballot, handle) for handle in handles[:10]]
    said = count(ballot, votes, roll, PROXIES, AFTER, mandates=mandates).sentences
    assert len([s for s in said if "who gave" in s]) == 8
    assert "2 more voted also for others." in said


@pytest.mark.parametrize(
    ("unaccepted", "said"),
    [
        (1, "1 proxy does not count: none-b’s, none-a has not accepted it."),
        (2, "2 proxies do not count: none-b’s, none-a has not accepted it; none-c’s, none-a has "
            "not accepted it."),
    ],
)  # fmt: skip
def test_which_proxies_do_not_count(unaccepted, said):
    mandates = represented([(n, 0) for n in range(1, unaccepted + 1)], accepting=False)
    assert sentence("not count", [vote_of(BALLOT, HANDLES[0])], PROXIES, mandates) == said


def test_of_many_proxies_that_do_not_count_eight_are_named_and_none_of_who_voted():
    mandates = represented([(n, 0) for n in range(1, 12)], accepting=False)
    said = sentence("not count", [vote_of(BALLOT, HANDLES[0])], PROXIES, mandates)
    assert said.startswith("11 proxies do not count: ")
    assert said.endswith("none-i’s, none-a has not accepted it; and 3 more.")
    direct = represented([(1, 0)])
    votes = [vote_of(BALLOT, handle) for handle in HANDLES[:2]]
    assert sentence("not count", votes, PROXIES, direct) == ""
    exactly = represented([(n, 0) for n in range(1, 9)], accepting=False)
    said = sentence("not count", [vote_of(BALLOT, HANDLES[0])], PROXIES, exactly)
    assert said.endswith("none-i’s, none-a has not accepted it.")


LAST = written(CLOSES)


def ranked(*rankings: str, now=AFTER, closes=LAST, rules=SIMPLE):
    roll = roll_of(none=len(rankings))
    ballot = ballot_of(roll, rules, "aaaa", "bbbb", closes=closes)
    votes = [
        rank(ballot, member.handle, *ranking.split())
        for member, ranking in zip(roll.active, rankings, strict=True)
    ]
    return count(ballot, votes, roll, rules, now).sentences


def test_rivals_are_told_in_their_order():
    assert ranked(*["bbbb aaaa status-quo"] * 2, "aaaa status-quo") == (
        "3 of 3 members voted; quorum 2: met.",
        "Preferred in this order: bbbb; then aaaa; then the status quo.",
        "Between bbbb and the status quo:",
        "For 2, against 1; more than half of 3 is 2: met.",
        "Carried: bbbb.",
    )
    assert ranked("aaaa bbbb status-quo", "bbbb aaaa status-quo")[1] == (
        "Preferred in this order: aaaa and bbbb, tied; then the status quo."
    )


def test_while_it_is_open_it_says_until_when_and_how_it_stands():
    assert ranked("status-quo", now=NOW)[-1] == (
        "The ballot is open until 27 November 2026, 10:00 UTC. As it stands: lost: the status quo "
        "stays."
    )
    assert ranked("status-quo", closes="soon")[-1].startswith(
        "The ballot is open until a time that cannot be read. As it stands: no quorum"
    )


def test_what_is_entrenched_is_told_before_the_share():
    rules = replace(SIMPLE, threshold=Threshold.parse("at least 2/3 of members"))
    said = told(rules, {"none": 3}, ballot={"entrenched": ("open-2",)}, none="for for")
    assert (
        said[1] == "It touches open-2, entrenched: that takes at least two thirds of the members."
    )


def test_the_document_of_a_count_holds_what_was_told():
    members = roll_of(clinicians=2, patients=1)
    rules = replace(EACH, proxies=1)
    ballot = ballot_of(members, rules, proxies=1)
    proxy = proxy_of("patients-a", "clinicians-a", signed=True)
    mandates = Mandates((proxy,), (acceptance_of(proxy),))
    votes = [vote_of(ballot, "clinicians-a", signed=True, signature="signed")]
    tally = count(ballot, votes, members, rules, NOW, mandates=mandates)
    document = tally.as_dict()
    assert document["votes"] == [
        {
            "voter": "clinicians-a",
            "choice": "for",
            "cast": votes[0].cast,
            "signed": True,
            "signature": "signed",
            "counted": True,
            "why": "",
        }
    ]
    assert document["proxies"] == [
        {
            "giver": "patients-a",
            "holder": "clinicians-a",
            "given": proxy.given,
            "accepted": True,
            "signed": False,
            "signature": "unsigned, name not proven",
            "counted": True,
            "why": "",
        }
    ]
    assert document["signed"] == {"for": 1, "against": 0, "abstain": 0, "object": 0}
    assert document["not_voted"] == ["clinicians-b"]
    assert document["turning"] == [
        {
            "to": "not carried",
            "answer": "against",
            "further": 1,
            "changed": 0,
            "constituencies": {"clinicians": 1},
            "any_of": [],
            "sentence": "1 more vote against it from clinicians would stop it.",
        },
        {
            "to": "not carried",
            "answer": "against",
            "further": 0,
            "changed": 1,
            "constituencies": {},
            "any_of": [],
            "sentence": "1 vote changed to “against” would stop it.",
        },
    ]
    assert document["sentences"] == list(tally.sentences)
    assert [one.proxy.giver for one in tally.represented] == ["patients-a"]


def test_the_document_of_rivals_names_what_would_put_another_first():
    roll = roll_of(none=2)
    ballot = ballot_of(roll, SIMPLE, "aaaa", "bbbb")
    votes = [rank(ballot, "none-a", "aaaa", "bbbb", "status-quo")]
    document = count(ballot, votes, roll, SIMPLE, NOW).as_dict()
    assert (document["subject"], document["ranking"], document["tied"]) == (
        "aaaa",
        [["aaaa"], ["bbbb"], ["status-quo"]],
        [],
    )
    assert document["turning"][0] == {
        "to": "carried",
        "answer": "ranking",
        "ranking": ["bbbb", "status-quo"],
        "further": 1,
        "changed": 0,
        "constituencies": {},
        "any_of": [],
        "sentence": "1 more vote “bbbb > status-quo” would adopt bbbb.",
    }
    assert document["turning"][-1]["to"] == "not carried"
    assert document["votes"][0]["choice"] == "aaaa > bbbb > status-quo"


def test_what_a_ballot_asks_is_told_before_anything_is_counted():
    members = roll_of(patients=4)
    asked = tell_rules(ballot_of(members, EACH), EACH)
    assert asked[-1].startswith("Each constituency that has members must agree as well")
    assert any(said.startswith("An amendment carries with") for said in asked)
    silent = replace(ballot_of(members, LAZY), threshold="no objection")
    assert tell_rules(silent, LAZY) == ("It carries if nobody objects or votes against it.",)


@pytest.mark.parametrize(
    ("voters", "said"),
    [
        ("a", ""),
        ("aa", "1 earlier vote of none-a was replaced by a later one."),
        ("aaaaa", "4 earlier votes of none-a were replaced by a later one."),
        ("aaabb", "3 earlier votes were replaced by later ones: 2 of none-a, 1 of none-b."),
        ("aabbccddeeffgghhii", "9 earlier votes were replaced by later ones: "
            + ", ".join(f"1 of none-{h}" for h in "abcdefgh") + ", and of 1 more."),
    ],
)  # fmt: skip
def test_votes_that_were_replaced_are_told_by_member(voters, said):
    votes = [
        vote_of(BALLOT, f"none-{letter}", n=voters[:at].count(letter) + 1)
        for at, letter in enumerate(voters)
    ]
    assert sentence("replaced", votes) == said
