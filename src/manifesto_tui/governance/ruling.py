"""Changes the rules: by ballot, and directly where the rules have it so.

A change of the rules can be proposed like any other amendment; it holds the new rules whole. Its
ballot is on it alone, pins the rules in force and carries by them. Deciding puts the new rules in
force in the same commit, for the ballots that open after it; those that are open keep theirs.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.rules import Rules, describe, rules_digest
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.prose import Text


def difference(old: Rules, new: Rules) -> tuple[tuple[str, str], ...]:
    """Returns the sentences in which two rules differ: "-" those that go, "+" those that come."""
    before, after = describe(old), describe(new)
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if what != "equal":
            found += [("-", sentence) for sentence in before[a:b]]
            found += [("+", sentence) for sentence in after[c:d]]
    return tuple(found)


def by_ballot_alone(assembly: Assembly) -> bool:
    """Says whether the rules change by ballot alone: entrenched, and the text in force."""
    return is_bound(assembly.rules) and assembly.manifesto.state == "in-force"


def is_bound(rules: Rules) -> bool:
    """Says whether these rules bind themselves."""
    return rules.entrenched is not None and rules.entrenched.rules


def refuse_direct(assembly: Assembly, handle: str, new: Rules) -> None:
    """Raises Refused where a member may not change the rules directly; BadInput for no change."""
    refuse(assembly, handle, "change the rules")
    if by_ballot_alone(assembly):
        raise Refused(
            "rules-entrenched",
            "The rules are entrenched, and change by ballot alone.",
            "Propose the change: manifesto-tui propose --rules FILE --title T -m REASON.",
            "manifesto/rules.yaml",
        )
    refuse_wrong(assembly.rules, assembly.text, new)


def refuse_wrong(old: Rules, text: Text, new: Rules) -> None:
    """Raises BadInput where rules change nothing, or entrench a clause that there is not."""
    if rules_digest(old) == rules_digest(new):
        raise BadInput("nothing-changed", "These are the rules in force.", "Change some of them.")
    for anchor in new.entrenched.clauses if new.entrenched else ():
        if anchor not in text.by_anchor:
            raise BadInput(
                "entrenched-unknown",
                f"These rules entrench clause {anchor}, which the text does not have.",
                "`manifesto-tui show --anchors` lists them all.",
                "manifesto/rules.yaml",
            )


def refuse_ballot(assembly: Assembly, amendments: Iterable[Amendment]) -> None:
    """Raises what stands against a ballot on new rules; returns where it is on something else."""
    several = list(amendments)
    ruling = [amendment for amendment in several if amendment.rules]
    if not ruling:
        return
    if len(several) > 1:
        raise BadInput(
            "rules-alone", "A change of the rules has a ballot of its own.", "Name it alone."
        )
    new = ruling[0].rules
    assert new is not None, "it is a change of the rules"
    refuse_wrong(assembly.rules, assembly.text, new)
    for other in undecided(assembly):
        if other.id == ruling[0].id or other.amendment is None or other.amendment.rules is None:
            continue
        if assembly.ballot_for(other):
            raise Refused(
                "collides",
                f"{other.id}, another change of the rules, is at the ballot.",
                "Wait until it is decided.",
                ruling[0].id,
            )


def refuse_enacting(ballot: Ballot, pinned: Rules, in_force: Rules, decided: datetime) -> None:
    """Raises Refused where new rules that carried cannot come into force, now or any more.

    Codes: `rules-moved`, `rules-not-yet`.
    """
    if rules_digest(in_force) != ballot.rules:
        raise Refused(
            "rules-moved",
            f"{ballot.id} carried, but the rules have changed since its ballot opened.",
            "Propose it again on the rules as they are now.",
            ballot.id,
        )
    due = moment(ballot.closes) + timedelta(days=pinned.change_days)
    if decided < due:
        raise Refused(
            "rules-not-yet",
            f"{ballot.id} carried, and comes into force on {in_words(due)} or later.",
            "Decide it then; it takes effect for ballots opened after that.",
            ballot.id,
        )


def rules_adopted(amendments: Mapping[str, Amendment], adopted: str) -> Rules | None:
    """Returns the rules that a decision puts in force, None where it puts none."""
    found = amendments.get(adopted)
    return found.rules if found else None
