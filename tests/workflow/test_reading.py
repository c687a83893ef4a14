"""A list that is read again is the one that is read anew, though little of it is made again."""

from datetime import timedelta

import pytest

from manifesto_tui.record.shelf import Shelf
from manifesto_tui.workflow import deciding, people, proposing, reading
from manifesto_tui.workflow.desk import Desk
from workflow.conftest import NOW

CHANGES = (
    ("It costs nothing.", "It costs nothing, ever."),
    ("Anyone may read it.", "Everyone may read it."),
)
LATER = NOW + timedelta(days=30)


@pytest.fixture
def later(sit):
    """A desk after two ballots have closed, of which the first is decided."""
    desk, filed = sit(), []
    for was, now in CHANGES:
        sources = desk.assembly.text.sources
        texts = {path: source.replace(was, now) for path, source in sources.items()}
        recorded = proposing.propose(desk, now, "Because.", texts=texts)
        filed.append(recorded[0].message.split()[1].rstrip(":"))
    for name in filed:
        deciding.open_ballot(desk, [name], desk.now() + timedelta(days=7))
        deciding.vote(desk, name, "for")
    desk.clock = lambda: LATER
    deciding.decide(desk, filed[0])
    return desk, filed


def anew(desk):
    return reading.cards(Desk.open(desk.repo.work_tree, desk.environment, desk.clock))


def made_by(desk, monkeypatch):
    """Returns the cards, and of which amendments one was made."""
    made = []
    real = reading._card
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_card", lambda d, p, *r: made.append(p.id) or real(d, p, *r))
        return reading.cards(desk), made


def test_a_card_of_what_is_decided_is_made_once(later, monkeypatch):
    desk, (_, closed) = later
    first, _ = made_by(desk, monkeypatch)
    again, made = made_by(desk, monkeypatch)
    assert again == first == anew(desk)
    assert made == [closed]


def test_another_text_makes_every_card_again(later, monkeypatch):
    desk, (decided, closed) = later
    made_by(desk, monkeypatch)
    deciding.decide(desk, closed)
    again, made = made_by(desk, monkeypatch)
    assert sorted(made) == sorted([decided, closed])
    assert again == anew(desk)


def test_somebody_admitted_or_a_rival_filed_shows_on_what_was_decided(later, monkeypatch):
    desk, (decided, _) = later
    made_by(desk, monkeypatch)
    people.admit(desk, "made-up", "Made-up")
    assert made_by(desk, monkeypatch)[0] == anew(desk)
    sources = desk.assembly.text.sources
    texts = {path: s.replace("costs nothing", "is free") for path, s in sources.items()}
    proposing.propose(desk, "It is free.", "Because.", texts=texts, rivals=[decided])
    cards = made_by(desk, monkeypatch)[0]
    assert cards == anew(desk)
    assert next(card for card in cards if card.id == decided).rivals


def test_the_votes_of_what_was_decided_are_read_when_its_count_is_asked_for(later, monkeypatch):
    desk, (decided, closed) = later
    reading.cards(desk)  # Counts once, which is kept.
    asked = []
    real = Shelf.votes
    monkeypatch.setattr(
        Shelf, "votes", lambda s, f: asked.append(f.split("/")[-1][:4]) or real(s, f)
    )
    found = {card.id: card for card in anew(desk)}
    assert set(asked) == {closed}
    assert found[closed].is_counted
    assert not found[decided].is_counted
    assert (found[decided].score.for_, found[decided].score.would_be) == (1, "carried")
    assert found[decided].tally.for_ == 1 and found[decided].my_vote.choice == "for"
    assert found[decided].is_counted
    assert decided in asked


def test_one_card_tells_the_same_as_its_place_in_the_list(later):
    desk, filed = later
    for card in reading.cards(desk):
        alone = reading.card(desk, card.id)
        assert alone == card
        assert (alone.tally, alone.my_vote, alone.standing) == (
            card.tally,
            card.my_vote,
            card.standing,
        )
    assert {card.id for card in reading.cards(desk)} == set(filed)
