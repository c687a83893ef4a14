"""Attacks on a record, each built by hand: caught with the right code, and nothing else said."""

from dataclasses import replace

import pytest

from governance.history import (
    CLAUSES,
    ONE,
    SIMPLE,
    SOURCES,
    History,
    folder,
    member,
    reword,
)
from governance.making import AFTER, CLOSES, NOW
from governance.paper import assemble, paper
from manifesto_tui.governance.amendment import Change, Comment, Second, Withdrawal
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.opening import draw_up
from manifesto_tui.governance.replay import CODES, CommitDelta, FileChange, replay
from manifesto_tui.governance.rules import READY, Threshold
from manifesto_tui.governance.voting import decide, open_ballot

K7F3 = folder("k7f3")


@pytest.fixture
def voted() -> History:
    """An assembly that has opened a ballot on k7f3; three of five have voted for it."""
    history = History()
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem")
    return history


@pytest.fixture
def decided(voted: History) -> History:
    voted.decide("k7f3")
    return voted


# What is in order


def test_a_history_made_by_the_rules_is_proved(decided):
    proof = decided.proof()
    assert (proof.verdict, proof.findings) == ("PROVED", ())
    assert proof.counts == {
        "commits": 8,
        "amendments": 1,
        "votes": 3,
        "decisions": 1,
        "records": 6,
        "signed": 0,
    }
    assert (proof.genesis, proof.head) == (decided.genesis, decided.head)
    assert proof.text == text_digest(decided.assembly.text)
    assert proof.assurance == "unsigned"
    assert "Suppliers publish" in decided.files[ONE].decode()


def test_the_text_may_be_edited_while_drafting():
    history = History(in_force=False)
    history.commit({ONE: SOURCES[ONE].replace("Suppliers", "Vendors").encode()})
    history.ratify()
    assert history.proof().verdict == "PROVED"


def test_a_lost_vote_leaves_the_text_alone_and_is_proved():
    history = History()
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada", "bea", "cem", choice="against")
    history.decide("k7f3")
    assert history.proof().verdict == "PROVED"
    assert history.files[ONE].decode() == SOURCES[ONE]


def test_rivals_are_proved():
    history = History()
    history.propose("aaaa", reword("open-1", "document", "publish"))
    history.propose("bbbb", reword("open-1", "document", "draw"))
    history.open("aaaa", "bbbb", ballot_id="r7va")
    history.vote("r7va", "ada", "bea", choice="bbbb aaaa status-quo")
    history.vote("r7va", "cem", choice="aaaa bbbb status-quo")
    history.decide("r7va")
    assert history.codes() == []
    assert "Suppliers draw" in history.files[ONE].decode()


def test_a_changed_vote_is_a_new_file_and_the_last_one_counts(voted):
    voted.vote("k7f3", "cem", choice="against")
    voted.vote("k7f3", "dov", choice="against")
    voted.vote("k7f3", "eve", choice="against")
    voted.decide("k7f3")
    assert voted.codes() == []
    assert "Suppliers document" in voted.files[ONE].decode()


def test_members_admitted_after_the_opening_change_nothing_about_the_ballot(voted):
    voted.commit({"manifesto/roll/fay.yaml": paper(member("fay"))})
    voted.decide("k7f3")
    assert voted.codes() == []


def test_rules_that_change_after_the_opening_change_nothing_about_the_ballot(voted):
    voted.commit({"manifesto/rules.yaml": paper(READY["each-constituency"])})
    voted.decide("k7f3")
    assert voted.codes() == []


def test_paths_outside_are_nobodys_business(decided):
    decided.commit({"src/main.py": b"print()"}, author="Zed <zed@example.org>")
    decided.commit({"src/main.py": None})
    decided.commit({"docs/readme.md": b"# Hello"}, mode="100755")
    assert decided.codes() == []


def test_history_before_the_founding_is_nobodys_business():
    history = History(in_force=False)
    first = CommitDelta("f" * 40, (), "", (FileChange("proposals/old.txt", "A", new=b"x"),))
    second = CommitDelta("e" * 40, ("f" * 40,), "", (FileChange("proposals/old.txt", "D"),))
    founding = replace(history.deltas[0], parents=("e" * 40,))
    proof = replay([first, second, founding], assemble)
    assert (proof.verdict, proof.genesis, proof.counts["commits"]) == (
        "PROVED",
        history.genesis,
        1,
    )


# What is not


def only(history: History, code: str, path: str) -> None:
    """Asserts that the last commit has this finding at this path, and that there is no other."""
    proof = history.proof()
    found = [(finding.code, finding.commit, finding.path) for finding in proof.findings]
    assert found == [(code, history.head, path)]
    assert proof.findings[0].sentence.endswith((".", "”."))
    verdict = "NOT PROVED" if CODES[code].severity == "error" else "PROVED WITH NOTES"
    assert proof.verdict == verdict


def test_a_manifesto_that_was_never_founded():
    delta = CommitDelta("a" * 40, (), "", (FileChange("readme.md", "A", new=b"x"),))
    proof = replay([delta], assemble)
    assert [found.code for found in proof.findings] == ["not-founded"]
    assert (proof.verdict, proof.genesis, proof.text) == ("NOT PROVED", "", "")
    assert replay([], assemble).verdict == "NOT PROVED"


def test_a_vote_edited_after_the_decision(decided):
    path = f"{K7F3}/votes/cem.yaml"
    decided.commit({path: decided.files[path].replace(b'"for"', b'"against"')})
    only(decided, "record-edited", path)


def test_a_vote_edited_before_the_decision_is_said_once(voted):
    path = f"{K7F3}/votes/cem.yaml"
    voted.commit({path: voted.files[path].replace(b'"for"', b'"against"')})
    edit = voted.head
    voted.decide("k7f3")
    assert voted.codes() == [("record-edited", edit)]


def test_an_edited_ballot_is_said_once_and_votes_on_it_are_judged_as_before(voted):
    path = f"{K7F3}/ballot.yaml"
    edited = voted.commit({path: voted.files[path] + b" "})
    voted.vote("k7f3", "dov")
    voted.decide("k7f3")
    assert voted.codes() == [("record-edited", edited)]


@pytest.mark.parametrize("file", ["amendment", "ballot", "decision", "votes/ada"])
def test_a_deleted_record_file(decided, file):
    path = f"{K7F3}/{file}.yaml"
    decided.commit({path: None})
    only(decided, "record-deleted", path)


def test_a_finding_is_one_sentence_that_says_what_happened(decided):
    decided.commit({f"{K7F3}/votes/cem.yaml": b"{}", f"{K7F3}/ballot.yaml": None})
    assert [found.sentence for found in decided.proof().findings] == [
        "The ballot was deleted.",
        "The vote “cem” was changed after it was written.",
    ]


def test_a_renamed_vote(decided):
    path = f"{K7F3}/votes/cem.yaml"
    decided.commit({path: None, f"{K7F3}/votes/dov.yaml": decided.files[path]})
    only(decided, "record-renamed", path)


@pytest.mark.parametrize("mode", ["120000", "100755", "160000"])
def test_a_record_file_that_is_no_plain_file(voted, mode):
    voted.commit(voted.vote_file("k7f3", "dov"), mode=mode)
    only(voted, "record-mode", f"{K7F3}/votes/dov.yaml")


def test_a_record_file_that_becomes_a_link(decided):
    path = f"{K7F3}/votes/cem.yaml"
    decided.commit({path: b"/etc/passwd"}, mode="120000")
    only(decided, "record-mode", path)


def test_a_vote_that_cannot_be_read_does_not_count(voted):
    path = f"{K7F3}/votes/dov.yaml"
    voted.commit({path: b"{"})
    only(voted, "unreadable", path)
    voted.decide("k7f3")
    assert [code for code, _ in voted.codes()] == ["unreadable"]


def test_settings_that_cannot_be_read_are_said_once(voted):
    path = "manifesto/manifesto.yaml"
    voted.commit({path: b"{"})
    only(voted, "unreadable", path)
    broken, good = voted.head, voted.trees[voted.deltas[-2].commit][path]
    voted.trees[voted.head][path] = good
    files = voted.decision_files("k7f3")
    voted.trees[voted.head][path] = ("100644", b"{")
    voted.commit(files)
    assert voted.codes() == [("unreadable", broken)]


def test_a_file_that_the_record_does_not_know(voted):
    voted.commit({f"{K7F3}/notes.txt": b"hello"})
    only(voted, "path-unknown", f"{K7F3}/notes.txt")


def test_a_comment_may_be_taken_away(voted):
    path = f"{K7F3}/comments/2026-11-21t10-bea.yaml"
    voted.commit({path: paper(Comment("bea", written(NOW), "Made-up words."))})
    assert voted.codes() == []
    voted.commit({path: None})
    only(voted, "comment-removed", path)


def vote_by_hand(history: History, file: str = "dov", **changed: object) -> str:
    values = {"voter": "dov"} | changed
    vote = replace(history.proposal("k7f3").votes[0], **values)
    path = f"{K7F3}/votes/{file}.yaml"
    history.commit({path: paper(vote)})
    return path


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"voter": "mallory", "file": "mallory"}, "vote-not-on-the-roll"),
        ({"effect": "sha256:" + "0" * 64}, "vote-other-effect"),
        ({"cast": written(CLOSES)}, "vote-late"),
        ({"cast": written(AFTER)}, "vote-late"),
        ({"file": "eve"}, "vote-misnamed"),
        ({"choice": "object"}, "vote-not-a-choice"),
        ({"ballot": "m2pq"}, "vote-elsewhere"),
        ({"cast": "soon"}, "vote-no-time"),
    ],
)
def test_a_void_vote_is_found_and_not_counted(voted, changed, code):
    path = vote_by_hand(voted, **changed)
    only(voted, code, path)
    voted.decide("k7f3")
    assert [found for found, _ in voted.codes()] == [code]


def test_a_vote_in_another_ballots_folder(voted):
    voted.propose("m2pq", reword("open-2", "follow", "stay with"))
    voted.open("m2pq")
    path = f"{folder('m2pq')}/votes/ada.yaml"
    voted.commit({path: voted.files[f"{K7F3}/votes/ada.yaml"]})
    only(voted, "vote-elsewhere", path)


def test_a_vote_by_a_member_admitted_after_the_opening(voted):
    voted.commit({"manifesto/roll/fay.yaml": paper(member("fay"))})
    path = vote_by_hand(voted, voter="fay", file="fay")
    only(voted, "vote-not-on-the-roll", path)


def test_a_vote_where_no_ballot_is_open(voted):
    voted.propose("m2pq", reword("open-2", "follow", "stay with"))
    path = f"{folder('m2pq')}/votes/ada.yaml"
    voted.commit({path: voted.files[f"{K7F3}/votes/ada.yaml"]})
    only(voted, "vote-without-ballot", path)


def test_a_vote_that_arrives_after_the_decision_is_a_note(voted):
    files = voted.vote_file("k7f3", "dov")
    voted.decide("k7f3")
    voted.commit(files)
    only(voted, "vote-after-decision", f"{K7F3}/votes/dov.yaml")


def test_a_ballot_on_a_withdrawn_amendment():
    history = History()
    history.propose("k7f3")
    assembly = history.assembly
    history.commit({f"{K7F3}/withdrawal.yaml": paper(Withdrawal("bea", written(NOW)))})
    assert history.codes() == []
    history.commit({f"{K7F3}/ballot.yaml": paper(a_ballot(assembly))})
    only(history, "ballot-on-withdrawn", f"{K7F3}/ballot.yaml")


def test_a_ballot_on_a_decided_amendment(decided):
    ballot = a_ballot(decided.assembly, ballot_id="r7va")
    path = f"{folder('r7va')}/ballot.yaml"
    decided.commit({path: paper(ballot)})
    only(decided, "ballot-on-decided", path)


def test_a_second_ballot_on_an_amendment(voted):
    path = f"{folder('r7va')}/ballot.yaml"
    voted.commit({path: paper(a_ballot(voted.assembly, ballot_id="r7va"))})
    only(voted, "ballot-twice", path)


def a_ballot(assembly, ballot_id="k7f3", **changed):
    amendment = assembly.find("k7f3").amendment
    drawn_up = draw_up(
        assembly.text,
        assembly.roll,
        assembly.rules,
        [amendment],
        ballot_id=ballot_id,
        opened=written(NOW),
        closes=written(CLOSES),
        opener="ada",
        base=assembly.commit,
    )
    return replace(drawn_up, **changed)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"electorate": {"": 3}}, "ballot-electorate"),
        ({"roll": "sha256:" + "0" * 64}, "ballot-electorate"),
        ({"quorum": "at least 1/5 of members"}, "ballot-rules"),
        ({"threshold": "at least 1/3 of for and against"}, "ballot-rules"),
        ({"rules": "sha256:" + "0" * 64}, "ballot-rules"),
        ({"choices": ("for",)}, "ballot-rules"),
        ({"opener": "bea"}, "ballot-opener"),
        ({"opener": "mallory"}, "ballot-opener"),
        ({"closes": written(NOW)}, "ballot-times"),
        ({"closes": "one day"}, "ballot-times"),
        ({"id": "m2pq"}, "ballot-misnamed"),
    ],
)
def test_a_ballot_that_pins_what_is_not_in_force(changed, code):
    history = History()
    history.propose("k7f3")
    path = f"{K7F3}/ballot.yaml"
    history.commit({path: paper(a_ballot(history.assembly, **changed))})
    only(history, code, path)


def test_a_ballot_on_another_effect():
    history = History()
    history.propose("k7f3")
    ballot = a_ballot(history.assembly)
    option = replace(ballot.options[0], effect="sha256:" + "0" * 64)
    path = f"{K7F3}/ballot.yaml"
    history.commit({path: paper(replace(ballot, options=(option,)))})
    only(history, "ballot-effect", path)


def test_a_ballot_on_a_superseded_revision():
    history = History()
    history.propose("k7f3")
    ballot = a_ballot(history.assembly)
    revised = replace(history.proposal("k7f3").amendment, revision=2, title="Again")
    history.commit({f"{K7F3}/revision-2.yaml": paper(revised)})
    path = f"{K7F3}/ballot.yaml"
    history.commit({path: paper(ballot)})
    only(history, "ballot-unknown-amendment", path)


def test_a_ballot_before_its_seconds():
    history = History(rules=replace(SIMPLE, seconders=1))
    history.propose("k7f3")
    ballot = a_ballot(history.assembly)
    path = f"{K7F3}/ballot.yaml"
    history.commit({path: paper(ballot)})
    only(history, "ballot-early", path)


def test_a_ballot_after_its_seconds_and_discussion():
    history = History(rules=replace(SIMPLE, seconders=1, discussion_days=9, voting_days=7))
    history.propose("k7f3")
    history.commit({f"{K7F3}/seconds/cem.yaml": paper(Second("cem", written(NOW)))})
    history.open("k7f3")
    assert history.codes() == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"totals": {"for": 4, "against": 0, "abstain": 0}}, "decision-tally"),
        ({"outcome": "lost"}, "decision-tally"),
        ({"quorum": "5 of 5, needed 3: met"}, "decision-tally"),
        ({"threshold": "3 of 3, needed 3: met"}, "decision-tally"),
        ({"constituencies": {"clinicians": {"for": 3}}}, "decision-tally"),
        ({"votes": "sha256:" + "0" * 64}, "decision-votes"),
        ({"counted": ("ada.yaml",)}, "decision-votes"),
        ({"void": {"dov.yaml": "late"}}, "decision-votes"),
        ({"text_before": "sha256:" + "0" * 64}, "decision-digest"),
        ({"text_after": "sha256:" + "0" * 64}, "decision-digest"),
        ({"decider": "mallory"}, "decision-decider"),
        ({"decided": written(NOW)}, "decision-early"),
        ({"ballot": "m2pq"}, "decision-without-ballot"),
    ],
)
def test_a_false_decision(voted, changed, code):
    voted.decide("k7f3", **changed)
    only(voted, code, f"{K7F3}/decision.yaml")


def test_a_ballot_may_be_decided_the_moment_it_closes(voted):
    voted.decide("k7f3", decided=written(CLOSES))
    assert voted.codes() == []


def test_a_minority_that_calls_itself_the_assembly():
    history = History()
    history.propose("k7f3")
    history.open("k7f3")
    history.vote("k7f3", "ada")
    honest = history.decision_files("k7f3")
    text = SOURCES[ONE].replace("Suppliers document", "Suppliers publish")
    decision = assemble(honest).proposals[0].decision
    after = replace(history.assembly, text=assemble(history.files | {ONE: text.encode()}).text)
    false = replace(decision, outcome="carried", adopted="k7f3", text_after=text_digest(after.text))
    history.commit({f"{K7F3}/decision.yaml": paper(false), ONE: text.encode()})
    only(history, "decision-tally", f"{K7F3}/decision.yaml")


def test_a_decision_that_changes_the_text_otherwise(voted):
    files = dict(voted.decision_files("k7f3"))
    files[ONE] = files[ONE].replace(b"the patient", b"the money")
    voted.commit(files)
    only(voted, "decision-text", ONE)


def test_a_decision_without_its_text(voted):
    files = dict(voted.decision_files("k7f3"))
    del files[ONE]
    voted.commit(files)
    only(voted, "decision-text", ONE)


def test_a_decision_without_a_ballot():
    history = History()
    history.propose("k7f3")
    voted = History()
    voted.adopt("k7f3")
    decision = voted.files[f"{K7F3}/decision.yaml"]
    history.commit({f"{K7F3}/decision.yaml": decision})
    assert "decision-without-ballot" in [code for code, _ in history.codes()]


def test_text_in_force_edited_without_a_decision(decided):
    text = decided.files[ONE].replace(b"patient", b"supplier")
    decided.commit({ONE: text})
    only(decided, "text-edited", ONE)


def test_white_space_of_the_text_in_force_edited(decided):
    decided.commit({ONE: decided.files[ONE] + b"\n"})
    only(decided, "text-edited", ONE)


def test_a_file_of_the_text_left_out_of_the_settings(decided):
    settings = replace(decided.assembly.manifesto, text=(ONE,))
    decided.commit({"manifesto/manifesto.yaml": paper(settings)})
    assert [code for code, _ in decided.codes()] == ["text-edited"]


def test_a_missing_file_of_the_text(decided):
    decided.commit({ONE: None})
    only(decided, "text-unreadable", ONE)


def test_a_text_put_in_force_under_another_digest():
    history = History(in_force=False)
    settings = replace(history.assembly.manifesto, state="in-force", ratified="sha256:" + "0" * 64)
    history.commit({"manifesto/manifesto.yaml": paper(settings)})
    only(history, "ratified-otherwise", "manifesto/manifesto.yaml")


def test_a_text_in_force_made_a_draft_again(decided):
    settings = replace(decided.assembly.manifesto, state="drafting", ratified="")
    decided.commit({"manifesto/manifesto.yaml": paper(settings)})
    only(decided, "state-undone", "manifesto/manifesto.yaml")


def test_an_anchor_that_named_another_clause():
    history = History()
    history.adopt("k7f3", Change(clause="open-2", was=CLAUSES["open-2"]))
    history.propose("m2pq", Change(after="open-1", id="open-2", now="Something else."))
    history.open("m2pq")
    history.vote("m2pq", "ada", "bea", "cem")
    history.decide("m2pq")
    only(history, "anchor-reused", ONE)


def test_an_anchor_that_named_another_clause_while_drafting_is_a_note():
    history = History(in_force=False)
    history.commit(
        {ONE: SOURCES[ONE].replace("Records follow the patient. <!-- #open-2 -->", "").encode()}
    )
    history.commit({ONE: SOURCES[ONE].replace("Records follow", "Money follows").encode()})
    only(history, "anchor-reused-drafting", ONE)


def test_a_clause_restored_while_drafting_is_nothing():
    history = History(in_force=False)
    history.commit(
        {ONE: SOURCES[ONE].replace("Records follow the patient. <!-- #open-2 -->", "").encode()}
    )
    history.commit({ONE: SOURCES[ONE].encode()})
    assert history.codes() == []


def test_a_revision_after_the_opening(voted):
    revised = replace(voted.proposal("k7f3").amendment, revision=2)
    voted.commit({f"{K7F3}/revision-2.yaml": paper(revised)})
    only(voted, "revision-frozen", f"{K7F3}/revision-2.yaml")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"proposer": "mallory"}, "amendment-proposer"),
        ({"id": "m2pq"}, "amendment-misnamed"),
        ({"title": "Care\u202e"}, "hidden-characters"),
    ],
)
def test_an_amendment_that_is_not_in_order(changed, code):
    history = History()
    history.propose("m2pq", **changed) if "id" not in changed else history.propose("k7f3")
    if "id" in changed:
        amendment = replace(history.proposal("k7f3").amendment, **changed)
        history = History()
        history.commit({f"{K7F3}/amendment.yaml": paper(amendment)})
        only(history, code, f"{K7F3}/amendment.yaml")
    else:
        only(history, code, f"{folder('m2pq')}/amendment.yaml")


def test_a_withdrawal_by_another():
    history = History()
    history.propose("k7f3")
    path = f"{K7F3}/withdrawal.yaml"
    history.commit({path: paper(Withdrawal("cem", written(NOW)))})
    only(history, "withdrawal-void", path)


def test_a_withdrawal_after_the_opening(voted):
    path = f"{K7F3}/withdrawal.yaml"
    voted.commit({path: paper(Withdrawal("bea", written(AFTER)))})
    only(voted, "withdrawal-void", path)


def test_a_second_under_anothers_name():
    history = History()
    history.propose("k7f3")
    path = f"{K7F3}/seconds/cem.yaml"
    history.commit({path: paper(Second("dov", written(NOW)))})
    only(history, "second-void", path)


def test_a_second_of_a_later_revision_has_its_number_behind_the_name():
    history = History()
    history.propose("k7f3")
    for name, revision in (("cem", 1), ("cem-2", 2)):
        support = Second("cem", written(NOW), revision)
        history.commit({f"{K7F3}/seconds/{name}.yaml": paper(support)})
    assert history.codes() == []


def test_a_member_who_admits_somebody_without_being_a_steward(decided):
    path = "manifesto/roll/fay.yaml"
    decided.commit({path: paper(member("fay"))}, author="Bea <bea@example.org>")
    only(decided, "roll-by-non-steward", path)


def test_a_member_may_change_their_address_and_not_their_role(decided):
    path = "manifesto/roll/bea.yaml"
    bea = "Bea <bea@example.org>"
    decided.commit({path: paper(member("bea", name="Bea B., made up"))}, author=bea)
    assert decided.codes() == []
    decided.commit({path: paper(member("bea", roles=("steward",)))}, author=bea)
    only(decided, "roll-by-non-steward", path)


def test_a_member_whose_file_is_deleted(decided):
    decided.commit({"manifesto/roll/eve.yaml": None})
    only(decided, "roll-deleted", "manifesto/roll/eve.yaml")


def test_rules_changed_by_a_member_who_is_no_steward(decided):
    rules = replace(SIMPLE, quorum=Threshold.parse("at least 0 members"))
    path = "manifesto/rules.yaml"
    decided.commit({path: paper(rules)}, author="Bea <bea@example.org>")
    only(decided, "rules-by-non-steward", path)


def test_a_file_of_the_text_that_becomes_a_link_cannot_be_read(decided):
    decided.commit({ONE: b"/etc/passwd"}, mode="120000")
    only(decided, "text-unreadable", ONE)


def test_a_folder_may_be_kept_by_an_empty_file(decided):
    decided.commit({"proposals/.gitkeep": b"", "proposals/2026-12/.gitkeep": b""})
    decided.commit({"proposals/.gitkeep": None})
    assert decided.codes() == []


def test_two_amendments_that_chose_one_id_are_told_apart_by_their_folders(decided):
    amendment = replace(
        decided.proposal("k7f3").amendment, changes=(reword("open-2", "follow", "stay with"),)
    )
    twin = "proposals/2026-11/k7f3-another"
    decided.commit({f"{twin}/amendment.yaml": paper(amendment)})
    ballot = open_ballot(decided.assembly, ["k7f3-another"], CLOSES, "ada", NOW)
    decided.commit({f"{twin}/ballot.yaml": paper(ballot)})
    assert decided.codes() == []
    decision, text = decide(decided.assembly, decided.proposal("k7f3-another"), "ada", AFTER)
    decided.commit({f"{twin}/decision.yaml": paper(decision)})
    assert decided.codes() == []
    assert decision.outcome == "no quorum"
    assert text == decided.assembly.text


# Branches and merges


def test_votes_on_two_branches_are_united(voted):
    fork = voted.head
    voted.vote("k7f3", "dov")
    other = voted.head
    voted.head = fork
    voted.vote("k7f3", "eve", choice="against")
    voted.merge(other)
    voted.decide("k7f3")
    assert voted.codes() == []
    assert voted.proof().counts["votes"] == 5
    assert voted.proposal("k7f3").decision.totals == {"for": 4, "against": 1, "abstain": 0}


def test_a_ballot_opened_on_a_branch_is_voted_on_after_the_merge():
    history = History()
    fork = history.propose("k7f3")
    other = history.open("k7f3")
    history.head = fork
    history.commit({"readme.md": b"x"})
    history.merge(other)
    history.vote("k7f3", "ada", "bea", "cem")
    history.decide("k7f3")
    assert history.codes() == []


def test_a_merge_that_drops_a_vote(voted):
    fork = voted.head
    other = voted.vote("k7f3", "dov")
    voted.head = fork
    voted.vote("k7f3", "eve")
    path = f"{K7F3}/votes/dov.yaml"
    voted.merge(other, {path: None})
    only(voted, "record-deleted", path)


def test_a_merge_that_drops_a_vote_of_its_first_parent(voted):
    fork = voted.head
    other = voted.vote("k7f3", "dov")
    voted.head = fork
    voted.vote("k7f3", "eve")
    path = f"{K7F3}/votes/eve.yaml"
    voted.merge(other, {path: None})
    only(voted, "record-deleted", path)


def test_an_edit_on_a_branch_is_said_once_and_not_again_at_the_merge(decided):
    fork = decided.head
    path = f"{K7F3}/votes/cem.yaml"
    edited = decided.commit({path: b"{}"})
    decided.head = fork
    decided.commit({"readme.md": b"x"})
    decided.merge(edited, {path: b"{}"})
    assert decided.codes() == [("record-edited", edited)]


def test_a_vote_that_rides_along_in_a_merge_is_judged_there(voted):
    fork = voted.head
    other = voted.vote("k7f3", "dov")
    voted.head = fork
    voted.commit({"readme.md": b"x"})
    vote = replace(voted.proposal("k7f3").votes[0], voter="mallory")
    path = f"{K7F3}/votes/mallory.yaml"
    voted.merge(other, {path: paper(vote)})
    only(voted, "vote-not-on-the-roll", path)


def test_a_text_change_that_rides_along_in_a_merge(decided):
    fork = decided.head
    other = decided.commit({"readme.md": b"x"})
    decided.head = fork
    decided.commit({"other.md": b"x"})
    text = decided.files[ONE].replace(b"patient", b"supplier")
    decided.merge(other, {ONE: text})
    only(decided, "text-edited", ONE)


def test_decisions_on_two_branches_are_united():
    history = History()
    history.propose("k7f3", reword("open-1", "document", "publish"))
    history.propose("m2pq", reword("open-2", "follow", "stay with"))
    history.open("k7f3")
    history.open("m2pq")
    history.vote("k7f3", "ada", "bea", "cem")
    fork = history.vote("m2pq", "ada", "bea", "cem")
    other = history.decide("k7f3")
    history.head = fork
    history.decide("m2pq")
    text = SOURCES[ONE].replace("document", "publish").replace("follow", "stay with")
    history.merge(other, {ONE: text.encode()})
    assert history.codes() == []
    assert history.proof().text == text_digest(history.assembly.text)


def test_a_merge_of_decisions_that_loses_one():
    history = History()
    history.propose("k7f3", reword("open-1", "document", "publish"))
    history.open("k7f3")
    fork = history.vote("k7f3", "ada", "bea", "cem")
    other = history.decide("k7f3")
    history.head = fork
    history.commit({"readme.md": b"x"})
    history.merge(other, {ONE: SOURCES[ONE].encode()})
    only(history, "text-edited", ONE)


def test_a_history_with_a_founding_of_its_own_that_is_merged_in(decided):
    stranger = History(in_force=False)
    foreign = replace(stranger.deltas[0], commit="f" * 40)
    ours = decided.head
    decided.trees["f" * 40] = stranger.trees[stranger.genesis]
    decided.deltas.append(foreign)
    decided.head = ours
    decided.merge("f" * 40)
    assert decided.codes() == [("founded-twice", "f" * 40)]


def test_an_old_branch_from_before_the_founding_may_be_merged():
    history = History(in_force=False)
    old = CommitDelta("f" * 40, (), "", (FileChange("src/a.py", "A", new=b"x"),))
    history.deltas.insert(0, old)
    history.trees["f" * 40] = {"src/a.py": ("100644", b"x")}
    history.merge("f" * 40)
    assert history.codes() == []
    history.add(history.trees[history.head], "", ["f" * 40, history.head])
    assert history.codes() == []
    assert history.proof().genesis == history.genesis


# The table


def test_every_code_has_a_severity_and_a_sentence():
    for code, meaning in CODES.items():
        assert code == code.lower()
        assert meaning.severity in ("error", "note")
        assert meaning.meaning.endswith(".")


def test_proving_twice_gives_the_same(decided):
    assert decided.proof() == decided.proof()
