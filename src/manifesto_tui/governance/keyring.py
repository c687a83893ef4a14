"""Says who may change a member's keys.

A key speaks for its member, so whoever could change it could vote for them. While a member has a
key, only that key admits another one beside it, and only it or a steward's takes it away.
Somebody without one is given the first by whoever admits members, or says it themselves where
nobody's key could contradict.

A signature says who, where there is one; else there is only the author's claim, which is
judged elsewhere, and which is not enough where somebody holds a key that could have signed.
"""

from collections.abc import Mapping

from manifesto_tui.governance.permission import why_not
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import bare_keys


def wrong_change(
    members: Mapping[str, Member],
    rules: Rules,
    handle: str,
    new: Member | None,
    signer: str,
    former: frozenset[str] = frozenset(),
) -> str:
    """Returns in one sentence why a member's keys may not change so, "" where they may.

    `members` is the roll before, `new` the member after, `signer` the public key that the
    change is signed with ("" where it is not), `former` are keys that the member had once.
    """
    old = members.get(handle)
    had = bare_keys(old.keys) if old else frozenset()
    has = bare_keys(new.keys) if new else frozenset()
    taken_away, added = had - has, has - had
    if old is None or not (taken_away or added):
        return ""
    admitting = keys_of_those_who_admit(members, rules)
    if added and had:
        if signer in had:
            return ""
        return f"A key of {handle} was added without the signature of the one they had."
    if added and former and admitting and signer not in admitting:
        return (
            f"{handle}, whose key was withdrawn, was given another without a steward’s signature."
        )
    if taken_away and admitting and signer not in had | admitting:
        return f"A key of {handle} was withdrawn without their signature or a steward’s."
    return ""


def keys_of_those_who_admit(members: Mapping[str, Member], rules: Rules) -> frozenset[str]:
    """Returns the keys in force of every member who may admit others."""
    return frozenset().union(
        *(
            bare_keys(member.keys)
            for member in members.values()
            if why_not(rules, member, member.handle, "admit") is None
        )
    )


def hangs_on_one(
    roll: Roll,
    rules: Rules,
    second: str = "Name a second one: `manifesto-tui roll steward HANDLE`.",
) -> str:
    """Says what would be lost with the only steward or with their only key, "" where nothing.

    `second` says how one names another steward where this is read.
    Nothing in the record can mend that afterwards: whoever could is the one who is gone.
    """
    stewards = [member for member in roll.active if member.is_steward]
    if rules.admit == "member" or len(stewards) != 1:
        return ""
    one = stewards[0]
    alone = f"{one.handle} is the only steward: without them nobody can be admitted."
    if len(one.keys) != 1:
        return f"{alone} {second}"
    return (
        f"{alone} They have one key, and if it is lost nobody can give them another. {second} "
        "Until then keep a second key elsewhere: `manifesto-tui roll key --file PUBKEY`."
    )
