"""Each thing that a replay finds is said in one sentence: what happened, to what, by whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import ONE, RULES, SIMPLE, SOURCES, History, folder, member, reword
from governance.making import AFTER, CLOSES, NOW
from governance.paper import assemble, paper
from manifesto_tui.governance.amendment import Change, Comment, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.replay import (
    CommitDelta,
    FileChange,
    narrowed,
    replay,
    unproved,
    with_findings,
)
from manifesto_tui.governance.replay.values import finding
from manifesto_tui.governance.rules import READY, Threshold
from manifesto_tui.governance.voting import open_ballot

K7F3 = folder("k7f3")
BALLOT, VOTE = f"{K7F3}/ballot.yaml", f"{K7F3}/votes/ada.yaml"


def filed(rules=SIMPLE) -> History:
    history = History(rules)
    history.propose("k7f3")
    return history


def voted() -> History:
    history = filed()
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    return history


def decided() -> History:
    history = voted()
    history.decide("k7f3")
    return history


def said(history: History) -> list[str]:
    """Returns what is said of the last commit."""
    return [f.sentence for f in history.proof().findings if f.commit == history.head]


def ballot(history: History, **changed: object) -> History:
    made = open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)
    history.commit({BALLOT: paper(replace(made, **changed))})
    return history


def again(**changed: object) -> History:
    """Opens a ballot of its own on what has been through one, or was taken back."""
    history = filed()
    made = open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)
    for files in changed.values():
        files(history)
    made = replace(made, id="r7va", base=history.head, roll=history.assembly.roll.digest)
    history.commit({f"{folder('r7va')}/ballot.yaml": paper(made)})
    return history


def withdraw(history: History) -> None:
    history.commit({f"{K7F3}/withdrawal.yaml": paper(Withdrawal("bea", written(NOW)))})


def carry(history: History, choice: str = "for") -> None:
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem", choice=choice)
    history.decide("k7f3")


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (lambda: ballot(filed(), id="m2pq"), "The ballot on k7f3 calls itself m2pq."),
        (lambda: ballot(filed(), opener="bea"),
         "“bea” is no steward, and only stewards may put an amendment to the vote."),
        (lambda: ballot(filed(), base="f" * 40),
         "The ballot was opened on ffffffffffff, which is not in this history."),
        (lambda: ballot(filed(), electorate={"": 3}),
         "The ballot counts 3 members where the roll in force has 5, or others than it."),
        (lambda: ballot(filed(), quorum="at least 1 members"),
         "The ballot goes by other rules: “at least 1 members” where “at least 1/2 of members” is "
         "in force."),
        (lambda: ballot(filed(), each="more than 1/2 of members"),
         "The ballot goes by other rules: “more than 1/2 of members” where “none” is in force."),
        (lambda: ballot(filed(), proxies=2),
         "The ballot goes by other rules: “2 proxies a member” where “0 proxies a member” is in "
         "force."),
        (lambda: ballot(filed(), entrenched=("open",)),
         "The ballot goes by other rules: “open” where “none” is in force."),
        (lambda: ballot(filed(), closes=written(NOW)),
         "The ballot, opened at 2026-11-20T10:00:00Z, closes too soon: 2026-11-20T10:00:00Z."),
        (lambda: ballot(filed(), closes="soon"),
         "“soon” is not a time with a zone; write it like “2026-11-20T10:04:00Z”."),
        (lambda: again(act=withdraw), "A ballot was opened on k7f3, which had been withdrawn."),
        (lambda: again(act=carry), "A ballot was opened on k7f3, which had been decided."),
        (lambda: again(act=lambda h: carry(h, "against")),
         "A ballot was opened on k7f3, which had been decided."),
        (lambda: again(act=lambda h: h.open("k7f3")),
         "A ballot was opened on k7f3, which was at the ballot already."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_ballot(history, sentence):
    assert said(history()) == [sentence]


def test_a_ballot_on_a_revision_that_is_not_the_latest_on_record():
    history = filed()
    made = open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)
    wrong = replace(made, options=(replace(made.options[0], revision=2),))
    history.commit({BALLOT: paper(wrong)})
    assert said(history) == ["Revision 2 of k7f3 is not its latest on record."]


def test_a_ballot_that_closes_before_the_rules_let_it():
    history = filed(replace(SIMPLE, voting_days=8))
    made = open_ballot(history.assembly, ["k7f3"], CLOSES + timedelta(days=1), "ada", NOW)
    history.commit({BALLOT: paper(replace(made, closes=written(CLOSES)))})
    (sentence,) = said(history)
    assert sentence.endswith("closes too soon: 2026-11-27T10:00:00Z.")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"decider": "mallory"},
         "“mallory” is not on the roll, and only members may record a decision."),
        ({"ballot": "m2pq"}, "k7f3 was decided without a ballot on it."),
        ({"decided": written(NOW)},
         "k7f3 was decided at 2026-11-20T10:00:00Z, and closes at 2026-11-27T10:00:00Z."),
        ({"outcome": "lost"},
         "The decision on k7f3 says “lost”, and the votes come to “carried”."),
        ({"totals": {"for": 4, "against": 0, "abstain": 0}},
         "The decision on k7f3 says for 4, against 0, abstain 0, and the votes are for 3, "
         "against 0, abstain 0."),
        ({"constituencies": {"patients": {"for": 1}}},
         "The decision on k7f3 has other numbers for the constituencies than the votes."),
        ({"quorum": "met"}, "The decision on k7f3 says “met”, and it is “3 of 5, needed 3: met”."),
        ({"threshold": "met"},
         "The decision on k7f3 says “met”, and it is “3 of 3, needed 2: met”."),
        ({"counted": ("ada.yaml",)},
         "The decision on k7f3 names other votes than those that counted."),
        ({"text_before": "x"},
         "The decision names other digests of the text than those before and after it."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_decision(changed, sentence):
    history = voted()
    history.decide("k7f3", **changed)
    assert said(history) == [sentence]


def test_a_decision_that_adopts_what_its_ballot_does_not_name():
    history = voted()
    history.propose("m2pq", reword("open-2", "follow", "leave"))
    history.decide("k7f3", adopted="m2pq")
    assert said(history) == [
        "The decision on k7f3 says “carried”, and the votes come to “carried”.",
        "What m2pq would change is not what its ballot was on.",
    ]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (BALLOT, "The ballot was deleted."),
        (VOTE, "The vote “ada” was deleted."),
        (f"{K7F3}/amendment.yaml", "The amendment was deleted."),
        (f"{K7F3}/decision.yaml", "The decision was deleted."),
        ("manifesto/manifesto.yaml", "The manifesto’s settings are gone."),
        ("manifesto/roll/eve.yaml", "eve was deleted from the roll rather than retired."),
        (ONE, "This file is part of the text, and is missing or cannot be read."),
    ],
)
def test_what_was_deleted(path, sentence):
    history = decided()
    history.commit({path: None})
    assert said(history) == [sentence]


@pytest.mark.parametrize(
    ("mode", "called"),
    [
        ("120000", "a symbolic link"),
        ("160000", "a submodule"),
        ("100755", "executable"),
        ("040000", "of mode 040000"),
    ],
)
def test_what_is_no_plain_file(mode, called):
    history = decided()
    history.commit({f"{K7F3}/votes/dov.yaml": b"x", RULES: b"x"}, mode=mode)
    assert sorted(said(history)) == [
        f"The vote “dov” is {called}, not a plain file.",
        f"This file is {called}, not a plain file.",
    ]


def test_what_was_edited_renamed_or_is_not_known():
    history = decided()
    amendment = history.files[f"{K7F3}/amendment.yaml"]
    second = {f"{K7F3}/seconds/cem-2.yaml": paper(Second("cem", written(NOW), 2))}
    history.commit({**second, f"{K7F3}/revision-2.yaml": None})
    assert said(history) == []
    history.commit({f"{K7F3}/amendment.yaml": None, f"{K7F3}/revision-2.yaml": amendment})
    assert said(history) == [f"The amendment was renamed to {K7F3}/revision-2.yaml."]
    history.commit({f"{K7F3}/seconds/cem-2.yaml": b"{}", f"{K7F3}/notes.txt": b"x"})
    assert said(history) == [
        "This is no file that the record knows.",
        "The second “cem-2” was changed after it was written.",
    ]
    history.commit({f"{K7F3}/votes/bea.yaml": None, f"{K7F3}/revision-2.yaml": b"{}"})
    assert said(history) == [
        "The revision 2 was changed after it was written.",
        "The vote “bea” was deleted.",
    ]


def test_a_comment_goes_with_its_signature():
    history = filed()
    path = f"{K7F3}/comments/1-bea.yaml"
    note = paper(Comment("bea", written(NOW), "Made-up words."))
    history.commit({path: note, f"{path}.sig": b"scrawl"})
    history.commit({path: None, f"{path}.sig": None})
    assert said(history) == ["The comment “1-bea” was taken away."]


def test_a_file_that_is_too_large_or_cannot_be_read():
    history = filed()
    history.commit({f"{K7F3}/seconds/cem.yaml": b"{"})
    (sentence,) = said(history)
    assert sentence.startswith("This file cannot be read: ")
    delta = history.deltas[-1]
    large = replace(delta.changes[0], new=None)
    history.deltas[-1] = replace(delta, changes=(large,))
    found = replay(history.deltas, assemble).findings
    assert [f.sentence for f in found] == ["This file cannot be read: It is too large."]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (f"{K7F3}/seconds/dov.yaml", Second("cem", written(NOW)),
         "The second is not named after its member."),
        (f"{K7F3}/seconds/zoe.yaml", Second("zoe", written(NOW)),
         "“zoe” is not on the roll, and only members may second an amendment."),
        (f"{K7F3}/withdrawal.yaml", Withdrawal("cem", written(NOW)),
         "cem is not the proposer of k7f3, and withdrew it."),
        (f"{K7F3}/comments/1-zoe.yaml", Comment("zoe", written(NOW), "Words."),
         "“zoe” is not on the roll, and only members may comment."),
        (f"{K7F3}/comments/1-cem.yaml", Comment("cem", written(NOW), "Words.", hides="2-bea"),
         "cem hides a comment that is not there, or neither theirs nor a steward’s."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_what_members_say(path, value, sentence):
    history = filed()
    history.commit({path: paper(value)})
    assert said(history) == [sentence]


def test_a_withdrawal_after_the_opening():
    history = voted()
    withdraw(history)
    assert said(history) == ["k7f3 was withdrawn after it was put to the vote."]


def test_a_withdrawal_of_nothing():
    history = History()
    withdraw(history)
    assert said(history) == ["bea is not the proposer of k7f3, and withdrew it."]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"proposer": "zoe"},
         "“zoe” is not on the roll, and only members may propose an amendment."),
        ({"id": "m2pq"},
         "The amendment does not have the id and the revision that its file is named after."),
        ({"revision": 2},
         "The amendment does not have the id and the revision that its file is named after."),
        ({"title": "Care\u202e"},
         "Amendment k7f3 holds a character that nobody sees: RIGHT-TO-LEFT OVERRIDE."),
        ({"amends": "m2pq"},
         "k7f3 words m2pq otherwise, which is not on record before it."),
        ({"amends": "k7f3"},
         "k7f3 words k7f3 otherwise, which is not on record before it."),
        ({"author": "cem"},
         "Revision 1 of k7f3 is said to be cem’s, and takes up no wording of theirs."),
        ({"takes_up": "m2pq", "author": "cem"},
         "Revision 1 of k7f3 takes up m2pq, which is no wording of it by cem."),
        ({"changes": (Change(after="open-1", id="open-7", now="Рay for it."),)},
         "Amendment k7f3 spells “Pay” with letters that look alike."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_amendment(changed, sentence):
    history = filed()
    amendment = replace(history.proposal("k7f3").amendment, **changed)
    history = History()
    history.commit({f"{K7F3}/amendment.yaml": paper(amendment)})
    assert said(history) == [sentence]


def test_an_author_may_be_the_proposer_themselves():
    history = filed()
    amendment = replace(history.proposal("k7f3").amendment, author="bea")
    history = History()
    history.commit({f"{K7F3}/amendment.yaml": paper(amendment)})
    assert said(history) == []


def test_a_revision_by_another_or_after_the_opening():
    history = voted()
    revised = replace(history.proposal("k7f3").amendment, revision=2, proposer="cem")
    history.commit({f"{K7F3}/revision-2.yaml": paper(revised)})
    assert said(history) == [
        "Revision 2 of k7f3 came after it was put to the vote.",
        "Revision 2 of k7f3 is by cem, and bea proposed it.",
    ]


def test_what_becomes_of_the_text_and_the_rules():
    history = decided()
    text = history.files[ONE]
    history.commit({ONE: text.replace(b"patient", b"money")})
    assert said(history) == ["The text in force was changed without a decision."]
    history.commit({ONE: text})
    settings = history.assembly.manifesto
    history.commit({"manifesto/manifesto.yaml": paper(replace(settings, state="drafting"))})
    assert said(history) == ["The text was in force, and was made a draft again."]
    history.commit({"manifesto/manifesto.yaml": paper(replace(settings, ratified="x"))})
    said_now = ["The text that was put in force is not the one whose digest is recorded."]
    assert said(history) == said_now


def test_an_anchor_that_names_another_clause_is_said_with_what_it_named():
    history = History(in_force=False)
    bare = SOURCES[ONE].replace("Records follow the patient. <!-- #open-2 -->", "")
    history.commit({ONE: bare.encode()})
    history.commit({ONE: (bare + "Money follows. <!-- #open-2 -->\n").encode()})
    said_now = "The anchor open-2 named another clause before: “Records follow the patient.”."
    assert said(history) == [said_now]


def test_a_vote_that_is_void_or_stands_nowhere():
    history = voted()
    late = history.vote_file("k7f3", "dov", cast=written(AFTER))
    history.commit(late)
    said_now = (
        "The vote of dov is void: cast after the ballot closed on 27 November 2026, 10:00 UTC."
    )
    assert said(history) == [said_now]
    history.propose("m2pq", reword("open-2", "follow", "leave"))
    history.commit({f"{folder('m2pq')}/votes/dov.yaml": next(iter(late.values()))})
    assert said(history) == ["dov votes where no ballot is open."]
    history = voted()
    vote = history.vote_file("k7f3", "dov")
    history.decide("k7f3")
    history.commit(vote)
    assert said(history) == ["The vote of dov came after the decision, and did not count."]


# The proof as a whole


def test_a_proof_with_findings_of_the_clone_and_of_some_commits_alone():
    proof = decided().proof()
    assert proof.verdict == "PROVED"
    note = finding("edition-tag-missing", "a" * 40, "", "It is.")
    error = finding("tip-lost", "b" * 40, "", "It is.")
    noted = with_findings(proof, [note])
    assert (noted.verdict, noted.findings) == ("PROVED WITH NOTES", (note,))
    broken = with_findings(noted, [error])
    assert (broken.verdict, broken.findings) == ("NOT PROVED", (error, note))
    alone = narrowed(broken, {"a" * 40})
    assert (alone.verdict, alone.findings) == ("PROVED WITH NOTES", (note,))
    assert narrowed(broken, ()).verdict == "PROVED"
    assert broken.text == proof.text


def test_a_history_that_could_not_be_replayed():
    error = finding("shallow-clone", "", "", "It is.")
    proof = unproved([error], "a" * 40)
    assert proof.as_dict() == {
        "verdict": "NOT PROVED",
        "genesis": "",
        "head": "a" * 40,
        "text": "",
        "assurance": "unsigned",
        "counts": dict.fromkeys(
            ("commits", "amendments", "votes", "decisions", "records", "signed"), 0
        ),
        "findings": [
            {
                "code": "shallow-clone",
                "severity": "error",
                "commit": "",
                "path": "",
                "sentence": "It is.",
            }
        ],
    }


def test_commits_before_the_founding_are_not_counted():
    history = decided()
    old = CommitDelta("f" * 40, (), "", (FileChange("a.txt", "A", new=b"x"),))
    founding = replace(history.deltas[0], parents=("f" * 40,))
    proof = replay([old, founding, *history.deltas[1:]], assemble)
    assert proof.counts["commits"] == len(history.deltas)
    assert proof.verdict == "PROVED"


def test_rules_taken_away_are_the_ready_ones_again():
    history = History(replace(READY["simple"], quorum=Threshold.parse("at least 1 members")))
    history.commit({RULES: None})
    history.propose("k7f3")
    history.open("k7f3")
    assert history.proposal("k7f3").ballot.quorum == "at least 1/2 of members"
    assert history.codes() == []


def test_a_member_is_known_by_address_whatever_its_letters():
    history = decided()
    history.commit({"manifesto/roll/fay.yaml": paper(member("fay"))}, "B <BEA@Example.org>")
    assert said(history) == ["bea, who is no steward, changed the roll: fay."]
    history.commit({"manifesto/roll/gil.yaml": paper(member("gil"))}, "nobody")
    assert said(history) == ["Nothing proves that a steward changed the roll: gil."]
