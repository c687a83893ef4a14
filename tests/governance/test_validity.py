"""Why a vote does not count, in words; and which of a member's files is the last."""

from dataclasses import replace

import pytest

from governance.making import AFTER, CLOSES, ballot_of, rank, roll_of, vote_of
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.rules import READY
from manifesto_tui.governance.validity import JudgedVote, fault, judge, turn, wrong_answer

SIMPLE = READY["simple"]
REQUIRED = replace(SIMPLE, signatures="required")
ROLL = roll_of(none=4)
BALLOT = ballot_of(ROLL, SIMPLE, digest="sha256:here")
RIVALS = ballot_of(ROLL, SIMPLE, "aaaa", "bbbb")


@pytest.mark.parametrize(
    ("rules", "changed", "code", "why"),
    [
        (SIMPLE, {}, "", ""),
        (SIMPLE, {"ballot_digest": "sha256:here"}, "", ""),
        (SIMPLE, {"ballot_digest": "sha256:there"}, "another-ballot",
         "it names the file of another ballot"),
        (SIMPLE, {"ballot": "m2pq"}, "another-ballot", "it names ballot m2pq"),
        (SIMPLE, {"effect": "x"}, "another-effect",
         "it names a text other than the one on this ballot"),
        (SIMPLE, {"voter": "zoe", "path": "votes/zoe.yaml"}, "not-on-the-roll",
         "the voter was not on the roll when the ballot opened"),
        (SIMPLE, {"path": "votes/zoe.yaml"}, "misnamed", "its file is not named after its voter"),
        (SIMPLE, {"choice": "maybe"}, "not-a-choice", "“maybe” is not a choice on this ballot"),
        (SIMPLE, {"cast": "soon"}, "no-time", "its time cannot be read"),
        (SIMPLE, {"cast": written(CLOSES)}, "late",
         "cast after the ballot closed on 27 November 2026, 10:00 UTC"),
        (SIMPLE, {"signature": "mismatch"}, "bad-signature", "its signature does not match"),
        (SIMPLE, {"signature": "withdrawn"}, "key-withdrawn",
         "its key had been withdrawn before"),
        (SIMPLE, {"signature": "unchecked"}, "", ""),
        (REQUIRED, {"signature": "unchecked"}, "unsigned",
         "its signature cannot be checked, and the rules require one"),
        (REQUIRED, {}, "unsigned", "it is not signed, and the rules require it"),
        (REQUIRED, {"signed": True}, "another-ballot",
         "it does not name its ballot’s file, so it could be from elsewhere"),
        (REQUIRED, {"signed": True, "ballot_digest": "sha256:here"}, "", ""),
    ],
)  # fmt: skip
def test_why_a_vote_is_void(rules, changed, code, why):
    vote = replace(vote_of(BALLOT, "none-a"), **changed)
    assert fault(BALLOT, vote, ROLL, rules) == (code, why)


def test_before_the_ballot_is_a_file_no_digest_is_asked_for():
    vote = replace(vote_of(BALLOT, "none-a"), signed=True, ballot_digest="sha256:there")
    unfiled = replace(BALLOT, digest="")
    assert fault(unfiled, vote, ROLL, REQUIRED) == ("", "")
    assert fault(unfiled, replace(vote, ballot_digest=""), ROLL, REQUIRED) == ("", "")


def test_a_ballot_that_never_closes_has_no_time_to_be_in():
    vote = vote_of(BALLOT, "none-a")
    assert fault(replace(BALLOT, closes="soon"), vote, ROLL, SIMPLE)[0] == "no-time"


@pytest.mark.parametrize(
    ("choice", "ranking", "why"),
    [
        ("", "aaaa status-quo", ""),
        ("", "status-quo", ""),
        ("abstain", "", ""),
        ("for", "", "“for” is not a ranking of the texts"),
        ("", "aaaa", "it does not rank the status quo"),
        ("", "aaaa aaaa status-quo", "it ranks a text twice"),
        ("", "aaaa zzzz yyyy", "“zzzz” is not on this ballot"),
    ],
)
def test_what_is_an_answer_between_rivals(choice, ranking, why):
    assert wrong_answer(RIVALS, choice, tuple(ranking.split())) == why


def test_one_text_is_not_ranked():
    assert wrong_answer(BALLOT, "", ("k7f3",)) == "there is one text, and nothing to rank"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *(("sam", 1), ("sam-1", 1), ("sam-2", 2), ("sam-9999999", 9_999_999)),
        *(("sam-10000000", None), ("sam-02", None), ("sam-0", None), ("sam2", None)),
        *(("pam-2", None), ("-2", None), ("", None)),
    ],
)
def test_a_files_name_says_which_of_a_members_it_is(name, found):
    assert turn(f"a/votes/{name}.yaml", "sam") == found


def test_what_has_no_file_yet_comes_last():
    assert turn("", "sam") > turn("votes/sam-9999999.yaml", "sam")
    early, late = (replace(vote_of(BALLOT, "none-a"), path=p, choice=c)
                   for p, c in (("", "for"), ("votes/none-a-9999999.yaml", "against")))  # fmt: skip
    assert [v.choice for v in judge(BALLOT, [early, late], ROLL, SIMPLE) if v.counted] == ["for"]


def test_the_last_is_by_number_and_not_by_name():
    votes = [vote_of(BALLOT, "none-a", "for", n, cast=vote_of(BALLOT, "x").cast) for n in (10, 9)]
    judged = judge(BALLOT, votes, ROLL, SIMPLE)
    assert [(v.vote.path.rpartition("-")[2], v.code) for v in judged] == [
        ("9.yaml", "replaced"),
        ("10.yaml", ""),
    ]


def test_of_what_a_decision_knew_alone_a_vote_may_count():
    votes = [vote_of(BALLOT, "none-a"), vote_of(BALLOT, "none-b"), vote_of(BALLOT, "none-a", n=2)]
    judged = judge(BALLOT, votes, ROLL, SIMPLE, {"none-a.yaml"})
    assert [(v.voter, v.code) for v in judged] == [
        ("none-a", ""),
        ("none-a", "after-decision"),
        ("none-b", "after-decision"),
    ]
    void = replace(vote_of(BALLOT, "none-c"), cast=written(AFTER))
    assert judge(BALLOT, [void], ROLL, SIMPLE, ())[0].code in ("late", "after-decision")


def test_a_vote_is_read_with_its_answer_and_its_signature():
    judged = JudgedVote(rank(RIVALS, "none-a", "aaaa", "status-quo"))
    assert (judged.choice, judged.label) == ("aaaa > status-quo", "unsigned, name not proven")
    signed = JudgedVote(replace(vote_of(BALLOT, "none-a"), signed=True))
    assert (signed.choice, signed.label, signed.counted) == ("for", "signed", True)
    wrong = JudgedVote(replace(vote_of(BALLOT, "none-a"), signature="mismatch"), "x", "y")
    assert (wrong.label, wrong.counted) == ("does not match", False)
