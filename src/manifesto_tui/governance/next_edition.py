"""Works out what the next edition of the text would be, before anyone makes it.

planned = plan(assembly, then)       # `then` is the text of the latest edition
planned.number, planned.why          # "1.1.0", "clauses were changed"
"""

from dataclasses import dataclass

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.edition import (
    FIRST,
    Edition,
    comprised,
    kinds_of,
    latest,
    level_of,
    raised,
    why,
)
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.signatory import Stale, stale, standing
from manifesto_tui.prose import ClauseChange, Text, compare_texts


@dataclass(frozen=True, slots=True)
class Adopted:
    """An amendment that was adopted, and the folder that holds the decision on it."""

    held: Proposal
    amendment: Amendment


@dataclass(frozen=True, slots=True)
class Planned:
    """The next edition: its number and why it is that one, what it comprises and changes.

    `before` is the edition that it follows, None for the first. `stale` are the names that stand
    under words which this edition would change.
    """

    number: str
    why: str
    before: Edition | None
    adopted: tuple[Adopted, ...]
    changes: tuple[ClauseChange, ...]
    text: str
    stale: tuple[Stale, ...] = ()

    def made(self, at: str, steward: str) -> Edition:
        """Returns the edition, made by a steward at this time."""
        ids = tuple(each.amendment.id for each in self.adopted)
        return Edition(self.number, self.text, at, steward, ids)


def plan(assembly: Assembly, then: Text | None) -> Planned:
    """Returns the next edition; `then` is the text of the latest, None where there is none.

    Raises Refused "drafting" where the text is not in force, "nothing-changed" where it still
    reads as the latest edition.
    """
    if assembly.manifesto.state != "in-force":
        raise Refused(
            "drafting",
            "The text is still a draft, and only a text in force has editions.",
            "`manifesto-tui ratify` puts it in force, as edition 1.0.0.",
        )
    return plan_in_force(assembly, then)


def plan_in_force(assembly: Assembly, then: Text | None) -> Planned:
    """Returns the next edition of a text that is in force, or is just being put in force."""
    digest, last = text_digest(assembly.text), latest(assembly.editions)
    adopted = adopted_since(assembly)
    if last is None or then is None:
        return Planned(FIRST, "it is the first", None, adopted, (), digest)
    if last.text == digest:
        raise Refused(
            "nothing-changed",
            f"The text reads as edition {last.number} does.",
            "An edition is made when decisions have changed the text.",
        )
    changes = compare_texts(then, assembly.text)
    level = level_of(changes, kinds_of(each.amendment for each in adopted))
    number = raised(last.number, level)
    coming = Edition(number, digest, "", "", tuple(each.amendment.id for each in adopted))
    names = stale(standing(assembly.signatories), (*assembly.editions, coming))
    return Planned(number, why(level), last, adopted, changes, digest, names)


def adopted_since(assembly: Assembly) -> tuple[Adopted, ...]:
    """Returns the amendments that were adopted and that no edition comprises yet, in order."""
    known = comprised(assembly.editions)
    found = [
        Adopted(held, amendment)
        for held in assembly.proposals
        if held.decision and held.decision.adopted not in known
        if (amendment := adopted_by(assembly, held))
    ]
    return tuple(sorted(found, key=lambda each: (_decided(each.held), each.held.folder)))


def adopted_by(assembly: Assembly, held: Proposal) -> Amendment | None:
    """Returns the revision that the decision in a folder adopted, None where it adopted none."""
    adopted = held.decision.adopted if held.decision else ""
    proposal = held if held.id == adopted else assembly.by_id.get(adopted)
    options = held.ballot.options if held.ballot else ()
    wanted = next((o.revision for o in options if o.amendment == adopted), 0)
    revisions = proposal.revisions if proposal else ()
    return next((r for r in revisions if r.revision == wanted), None)


def _decided(held: Proposal) -> str:
    return held.decision.decided if held.decision else ""
