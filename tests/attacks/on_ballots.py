"""Attacks on amendments, ballots and decisions: what is put to the vote, and what is concluded."""

from dataclasses import replace
from datetime import timedelta

from attacks.catalogue import BOUND, FUND, attack
from attacks.stage import PUBLISH, RULES, SETTINGS, SIMPLE, STEWARD, TEXT, Stage, folder
from governance.making import CLOSES, NOW
from manifesto_tui.governance.amendment import Change, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.rules import READY
from manifesto_tui.record import layout

LATER = "sha256:" + "0" * 64


# Amendments


@attack("amendment-proposer")
def amendment_by_a_stranger(stage: Stage) -> None:
    """Somebody who is not on the roll files an amendment."""
    stage.propose("x1x1", proposer="mallory", signer="")


@attack("unreadable")
def amendment_under_another_id(stage: Stage) -> None:
    """An amendment calls itself by the id of another."""
    filed = stage.amendment("k7f3")
    stage.record(layout.amendment_path(folder("x1x1")), filed, "bea")


@attack("revision-frozen")
def amendment_revised_at_the_ballot(stage: Stage) -> None:
    """An amendment is revised after it was put to the vote."""
    changed = replace(PUBLISH, now="Suppliers hide their interfaces.")
    stage.propose("k7f3", changed, revision=2)


@attack("revision-by-another")
def amendment_revised_by_another(stage: Stage) -> None:
    """A member revises an amendment that another proposed."""
    stage.propose("p4wd", FUND, revision=2, proposer="cem")


@attack("hidden-characters")
def character_that_nobody_sees(stage: Stage) -> None:
    """An amendment holds a zero-width space in the words to be voted on."""
    stage.propose("x1x1", replace(PUBLISH, now="Suppliers pub\u200blish their interfaces."))


@attack("hidden-characters")
def text_that_reads_backwards(stage: Stage) -> None:
    """An amendment turns the direction of its words round, so that they read otherwise."""
    stage.propose("x1x1", replace(PUBLISH, now="Suppliers \u202eton od\u202c publish interfaces."))


@attack("look-alike")
def letters_that_look_alike(stage: Stage) -> None:
    """An amendment spells a word with a Cyrillic letter that looks like a Latin one."""
    stage.propose("x1x1", replace(PUBLISH, now="Suppliers publish their interf\u0430ces."))


@attack("unreadable")
def second_in_anothers_name(stage: Stage) -> None:
    """A second stands under another member's name."""
    path = f"{folder('p4wd')}/seconds/cem.yaml"
    stage.record(path, Second("dov", written(NOW)), "dov")


@attack("withdrawal-void")
def withdrawal_by_another(stage: Stage) -> None:
    """A member withdraws an amendment that another proposed."""
    path = f"{folder('p4wd')}/withdrawal.yaml"
    stage.record(path, Withdrawal("cem", written(NOW), "No."), "cem")


@attack("withdrawal-void")
def withdrawal_at_the_ballot(stage: Stage) -> None:
    """An amendment is withdrawn while people vote on it."""
    path = f"{folder('k7f3')}/withdrawal.yaml"
    stage.record(path, Withdrawal("bea", written(NOW), "No."), "bea")


# Ballots


@attack("ballot-on-withdrawn")
def ballot_on_a_withdrawn_amendment(stage: Stage) -> None:
    """A ballot is opened on an amendment that was withdrawn."""
    stage.open("m2pq")


@attack("ballot-on-decided", base="decided")
def ballot_on_a_decided_amendment(stage: Stage) -> None:
    """What was decided is put to the vote again, on a ballot of its own."""
    again = replace(stage.assembly.find("k7f3").ballot, id="x1x1", base=stage.head)
    stage.record(f"{folder('x1x1')}/ballot.yaml", again, STEWARD)


@attack("ballot-twice")
def two_ballots_on_one_amendment(stage: Stage) -> None:
    """An amendment at the ballot is put on a second one."""
    again = replace(stage.assembly.find("k7f3").ballot, id="x1x1", base=stage.head)
    stage.record(f"{folder('x1x1')}/ballot.yaml", again, STEWARD)


@attack("ballot-electorate")
def ballot_with_another_electorate(stage: Stage) -> None:
    """A ballot names a roll that leaves members out."""
    stage.open("p4wd", roll=LATER, electorate={"": 3})


@attack("ballot-rules")
def ballot_with_other_rules(stage: Stage) -> None:
    """A ballot names a lower threshold than the rules in force."""
    stage.open("p4wd", threshold="at least 1/3 of for and against")


@attack("ballot-effect")
def ballot_on_another_effect(stage: Stage) -> None:
    """A ballot names another effect than its amendment has."""
    drawn = stage.ballot("p4wd")
    stage.open("p4wd", options=(replace(drawn.options[0], effect=LATER),))


@attack("ballot-unknown-amendment")
def ballot_on_an_unknown_revision(stage: Stage) -> None:
    """A ballot is on a revision that nobody filed."""
    drawn = stage.ballot("p4wd")
    stage.open("p4wd", options=(replace(drawn.options[0], revision=2),))


@attack("ballot-opener")
def ballot_opened_by_a_member(stage: Stage) -> None:
    """A member opens a ballot where only stewards may."""
    stage.open("p4wd", opener="cem")


@attack("ballot-misnamed")
def ballot_under_another_id(stage: Stage) -> None:
    """A ballot calls itself by another id than its folder's."""
    stage.open("p4wd", id="x1x1")


@attack("ballot-times")
def ballot_that_closes_before_it_opens(stage: Stage) -> None:
    """A ballot closes before anybody could vote."""
    stage.open("p4wd", closes=written(NOW - timedelta(hours=1)))


@attack("ballot-early", base="empty")
def ballot_before_its_seconds(stage: Stage) -> None:
    """A ballot is opened before its amendment was seconded."""
    stage.found(replace(READY["simple"], seconders=1))
    stage.propose("p4wd", FUND)
    stage.open("p4wd")


@attack("ballot-elsewhere")
def ballot_copied_into_a_fork(stage: Stage) -> None:
    """A ballot comes from a fork, where it was opened on a commit that this history has not."""
    stage.open("p4wd", base="f" * 40)


@attack("record-unsigned", base="required")
def unsigned_ballot_where_a_signature_is_required(stage: Stage) -> None:
    """A ballot comes without a signature where the rules require one."""
    stage.open("p4wd", signer="")


# Decisions


@attack("decision-tally")
def false_tally(stage: Stage) -> None:
    """A decision names other totals than the votes come to."""
    stage.decide("k7f3", totals={"for": 5, "against": 0, "abstain": 0})


@attack("decision-tally", base="empty")
def missed_quorum(stage: Stage) -> None:
    """Two of five vote, and the decision says that the quorum of three was met."""
    _decided_otherwise(stage, READY["simple"], {"ada": "for", "bea": "for"})


@attack("decision-tally", base="empty")
def unanswered_objection(stage: Stage) -> None:
    """An objection blocks an amendment, and the decision says that it carried."""
    votes = {"ada": "for", "bea": "for", "cem": "abstain", "dov": "object"}
    _decided_otherwise(stage, READY["consent"], votes)


@attack("decision-tally", base="empty")
def wrong_rounding(stage: Stage) -> None:
    """Two of four is called more than half."""
    votes = {"ada": "for", "bea": "for", "cem": "against", "dov": "against"}
    _decided_otherwise(stage, READY["simple"], votes)


@attack("decision-tally", base="empty")
def threshold_rounded_down(stage: Stage) -> None:
    """Three of five is called two thirds, which is four."""
    votes = dict.fromkeys(("ada", "bea", "cem"), "for") | dict.fromkeys(("dov", "eve"), "against")
    _decided_otherwise(stage, READY["two-thirds"], votes)


def _decided_otherwise(stage: Stage, rules: object, votes: dict[str, str]) -> None:
    """Has people vote so that nothing carries, and records a decision that it did."""
    from manifesto_tui.governance.effect import enact, text_digest
    from manifesto_tui.governance.rules import Rules

    assert isinstance(rules, Rules)
    stage.found(replace(rules, discussion_days=0, voting_days=0, seconders=0))
    stage.propose("k7f3")
    stage.open("k7f3")
    for voter, choice in votes.items():
        stage.vote("k7f3", voter, choice, reason="Because.")
    made, _ = stage.decision("k7f3")
    assert not made.adopted
    text = enact(stage.assembly.text, [PUBLISH])
    stage.write(TEXT, text.sources[TEXT])
    more = {"outcome": "carried", "adopted": "k7f3", "text_after": text_digest(text)}
    made = replace(made, **more)
    stage.record(f"{folder('k7f3')}/decision.yaml", made, STEWARD)


@attack("decision-votes")
def decision_that_names_other_votes(stage: Stage) -> None:
    """A decision's digest is over other votes than those that counted."""
    stage.decide("k7f3", votes=LATER)


@attack("decision-digest")
def decision_with_another_digest(stage: Stage) -> None:
    """A decision names another digest of the text than it leaves behind."""
    stage.decide("k7f3", text_after=LATER)


@attack("decision-early")
def decision_before_the_close(stage: Stage) -> None:
    """A ballot is decided before it closes, while those in favour lead."""
    stage.decide("k7f3", decided=written(CLOSES - timedelta(hours=1)))


@attack("decision-decider")
def decision_by_a_stranger(stage: Stage) -> None:
    """Somebody who is not on the roll records a decision."""
    stage.decide("k7f3", decider="mallory", signer="")


@attack("decision-without-ballot")
def decision_without_a_ballot(stage: Stage) -> None:
    """An amendment is decided on which nobody could vote."""
    made, texts = stage.decision("k7f3")
    assert texts
    made = replace(made, ballot="p4wd", adopted="", outcome="rejected", text_after=made.text_before)
    stage.record(f"{folder('p4wd')}/decision.yaml", made, STEWARD)


@attack("decision-text")
def decision_with_another_text(stage: Stage) -> None:
    """A decision changes the text otherwise than what people voted on."""
    made, texts = stage.decision("k7f3")
    words = texts[TEXT].decode().replace("publish", "sell")
    stage.write(TEXT, words)
    stage.record(f"{folder('k7f3')}/decision.yaml", made, STEWARD)


@attack("decision-text")
def decision_with_a_second_change(stage: Stage) -> None:
    """A decision changes, besides what was voted on, another clause."""
    made, texts = stage.decision("k7f3")
    stage.write(TEXT, texts[TEXT].decode().replace("the patient", "the payer"))
    stage.record(f"{folder('k7f3')}/decision.yaml", made, STEWARD)


# The text


@attack("text-edited", base="decided")
def text_edited_outside_a_decision(stage: Stage) -> None:
    """A word of the text in force is edited."""
    stage.edit(TEXT, "the patient", "the payer")
    stage.commit()


@attack("text-edited", base="decided")
def change_that_rides_along_in_a_merge(stage: Stage) -> None:
    """A merge changes a clause that neither of its sides did."""
    stage.git("checkout", "-q", "-b", "aside", "HEAD~1")
    stage.vote("k7f3", "dov")
    stage.git("checkout", "-q", "main")
    stage.git("reset", "-q", "--hard", "HEAD~1")
    stage.vote("k7f3", "eve")
    stage.git("merge", "-q", "--no-ff", "--no-commit", "aside")
    stage.edit(TEXT, "the patient", "the payer")
    stage.commit()


@attack("text-edited", base="decided")
def white_space_edited(stage: Stage) -> None:
    """The white space of the text in force is edited."""
    stage.write(TEXT, stage.read(TEXT) + "\n")
    stage.commit()


@attack("anchor-reused", base="empty")
def anchor_reused(stage: Stage) -> None:
    """A new clause takes the anchor of one that was deleted."""
    stage.found(READY["simple"])
    stage.adopt("k7f3", Change(clause="open-2", was="Records follow the patient."))
    stage.adopt("m2pq", Change(after="open-1", id="open-2", now="Something else."))


@attack("ratified-otherwise", base="empty")
def text_ratified_under_another_digest(stage: Stage) -> None:
    """A text is put in force under the digest of another."""
    stage.found(READY["simple"], in_force=False)
    stage.ratify(ratified=LATER)


@attack("state-undone")
def text_made_a_draft_again(stage: Stage) -> None:
    """A text in force is made a draft again, to be edited freely."""
    settings = stage.assembly.manifesto
    stage.record(SETTINGS, replace(settings, state="drafting"), STEWARD)


# Amendments of amendments, and of the rules


@attack("amends-unknown")
def wording_of_nothing(stage: Stage) -> None:
    """An amendment words another otherwise that nobody filed."""
    stage.propose("x1x1", amends="zzzz")


@attack("revision-author")
def revision_with_an_invented_author(stage: Stage) -> None:
    """A revision is said to be another member's wording, which they never filed."""
    stage.propose("p4wd", FUND, revision=2, takes_up="zzzz", author="cem")


@attack("revision-otherwise")
def revision_that_says_more_than_its_author(stage: Stage) -> None:
    """A revision in another member's name reads otherwise than the wording that they filed."""
    stage.propose("x1x1", FUND, amends="p4wd", proposer="cem")
    more = replace(FUND, now="Teams are funded, and cem agrees.")
    stage.propose("p4wd", more, revision=2, takes_up="x1x1", author="cem")


@attack("ballot-on-lapsed")
def ballot_on_a_lapsed_amendment(stage: Stage) -> None:
    """A ballot is opened on an amendment that nobody has spoken of for too long."""
    stage.record(RULES, replace(SIMPLE, idle_days=2), STEWARD)
    stage.open("p4wd")


@attack("decision-rules", base="bound")
def other_rules_than_those_voted_on(stage: Stage) -> None:
    """A decision puts other rules in force than those that people voted on."""
    stage.propose("x1x1", changes=(), rules=replace(BOUND, proxies=2))
    stage.open("x1x1")
    for voter in ("ada", "bea", "cem"):
        stage.vote("x1x1", voter)
    made, _ = stage.decision("x1x1")
    stage.put(RULES, replace(BOUND, proxies=5), STEWARD)
    stage.record(f"{folder('x1x1')}/decision.yaml", made, STEWARD)
