"""Every attack is caught with its code, and nothing else is reported."""

import pytest

from attacks import ATTACKS
from attacks.catalogue import Bases, caught, judge
from manifesto_tui.governance.replay import CODES


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    return Bases(tmp_path_factory.mktemp("bases"))


@pytest.mark.parametrize("base", ["open", "decided", "edition", "required", "unsigned", "bound"])
def test_the_assembly_that_is_attacked_is_proved(bases, base, tmp_path):
    assert judge(bases.copy(base, tmp_path / "whole")).findings == ()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_caught_with_its_code_and_nothing_else_is_reported(bases, name):
    attack = ATTACKS[name]
    assert caught(attack, bases) == attack.codes


def test_every_attack_has_a_sentence_and_known_codes():
    for attack in ATTACKS.values():
        assert attack.what.endswith(".")
        assert set(attack.codes) <= set(CODES)


# Whoever reads the file finds fault with it before anything judges what it says.
READ_FIRST = {"amendment-misnamed", "second-void", "vote-misnamed", "vote-no-time"}


def test_every_error_that_can_be_found_is_what_some_attack_is_caught_with():
    errors = {code for code, meant in CODES.items() if meant.severity == "error"}
    assert errors - {code for attack in ATTACKS.values() for code in attack.codes} == READ_FIRST
