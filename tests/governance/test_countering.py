"""Other wordings of an amendment: whose they are, and what the replay allows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import History, folder, reword
from governance.making import AFTER, NOW
from governance.paper import paper
from manifesto_tui.governance.amendment import Amendment, Withdrawal
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.countering import modified_by, reads_as, rivals_of, taken_up_by
from manifesto_tui.governance.lifecycle import stage
from manifesto_tui.governance.moment import written

THEIRS = reword("open-1", "document", "describe")


@pytest.fixture
def worded():
    """An amendment of bea's that cem words otherwise."""
    history = History()
    history.propose("aaaa")
    history.propose("bbbb", THEIRS, proposer="cem", amends="aaaa")
    return history


def accepted(history: History, **changed: object) -> Amendment:
    first = history.proposal("aaaa").revisions[0]
    made = replace(first, revision=2, changes=(THEIRS,), takes_up="bbbb", author="cem")
    return replace(made, filed=written(NOW - timedelta(days=2)), **changed)


def revise(history: History, revision: Amendment) -> str:
    path = f"{folder('aaaa')}/revision-{revision.revision}.yaml"
    return history.commit({path: paper(revision)})


def test_another_wording_is_a_rival_of_what_it_words_otherwise(worded):
    assembly = worded.assembly
    assert rivals_of(assembly, worded.proposal("aaaa")) == ("bbbb",)
    assert rivals_of(assembly, worded.proposal("bbbb")) == ("aaaa",)
    assert stage(assembly, worded.proposal("bbbb"), NOW) == "open"
    assert worded.codes() == []


def test_an_accepted_wording_is_taken_up_and_decided_as_modified(worded):
    revise(worded, accepted(worded))
    wording = worded.proposal("bbbb")
    assert taken_up_by(worded.assembly, wording) == worded.proposal("aaaa")
    assert stage(worded.assembly, wording, NOW) == "taken up"
    worded.open("aaaa")
    worded.vote("aaaa", "ada", "bea", "cem")
    worded.decide("aaaa")
    assert "describe" in worded.assembly.text.by_anchor["open-1"][1].text
    assert modified_by(worded.proposal("aaaa")) == ("cem",)
    assert stage(worded.assembly, wording, AFTER) == "taken up"
    assert worded.codes() == []


def test_a_wording_that_its_acceptor_leaves_again_is_open_again(worded):
    revise(worded, accepted(worded))
    own = (reword("open-1", "document", "publish"),)
    revise(worded, accepted(worded, revision=3, changes=own, takes_up="", author=""))
    assert stage(worded.assembly, worded.proposal("bbbb"), NOW) == "open"
    assert modified_by(worded.proposal("aaaa")) == ("cem",)
    assert worded.codes() == []


def test_a_wording_is_kept_when_it_is_fitted_to_a_text_that_has_moved(worded):
    revise(worded, accepted(worded))
    worded.adopt("cccc", reword("open-1", "interfaces.", "interfaces. They tell all."))
    was = worded.assembly.text.by_anchor["open-1"][1].text
    fitted = replace(THEIRS, was=was, now=was.replace("document", "describe"))
    revise(worded, accepted(worded, revision=3, changes=(fitted,)))
    assert worded.codes() == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"proposer": "cem", "takes_up": "", "author": ""}, "revision-by-another"),
        ({"takes_up": "", "author": "cem"}, "revision-author"),
        ({"author": "dov"}, "revision-author"),
        ({"takes_up": "zzzz"}, "revision-author"),
        ({"changes": (reword("open-1", "document", "hide"),)}, "revision-otherwise"),
    ],
)
def test_a_revision_in_anothers_name_is_found(worded, changed, code):
    at = revise(worded, accepted(worded, **changed))
    assert worded.codes() == [(code, at)]


def test_a_withdrawn_wording_cannot_be_taken_up(worded):
    back = Withdrawal("cem", written(NOW - timedelta(days=3)))
    worded.commit({f"{folder('bbbb')}/withdrawal.yaml": paper(back)})
    at = revise(worded, accepted(worded))
    assert worded.codes() == [("revision-author", at)]


def test_another_wording_of_what_is_not_there_is_found():
    history = History()
    at = history.propose("bbbb", THEIRS, proposer="cem", amends="aaaa")
    assert history.codes() == [("amends-unknown", at)]


def test_another_amendment_of_the_same_id_takes_no_wording_away(worded):
    twin = replace(worded.proposal("bbbb").amendment, proposer="dov", amends="")
    worded.commit({"proposals/2026-11/bbbb-another/amendment.yaml": paper(twin)})
    revise(worded, accepted(worded))
    assert worded.codes() == []


def test_rivals_on_a_ballot_are_those_it_names(worded):
    worded.open("aaaa", "bbbb", ballot_id="r7va")
    assembly = worded.assembly
    assert rivals_of(assembly, assembly.find("r7va")) == ("aaaa", "bbbb")
    assert rivals_of(assembly, Proposal(folder("zzzz"))) == ()
    named = replace(worded.proposal("aaaa").amendment, rivals=("aaaa", "cccc"), revision=2)
    revise(worded, named)
    assert rivals_of(worded.assembly, worded.proposal("aaaa")) == ("bbbb", "cccc")


def test_what_was_taken_up_after_the_ballot_is_left_out(worded):
    revise(worded, accepted(worded))
    proposal = worded.proposal("aaaa")
    assert [modified_by(proposal, revision) for revision in (1, 2, None)] == [
        (),
        ("cem",),
        ("cem",),
    ]


def test_a_wording_taken_up_by_what_was_withdrawn_is_open_again(worded):
    revise(worded, accepted(worded))
    back = Withdrawal("bea", written(NOW))
    worded.commit({f"{folder('aaaa')}/withdrawal.yaml": paper(back)})
    assert taken_up_by(worded.assembly, worded.proposal("bbbb")) is None
    assert taken_up_by(worded.assembly, worded.proposal("aaaa")) is None


def test_two_amendments_read_the_same_where_they_make_the_same_of_the_text(worded):
    text = worded.assembly.text
    one = worded.proposal("bbbb").amendment
    spaced = replace(THEIRS, now=f"{THEIRS.now} ")
    gone = replace(THEIRS, clause="gone")
    assert reads_as(text, one, one)
    assert reads_as(text, one, replace(one, changes=(spaced,)))
    assert not reads_as(text, one, worded.proposal("aaaa").amendment)
    assert not reads_as(text, replace(one, changes=(gone, THEIRS)), one)
    assert not reads_as(text, one, replace(one, changes=(gone, THEIRS)))
