"""Reads: the text, its problems, and the amendments as cards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.check import check as find_problems
from manifesto_tui.governance.colliding import Meetings
from manifesto_tui.governance.colliding import meetings as find_meetings
from manifesto_tui.governance.collision import Collision
from manifesto_tui.governance.countering import modified_by, rivals_of
from manifesto_tui.governance.discussion import discussion
from manifesto_tui.governance.effect import Standing, standing
from manifesto_tui.governance.entrenchment import told, touched
from manifesto_tui.governance.lifecycle import CHANGEABLE, stage
from manifesto_tui.governance.problem import BadInput, Problem
from manifesto_tui.governance.referring import linked_files
from manifesto_tui.governance.ruling import difference
from manifesto_tui.governance.score import Score, score
from manifesto_tui.governance.signature import Signature
from manifesto_tui.governance.tally import Tally
from manifesto_tui.prose import ClauseChange, Text
from manifesto_tui.record import disk, snapshot
from manifesto_tui.workflow.attention import attention
from manifesto_tui.workflow.card import Card
from manifesto_tui.workflow.counting import (
    awaits,
    current_vote,
    rules_amended,
    signature_of,
    signatures_in,
    tally_of,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import changes_of
from manifesto_tui.workflow.scoring import scores
from manifesto_tui.workflow.settings import chosen

_AT_ONCE = 200  # So many cards are made before it is told how far they are.


def show(desk: Desk, at: str | None = None) -> Text:
    """Returns the text at the tip, or at the revision `at`."""
    return desk.assembly.text if at is None else desk.text_at(at)


def check(desk: Desk) -> tuple[Problem, ...]:
    """Returns every problem in the working tree, in the order of their places."""
    try:
        assembly = snapshot.read_worktree(desk.repo)
    except BadInput:
        assembly = snapshot.read_worktree(desk.repo, desk.assembly.manifesto)
    linked = linked_files(assembly.text)
    return find_problems(assembly, {p for p in linked if not disk.stands(desk.repo.work_tree, p)})


def meetings(desk: Desk) -> Meetings:
    """Returns how the open amendments meet; what has not changed since is not compared again."""
    assembly = desk.assembly
    commit, known = desk.repo.memory.get("meetings") or ("", None)
    if known is None or commit != assembly.commit:
        known = find_meetings(assembly, known)
        desk.repo.memory["meetings"] = (assembly.commit, known)
    return known


def collisions(desk: Desk) -> tuple[Collision, ...]:
    """Returns how the open amendments relate, pair by pair; independent pairs are left out."""
    return meetings(desk).pairs


def collisions_on(desk: Desk, proposal: Proposal) -> tuple[Collision, ...]:
    """Returns how an amendment, or those on a ballot between rivals, collide with others."""
    known, on = meetings(desk).of, proposal.amendments
    pairs = (pair for name in on for pair in known.get(name, ()))
    return tuple(pair for pair in pairs if (pair.a in on) != (pair.b in on))


def cards(desk: Desk) -> tuple[Card, ...]:
    """Returns a card for each proposal, in the order of filing; `narrowing` narrows them."""
    proposals = desk.assembly.proposals
    snapshot.read_all(desk.assembly)
    with desk.repo.at_hand():
        made = _cards(desk, proposals, scores(desk))
    return tuple(sorted(made, key=lambda card: (card.filed, card.slug)))


def card(desk: Desk, prefix: str) -> Card:
    """Returns the card of the one proposal that `prefix` stands for; BadInput else."""
    proposal = desk.find(prefix)
    held = desk.assembly.ballot_for(proposal)
    tally = tally_of(desk, held) if held else None
    known = {held.folder: score(tally, held.ballot)} if tally and held and held.ballot else {}
    found = _cards(desk, (proposal,), known)[0]
    found.__dict__["tally"] = tally
    return found


def count_by_itself(desk: Desk, card: Card) -> None:
    """Has the count of one card at hand, for who looks at one after another and not at all."""
    held = desk.assembly.ballot_for(card.proposal)
    if held and not card.is_counted:
        snapshot.fetch_votes(desk.assembly, held.folder)
    _ = card.tally, card.my_vote


def _cards(desk: Desk, proposals: Sequence[Proposal], counted: Mapping[str, Score]) -> list[Card]:
    handle = desk.handle
    assembly, now = desk.assembly, desk.now()
    offered = {
        p.amendment.amends
        for p in assembly.proposals
        if p.amendment and p.amendment.amends and stage(assembly, p, now) == "open"
    }
    soon = chosen(desk.environment).closing_days
    around = (desk, assembly.text, assembly.roll, assembly.rules, handle)
    before, kept = desk.repo.memory.get("cards") or (None, {})
    final: dict[str, tuple[str, Card]] = kept if before == around else {}
    trees = snapshot.trees(assembly)
    made: list[Card] = []
    for proposal in proposals:
        if desk.repo.progress and len(made) % _AT_ONCE == 0:
            desk.repo.progress(len(made), len(proposals))
        tree, card = final.get(proposal.folder, ("", None))
        if card is None or tree != trees[proposal.folder] or not _stays(desk, proposal, card):
            card = _card(desk, proposal, handle, offered, soon, counted)
            if proposal.decision and not proposal.may_be_signed and proposal.folder in trees:
                final[proposal.folder] = trees[proposal.folder], card
        made.append(card)
    if desk.repo.progress:
        desk.repo.progress(len(made), len(proposals))
    desk.repo.memory["cards"] = (around, final)
    return made


def _stays(desk: Desk, proposal: Proposal, card: Card) -> bool:
    """Says whether a card is still right of a proposal that was decided in its own folder.

    No time changes it, nor what lies in other folders, but for what names it there.
    """
    named = rivals_of(desk.assembly, proposal), collisions_on(desk, proposal)
    return named == (card.rivals, card.collisions)


def _card(
    desk: Desk,
    proposal: Proposal,
    handle: str | None,
    offered: Collection[str],
    soon: int,
    counted: Mapping[str, Score],
) -> Card:
    assembly = desk.assembly
    amendment = proposal.amendment
    held = assembly.ballot_for(proposal)
    reached = stage(assembly, proposal, desk.now())
    ballot = held.ballot if held else None
    result = counted.get(held.folder) if held else None
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
        kind=_kind(proposal),
        score=result,
        collisions=collisions_on(desk, proposal),
        rivals=rivals_of(assembly, proposal),
        needs_my_vote=reached == "at the ballot"
        and held is not None
        and awaits(desk, held, handle),
        ballot=ballot,
        proposal=proposal,
        discussion=discussion(proposal.comments, assembly.roll),
        modified_by=modified_by(proposal, pinned_revision),
        asks=(),
        rules=_new_rules(desk, proposal),
        entrenched=_entrenched(assembly, proposal) if reached in CHANGEABLE else "",
        asked=_Asked(desk, proposal, held if result else None, handle, assembly.text),
    )
    card = replace(card, asks=attention(card, assembly, handle, desk.now(), offered, soon))
    if card.is_undecided:
        # A count that may still change is that of today; one that was decided waits to be asked.
        _ = card.tally, card.my_vote
    return card


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a card asks for what takes a while: `held` is the folder of its ballot, if counted."""

    desk: Desk
    proposal: Proposal
    held: Proposal | None
    handle: str | None
    text: Text

    def changes(self) -> tuple[ClauseChange, ...]:
        return changes_of(self.desk, self.proposal)

    def standing(self) -> Standing | None:
        amendment = self.proposal.amendment
        plain = amendment and not amendment.rules
        return standing(self.text, amendment.changes) if amendment and plain else None

    def tally(self) -> Tally | None:
        return tally_of(self.desk, self.held) if self.held else None

    def my_vote(self) -> Vote | None:
        return current_vote(self.held, self.handle) if self.held and self.handle else None

    def signature(self) -> Signature:
        return signature_of(self.desk, self.proposal)

    def signatures(self) -> Mapping[str, Signature]:
        return signatures_in(self.desk, self.proposal)


def _kind(proposal: Proposal) -> str:
    if proposal.amendment is None:
        return "ballot" if proposal.ballot else "unreadable"
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
    return difference(rules_amended(desk, proposal), new) if new else ()
