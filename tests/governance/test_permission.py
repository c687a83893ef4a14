from dataclasses import replace

import pytest

from governance.history import History, member
from manifesto_tui.governance.permission import Act, refuse
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules

ASSEMBLY = replace(
    History().assembly,
    rules=Rules(),
    roll=Roll((member("ada"), member("bea"), member("old", retired=True, roles=("steward",)))),
)
ANY_MEMBER = ("propose", "revise", "second", "comment", "withdraw", "vote", "decide", "edit")
STEWARDS = ("open", "admit", "ratify", "change the rules")


def code(handle: str, act: Act, assembly=ASSEMBLY) -> str:
    try:
        refuse(assembly, handle, act)
    except Refused as refusal:
        assert refusal.hint.endswith(".")
        return refusal.code
    return ""


@pytest.mark.parametrize("act", ANY_MEMBER)
def test_any_member_may(act):
    assert [code(who, act) for who in ("ada", "bea", "old", "mallory")] == [
        "",
        "",
        "retired",
        "not-on-the-roll",
    ]


@pytest.mark.parametrize("act", STEWARDS)
def test_only_stewards_may(act):
    assert [code(who, act) for who in ("ada", "bea", "old", "mallory")] == [
        "",
        "not-a-steward",
        "retired",
        "not-on-the-roll",
    ]


@pytest.mark.parametrize("act", ["propose", "second", "open", "decide", "admit"])
def test_the_rules_say_who(act):
    stewards = replace(ASSEMBLY, rules=replace(ASSEMBLY.rules, **{act: "steward"}))
    members = replace(ASSEMBLY, rules=replace(ASSEMBLY.rules, **{act: "member"}))
    assert code("bea", act, stewards) == "not-a-steward"
    assert code("bea", act, members) == ""


def test_a_refusal_says_who_and_what():
    with pytest.raises(Refused, match="“bea” is no steward, and only stewards may admit"):
        refuse(ASSEMBLY, "bea", "admit")


def test_the_digest_of_a_roll_is_of_who_may_vote_and_for_whom():
    roll = Roll((Member("a", "A", "clinicians"), Member("b", "B")))
    same = Roll((Member("b", "Bea", addresses=("b@x.org",)), Member("a", "A", "clinicians")))
    assert roll.digest == same.digest
    others = [
        Roll((Member("a", "A", "managers"), Member("b", "B"))),
        Roll((Member("a", "A", "clinicians"), Member("b", "B", retired=True))),
        Roll((Member("a", "A", "clinicians"), Member("b", "B"), Member("c", "C"))),
    ]
    assert roll.digest not in {other.digest for other in others}
    assert roll.electorate == {"": 1, "clinicians": 1}
