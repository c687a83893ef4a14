"""The text as it then read: with what carried, without what was lost, also between rivals."""

from datetime import timedelta

import pytest

from manifesto_tui.workflow import deciding, proposing
from manifesto_tui.workflow.history import decisions, text_then

WAS, NOW = "It costs nothing.", "It costs nothing, ever."


@pytest.fixture
def decided(sit):
    """Has one amendment decided, or one and its rival; returns the desk then."""

    def decide(choice=None, ranking=()):
        desk = sit()
        before = desk.assembly.text.sources
        ids = []
        for now in (NOW, "It is free.") if ranking else (NOW,):
            texts = {path: source.replace(WAS, now) for path, source in before.items()}
            recorded = proposing.propose(desk, now, "Because.", texts=texts)
            ids.append(recorded[0].message.split()[1].rstrip(":"))
        opened = deciding.open_ballot(desk, ids, desk.now() + timedelta(days=7))
        ballot = opened.paths[0].split("/")[-2].partition("-")[0]
        order = ["status-quo" if at is None else ids[at] for at in ranking]
        deciding.vote(desk, ballot, choice, order)
        later = sit(desk.now() + timedelta(days=8))
        deciding.decide(later, ballot)
        return later

    return decide


def then(desk):
    [(proposal, decision)] = decisions(desk)
    return decision.outcome, text_then(desk, proposal.id).sources


@pytest.mark.parametrize("choice", ["for", "against"])
def test_it_is_the_text_of_the_commit_that_recorded_the_decision(decided, choice):
    desk = decided(choice)
    outcome, sources = then(desk)
    assert outcome == ("carried" if choice == "for" else "lost")
    assert (NOW in "".join(sources.values())) is (choice == "for")
    assert sources == desk.assembly.text.sources


def test_a_ballot_between_rivals_has_one_too(decided):
    desk = decided(ranking=(1, 0, None))
    outcome, sources = then(desk)
    assert outcome == "carried"
    assert "It is free." in "".join(sources.values())
