"""Signatories: whose name stands, under which words, and whose words have changed."""

from dataclasses import replace

from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.signatory import Signatory, by_constituency, stale, standing, under

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
