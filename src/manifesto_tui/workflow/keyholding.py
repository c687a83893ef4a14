"""Keeps members' keys on the roll: gives, adds, withdraws.

What is recorded here is signed with a key that the roll held before, so that whoever replays the
history sees that the change was the member's own, or a steward's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from manifesto_tui.governance.keyring import wrong_change
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signature import bare, bare_keys
from manifesto_tui.record import keys, layout
from manifesto_tui.record.publickeys import fingerprint
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again
from manifesto_tui.workflow.ways import By


@dataclass(frozen=True, slots=True)
class RollKey:
    """One key of a member: its line on the roll, its fingerprint, whether it signs here."""

    line: str
    fingerprint: str
    here: bool


def keys_of(desk: Desk, handle: str = "") -> tuple[RollKey, ...]:
    """Returns the keys in force of a member, of oneself where none is named."""
    member = desk.listed(handle) if handle else desk.me()
    signing = keys.held(desk.repo, member.handle, bare_keys(member.keys)) if member.keys else None
    return tuple(
        RollKey(line, fingerprint(line), signing is not None and signing.public == bare(line))
        for line in member.keys
    )


def make_key(desk: Desk) -> keys.HeldKey:
    """Makes a key in this clone, which signs nothing until the roll has it."""
    return keys.make(desk.repo, desk.me().handle)


def key_file(path: Path) -> str:
    """Returns the public key in a file; BadInput where there is none."""
    return keys.read_public(path)


def change_keys(
    desk: Desk,
    add: str = "",
    withdraw: Iterable[str] = (),
    lost: bool = False,
    handle: str = "",
) -> Recorded:
    """Adds a public key to a member's, withdraws some or all, as one commit.

    `add` is a line as in a `.pub` file; `withdraw` names keys by line or by how their
    fingerprint begins; `lost` withdraws them all. Members change their own keys; whoever admits
    members gives the first one and withdraws any. Raises Refused where the change would not be
    proved: "key-not-yours", "key-known" or "no-key".
    """
    return _change(desk, add, tuple(withdraw), lost, handle)


def free_key(desk: Desk, key: str, handle: str) -> str:
    """Returns a public key without its comment; Refused "key-known" where a member has it."""
    line = keys.parse_public(key)
    owner = _owner(desk, line)
    if owner:
        whose = "already" if owner == handle else f"already, as {owner}’s"
        raise Refused(
            "key-known",
            f"This key is on the roll {whose}.",
            "Every member needs a key of their own.",
        )
    return line


@again
def _change(desk: Desk, add: str, withdraw: tuple[str, ...], lost: bool, handle: str) -> Recorded:
    me = desk.me()
    member = desk.listed(handle) if handle else me
    if member.handle != me.handle:
        refuse(desk.assembly, me.handle, "admit")
    going = set(member.keys) if lost else {_named(member, name) for name in withdraw}
    add = free_key(desk, add, member.handle) if add else ""
    if not add and not going:
        raise BadInput(
            "usage",
            f"{member.handle} has no key to withdraw." if lost else "There is nothing to change.",
            "Say --new, --file KEY.pub, --withdraw KEY or --lost.",
        )
    left = tuple(line for line in member.keys if line not in going)
    new = replace(member, keys=(*left, add) if add else left)
    _refuse_unproved(desk, new, add)
    path = layout.member_path(member.handle)
    return desk.record(
        {path: desk.over(path, new)},
        _message(member, add, len(going)),
        undo=(
            *(By("roll key", "--withdraw KEY"), " takes back what was added, "),
            *(By("roll key", "--file PUBKEY"), " what was withdrawn."),
        ),
    )


def _refuse_unproved(desk: Desk, new: Member, add: str) -> None:
    """Raises where a replay of the history would find fault with the change."""
    assembly = desk.assembly
    signing = desk.key()
    if add and assembly.rules.signatures == "required" and not signing:
        raise Refused(
            "no-key",
            "The rules require signatures, so a steward has to put your first key on the roll.",
            f"Send them this line: {add}. They save it as FILE and run "
            f"`manifesto-tui roll key --of {new.handle} --file FILE`.",
        )
    signer = signing.public if signing else ""
    once = keys.former(desk.repo, new.handle, assembly.commit) if add else frozenset()
    wrong = wrong_change(assembly.roll.by_handle, assembly.rules, new.handle, new, signer, once)
    if wrong:
        raise Refused(
            "key-not-yours",
            wrong,
            "Work where their key is. If it is lost, a steward withdraws it with "
            f"`manifesto-tui roll key --of {new.handle} --lost`, then gives a new one with --file.",
            layout.member_path(new.handle),
        )


def _owner(desk: Desk, key: str) -> str:
    members = desk.assembly.roll.members
    return next((m.handle for m in members if key and key in bare_keys(m.keys)), "")


def _named(member: Member, name: str) -> str:
    """Returns the one key that a line or the beginning of a fingerprint names; BadInput else."""
    wanted = name.removeprefix("SHA256:")
    found = [
        line
        for line in member.keys
        if bare(line) == bare(name)
        or (len(wanted) >= 4 and fingerprint(line).removeprefix("SHA256:").startswith(wanted))
    ]
    if len(found) == 1:
        return found[0]
    raise BadInput(
        "key-unknown",
        f"{member.handle} has no such key on the roll, or several that begin so.",
        "Name one by how its fingerprint begins. There are: "
        f"{', '.join(map(fingerprint, member.keys)) or 'none'}.",
    )


def _message(member: Member, add: str, going: int) -> str:
    did = ["add a key"] if add else []
    did += [f"withdraw {'a key' if going == 1 else f'{going} keys'}"] if going else []
    named = f"\n\nAdded: {fingerprint(add)}." if add else ""
    return f"{' and '.join(did).capitalize()} of {member.handle}{named}"
