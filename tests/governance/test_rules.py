from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.rules import (
    READY,
    Entrenched,
    Rules,
    Threshold,
    describe,
    rules_digest,
)


@pytest.mark.parametrize(
    ("phrase", "of", "needed"),
    [
        ("more than 1/2 of for and against", 42, 22),
        ("at least 1/2 of for and against", 42, 21),
        ("at least 2/3 of for and against", 15, 10),
        ("at least 2/3 of votes cast", 16, 11),
        ("more than 2/3 of members", 15, 11),
        ("at least 1 of members", 7, 7),
        ("at least 11 members", 40, 11),
        ("more than 11 members", 40, 12),
        ("at least 0 members", 40, 0),
    ],
)
def test_a_threshold_is_exact(phrase, of, needed):
    assert Threshold.parse(phrase).needed(of) == needed


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "half",
        "2/3",
        "at least 3/2 of members",
        "at least 1/0 of members",
        "at least 0.5 of members",
    ],
)
def test_what_is_no_threshold_is_refused_with_a_sentence(phrase):
    with pytest.raises(ValueError, match="is no share and no number — expected one like"):
        Threshold.parse(phrase)


@given(st.integers(1, 60), st.integers(1, 60), st.booleans(), st.integers(0, 500))
def test_a_threshold_is_the_least_whole_number_that_meets_it(a, b, strict, of):
    threshold = Threshold.parse(
        f"{'more than' if strict else 'at least'} {min(a, b)}/{max(a, b)} of members"
    )
    needed = threshold.needed(of)

    def meets(got):
        share, whole = got * threshold.share.denominator, of * threshold.share.numerator
        return share > whole if strict else share >= whole

    assert meets(needed)
    assert needed == 0 or not meets(needed - 1)


@pytest.mark.parametrize("rules", READY.values(), ids=READY.keys())
def test_ready_rules_are_called_what_they_are_listed_as(rules):
    assert READY[rules.name] is rules


@pytest.mark.parametrize("rules", READY.values(), ids=READY.keys())
def test_a_threshold_comes_back_from_its_phrase(rules):
    for threshold in (rules.quorum, rules.threshold, rules.each, rules.objections):
        assert threshold is None or Threshold.parse(str(threshold)) == threshold


def test_the_default_rules_say_what_they_are():
    assert describe(Rules()) == (
        "These rules are called “each-constituency”.",
        "Any member may propose an amendment.",
        "Any member may second one; none needs a seconder.",
        "Only stewards may put an amendment to the vote, at any time after it was filed.",
        "A ballot stays open until the time that is set when it opens.",
        "It is counted by the rules and the roll that were in force when it opened.",
        "A member answers “for”, “against” or “abstain”, and may answer again until the ballot "
        "closes.",
        "There is a quorum when at least half of the members have voted, whatever they answered.",
        "An amendment carries with at least two thirds of the votes for and against.",
        "Each constituency that has members must agree as well, with more than half of the votes "
        "for and against in it; one in which nobody votes for or against has not agreed.",
        "Once the text is in force the rules change by ballot, or by a steward’s word.",
        "Changed rules count for ballots that open after the change.",
        "Any member may record the result once a ballot has closed.",
        "Only stewards may admit a member.",
        "Votes may be signed; an unsigned vote counts, and is labelled unsigned.",
    )


def test_every_rule_is_said():
    said = " ".join(
        describe(
            replace(
                READY["consent"],
                seconders=2,
                discussion_days=7,
                voting_days=1,
                lapse_days=14,
                signatures="required",
                each_quorum=Threshold.parse("at least 1 member"),
            )
        )
    )
    for words in (
        "it needs 2 seconders besides its proposer",
        "7 days after it was filed or later",
        "open for at least 1 day.",
        "at least 1 member must have voted too",
        "unless at least three quarters of the votes cast are for it",
        "carries after 14 days if nobody objects",
        "must be signed to count",
    ):
        assert words in said


def test_rules_that_differ_have_different_digests():
    digests = {rules_digest(rules) for rules in READY.values()}
    assert len(digests) == len(READY)
    assert rules_digest(Rules()) == rules_digest(Rules())


def test_the_digest_of_the_first_rules_stays_what_it_was():
    # Ballots in the world name this digest: rules added later must not change it.
    assert rules_digest(Rules()) == (
        "sha256:654ee151c6e0cd9ad96b7e2c527343d71fc2fedc128892f30633b3424318a65d"
    )


def only_said(changed: Rules, base: Rules = READY["simple"]) -> list[str]:
    """Returns what is said of these rules and not of others."""
    return [s for s in describe(changed) if s not in describe(base)]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"propose": "steward"}, "Only stewards may propose an amendment."),
        ({"seconders": 1}, "Any member may second one; it needs 1 seconder besides its proposer "
         "before it is put to the vote."),
        ({"discussion_days": 1}, "Only stewards may put an amendment to the vote, 1 day after it "
         "was filed or later."),
        ({"voting_days": 3}, "A ballot stays open for at least 3 days."),
        ({"choices": ("for",)}, "A member answers “for”, and may answer again until the ballot "
         "closes."),
        ({"idle_days": 30}, "An amendment that nobody revises, seconds or speaks of for 30 days "
         "lapses, until someone does."),
        ({"proxies": 1}, "A member may let another vote for them on a ballot. The other has to "
         "accept, votes for 1 member besides themselves at most, and cannot pass that on; a "
         "member’s own vote goes before."),
        ({"change_days": 1}, "What carried comes into force 1 day after its ballot; what a "
         "steward changes does at once."),
        ({"threshold": Threshold.parse("at least 1 of members")},
         "An amendment carries with at least all of the members."),
        ({"threshold": Threshold.parse("at least 1/4 of members")},
         "An amendment carries with at least one quarter of the members."),
        ({"threshold": Threshold.parse("at least 3/7 of members")},
         "An amendment carries with at least 3/7 of the members."),
        ({"threshold": Threshold.parse("more than 0 of votes cast")},
         "An amendment carries with more than none of the votes cast."),
        ({"threshold": Threshold.parse("more than 1 member")},
         "An amendment carries with more than 1 member."),
    ],
)  # fmt: skip
def test_each_rule_is_one_sentence(rules, said):
    assert only_said(replace(READY["simple"], **rules)) == [said]


def test_two_members_may_be_represented():
    (said,) = only_said(replace(READY["simple"], proxies=2))
    assert "votes for 2 members besides themselves" in said


SHARE = Threshold.parse("at least 4/5 of members")


@pytest.mark.parametrize(
    ("entrenched", "said"),
    [
        (Entrenched(SHARE, ("a",)), "Clause a is entrenched; a heading stands for all that is "
         "under it. What touches that carries with at least four fifths of the members."),
        (Entrenched(SHARE, ("a", "b", "c"), quorum=SHARE, each=SHARE), "Clauses a, b and c are "
         "entrenched; a heading stands for all that is under it. What touches that carries with "
         "at least four fifths of the members, and with at least four fifths of the members in "
         "each constituency; there is a quorum then when at least four fifths of the members "
         "have voted."),
        (Entrenched(SHARE, rules=True), "The rules are entrenched. What touches that carries with "
         "at least four fifths of the members. Once the text is in force the rules change by "
         "ballot alone."),
    ],
)  # fmt: skip
def test_what_is_entrenched_is_said(entrenched, said):
    assert " ".join(only_said(replace(READY["simple"], entrenched=entrenched))) == said


def test_a_delay_of_entrenched_rules_has_no_way_around_it():
    bound = Entrenched(SHARE, rules=True)
    said = describe(replace(READY["simple"], entrenched=bound, change_days=2))
    assert "What carried comes into force 2 days after its ballot." in said


def test_what_is_entrenched_is_part_of_the_digest_in_one_phrase():
    each = Entrenched(SHARE, ("a", "b"), True, SHARE, SHARE)
    share = "at least 4/5 of members"
    assert str(each) == f"a, b; rules; {share}; quorum {share}; each {share}"
    assert str(Entrenched(SHARE)) == share
    assert rules_digest(replace(READY["simple"], entrenched=each)) != rules_digest(READY["simple"])


def test_a_threshold_is_exact_about_numbers_of_members():
    assert str(Threshold.parse("more than 2 members")) == "more than 2 members"
    assert Threshold.parse("at least 1 member").sentence_part == "at least 1 member"
    assert Threshold.parse("at least 2 members").sentence_part == "at least 2 members"
    assert Threshold.parse("more than 1/2 of votes cast").in_words == "more than half"
    assert Threshold.parse("at least 999999/999999 of members").needed(7) == 7
