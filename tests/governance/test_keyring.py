"""Who may change a member's keys, and what hangs on one person."""

from dataclasses import replace

import pytest

from governance.history import member
from governance.sealing import key
from manifesto_tui.governance.keyring import (
    hangs_on_one,
    keys_of_those_who_admit,
    wrong_change,
)
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import READY

SIMPLE = READY["simple"]
ADA = member("ada", keys=(f"{key('ada')} ada@made-up",))
BEA = member("bea", keys=(key("bea"),))
CEM = member("cem")
OLD = member("old", roles=("steward",), keys=(key("old"),), retired=True)
MEMBERS = {m.handle: m for m in (ADA, BEA, CEM, OLD)}

SWAPPED = "A key of bea was added without the signature of the one they had."
TAKEN = "A key of bea was withdrawn without their signature or a steward’s."
AGAIN = "cem, whose key was withdrawn, was given another without a steward’s signature."


@pytest.mark.parametrize(
    ("handle", "keys", "signer", "said"),
    [
        ("bea", ("bea",), "", ""),
        ("bea", ("bea", "bea-2"), "bea", ""),
        ("bea", ("bea", "bea-2"), "", SWAPPED),
        ("bea", ("bea", "bea-2"), "ada", SWAPPED),
        ("bea", ("bea", "bea-2"), "bea-2", SWAPPED),
        ("bea", ("bea-2",), "bea", ""),
        ("bea", ("bea-2",), "ada", SWAPPED),
        ("bea", (), "bea", ""),
        ("bea", (), "ada", ""),
        ("bea", (), "", TAKEN),
        ("bea", (), "cem", TAKEN),
        ("bea", (), "old", TAKEN),
        ("cem", ("cem",), "", ""),
        ("fay", ("fay",), "", ""),
    ],
)
def test_a_key_speaks_for_its_member_and_only_it_admits_another(handle, keys, signer, said):
    new = member(handle, keys=tuple(map(key, keys)))
    assert wrong_change(MEMBERS, SIMPLE, handle, new, key(signer), frozenset()) == said


@pytest.mark.parametrize(("signer", "said"), [("ada", ""), ("", AGAIN), ("cem-2", AGAIN)])
def test_who_lost_their_key_is_given_another_by_a_steward(signer, said):
    new = replace(CEM, keys=(key("cem-2"),))
    former = frozenset({key("cem")})
    assert wrong_change(MEMBERS, SIMPLE, "cem", new, key(signer), former) == said


def test_where_no_steward_has_a_key_nobody_could_have_signed():
    members = MEMBERS | {"ada": member("ada")}
    new = replace(CEM, keys=(key("cem-2"),))
    assert wrong_change(members, SIMPLE, "cem", new, "", frozenset({key("cem")})) == ""
    assert wrong_change(members, SIMPLE, "bea", member("bea"), "") == ""


def test_a_member_whose_file_goes_loses_their_key():
    assert wrong_change(MEMBERS, SIMPLE, "bea", None, "") == TAKEN


def test_those_who_admit_are_active_stewards_or_all_members_by_the_rules():
    assert keys_of_those_who_admit(MEMBERS, SIMPLE) == {key("ada")}
    anyone = replace(SIMPLE, admit="member")
    assert keys_of_those_who_admit(MEMBERS, anyone) == {key("ada"), key("bea")}


ALONE = (
    "ada is the only steward: without them nobody can be admitted. Name a second one: "
    "`manifesto-tui roll steward HANDLE`."
)
ONE_KEY = (
    "ada is the only steward: without them nobody can be admitted. They have one key, and if it "
    "is lost nobody can give them another. Name a second one: `manifesto-tui roll steward "
    "HANDLE`. Until then keep a second key elsewhere: `manifesto-tui roll key --file PUBKEY`."
)


@pytest.mark.parametrize(
    ("steward", "others", "admit", "said"),
    [
        (ADA, (BEA,), "steward", ONE_KEY),
        (member("ada"), (BEA,), "steward", ALONE),
        (replace(ADA, keys=(key("ada"), key("ada-2"))), (OLD,), "steward", ALONE),
        (ADA, (replace(BEA, roles=("steward",)),), "steward", ""),
        (ADA, (BEA,), "member", ""),
        (BEA, (CEM,), "steward", ""),
    ],
)
def test_what_hangs_on_one_person_is_said(steward: Member, others, admit, said):
    assert hangs_on_one(Roll((steward, *others)), replace(SIMPLE, admit=admit)) == said
