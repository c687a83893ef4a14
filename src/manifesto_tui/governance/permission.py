"""Says who may do what.

Every act has a rule, a member has roles, and the answer is yes or one sentence on why not:

    >>> refuse(assembly, "sam", "open")
    Refused: not-a-steward: “sam” is no steward, and only stewards may put an amendment to the vote.
"""

from typing import Literal

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules, Who

Act = Literal[
    "propose",
    "revise",
    "second",
    "comment",
    "withdraw",
    "open",
    "vote",
    "decide",
    "admit",
    "edit",
    "ratify",
    "make an edition",
    "sign",
    "record a signatory",
    "change the rules",
]

_SAID: dict[Act, str] = {
    "propose": "propose an amendment",
    "revise": "revise an amendment",
    "second": "second an amendment",
    "comment": "comment",
    "withdraw": "withdraw an amendment",
    "open": "put an amendment to the vote",
    "vote": "vote",
    "decide": "record a decision",
    "admit": "admit a member",
    "edit": "edit the text",
    "ratify": "put the text in force",
    "make an edition": "make an edition",
    "sign": "sign an edition for themselves",
    "record a signatory": "record another's name under an edition",
    "change the rules": "change the rules",
}


_STEWARDS = ("ratify", "make an edition", "record a signatory", "change the rules")


def refuse(assembly: Assembly, handle: str, act: Act) -> None:
    """Raises Refused where this member may not do this; returns where they may.

    Codes: `not-on-the-roll`, `retired`, `not-a-steward`. Whether the time is right (a closed
    ballot, one's own amendment) is asked where the act is done, not here.
    """
    refusal = why_not(assembly.rules, assembly.roll.by_handle.get(handle), handle, act)
    if refusal:
        raise refusal


def why_not(rules: Rules, member: Member | None, handle: str, act: Act) -> Refused | None:
    """Returns why this member may not do this, or None where they may.

    `member` is what the roll holds under `handle`: None where it holds nobody.
    """
    if member is None:
        return Refused(
            "not-on-the-roll",
            f"“{handle}” is not on the roll, and only members may {_SAID[act]}.",
            "A steward admits members: manifesto-tui roll admit.",
        )
    if member.retired:
        return Refused(
            "retired",
            f"“{handle}” has retired from the roll and may not {_SAID[act]}.",
            "A steward can admit the member again.",
        )
    if needs(rules, act) == "steward" and not member.is_steward:
        return Refused(
            "not-a-steward",
            f"“{handle}” is no steward, and only stewards may {_SAID[act]}.",
            "`manifesto-tui roll list` shows who the stewards are.",
        )
    return None


def needs(rules: Rules, act: Act) -> Who:
    """Returns who may do this under these rules.

    Putting the text in force, making editions, recording signatories and changing the rules are a
    steward's by nature; editing a draft, commenting, voting and signing are any member's.
    """
    if act in _STEWARDS:
        return "steward"
    by_rule: dict[Act, Who] = {
        "propose": rules.propose,
        "revise": rules.propose,
        "second": rules.second,
        "open": rules.open,
        "decide": rules.decide,
        "admit": rules.admit,
    }
    return by_rule.get(act, "member")
