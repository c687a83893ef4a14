"""Reads: the text, its problems, and the amendments as cards.

A card is what a list or a detail view shows of one proposal: its words by weight, whether it
still fits the text, how its count stands, what it collides with, and whether it waits for
your vote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.check import check as find_problems
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.collision import collisions as find_collisions
from manifesto_tui.governance.effect import Standing, standing
from manifesto_tui.governance.lifecycle import STAGES, Stage, stage
from manifesto_tui.governance.problem import BadInput, Problem
from manifesto_tui.governance.signature import Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.prose import ClauseChange, Text, by_weight, count_words
from manifesto_tui.record import snapshot
from manifesto_tui.workflow.counting import awaits, current_vote, signature_of, tally_of
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import changes_of


@dataclass(frozen=True)
class Card:
    """One proposal as a list shows it.

    `stage` follows from the files in its folder, `standing` tells whether its words still fit
    the text (None for a ballot between rivals). `tally` is None before a ballot is opened.
    `signature` is that of the latest revision, or of the ballot between rivals.
    `changes` and `words_delta` are worked out when first asked for.
    """

    id: str
    slug: str
    title: str
    proposer: str
    filed: str
    stage: Stage
    standing: Standing | None
    kind: str
    tally: Tally | None
    collisions: tuple[Collision, ...]
    rivals: tuple[str, ...]
    needs_my_vote: bool
    my_vote: Vote | None
    ballot: Ballot | None
    proposal: Proposal
    signature: Signature
    work_out: Callable[[], tuple[ClauseChange, ...]] = field(repr=False, compare=False)

    @cached_property
    def changes(self) -> tuple[ClauseChange, ...]:
        """The changes it would make, the weightiest first."""
        return by_weight(self.work_out())

    @cached_property
    def words_delta(self) -> int:
        """How many words longer the text would be; negative where it would be shorter."""
        return sum(count_words(c.now) - count_words(c.was) for c in self.changes)


def show(desk: Desk, at: str | None = None) -> Text:
    """Returns the text at the tip, or at the revision `at`."""
    return desk.assembly.text if at is None else desk.text_at(at)


def check(desk: Desk) -> tuple[Problem, ...]:
    """Returns every problem in the working tree, in the order of their places."""
    return find_problems(snapshot.read_worktree(desk.repo))


def collisions(desk: Desk) -> tuple[Collision, ...]:
    """Returns how the open amendments relate, pair by pair; independent pairs are left out."""
    return find_collisions(desk.assembly)


def cards(
    desk: Desk, state: str | None = None, mine: bool = False, needs_vote: bool = False
) -> tuple[Card, ...]:
    """Returns a card for each proposal, in the order of filing, narrowed by what is asked.

    `state` is one of STAGES; BadInput "state-unknown" for any other word.
    """
    if state is not None and state not in STAGES:
        raise BadInput(
            "state-unknown", f"“{state}” is not a state.", f"There are: {', '.join(STAGES)}."
        )
    handle = desk.handle
    pairs = find_collisions(desk.assembly)
    made = (_card(desk, proposal, handle, pairs) for proposal in desk.assembly.proposals)
    chosen = (
        card
        for card in made
        if (state is None or card.stage == state)
        and (not mine or (handle is not None and card.proposer == handle))
        and (not needs_vote or card.needs_my_vote)
    )
    return tuple(sorted(chosen, key=lambda card: (card.filed, card.slug)))


def card(desk: Desk, prefix: str) -> Card:
    """Returns the card of the one proposal that `prefix` stands for; BadInput else."""
    proposal = desk.find(prefix)
    return _card(desk, proposal, desk.handle, find_collisions(desk.assembly))


def _card(desk: Desk, proposal: Proposal, handle: str | None, pairs: tuple[Collision, ...]) -> Card:
    assembly = desk.assembly
    amendment = proposal.amendment
    held = assembly.ballot_for(proposal)
    reached = stage(assembly, proposal, desk.now())
    ballot = held.ballot if held else None
    mine = current_vote(held, handle) if held and handle else None
    return Card(
        id=proposal.id,
        slug=proposal.slug,
        title=proposal.title,
        proposer=amendment.proposer if amendment else (ballot.opener if ballot else ""),
        filed=proposal.revisions[0].filed if amendment else (ballot.opened if ballot else ""),
        stage=reached,
        standing=standing(assembly.text, amendment.changes) if amendment else None,
        kind=amendment.kind if amendment else "ballot",
        tally=tally_of(desk, held) if held else None,
        collisions=tuple(c for c in pairs if proposal.id in (c.a, c.b)),
        rivals=_rivals(desk, proposal),
        needs_my_vote=reached == "at the ballot"
        and held is not None
        and awaits(desk, held, handle),
        my_vote=mine,
        ballot=ballot,
        proposal=proposal,
        signature=signature_of(desk, proposal),
        work_out=lambda: changes_of(desk, proposal),
    )


def _rivals(desk: Desk, proposal: Proposal) -> tuple[str, ...]:
    if proposal.amendment is None:
        return tuple(o.amendment for o in proposal.ballot.options) if proposal.ballot else ()
    named = set(proposal.amendment.rivals)
    named |= {
        other.id
        for other in desk.assembly.proposals
        if other.amendment and proposal.id in other.amendment.rivals
    }
    return tuple(sorted(named - {proposal.id}))
