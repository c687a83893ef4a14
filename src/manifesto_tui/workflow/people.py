"""Keeps the roll: lists members, admits them, makes them stewards, retires them."""

from dataclasses import replace

from manifesto_tui.governance.paths import NAME
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Member
from manifesto_tui.record import identity, layout
from manifesto_tui.workflow import keyholding
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again
from manifesto_tui.workflow.ways import By, Told
from manifesto_tui.workflow.wording import one_line, refuse_hidden


def members(desk: Desk) -> tuple[Member, ...]:
    """Returns all members in the order of their handles, the retired among them."""
    return tuple(sorted(desk.assembly.roll.members, key=lambda m: m.handle))


def act_as(desk: Desk, handle: str) -> None:
    """Lets this clone know which member is at the keyboard; nothing is recorded.

    Raises BadInput "member-unknown" for somebody who is not on the roll, or has retired.
    """
    if desk.listed(handle).retired:
        raise BadInput(
            "member-unknown",
            f"{handle} has retired from the roll.",
            "`manifesto-tui roll list` shows who is on it.",
        )
    identity.remember(desk.repo, handle)


@again
def admit(
    desk: Desk,
    handle: str,
    name: str,
    constituency: str = "",
    steward: bool = False,
    addresses: tuple[str, ...] = (),
    key: str = "",
) -> Recorded:
    """Puts someone on the roll, or back on it; Refused where the member may not admit.

    `key` is their public key, a line as in a `.pub` file. One of somebody who had a key before
    is added by themselves, or by a steward once theirs was withdrawn: Refused "has-a-key".
    """
    me = desk.me()
    check_handle(handle)
    name, constituency = one_line(name), one_line(constituency)
    if not name:
        raise BadInput("name-missing", "A member needs a name.", "Give one with --name.")
    for words, what in ((name, "The name"), (constituency, "The constituency")):
        refuse_hidden(words, what)
    refuse(desk.assembly, me.handle, "admit")
    known = desk.assembly.roll.by_handle.get(handle)
    if known and not known.retired:
        raise Refused(
            "on-the-roll",
            f"{handle} is on the roll already, as {known.name}.",
            f"`manifesto-tui roll steward {handle}` makes them a steward."
            if steward
            else "Choose another handle for another person.",
            layout.member_path(handle),
        )
    keys = known.keys if known else ()
    if key and keys:
        raise Refused(
            "has-a-key",
            f"{handle} comes back with the key that they had.",
            f"Admit them without one; `manifesto-tui roll key --of {handle}` changes it.",
            layout.member_path(handle),
        )
    if key:
        keys = (keyholding.free_key(desk, key, handle),)
    member = Member(handle, name, constituency, addresses, keys, ("steward",) if steward else ())
    role = " as a steward" if steward else ""
    undo = (By("roll retire", handle), " takes them off again.")
    return _written(desk, member, f"Admit {handle}{role}", undo)


@again
def appoint(desk: Desk, handle: str) -> Recorded:
    """Makes a member a steward; Refused where whoever acts here may not admit members."""
    known = desk.listed(handle)
    refuse(desk.assembly, desk.me().handle, "admit")
    if known.retired:
        raise Refused(
            "retired",
            f"{handle} has retired from the roll.",
            f"`manifesto-tui roll admit {handle} --name … --role steward` puts them back.",
        )
    if known.is_steward:
        raise Refused("is-a-steward", f"{handle} is a steward already.", "There is nothing to do.")
    steward = replace(known, roles=(*known.roles, "steward"))
    undo = (By("roll steward", f"{handle} --end"), ".")
    return _written(desk, steward, f"Make {handle} a steward", undo)


@again
def relieve(desk: Desk, handle: str) -> Recorded:
    """Makes a steward an ordinary member again; Refused where they are the only one."""
    known = _leaving(desk, handle)
    if not known.is_steward:
        raise Refused("not-a-steward", f"{handle} is no steward.", "There is nothing to do.")
    _refuse_last(desk, known)
    member = replace(known, roles=tuple(role for role in known.roles if role != "steward"))
    undo = (By("roll steward", handle), ", by another steward.")
    return _written(desk, member, f"End the stewardship of {handle}", undo)


@again
def retire(desk: Desk, handle: str) -> Recorded:
    """Takes a member off the active roll; they stay on it for history."""
    known = _leaving(desk, handle)
    if known.retired:
        raise Refused("retired", f"{handle} has retired already.", "There is nothing to do.")
    _refuse_last(desk, known)
    undo = (By("roll admit", f"{handle} --name …"), " puts them back.")
    return _written(desk, replace(known, retired=True), f"Retire {handle}", undo)


def _leaving(desk: Desk, handle: str) -> Member:
    """Returns who is to give something up: oneself, or another where one may admit members."""
    known, me = desk.listed(handle), desk.me()
    if handle != me.handle:
        refuse(desk.assembly, me.handle, "admit")
    return known


def _written(desk: Desk, member: Member, message: str, undo: Told) -> Recorded:
    path = layout.member_path(member.handle)
    return desk.record({path: desk.over(path, member)}, message, undo)


def _refuse_last(desk: Desk, leaving: Member) -> None:
    others = (m for m in desk.assembly.roll.active if m.handle != leaving.handle)
    if leaving.is_steward and not any(m.is_steward for m in others):
        raise Refused(
            "last-steward",
            f"{leaving.handle} is the only steward: without one nobody could admit members.",
            "Name another first: `manifesto-tui roll steward HANDLE`.",
        )


def check_handle(handle: str) -> str:
    """Returns the handle where it is one; BadInput "handle" else."""
    if not NAME.fullmatch(handle):
        raise BadInput(
            "handle",
            f"“{handle}” cannot be a handle.",
            "Use small letters, digits and hyphens, a letter or digit first, at most 64.",
        )
    return handle
