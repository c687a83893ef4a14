"""What signatures prove is told of many amendments as of each by itself, however much is known."""

import sqlite3
from contextlib import closing

import pytest

from manifesto_tui.governance.signature import cannot_check
from manifesto_tui.record.cache import Cache
from manifesto_tui.workflow import people, proposing, reading
from manifesto_tui.workflow.labelling import label_all


@pytest.fixture
def filed(speak, sit):
    """Two amendments, of which the second is signed."""
    names = []
    for now in ("It costs nothing, ever.", "It costs nobody anything."):
        desk = sit()
        sources = desk.assembly.text.sources
        texts = {path: s.replace("It costs nothing.", now) for path, s in sources.items()}
        done = proposing.propose(desk, now, "Because.", texts=texts)
        names.append(done[0].message.split()[1].rstrip(":"))
        if len(names) == 1:
            speak.act_as("ada")
            speak.done("roll", "key", "--new")
    return names


def told(desk, monkeypatch):
    """Returns what a list tells of each signature, and how many were judged for it."""
    judged = []
    real = reading.signature_of
    with monkeypatch.context() as patch:
        patch.setattr(reading, "signature_of", lambda d, p: judged.append(p.id) or real(d, p))
        cards = reading.cards(desk)
        label_all(desk, cards)
    assert all(card.is_labelled for card in cards)
    assert {c.id: c.signature for c in cards} == {c.id: real(desk, c.proposal) for c in cards}
    return {card.id: card.signature.label for card in cards}, len(judged)


def test_what_was_judged_is_not_judged_again(sit, filed, monkeypatch):
    first = told(sit(), monkeypatch)
    assert first == ({filed[0]: "unsigned, name not proven", filed[1]: "signed"}, 1)
    assert told(sit(), monkeypatch) == (first[0], 0)
    people.admit(sit(), "dora", "Made-up Dora")
    assert told(sit(), monkeypatch) == (first[0], 0)
    assert told(sit(), monkeypatch) == (first[0], 0)


def test_a_folder_is_judged_anew_where_a_commit_touches_it(sit, filed, monkeypatch):
    first, _ = told(sit(), monkeypatch)
    proposing.second(sit(), filed[1])
    assert told(sit(), monkeypatch) == (first, 1)


def test_it_is_judged_anew_where_another_history_brings_it(speak, sit, filed, monkeypatch):
    told(sit(), monkeypatch)
    before = speak.git("rev-list", "--reverse", "HEAD").split()[0]
    tree = speak.git("rev-parse", "HEAD^{tree}").strip()
    alone = speak.git("commit-tree", tree, "-p", before, "-m", "All at once").strip()
    # The same bytes, brought by one commit before which nobody had a key.
    speak.git("reset", "-q", "--hard", alone)
    assert told(sit(), monkeypatch) == (
        {filed[0]: "unsigned, name not proven", filed[1]: "cannot be checked here"},
        1,
    )


def test_what_could_not_be_checked_here_is_asked_again(sit, filed, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("manifesto_tui.record.provenance.check", cannot_check)
        assert told(sit(), monkeypatch)[0][filed[1]] == "cannot be checked here"
    found = told(sit(), monkeypatch)
    assert found[0][filed[1]] == "signed"
    assert found[1] == 1


@pytest.mark.parametrize(
    "value", [b"", b"[]", b'[[["best", "", ""]], "x", "0"]', b'[[["signed", "", ""]], "x", "7"]']
)
def test_a_row_of_another_form_only_costs_time(sit, filed, monkeypatch, value):
    first = told(sit(), monkeypatch)
    repo = sit().repo
    Cache(repo.common_dir).remember("labels", {("labels", repo.head()): value})
    assert told(sit(), monkeypatch) == first


def test_a_row_of_another_tip_is_not_believed(sit, filed, monkeypatch):
    first = told(sit(), monkeypatch)
    (file,) = (sit().repo.common_dir / "manifesto-tui").glob("cache-*.sqlite")
    with closing(sqlite3.connect(file)) as held, held:
        held.execute("UPDATE labels SET id = ?", ("0" * 40,))
    assert told(sit(), monkeypatch) == first
