"""Remembers what acts took away, so that no merge gives it back unseen, or loses what others gave.

Of two branches one withdraws a key, and a merge of both keeps the member's file of the other. No
line of it is new there, so no act is judged, and yet the key is back. So a state carries what was
taken away (from members a key, a role, a constituency, the place on the roll; from the rules and
the settings what each of their lines said) with the commit that did so, until an act gives it
again that came after. What a side had and a merge has not must be among it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO, ROLL, RULES
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules, lines_of
from manifesto_tui.governance.signature import bare

Taken = tuple[str, str, str]
"""From whom or what something was taken, what, and the commit that took it."""
Held = Callable[[str], frozenset[str]]
"""Returns what a member holds by their handle, or a file of the rules or settings by its path."""

_CALLED = {RULES: "the rules", MANIFESTO: "the settings"}


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

    def after(self, commit: str, before: Held, after: Held, names: Iterable[str]) -> "Withdrawals":
        """Returns what is known after a commit that changed itself what some hold."""
        taken, given = set(self.taken), set[tuple[str, str]]()
        for name in names:
            had, has = before(name), after(name)
            given |= {(name, what) for what in has - had}
            # A file that is gone, or cannot be read, takes nothing: that is found by itself.
            taken |= {(name, what, commit) for what in had - has if has}
        return Withdrawals(frozenset(taken), self.settled)._settling(
            entry for entry in taken if entry[:2] in given
        )

    def judged(
        self, commit: str, held: Held, lost: Iterable[tuple[str, frozenset[str]]]
    ) -> tuple["Withdrawals", list[Finding]]:
        """Says what is held that was taken away; it is said once.

        `lost` is what a side of a merge held, by whom, where that is otherwise after it: what is
        missing has to have been taken.
        """
        back = sorted(entry for entry in self.taken if entry[1] in held(entry[0]))
        told = {name: _back(what, taker) for name, what, taker in back}
        known = {entry[:2] for entry in self.taken}
        for name, had in lost:
            for what in sorted(had - held(name)):
                if (name, what) not in known:
                    told.setdefault(name, f"{what} is gone, and no act took it away")
        return self._settling(back), [_undone(commit, *one) for one in sorted(told.items())]

    def _settling(self, entries: Iterable[Taken]) -> "Withdrawals":
        settled = frozenset(entries)
        return Withdrawals(self.taken - settled, self.settled | settled) if settled else self


def held_by_member(member: Member | None) -> frozenset[str]:
    """Returns what a member holds that can be taken from them, as it is told."""
    if member is None:
        return frozenset()
    held = {f"the key {bare(key)}" for key in member.keys}
    held |= {f"the role of {role}" for role in member.roles}
    if member.constituency:
        held.add(f"the constituency “{member.constituency}”")
    held.add("the retirement" if member.retired else "the place on the roll")
    return frozenset(held)


def held_by_rules(rules: Rules) -> frozenset[str]:
    """Returns what the rules say, a line of them by itself, as it is told."""
    return frozenset(f"“{said}”" for said in lines_of(rules))


def held_by_settings(settings: Manifesto) -> frozenset[str]:
    """Returns what the settings say that stewards change, as it is told.

    Whether the text is in force is judged by itself.
    """
    said = {name: getattr(settings, name) for name in ("title", "language", "licence")}
    said |= {f.name: getattr(settings.budget, f.name) for f in fields(settings.budget)}
    held = {f"“{name}: {value}”" for name, value in said.items() if value is not None}
    return frozenset(held | {f"the file “{path}” of the text" for path in settings.text})


def _undone(commit: str, name: str, said: str) -> Finding:
    called = _CALLED.get(name)
    if called:
        return finding("rules-undone", commit, name, f"Of {called}, {said}.")
    return finding("roll-undone", commit, f"{ROLL}/{name}.yaml", f"Of {name}, {said}.")


def _back(what: str, taker: str) -> str:
    return f"{what} is back, which {taker[:12]} took away, and no act gave it again"
