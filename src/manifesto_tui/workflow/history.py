"""Tells what happened: decisions in time, and the life of one clause."""

from collections.abc import Iterator
from dataclasses import dataclass

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.record import history as log
from manifesto_tui.record import snapshot
from manifesto_tui.workflow.desk import Desk

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Wording:
    """How a clause read from one commit on; `words` is None where it was taken out.

    `author` and `when` are what the commit claims. `proposal` is what decided it, or None for an
    edit while drafting.
    """

    commit: str
    when: str
    author: str
    message: str
    words: str | None
    proposal: Proposal | None


def decisions(desk: Desk) -> tuple[tuple[Proposal, Decision], ...]:
    """Returns every decision with its proposal, the earliest first."""
    found = [(p, p.decision) for p in desk.assembly.proposals if p.decision]
    return tuple(sorted(found, key=lambda pair: (pair[1].decided, pair[0].folder)))


def life(desk: Desk, anchor: str) -> tuple[Wording, ...]:
    """Returns every wording that a clause has had, the earliest first.

    Raises BadInput "clause-unknown" where no text has ever had this anchor.
    """
    wordings: list[Wording] = []
    reads: str | None = None
    for wording in _wordings(desk, anchor.removeprefix("#")):
        if wording.words != reads:
            wordings.append(wording)
            reads = wording.words
    if not wordings:
        raise BadInput(
            "clause-unknown",
            f"No text here has ever had a clause {anchor}.",
            "`manifesto-tui show --anchors` names them all.",
        )
    return tuple(wordings)


def _wordings(desk: Desk, anchor: str) -> Iterator[Wording]:
    paths = desk.assembly.manifesto.text
    decided = {d.text_after: p for p, d in decisions(desk) if d.text_after != d.text_before}
    for entry in reversed(log.log(desk.repo, paths, _EVERY)):
        text = snapshot.read_text_at(desk.repo, entry.commit, paths)
        found = text.by_anchor.get(anchor)
        yield Wording(
            commit=entry.commit,
            when=entry.when,
            author=entry.author,
            message=entry.subject,
            words=found[1].text if found else None,
            proposal=decided.get(text_digest(text)),
        )
