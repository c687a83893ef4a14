"""The roll: who is a steward, and what hangs on the only one. Everyone here is made up."""

import pytest

from workflow.test_signing import FIRST


@pytest.fixture
def alone(speak):
    """Ada, the only steward, and Ben."""
    speak.at(FIRST)
    speak.act_as("ada")
    return speak


def advice(speaker) -> str:
    return speaker.done("roll", "list", "--json").json["advice"]


def test_what_hangs_on_the_only_steward_is_said_until_there_are_two(alone):
    assert advice(alone).startswith("ada is the only steward:")
    assert "one key" not in advice(alone)
    said = alone.done("roll", "key", "--new").out
    assert "if it is lost nobody can give them another" in " ".join(said.split())
    alone.done("roll", "steward", "ben")
    assert advice(alone) == ""
    assert "only steward" not in alone.done("roll", "list").out
    assert alone("verify").out.startswith("PROVED")


def test_a_second_key_kept_elsewhere_takes_the_place_of_one_that_is_lost(alone, tmp_path):
    alone.done("roll", "key", "--new")
    first = alone.done("roll", "key", "--json").json["keys"][0]["fingerprint"]
    alone.done("roll", "key", "--new")
    assert "one key" not in advice(alone)
    alone.git("config", "manifesto.key", str(alone.folder / ".git/manifesto-tui/keys/ada-2"))
    (alone.folder / ".git/manifesto-tui/keys/ada").unlink()
    alone.done("roll", "key", "--withdraw", first)
    assert "one key" in advice(alone)
    assert alone("verify").out.startswith("PROVED.")


def test_a_member_makes_nobody_a_steward_and_the_last_steward_stays(alone):
    alone.act_as("ben")
    assert alone("roll", "steward", "ben").code == 1
    alone.act_as("ada")
    assert "only steward" in alone("roll", "steward", "ada", "--end").err
    assert "is a steward already" in alone("roll", "steward", "ada").err
    alone.done("roll", "steward", "ben")
    alone.done("roll", "steward", "ada", "--end")
    assert alone("roll", "admit", "cleo", "--name", "Cleo").code == 1
    assert alone("verify").out.startswith("PROVED")


def test_where_any_member_admits_nothing_hangs_on_one(alone):
    rules = alone.read("manifesto/rules.yaml").replace("admit: steward", "admit: member")
    alone.done("rules", "--set", alone.write("../open.yaml", rules), "-m", "Share it.")
    assert advice(alone) == ""
