"""Who is at the keyboard: as configured, or by address, or asked for."""

import pytest

from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.record import identity
from record.made import ANNA

ROLL = Roll((ANNA, Member("ben", "Made-up Ben", addresses=("made-up@example.org",))))


def test_the_configured_handle_wins(repo):
    identity.remember(repo, "anna")
    assert identity.handle(repo, ROLL) == "anna"


def test_an_address_on_the_roll_tells(repo):
    assert identity.handle(repo, ROLL) == "ben"


def test_nobody_known_is_asked(repo):
    with pytest.raises(Refused, match="anna") as raised:
        identity.handle(repo, Roll((ANNA,)))
    assert raised.value.code == "who-are-you"


def test_a_configured_handle_that_is_none_is_told(repo):
    repo.configure("manifesto.handle", "Anna!")
    with pytest.raises(Refused, match="Anna!"):
        identity.handle(repo, ROLL)


def test_only_a_handle_is_remembered(repo):
    with pytest.raises(BadInput):
        identity.remember(repo, "Anna!")
