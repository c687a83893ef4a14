"""What was put to the vote and cannot be put in force any more."""

import pytest

from governance.history import ONE, History
from manifesto_tui.governance.rewriting import Rewriting
from manifesto_tui.governance.stranding import is_stranded, undecided


@pytest.fixture
def opened() -> History:
    history = History(in_force=False)
    history.propose("k7f3")
    history.open("k7f3")
    return history


def change(history: History, old: bytes, new: bytes) -> None:
    assert old in history.files[ONE]
    history.commit({ONE: history.files[ONE].replace(old, new)})


def left(history: History) -> list[str]:
    stranded = is_stranded(history.assembly, history.proposal("k7f3"))
    ids = [proposal.id for proposal in undecided(history.assembly)]
    assert stranded is (ids == [])
    return ids


def test_what_changed_its_own_words_strands_a_ballot_until_it_is_taken_back(opened):
    assert left(opened) == ["k7f3"]
    change(opened, b"their interfaces", b"the interfaces")
    assert left(opened) == []
    change(opened, b"the interfaces", b"their interfaces")
    assert left(opened) == ["k7f3"]


def test_what_changed_other_clauses_strands_nothing(opened):
    change(opened, b"# Open", b"# Openly")
    assert left(opened) == ["k7f3"]


def test_to_ask_whether_a_ballot_is_stranded_writes_no_text(opened, monkeypatch):
    monkeypatch.setattr(Rewriting, "write", None)
    assert left(opened) == ["k7f3"]
