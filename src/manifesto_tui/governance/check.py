"""Finds every problem that an assembly has, in its text and in its record.

What cannot be read is an error that `record` has found already; here comes what can be read and
is wrong all the same. Proposals that are decided or withdrawn are history, and left alone.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.lifecycle import decision_on
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.proofreading import proofread
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.prose import find_hidden


def check(assembly: Assembly, missing: Collection[str] = ()) -> tuple[Problem, ...]:
    """Returns every problem, errors and advice alike, in the order of their places.

    `missing` are the files to which the text links and that are not there.
    """
    found = [
        *assembly.problems,
        *proofread(assembly, missing),
        *_roll(assembly),
        *_entrenched(assembly),
        *_reused(assembly),
        *(p for proposal in undecided(assembly) for p in _proposal(assembly, proposal)),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.place, problem.code)))


def amendment_problems(assembly: Assembly, amendment: Amendment, path: str) -> Iterator[Problem]:
    """Yields what is wrong with an amendment in itself, filed or not yet.

    Whoever files one refuses it where any of these is an error.
    """
    place = Place(path)
    if not amendment.changes and not amendment.rules:
        yield Problem(place, "no-changes", "This amendment changes nothing.")
    targets = Counter(change.target for change in amendment.changes)
    for target, times in targets.items():
        if times > 1:
            yield Problem(place, "change-twice", f"This amendment changes {target} more than once.")
    for change in amendment.changes:
        yield from _change(place, change)
    for key in amendment.sources:
        if key not in assembly.sources:
            yield Problem(
                place,
                "source-unknown",
                f"The sources hold no “{key}”.",
                "Add it to manifesto/sources.yaml, or correct the key.",
                "warning",
            )
    for rival in amendment.rivals:
        if rival not in assembly.by_id:
            yield Problem(place, "rival-unknown", f"No amendment is called {rival}.")


def _change(place: Place, change: Change) -> Iterator[Problem]:
    for name, words in (("new", change.now), ("old", change.was)):
        for hidden in find_hidden(words or "")[:1]:
            yield Problem(
                place,
                "hidden-character",
                f"The {name} words of {change.target} hold a character that nobody sees "
                f"({hidden.name}).",
                "Delete it: people vote on what they see.",
            )
    if not change.target:
        yield Problem(place, "change-incomplete", "A change names no clause.")
    elif change.verb == "insert" and change.now is None:
        yield Problem(place, "change-incomplete", f"The insertion of {change.id} has no words.")
    elif change.verb != "insert" and change.was is None:
        yield Problem(
            place, "change-incomplete", f"The change of {change.clause} says nothing of its words."
        )


def _proposal(assembly: Assembly, proposal: Proposal) -> Iterator[Problem]:
    amendment = proposal.amendment
    if amendment is None:
        return
    name = "amendment" if amendment.revision == 1 else f"revision-{amendment.revision}"
    path = f"{proposal.folder}/{name}.yaml"
    yield from amendment_problems(assembly, amendment, path)
    found = standing(assembly.text, amendment.changes)
    if found.state in ("touched", "conflict", "moot"):
        yield Problem(
            Place(path),
            "needs-revision",
            f"{quoted(amendment.title)} no longer fits the text. {found.why}",
            "Its proposer can file a revision, or withdraw it.",
            "note",
        )


def _roll(assembly: Assembly) -> Iterator[Problem]:
    if not assembly.roll.active:
        yield Problem(
            Place("manifesto/roll"),
            "roll-empty",
            "There is nobody on the roll, so nobody may propose or vote.",
            "manifesto-tui roll admit admits a member.",
        )
    elif not any(member.is_steward for member in assembly.roll.active):
        yield Problem(
            Place("manifesto/roll"),
            "no-steward",
            "No member is a steward, so nobody may open a ballot or admit members.",
            "Give one of them the role “steward”.",
            "warning",
        )
    owners: dict[str, str] = {}
    for member in assembly.roll.active:
        for role in member.roles:
            if role != "steward":
                yield Problem(
                    Place(f"manifesto/roll/{member.handle}.yaml"),
                    "role-unknown",
                    f"There is no role “{role}”, so it allows nothing.",
                    "The one there is reads “steward”.",
                    "warning",
                )
        for address in member.addresses:
            owner = owners.setdefault(address.casefold(), member.handle)
            if owner != member.handle:
                yield Problem(
                    Place(f"manifesto/roll/{member.handle}.yaml"),
                    "address-twice",
                    f"The address {address} is {owner}’s too, so it tells nobody apart.",
                    "Leave it with one of them.",
                    "warning",
                )


def _reused(assembly: Assembly) -> Iterator[Problem]:
    """Yields the anchors in the text that a decision has deleted with their clause."""
    for proposal in assembly.proposals:
        amendment = proposal.amendment
        decision = decision_on(assembly, proposal)
        if not (amendment and decision and decision.adopted == amendment.id):
            continue
        for change in amendment.changes:
            there = assembly.text.by_anchor.get(change.clause)
            if change.verb == "delete" and there:
                yield Problem(
                    Place(there[0], there[1].line),
                    "anchor-reused",
                    f"The anchor {change.clause} named a clause that {amendment.id} deleted.",
                    "Give this clause an anchor of its own: links to the old one would mislead.",
                )


def _entrenched(assembly: Assembly) -> Iterator[Problem]:
    """Yields what the rules entrench and the text does not have, and rules that undo the rest."""
    entrenched = assembly.rules.entrenched
    if entrenched is None:
        return
    place = Place("manifesto/rules.yaml")
    for anchor in entrenched.clauses:
        if anchor not in assembly.text.by_anchor:
            said = f"The rules entrench clause {anchor}, which the text does not have."
            hint = "`manifesto-tui show --anchors` lists them all."
            yield Problem(place, "entrenched-unknown", said, hint, "warning")
    ordinary, more = assembly.rules.threshold, entrenched.threshold
    if ordinary.of == more.of and (more.share, more.number or 0, more.strict) < (
        ordinary.share,
        ordinary.number or 0,
        ordinary.strict,
    ):
        said = f"What is entrenched takes less than the rest: {more} is below {ordinary}."
        yield Problem(place, "entrenched-below", said, "Ask for more than `threshold` does.")
