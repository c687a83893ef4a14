"""Signatories: whose name stands, under which words, and whose words have changed."""

from dataclasses import replace

import pytest

from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.signatory import (
    Signatory,
    by_constituency,
    stale,
    standing,
    stood_before,
    under,
)

KIM = Signatory("kim", "Made-up Kim", "patients", "1.0.0", "2026-12-06T12:00:00Z")
LEE = Signatory("lee", "Made-up Lee", "clinicians", "1.0.0", "2026-12-06T13:00:00Z")
AGAIN = replace(KIM, edition="2.0.0", place=2)
BACK = Signatory("kim", withdrawn="2026-12-08T12:00:00Z", place=3)
EDITIONS = tuple(Edition(number, "", "", "anna") for number in ("1.0.0", "1.0.1", "2.0.0"))


def test_the_last_signing_stands():
    assert standing([AGAIN, LEE, KIM]) == (LEE, AGAIN)


def test_an_earlier_edition_keeps_the_names_of_those_who_signed_a_later_one():
    assert under([KIM, AGAIN, LEE], "1.0.0") == (LEE, KIM)


def test_a_name_taken_back_stands_under_no_edition():
    acts = [KIM, AGAIN, BACK, LEE]
    assert standing(acts) == (LEE,)
    assert under(acts, "1.0.0") == (LEE,)


def test_who_signs_again_after_taking_it_back_has_signed_only_that():
    acts = [KIM, BACK, replace(AGAIN, place=4)]
    assert under(acts, "1.0.0") == ()
    assert [each.place for each in under(acts, "2.0.0")] == [4]


def test_before_an_act_stood_what_the_same_signatory_had_signed():
    acts = [KIM, replace(LEE, place=1), AGAIN, BACK, replace(AGAIN, place=4)]
    assert stood_before(acts, BACK) == (KIM, AGAIN)
    assert stood_before(acts, AGAIN) == (KIM,)
    assert stood_before(acts, acts[-1]) == ()


def test_names_are_counted_by_constituency():
    assert by_constituency([KIM, LEE, replace(LEE, handle="max")]) == {
        "clinicians": 2,
        "patients": 1,
    }


def test_a_name_is_stale_once_its_words_have_changed():
    (found,) = stale([LEE, AGAIN], EDITIONS)
    assert found.signatory == LEE
    assert [edition.number for edition in found.since] == ["1.0.1", "2.0.0"]


def test_editorial_changes_leave_a_name_where_it_is():
    assert stale([LEE], EDITIONS[:2]) == ()


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({}, "Made-up Kim"),
        ({"role": "nurse"}, "Made-up Kim (nurse)"),
        ({"organisation": "A ward"}, "Made-up Kim (A ward)"),
        ({"role": "nurse", "organisation": "A ward"}, "Made-up Kim (nurse, A ward)"),
    ],
)
def test_a_name_is_shown_with_role_and_organisation(more, about):
    assert replace(KIM, **more).about == about
    assert KIM.filed_by == "kim"
    assert replace(KIM, recorded_by="anna").filed_by == "anna"


def test_a_stale_name_says_what_changed_since():
    later = (*EDITIONS[:2], replace(EDITIONS[2], decisions=("k7f3", "m2pq")))
    (found,) = stale([LEE], later[::-1])
    assert found.sentence == (
        "Made-up Lee signed 1.0.0; the text has changed since: 1.0.1, 2.0.0 (k7f3, m2pq)."
    )
    assert stale([LEE], ()) == ()
    (unknown,) = stale([replace(LEE, edition="0.9.0")], later)
    assert [each.number for each in unknown.since] == ["1.0.0", "1.0.1", "2.0.0"]


def test_names_stand_by_constituency_and_name():
    ann = replace(LEE, handle="z", name="ann")
    assert standing([KIM, LEE, ann]) == (ann, LEE, KIM)
    assert standing([replace(KIM, place=2, name="Late"), KIM])[0].name == "Late"
