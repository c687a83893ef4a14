"""Editions: which number follows, and from what."""

from datetime import timedelta

import pytest

from governance.history import SOURCES, History, reword
from governance.making import AFTER
from manifesto_tui.governance.edition import (
    Edition,
    edition_named,
    find_edition,
    is_edition_name,
    is_substantive,
    latest,
    level_of,
    number_of,
    raised,
    why,
)
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.next_edition import adopted_since, plan
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.prose import compare_texts, read_text


@pytest.fixture
def decided() -> History:
    """An assembly that has adopted k7f3."""
    history = History()
    history.adopt("k7f3")
    return history


THEN = read_text(SOURCES)


def level(old: str, new: str, *kinds: str) -> str:
    sources = {path: source.replace(old, new) for path, source in SOURCES.items()}
    return level_of(compare_texts(THEN, read_text(sources)), kinds)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Teams", "# Care teams"),
        ("# Open <!-- #open -->\n\n", ""),
        ("- Nurses lead. <!-- #teams-2 -->", "# Nurses lead <!-- #nurses -->"),
    ],
)
def test_a_principle_added_removed_or_retitled_is_major(old, new):
    assert level(old, new, "editorial") == "major"


def test_changed_words_are_minor():
    assert level("funded for years", "paid for years", "substantive") == "minor"


def test_an_editorial_amendment_is_a_patch():
    assert level("Records follow", "Records, then, follow", "editorial") == "patch"


def test_calling_it_editorial_hides_no_commitment():
    assert level("- Doctors lead. <!-- #teams-3 -->\n", "", "editorial") == "minor"
    assert level("Records follow", "Records must follow", "editorial") == "minor"


def test_one_substantive_amendment_among_editorial_ones_is_minor():
    assert level("Records follow", "Records, follow", "editorial", "substantive") == "minor"


def test_a_misspelling_mended_in_a_title_does_not_retitle():
    assert level("# Teams", "# teams", "editorial") == "patch"


def test_the_parts_after_the_one_that_rises_start_again():
    assert [raised("1.4.2", level) for level in ("major", "minor", "patch")] == [
        "2.0.0",
        "1.5.0",
        "1.4.3",
    ]
    assert is_substantive("1.4.2", "1.5.0")
    assert not is_substantive("1.4.2", "1.4.9")


def test_nothing_is_planned_where_nothing_changed(decided):
    decided.edition()
    with pytest.raises(Refused, match="reads as edition"):
        plan(decided.assembly, decided.assembly.text)


def test_an_edition_is_found_by_what_people_call_it(decided):
    decided.edition()
    editions = decided.assembly.editions
    for name in ("1.0.0", "edition-1.0.0", "edition 1.0.0"):
        assert edition_named(editions, name) == editions[0]
    with pytest.raises(BadInput, match="There is no edition"):
        find_edition(editions, "2.0.0")


def test_an_edition_comprises_what_was_adopted_since_the_last(decided):
    decided.edition()
    then = decided.assembly.text
    decided.adopt("m2pq", reword("teams-1", "for years", "for many years"))
    planned = plan(decided.assembly, then)
    assert planned.number == "1.1.0"
    assert [each.amendment.id for each in planned.adopted] == ["m2pq"]


def test_numbers_are_ordered_as_numbers_and_not_as_words():
    editions = [Edition(n, f"sha256:{n}", "", "ada") for n in ("1.10.0", "9.0.0", "10.0.0")]
    assert latest(editions).number == "10.0.0"
    assert latest([]) is None
    assert latest(editions).tag == "edition-10.0.0"
    with pytest.raises(BadInput) as refused:
        find_edition(editions[::-1], "2.0.0")
    assert (refused.value.code, refused.value.hint) == (
        "edition-unknown",
        "There are: 1.10.0, 9.0.0, 10.0.0.",
    )
    with pytest.raises(BadInput, match=r"No edition has been made yet\."):
        find_edition([], "1.0.0")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        *(("1.0.0", True), ("edition-1.0.0", True), ("edition 99999.0.1", True)),
        *(("1.0", False), ("01.0.0", False), ("100000.0.0", False), ("v1.0.0", False)),
    ],
)
def test_what_editions_are_called(name, is_one):
    assert is_edition_name(name) is is_one


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("major", "a principle was added, removed or retitled"),
        ("minor", "clauses were changed"),
        ("patch", "only editorial changes were made"),
    ],
)
def test_why_a_number_rises_is_said(level, said):
    assert why(level) == said


def test_where_the_text_is_a_draft_there_are_no_editions():
    with pytest.raises(Refused) as refused:
        plan(History(in_force=False).assembly, None)
    assert refused.value.code == "drafting"


def test_amendments_adopted_are_listed_by_when_they_were_decided():
    history = History()
    for name, clause, old, new, day in (
        ("aaaa", "open-1", "document", "publish", 2),
        ("bbbb", "teams-1", "for years", "for good", 1),
    ):
        history.propose(name, reword(clause, old, new))
        history.open(name)
        history.vote(name, "ada", "bea", "cem")
        history.decide(name, decided=written(AFTER + timedelta(days=day)))
    planned = plan(history.assembly, None)
    assert [each.amendment.id for each in planned.adopted] == ["bbbb", "aaaa"]
    assert (planned.number, planned.why, planned.before) == ("1.0.0", "it is the first", None)
    assert planned.made("then", "ada").decisions == ("bbbb", "aaaa")


def test_a_rival_that_was_adopted_is_of_the_revision_on_the_ballot():
    history = History()
    history.propose("aaaa")
    history.propose("bbbb", reword("open-1", "document", "draw"))
    history.open("aaaa", "bbbb", ballot_id="r7va")
    history.vote("r7va", "ada", "bea", "cem", choice="bbbb aaaa status-quo")
    history.decide("r7va")
    history.propose("cccc", reword("open-2", "follow", "leave"))
    history.open("cccc")
    history.decide("cccc")
    (adopted,) = plan(history.assembly, None).adopted
    assert (adopted.held.id, adopted.amendment.id) == ("r7va", "bbbb")
    history.edition()
    assert adopted_since(history.assembly) == ()


def test_a_text_has_the_number_of_the_latest_edition_that_reads_so():
    read = (("1.0.0", "a"), ("1.0.1", "b"), ("2.0.0", "a"))
    editions = [Edition(number, digest, "", "ada") for number, digest in read]
    assert [number_of(editions, digest) for digest in "abc"] == ["2.0.0", "1.0.1", ""]
