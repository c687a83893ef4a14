"""Keeps the roll: who the members are, and for whom each of them counts.

A member is a handle. Names and addresses are what a member says of themselves; the handle is
what votes.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Member:
    """One member, as in `manifesto/roll/<handle>.yaml`.

    `constituency` is "" where the manifesto counts none. `retired` members stay on the roll
    for history and may do nothing.
    """

    handle: str
    name: str
    constituency: str = ""
    addresses: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    retired: bool = False

    @property
    def is_steward(self) -> bool:
        """Whether the member admits members, opens ballots and changes rules."""
        return "steward" in self.roles and not self.retired

    @property
    def standing(self) -> tuple[str, tuple[str, ...], bool]:
        """For whom the member counts and what they may do, which no one changes for themselves."""
        return self.constituency, self.roles, self.retired


@dataclass(frozen=True)
class Roll:
    """All members, by handle."""

    members: tuple[Member, ...] = ()

    @cached_property
    def by_handle(self) -> dict[str, Member]:
        """Members by handle, the retired among them."""
        return {member.handle: member for member in self.members}

    @property
    def active(self) -> tuple[Member, ...]:
        """Members who may act, in the order of their handles."""
        return tuple(sorted((m for m in self.members if not m.retired), key=lambda m: m.handle))

    @property
    def constituencies(self) -> dict[str, int]:
        """How many active members each constituency has, in alphabetical order."""
        counts: dict[str, int] = {}
        for member in self.active:
            if member.constituency:
                counts[member.constituency] = counts.get(member.constituency, 0) + 1
        return dict(sorted(counts.items()))

    def by_address(self, address: str) -> Member | None:
        """Returns the one active member with this address, or None where none or several have."""
        found = [m for m in self.active if address.casefold() in map(str.casefold, m.addresses)]
        return found[0] if len(found) == 1 else None

    @property
    def electorate(self) -> dict[str, int]:
        """How many members may vote, by constituency, "" for those in none."""
        counts = self.constituencies
        without = sum(not member.constituency for member in self.active)
        return {"": without, **counts} if without else counts

    @cached_property
    def digest(self) -> str:
        """Names the electorate: "sha256:…" over one line a member who may vote.

        A line is the handle, a tab and the constituency; lines stand in the order of handles.
        Names, addresses and keys are left out: someone who moves house still has their vote.
        """
        lines = "".join(f"{m.handle}\t{m.constituency}\n" for m in self.active)
        return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
