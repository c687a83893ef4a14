"""Remembers what was taken from members, so that no merge gives it back unseen, or loses it.

Of two branches one withdraws a key, and a merge of both keeps the member's file of the other. No
line of it is new there, so no act is judged, and yet the key is back. So a state carries what was
taken away (a key, a role, a constituency, the place on the roll) with the commit that did so,
until an act gives it again that came after. What a side had and a merge has not must be among it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from manifesto_tui.governance.replay.paths import ROLL
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signature import bare

Taken = tuple[str, str, str]
"""From whom something was taken, what, and the commit that took it."""
Members = Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """What was taken and not given again, and what is settled, since an act gave it again."""

    taken: frozenset[Taken] = frozenset()
    settled: frozenset[Taken] = frozenset()

    def united(self, others: Iterable["Withdrawals"]) -> "Withdrawals":
        """Returns what is known of a merge's sides together."""
        sides = (self, *others)
        settled = frozenset[Taken]().union(*(side.settled for side in sides))
        taken = frozenset[Taken]().union(*(side.taken for side in sides))
        return Withdrawals(taken - settled, settled)

    def after(
        self, commit: str, before: Members, after: Members, handles: Iterable[str]
    ) -> "Withdrawals":
        """Returns what is known after a commit that changed some members itself."""
        taken, given = set(self.taken), set[tuple[str, str]]()
        for handle in handles:
            had, has = _held(before.get(handle)), _held(after.get(handle))
            given |= {(handle, what) for what in has - had}
            # A file that is gone, or cannot be read, takes nothing: that is found by itself.
            taken |= {(handle, what, commit) for what in had - has if has}
        return Withdrawals(frozenset(taken), self.settled)._settling(
            entry for entry in taken if entry[:2] in given
        )

    def judged(
        self, commit: str, members: Members, lost: Iterable[Member]
    ) -> tuple["Withdrawals", list[Finding]]:
        """Says what members hold that was taken from them; it is said once.

        `lost` are members as a side of a merge had them that are otherwise after it: what is
        missing of theirs has to have been taken.
        """
        back = sorted(entry for entry in self.taken if entry[1] in _held(members.get(entry[0])))
        told = {handle: _back(what, taker) for handle, what, taker in back}
        known = {entry[:2] for entry in self.taken}
        for member in lost:
            handle = member.handle
            for what in sorted(_held(member) - _held(members.get(handle))):
                if (handle, what) not in known:
                    told.setdefault(handle, f"{what} is gone, and no act took it away")
        found = [
            finding("roll-undone", commit, f"{ROLL}/{handle}.yaml", f"Of {handle}, {said}.")
            for handle, said in sorted(told.items())
        ]
        return self._settling(back), found

    def _settling(self, entries: Iterable[Taken]) -> "Withdrawals":
        settled = frozenset(entries)
        return Withdrawals(self.taken - settled, self.settled | settled) if settled else self


def _held(member: Member | None) -> frozenset[str]:
    """Returns what a member holds that can be taken from them, as it is told."""
    if member is None:
        return frozenset()
    held = {f"the key {bare(key)}" for key in member.keys}
    held |= {f"the role of {role}" for role in member.roles}
    if member.constituency:
        held.add(f"the constituency “{member.constituency}”")
    held.add("the retirement" if member.retired else "the place on the roll")
    return frozenset(held)


def _back(what: str, taker: str) -> str:
    return f"{what} is back, which {taker[:12]} took away, and no act gave it again"
