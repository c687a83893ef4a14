"""Reads: the text, its problems, and the amendments as cards.

A card is what a list or a detail view shows of one proposal: its words by weight, whether it
still fits the text, how its count stands, what it collides with, and whether it waits for
your vote.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from manifesto_tui.governance.amendment import Amendment, Second
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.check import check as find_problems
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.collision import collisions as find_collisions
from manifesto_tui.governance.countering import modified_by, rivals_of
from manifesto_tui.governance.discussion import Said, discussion
from manifesto_tui.governance.effect import Standing, standing
from manifesto_tui.governance.entrenchment import told, touched
from manifesto_tui.governance.lifecycle import Stage, stage
from manifesto_tui.governance.problem import Problem
from manifesto_tui.governance.referring import linked_files
from manifesto_tui.governance.ruling import difference
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.prose import ClauseChange, Text, by_weight, count_words
from manifesto_tui.record import disk, layout, snapshot
from manifesto_tui.workflow.attention import Need, attention
from manifesto_tui.workflow.counting import (
    awaits,
    current_vote,
    pinned,
    signature_of,
    signatures_in,
    tally_of,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import changes_of


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on an amendment: what, by whom, when, and what its signature proves."""

    what: str
    by: str
    at: str
    label: str


@dataclass(frozen=True)
class Card:
    """One proposal as a list shows it.

    `stage` follows from the files in its folder, `standing` tells whether its words still fit
    the text (None for a ballot between rivals or a change of the rules). `tally` is None before a
    ballot is opened. `signature` is that of the latest revision, or of the ballot between rivals.
    `asks` is what waits for the reader or for anybody, `discussion` the comments with those that
    are hidden, `modified_by` whose other wordings it has taken up: those of the revision that was
    put to the vote, or of the latest. `rules` are the sentences that a change of the rules takes
    out ("-") and brings ("+"), `entrenched` what it touches that takes more, in a sentence.
    `changes`, `words_delta` and `signatures` are worked out when they are asked for.
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
    discussion: tuple[Said, ...]
    modified_by: tuple[str, ...]
    asks: tuple[Need, ...]
    rules: tuple[tuple[str, str], ...]
    entrenched: str
    work_out: Callable[[], tuple[ClauseChange, ...]] = field(repr=False, compare=False)
    look_up: Callable[[], Mapping[str, Signature]] = field(
        repr=False, compare=False, default=dict[str, Signature]
    )

    @cached_property
    def changes(self) -> tuple[ClauseChange, ...]:
        """The changes it would make, the weightiest first."""
        return by_weight(self.work_out())

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """What the signature beside each file of its folder proves, by path."""
        return self.look_up()

    def label(self, path: str) -> str:
        """Returns what people read of the signature beside one of its files."""
        return self.signatures.get(path, UNSIGNED).label

    @property
    def revisions(self) -> tuple[tuple[Amendment, str], ...]:
        """Each revision, with what people read of its signature."""
        folder = self.proposal.folder
        return tuple(
            (r, self.label(layout.amendment_path(folder, r.revision)))
            for r in self.proposal.revisions
        )

    @property
    def seconds(self) -> tuple[tuple[Second, str], ...]:
        """Each second, with what people read of its signature."""
        folder = self.proposal.folder
        return tuple(
            (s, self.label(layout.second_path(folder, s.member, s.revision)))
            for s in self.proposal.seconds
        )

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done with it after it was filed: withdrawn, put to the vote, decided."""
        held, found = self.proposal, []
        if held.withdrawal:
            path = layout.withdrawal_path(held.folder)
            did = ("Withdrawn", held.withdrawal.member, held.withdrawal.at)
            found.append(Deed(*did, self.label(path)))
        if held.ballot:
            path = layout.ballot_path(held.folder)
            did = ("Put to the vote", held.ballot.opener, held.ballot.opened)
            found.append(Deed(*did, self.label(path)))
        if held.decision:
            path = layout.decision_path(held.folder)
            did = ("Decided", held.decision.decider, held.decision.decided)
            found.append(Deed(*did, self.label(path)))
        return tuple(found)

    @property
    def labels(self) -> dict[str, str]:
        """What people read of the signature beside each file, by path, votes left out."""
        votes = {vote.path for vote in self.proposal.votes}
        return {p: found.label for p, found in self.signatures.items() if p not in votes}

    @cached_property
    def words_delta(self) -> int:
        """How many words longer the text would be; negative where it would be shorter."""
        return sum(count_words(c.now) - count_words(c.was) for c in self.changes)


def show(desk: Desk, at: str | None = None) -> Text:
    """Returns the text at the tip, or at the revision `at`."""
    return desk.assembly.text if at is None else desk.text_at(at)


def check(desk: Desk) -> tuple[Problem, ...]:
    """Returns every problem in the working tree, in the order of their places."""
    assembly = snapshot.read_worktree(desk.repo)
    linked = linked_files(assembly.text)
    return find_problems(assembly, {p for p in linked if not disk.stands(desk.repo.work_tree, p)})


def collisions(desk: Desk) -> tuple[Collision, ...]:
    """Returns how the open amendments relate, pair by pair; independent pairs are left out."""
    known: tuple[str, tuple[Collision, ...]] | None = desk.repo.memory.get("collisions")
    if known is None or known[0] != desk.assembly.commit:
        # Worked out when something has changed, and not again for every look at it.
        known = desk.assembly.commit, find_collisions(desk.assembly)
        desk.repo.memory["collisions"] = known
    return known[1]


def cards(desk: Desk) -> tuple[Card, ...]:
    """Returns a card for each proposal, in the order of filing; `narrowing` narrows them."""
    made = _cards(desk, desk.assembly.proposals)
    return tuple(sorted(made, key=lambda card: (card.filed, card.slug)))


def card(desk: Desk, prefix: str) -> Card:
    """Returns the card of the one proposal that `prefix` stands for; BadInput else."""
    return _cards(desk, (desk.find(prefix),))[0]


def _cards(desk: Desk, proposals: Sequence[Proposal]) -> list[Card]:
    met: dict[str, list[Collision]] = defaultdict(list)
    for pair in collisions(desk):
        met[pair.a].append(pair)
        met[pair.b].append(pair)
    handle = desk.handle
    assembly, now = desk.assembly, desk.now()
    offered = {
        p.amendment.amends
        for p in assembly.proposals
        if p.amendment and p.amendment.amends and stage(assembly, p, now) == "open"
    }
    return [_card(desk, proposal, handle, met[proposal.id], offered) for proposal in proposals]


def _card(
    desk: Desk,
    proposal: Proposal,
    handle: str | None,
    pairs: Sequence[Collision],
    offered: Collection[str],
) -> Card:
    assembly = desk.assembly
    amendment = proposal.amendment
    held = assembly.ballot_for(proposal)
    reached = stage(assembly, proposal, desk.now())
    ballot = held.ballot if held else None
    mine = current_vote(held, handle) if held and handle else None
    pinned_revision = next(
        (o.revision for o in ballot.options if o.amendment == proposal.id) if ballot else iter(()),
        None,
    )
    card = Card(
        id=proposal.id,
        slug=proposal.slug,
        title=proposal.title,
        proposer=amendment.proposer if amendment else (ballot.opener if ballot else ""),
        filed=proposal.revisions[0].filed if amendment else (ballot.opened if ballot else ""),
        stage=reached,
        standing=standing(assembly.text, amendment.changes)
        if amendment and not amendment.rules
        else None,
        kind=_kind(proposal),
        tally=tally_of(desk, held) if held else None,
        collisions=tuple(pairs),
        rivals=rivals_of(assembly, proposal),
        needs_my_vote=reached == "at the ballot"
        and held is not None
        and awaits(desk, held, handle),
        my_vote=mine,
        ballot=ballot,
        proposal=proposal,
        signature=signature_of(desk, proposal),
        discussion=discussion(proposal.comments, assembly.roll),
        modified_by=modified_by(proposal, pinned_revision),
        asks=(),
        rules=_new_rules(desk, proposal),
        entrenched=_entrenched(assembly, proposal) if reached in ("open", "lapsed") else "",
        work_out=lambda: changes_of(desk, proposal),
        look_up=lambda: signatures_in(desk, proposal),
    )
    return replace(card, asks=attention(card, assembly, handle, desk.now(), offered))


def _kind(proposal: Proposal) -> str:
    if proposal.amendment is None:
        return "ballot"
    return "rules" if proposal.amendment.rules else proposal.amendment.kind


def _entrenched(assembly: Assembly, proposal: Proposal) -> str:
    """Says what an amendment touches that is entrenched, "" where nothing is."""
    if proposal.amendment is None or assembly.rules.entrenched is None:
        return ""
    touches = touched(assembly.text, [proposal.amendment], assembly.rules)
    return told(touches, assembly.rules.entrenched.threshold) if touches else ""


def _new_rules(desk: Desk, proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """Returns what a change of the rules would change: once it is decided, what it did."""
    new = proposal.amendment.rules if proposal.amendment else None
    if new is None:
        return ()
    ballot = proposal.ballot if proposal.decision else None
    return difference(pinned(desk, ballot)[1] if ballot else desk.assembly.rules, new)
