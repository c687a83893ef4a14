"""Editions: which number follows, and from what."""

import pytest

from governance.history import SOURCES, History, reword
from manifesto_tui.governance.edition import (
    edition_named,
    find_edition,
    is_substantive,
    level_of,
    raised,
)
from manifesto_tui.governance.next_edition import plan
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
