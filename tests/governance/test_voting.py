from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import CLAUSES, ONE, History, folder, member, reword
from governance.making import AFTER, CLOSES, NOW, proxy_of
from governance.paper import assemble, paper
from manifesto_tui.governance.amendment import Change, Second, Withdrawal
from manifesto_tui.governance.concluding import conclude, mandates_known, votes_digest, votes_known
from manifesto_tui.governance.effect import effect_of
from manifesto_tui.governance.lifecycle import stage
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused
from manifesto_tui.governance.proxy import Mandates
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import READY, rules_digest
from manifesto_tui.governance.voting import cast, decide, open_ballot, tally

IN_TIME = NOW + timedelta(days=1)


@pytest.fixture
def filed() -> History:
    history = History()
    history.propose("k7f3")
    return history


@pytest.fixture
def opened(filed: History) -> History:
    filed.open("k7f3")
    return filed


def code_of(refused, *arguments, error=Refused, **named) -> str:
    with pytest.raises(error) as refusal:
        refused(*arguments, **named)
    assert refusal.value.sentence.endswith((".", "”."))
    return refusal.value.code


# Opening


def test_a_ballot_pins_effect_electorate_rules_and_base(filed):
    assembly = filed.assembly
    ballot = open_ballot(assembly, ["k7"], CLOSES, "ada", NOW)
    option = ballot.options[0]
    assert (ballot.id, option.amendment, option.revision) == ("k7f3", "k7f3", 1)
    assert option.effect == effect_of(assembly.text, assembly.find("k7f3").amendment.changes)
    assert (ballot.electorate, ballot.roll) == ({"": 5}, assembly.roll.digest)
    assert (ballot.rules, ballot.base) == (rules_digest(assembly.rules), filed.head)
    assert ballot.quorum == "at least 1/2 of members"
    assert ballot.threshold == "more than 1/2 of for and against"
    assert (ballot.opened, ballot.closes) == ("2026-11-20T10:00:00Z", "2026-11-27T10:00:00Z")


def test_a_ballot_on_one_amendment_has_its_id(filed):
    assert open_ballot(filed.assembly, ["k7f3"], CLOSES, "ada", NOW, "r7va").id == "k7f3"


def test_only_stewards_open_where_the_rules_say_so(filed):
    opening = (open_ballot, filed.assembly, ["k7f3"], CLOSES)
    assert code_of(*opening, "bea", NOW) == "not-a-steward"
    assert code_of(*opening, "mallory", NOW) == "not-on-the-roll"
    anyone = replace(filed.assembly, rules=replace(READY["simple"], open="member"))
    assert open_ballot(anyone, ["k7f3"], CLOSES, "bea", NOW).opener == "bea"


def test_a_retired_steward_opens_nothing(filed):
    filed.commit({"manifesto/roll/ada.yaml": paper(member("ada", retired=True))})
    assert code_of(open_ballot, filed.assembly, ["k7f3"], CLOSES, "ada", NOW) == "retired"


def test_what_is_at_the_ballot_or_decided_is_not_opened_again(opened):
    assert code_of(open_ballot, opened.assembly, ["k7f3"], CLOSES, "ada", NOW) == (
        "already-at-the-ballot"
    )
    opened.vote("k7f3", "ada", "bea", "cem")
    opened.decide("k7f3")
    assert code_of(open_ballot, opened.assembly, ["k7f3"], CLOSES, "ada", NOW) == "already-decided"


def test_what_was_withdrawn_is_not_opened(filed):
    filed.commit({f"{folder('k7f3')}/withdrawal.yaml": paper(Withdrawal("bea", written(NOW)))})
    assert code_of(open_ballot, filed.assembly, ["k7f3"], CLOSES, "ada", NOW) == "withdrawn"


def test_an_unknown_amendment_is_not_opened(filed):
    assert code_of(open_ballot, filed.assembly, ["zzzz"], CLOSES, "ada", NOW, error=BadInput) == (
        "id-unknown"
    )


def test_seconds_are_counted_once_from_other_members_for_this_revision():
    history = History(rules=replace(READY["simple"], seconders=2))
    history.propose("k7f3")
    seconds = {
        "bea": Second("bea", written(NOW)),
        "cem": Second("cem", written(NOW)),
        "dov": Second("dov", written(NOW), revision=2),
    }
    for handle, second in seconds.items():
        history.commit({f"{folder('k7f3')}/seconds/{handle}.yaml": paper(second)})
    assert code_of(open_ballot, history.assembly, ["k7f3"], CLOSES, "ada", NOW) == "not-seconded"
    history.commit({f"{folder('k7f3')}/seconds/eve.yaml": paper(Second("eve", written(NOW)))})
    assert open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)


def test_the_days_of_discussion_are_kept():
    history = History(rules=replace(READY["simple"], discussion_days=9))
    history.propose("k7f3")
    early = NOW - timedelta(seconds=1)
    assert code_of(open_ballot, history.assembly, ["k7f3"], CLOSES, "ada", early) == "too-early"
    assert open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)


def test_the_days_of_voting_are_kept(filed):
    assembly = replace(filed.assembly, rules=replace(READY["simple"], voting_days=7))
    soon = CLOSES - timedelta(seconds=1)
    assert code_of(open_ballot, assembly, ["k7f3"], soon, "ada", NOW) == "closes-too-soon"
    assert open_ballot(assembly, ["k7f3"], CLOSES, "ada", NOW)
    assert code_of(open_ballot, assembly, ["k7f3"], NOW, "ada", NOW, error=BadInput) == (
        "closes-in-the-past"
    )


def test_what_no_longer_fits_the_text_is_not_opened():
    history = History(in_force=False)
    history.propose("k7f3")
    history.commit({ONE: history.files[ONE].replace(b"document", b"draw")})
    assert code_of(open_ballot, history.assembly, ["k7f3"], CLOSES, "ada", NOW) == "needs-revision"


def test_what_cannot_carry_beside_an_open_ballot_is_not_opened(opened):
    opened.propose("m2pq", reword("open-1", "document", "draw"))
    assert code_of(open_ballot, opened.assembly, ["m2pq"], CLOSES, "ada", NOW) == "collides"
    opened.propose("n3qr", reword("open-2", "follow", "stay with"))
    assert open_ballot(opened.assembly, ["n3qr"], CLOSES, "ada", NOW)


def test_two_insertions_in_one_place_may_both_be_voted_on():
    history = History()
    history.propose("aaaa", Change(after="open-1", id="open-8", now="Both of these."))
    history.propose("bbbb", Change(after="open-1", id="open-9", now="And those."))
    history.open("aaaa")
    history.open("bbbb")
    for name in ("aaaa", "bbbb"):
        history.vote(name, "ada", "bea", "cem")
        history.decide(name)
    assert history.codes() == []
    assert {"open-8", "open-9"} <= set(history.assembly.text.by_anchor)


def test_rivals_share_a_ballot_of_their_own(filed):
    filed.propose("m2pq", reword("open-1", "document", "draw"))
    ballot = open_ballot(filed.assembly, ["k7f3", "m2pq"], CLOSES, "ada", NOW, "r7va")
    assert (ballot.id, ballot.ranked) == ("r7va", True)
    assert (
        code_of(
            open_ballot,
            filed.assembly,
            ["k7f3", "k7f3"],
            CLOSES,
            "ada",
            NOW,
            "r7va",
            error=BadInput,
        )
        == "rivals-wanted"
    )
    assert (
        code_of(open_ballot, filed.assembly, ["k7f3", "m2pq"], CLOSES, "ada", NOW, error=BadInput)
        == "id-missing"
    )


def test_an_editorial_amendment_carries_by_silence_where_the_rules_have_it_so():
    history = History(rules=READY["lazy"])
    history.propose("k7f3", kind="editorial")
    too_soon = NOW + timedelta(days=13)
    assert code_of(open_ballot, history.assembly, ["k7f3"], too_soon, "ada", NOW) == (
        "closes-too-soon"
    )
    closes = NOW + timedelta(days=14)
    ballot = open_ballot(history.assembly, ["k7f3"], closes, "ada", NOW)
    assert (ballot.quorum, ballot.threshold) == ("at least 0 members", "no objection")
    history.commit({f"{folder('k7f3')}/ballot.yaml": paper(ballot)})
    decision, _ = decide(history.assembly, history.proposal("k7f3"), "ada", closes)
    assert (decision.outcome, decision.adopted) == ("carried", "k7f3")


# Voting


def test_a_vote_names_ballot_effect_voter_choice_and_time(opened):
    vote = cast(
        opened.assembly, opened.proposal("k7f3"), "bea", IN_TIME, choice="for", reason="Yes"
    )
    ballot = opened.proposal("k7f3").ballot
    assert (vote.ballot, vote.effect, vote.voter) == ("k7f3", ballot.effect, "bea")
    assert (vote.choice, vote.reason, vote.cast) == ("for", "Yes", "2026-11-21T10:00:00Z")


def test_votes_that_may_not_be_cast_are_refused(opened):
    voting = (cast, opened.assembly, opened.proposal("k7f3"))
    assert code_of(*voting, "mallory", IN_TIME, choice="for") == "not-on-the-roll"
    assert code_of(*voting, "bea", CLOSES, choice="for") == "ballot-closed"
    assert code_of(*voting, "bea", IN_TIME, choice="yes", error=BadInput) == "not-a-choice"
    assert code_of(*voting, "bea", IN_TIME, choice="object", error=BadInput) == "not-a-choice"
    assert code_of(*voting, "bea", IN_TIME, choice="for", seen="sha256:x") == "text-moved"
    opened.vote("k7f3", "ada", "bea", "cem")
    opened.decide("k7f3")
    assert code_of(cast, opened.assembly, opened.proposal("k7f3"), "bea", IN_TIME) == (
        "already-decided"
    )


def test_without_a_ballot_nobody_votes_counts_or_decides(filed):
    k7f3 = filed.proposal("k7f3")
    assert code_of(cast, filed.assembly, k7f3, "bea", IN_TIME, choice="for") == "no-ballot"
    assert code_of(tally, filed.assembly, k7f3, IN_TIME) == "no-ballot"
    assert code_of(decide, filed.assembly, k7f3, "bea", AFTER) == "no-ballot"


def test_an_objection_needs_a_reason():
    history = History(rules=READY["consent"])
    history.propose("k7f3")
    history.open("k7f3")
    voting = (cast, history.assembly, history.proposal("k7f3"), "bea", IN_TIME)
    assert code_of(*voting, choice="object", error=BadInput) == "reason-missing"
    assert cast(*voting[1:], choice="object", reason="It harms.").choice == "object"


def test_who_is_admitted_after_the_opening_does_not_vote_on_it(opened):
    roll = opened.assembly.roll
    opened.commit({"manifesto/roll/fay.yaml": paper(member("fay"))})
    voting = (cast, opened.assembly, opened.proposal("k7f3"))
    assert code_of(*voting, "fay", IN_TIME, choice="for", roll=roll) == "not-on-the-roll"
    assert code_of(*voting, "fay", IN_TIME, choice="for") == "another-electorate"
    assert cast(*voting[1:], "bea", IN_TIME, choice="for", roll=roll)


# Deciding


def test_a_decision_is_the_count_and_the_text(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    opened.vote("k7f3", "dov", choice="against")
    decision, text = decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    assert (decision.outcome, decision.adopted) == ("carried", "k7f3")
    assert decision.totals == {"for": 3, "against": 1, "abstain": 0}
    assert decision.quorum == "4 of 5, needed 3: met"
    assert decision.threshold == "3 of 4, needed 3: met"
    assert decision.counted == ("ada.yaml", "bea.yaml", "cem.yaml", "dov.yaml")
    assert decision.votes == votes_digest(opened.proposal("k7f3").votes)
    assert "publish" in text.sources[ONE]


def test_deciding_twice_or_late_gives_the_same(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    made = decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    later = decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER + timedelta(days=90))
    assert made == decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    assert replace(later[0], decided=made[0].decided) == made[0]
    assert later[1] == made[1]


def test_what_is_lost_leaves_the_text(opened):
    opened.vote("k7f3", "ada", "bea", "cem", choice="against")
    decision, text = decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    assert (decision.outcome, decision.adopted) == ("lost", "")
    assert decision.text_before == decision.text_after
    assert text == opened.assembly.text


def test_an_open_ballot_is_not_decided(opened):
    deciding = (decide, opened.assembly, opened.proposal("k7f3"), "bea")
    assert code_of(*deciding, IN_TIME) == "ballot-open"
    assert decide(*deciding[1:], CLOSES)[0].outcome == "no quorum"


def test_a_decision_is_made_once(opened):
    opened.decide("k7f3")
    assert code_of(decide, opened.assembly, opened.proposal("k7f3"), "bea", AFTER) == (
        "already-decided"
    )


def test_a_ballot_is_counted_by_the_rules_it_was_opened_under(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    rules = opened.assembly.rules
    opened.commit({"manifesto/rules.yaml": paper(READY["each-constituency"])})
    deciding = (opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    assert code_of(decide, *deciding) == "other-rules"
    assert decide(*deciding, rules=rules)[0].outcome == "carried"


def test_what_carried_on_other_words_is_not_put_in_the_text():
    history = History(in_force=False)
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    history.commit({ONE: history.files[ONE].replace(b"their interfaces", b"the interfaces")})
    assert code_of(decide, history.assembly, history.proposal("k7f3"), "bea", AFTER) == "text-moved"


def test_late_void_and_replaced_votes_stand_in_the_decision(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    opened.vote("k7f3", "cem")
    opened.vote("k7f3", "dov", cast=written(AFTER))
    decision, _ = decide(opened.assembly, opened.proposal("k7f3"), "bea", AFTER)
    assert decision.void == {"cem.yaml": "replaced", "dov.yaml": "late"}
    assert decision.counted == ("ada.yaml", "bea.yaml", "cem-2.yaml")


def test_concluding_does_not_depend_on_the_order_of_votes(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    holder, assembly = opened.proposal("k7f3"), opened.assembly
    rest = (assembly.roll, assembly.rules, assembly.text, "bea", AFTER)
    revisions = {"k7f3": holder.amendment}
    there = conclude(holder.ballot, revisions, holder.votes, *rest)
    back = conclude(holder.ballot, revisions, holder.votes[::-1], *rest)
    assert there == back


def test_what_comes_after_the_decision_is_listed_and_not_counted(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    late = opened.vote_file("k7f3", "dov", "against")
    opened.decide("k7f3")
    opened.commit(late)
    counted = tally(opened.assembly, opened.proposal("k7f3"), AFTER)
    assert counted.totals == {"for": 3, "against": 0, "abstain": 0, "object": 0}
    assert [v.why for v in counted.votes if v.voter == "dov"] == ["it came after the decision"]


# Stages


def test_the_stage_follows_from_the_folder_and_the_time(filed):
    def stage_now(at=NOW, name="k7f3"):
        return stage(filed.assembly, filed.proposal(name), at)

    assert stage_now() == "open"
    filed.open("k7f3")
    assert stage_now() == "at the ballot"
    assert stage_now(CLOSES) == "closed"
    filed.vote("k7f3", "ada", "bea", "cem")
    filed.decide("k7f3")
    assert stage_now(AFTER) == "adopted"


def test_a_lost_ballot_rejects(opened):
    opened.decide("k7f3")
    assert stage(opened.assembly, opened.proposal("k7f3"), AFTER) == "rejected"


def test_of_rivals_one_is_adopted_and_the_others_rejected(filed):
    filed.propose("m2pq", reword("open-1", "document", "draw"))
    filed.open("k7f3", "m2pq", ballot_id="r7va")
    assert stage(filed.assembly, filed.proposal("m2pq"), NOW) == "at the ballot"
    filed.vote("r7va", "ada", "bea", "cem", choice="m2pq k7f3 status-quo")
    filed.decide("r7va")
    stages = {
        name: stage(filed.assembly, filed.proposal(name), AFTER)
        for name in ("k7f3", "m2pq", "r7va")
    }
    assert stages == {"k7f3": "rejected", "m2pq": "adopted", "r7va": "adopted"}


def test_a_withdrawal_after_the_opening_changes_nothing(filed):
    path = f"{folder('k7f3')}/withdrawal.yaml"
    filed.commit({path: paper(Withdrawal("bea", written(NOW - timedelta(hours=1))))})
    assert stage(filed.assembly, filed.proposal("k7f3"), NOW) == "withdrawn"
    late = History()
    late.propose("k7f3")
    late.open("k7f3")
    late.commit({path: paper(Withdrawal("bea", written(IN_TIME)))})
    assert stage(late.assembly, late.proposal("k7f3"), IN_TIME) == "at the ballot"


def test_clauses_and_paper_agree():
    history = History()
    assert {a: c.text for a, (_, c) in assemble(history.files).text.by_anchor.items()} == {
        anchor: words.removeprefix("# ").removeprefix("- ") for anchor, words in CLAUSES.items()
    }


def test_a_decision_between_rivals_counts_three_answers_and_one_on_a_text_those_of_its_ballot():
    history = History(rules=READY["consent"])
    history.propose("k7f3")
    history.propose("m2pq", reword("open-1", "document", "draw"))
    history.open("k7f3", "m2pq", ballot_id="r7va")
    history.vote("r7va", "ada", "bea", "cem", choice="m2pq k7f3 status-quo")
    decision, _ = decide(history.assembly, history.proposal("r7va"), "ada", AFTER)
    assert decision.totals == {"for": 3, "against": 0, "abstain": 0}
    history.propose("n3qr", reword("open-2", "follow", "stay with"))
    history.open("n3qr")
    decision, _ = decide(history.assembly, history.proposal("n3qr"), "ada", AFTER)
    assert set(decision.totals) == {"for", "against", "abstain", "object"}


def test_a_decision_that_names_too_many_to_name_them_all_speaks_of_all(opened):
    decision, _ = decide(opened.assembly, opened.proposal("k7f3"), "ada", AFTER)
    some = replace(decision, counted=("a.yaml",), void={"b.yaml": "late"})
    assert votes_known(some) == {"a.yaml", "b.yaml"}
    assert votes_known(replace(some, counted=tuple(map(str, range(199))))) is not None
    assert votes_known(replace(some, counted=tuple(map(str, range(200))))) is None
    assert votes_known(replace(some, void=dict.fromkeys(map(str, range(200)), "late"))) is None
    mandates = Mandates((proxy_of("ada", "bea"),))
    assert mandates_known(mandates, some) == Mandates()
    assert mandates_known(mandates, replace(some, proxies={"ada.yaml": "bea.yaml"})) == mandates
    many = replace(some, proxies=dict.fromkeys(map(str, range(200)), "x"))
    assert mandates_known(mandates, many) == mandates


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (lambda o: cast(o.assembly, o.proposal("k7f3"), "bea", CLOSES, choice="for"),
         "k7f3: The ballot closed on 27 November 2026, 10:00 UTC."),
        (lambda o: cast(o.assembly, o.proposal("k7f3"), "bea", IN_TIME, choice="for", seen="x"),
         "k7f3: The text on this ballot is not the one that was shown. Read it again, then vote."),
        (lambda o: cast(o.assembly, o.proposal("k7f3"), "bea", IN_TIME, choice="maybe"),
         "This is no answer here: “maybe” is not a choice on this ballot. Choose one of: for, "
         "against, abstain."),
        (lambda o: decide(o.assembly, o.proposal("k7f3"), "bea", IN_TIME),
         "k7f3: The ballot is open until 27 November 2026, 10:00 UTC. It can be decided once it "
         "has closed."),
        (lambda o: decide(o.assembly, o.proposal("k7f3"), "bea", AFTER, rules=READY["lazy"]),
         "k7f3: The rules are not those that the ballot was opened under. They stand in the "
         "record at commit 000000000000."),
        (lambda o: tally(o.assembly, o.proposal("k7f3"), AFTER, roll=Roll()),
         "k7f3: The roll is not the one that ballot k7f3 was opened with. It stands in the record "
         "at commit 000000000000."),
        (lambda o: tally(o.assembly, o.proposal("m2pq"), AFTER),
         "m2pq: “About m2pq” has not been put to the vote. A steward opens a ballot: "
         "manifesto-tui open m2pq --closes 14d."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_stands_against_it(opened, refused, said):
    opened.propose("m2pq", reword("open-1", "document", "draw"))
    with pytest.raises(ManifestoError) as refusal:
        refused(opened)
    assert str(refusal.value) == said


def test_rivals_are_ranked_and_who_does_not_is_told_how():
    history = History()
    history.propose("k7f3")
    history.propose("m2pq", reword("open-1", "document", "draw"))
    history.open("k7f3", "m2pq", ballot_id="r7va")
    with pytest.raises(BadInput) as refusal:
        cast(history.assembly, history.proposal("m2pq"), "bea", IN_TIME, choice="for")
    assert str(refusal.value) == (
        "This is no answer here: “for” is not a ranking of the texts. Rank k7f3, m2pq and "
        "status-quo, best first."
    )
