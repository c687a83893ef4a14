"""Asks what if: the text with any amendments in any order, and what each of them brings to it.

Nothing is written. An amendment that no longer fits after those before it is left out and says
why; one that shares a sentence with another goes in, and its proposer would have to confirm it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.budget import Spending, spending
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.prose import Clause, Contribution, Text, contributions
from manifesto_tui.publish.redline import Passage, redline
from manifesto_tui.workflow.comparing import Comparison, compared
from manifesto_tui.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Part:
    """One amendment of the set: its number in the order of adoption, from 1, and how it fits.

    `why` says in a sentence what there is to know of a part that is not clean.
    """

    number: int
    id: str
    title: str
    proposer: str
    fits: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """One passage of the redline, its words by whose they are, and the numbers of all in it.

    `words` name the number of the part that brought or took them in `by`, 0 for none.
    """

    passage: Passage
    words: tuple[Contribution, ...]
    by: tuple[int, ...]


@dataclass(frozen=True)
class WhatIf:
    """The text as it would read, passage by passage, and what it would spend of the budget."""

    parts: tuple[Part, ...]
    comparison: Comparison
    passages: tuple[Marked, ...]
    spending: Spending

    @property
    def all_fit(self) -> bool:
        """Whether every amendment of the set could be adopted in this order."""
        return all(part.fits for part in self.parts)


def what_if(desk: Desk, prefixes: Sequence[str]) -> WhatIf:
    """Returns the text as it would read with these amendments, adopted in this order.

    Raises BadInput for an unknown id, one that stands twice, and a ballot between rivals.
    """
    amendments = _amendments(desk, prefixes)
    texts = [desk.assembly.text]
    parts = []
    for number, amendment in enumerate(amendments, start=1):
        found = standing(texts[-1], amendment.changes)
        after = found.text if found.state != "moot" and found.reads_as_wanted else None
        why = "" if found.state == "clean" and after else _why(found.state, found.why)
        told = amendment.id, amendment.title, amendment.proposer
        parts.append(Part(number, *told, fits=after is not None, why=why))
        texts.append(after or texts[-1])
    name = ", ".join(part.id for part in parts if part.fits) or "nothing"
    step = compared("the text", f"with {name}", texts[0], texts[-1])
    marker = _Marker(amendments, parts, texts)
    return WhatIf(
        tuple(parts),
        step,
        tuple(map(marker.marked, redline(texts[0], texts[-1], step.changes))),
        spending(desk.assembly.manifesto.budget, texts[0], texts[-1]),
    )


def all_in(found: WhatIf) -> WhatIf:
    """Returns a what-if in which all fit; Refused "text-conflict" with the first that does not."""
    for part in found.parts:
        if not part.fits:
            raise Refused(
                "text-conflict",
                f"{part.id} does not fit after those before it: {part.why}",
                "Another order, or a smaller set, may fit.",
            )
    return found


def _amendments(desk: Desk, prefixes: Sequence[str]) -> list[Amendment]:
    found: dict[str, Amendment] = {}
    for prefix in prefixes:
        proposal = desk.find(prefix)
        amendment = proposal.proposed()
        if proposal.id in found:
            raise BadInput("named-twice", f"{proposal.id} is named twice.", "Name it once.")
        found[proposal.id] = amendment
    return list(found.values())


def _why(state: str, why: str) -> str:
    if state == "touched":
        return f"{why} Its proposer would have to confirm it."
    return why or "In Markdown its clauses cannot stand where they are put."


class _Marker:
    """Finds out whose the words of a passage are, from the texts after each step."""

    def __init__(
        self, amendments: Sequence[Amendment], parts: Sequence[Part], texts: Sequence[Text]
    ) -> None:
        self._texts = texts
        self._touching: dict[str, list[int]] = {}
        self._moving: dict[str, list[int]] = {}
        for amendment, part in zip(amendments, parts, strict=True):
            for change in amendment.changes if part.fits else ():
                self._touching.setdefault(change.target, []).append(part.number)
                if change.verb == "move":
                    self._moving.setdefault(change.target, []).append(part.number)

    def marked(self, passage: Passage) -> Marked:
        """Returns a passage with its words by whose they are."""
        change = passage.change
        if change is None:
            return Marked(
                passage, tuple(Contribution(op, text, 0) for op, text in passage.spans), ()
            )
        anchors = self._anchors(*change.old, *change.new)
        by = sorted({number for anchor in anchors for number in self._touching.get(anchor, ())})
        if passage.kind in ("moved", "moved-away"):
            movers = [n for anchor in anchors for n in self._moving.get(anchor, ())] or by or [0]
            words = tuple(Contribution(op, text, movers[-1]) for op, text in passage.spans)
            return Marked(passage, words, tuple(by))
        steps = ["\n\n".join(self._words(text, anchors)) for text in self._texts]
        found = contributions(steps)
        return Marked(passage, tuple(replace(c, by=c.by + 1) for c in found), tuple(by))

    def _anchors(self, *clauses: Clause) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause.anchor for clause in clauses if clause.anchor))

    def _words(self, text: Text, anchors: Sequence[str]) -> list[str]:
        return [text.by_anchor[a][1].text for a in anchors if a in text.by_anchor]
