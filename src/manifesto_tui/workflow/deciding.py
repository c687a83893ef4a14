"""Decides: opens ballots, casts votes, counts, decides, puts the text in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from manifesto_tui.governance import voting
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import STATUS_QUO, Decision, Vote
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.next_edition import plan_in_force
from manifesto_tui.governance.opening import rivals_for
from manifesto_tui.governance.paths import MANIFESTO, RULES
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.ruling import rules_adopted
from manifesto_tui.governance.tally import Tally
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.counting import current_vote, held_by, pinned, tally_of, with_signatures
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.editions import record_edition, text_of_latest
from manifesto_tui.workflow.racing import again, again_on_the_same_text
from manifesto_tui.workflow.wording import changed_files, commit_message, refuse_hidden


@dataclass(frozen=True, slots=True)
class PlannedVote:
    """A vote that is ready to be written: what it says, where it goes, until when it may change.

    `effect` is what it votes on; hand it back as `seen_effect` so that nobody votes on words
    they have not seen.
    """

    vote: Vote
    path: str
    content: bytes
    message: str
    effect: str
    closes: str
    replaces: Vote | None


def proposed_rivals(desk: Desk, prefix: str) -> dict[str, str]:
    """Returns the amendments that the program proposes to rank with one, by id, each with why."""
    amendment = desk.find(prefix).amendment
    return rivals_for(desk.assembly, amendment, desk.now()) if amendment else {}


@again_on_the_same_text
def open_ballot(desk: Desk, ids: Sequence[str], closes: datetime) -> Recorded:
    """Opens a ballot on one amendment, or on several as rivals ranked against the status quo.

    Raises Refused where the member may not open one, or an amendment is not open, does not fit
    the text, or collides with another at the ballot.
    """
    member = desk.me()
    assembly = desk.assembly
    proposals = [desk.find(prefix) for prefix in ids]
    chosen = [p.id for p in proposals]
    own = layout.new_id(assembly.by_id) if len(chosen) > 1 else None
    title = " or ".join(p.title for p in proposals) if own else ""
    ballot = voting.open_ballot(
        assembly, chosen, closes, member.handle, desk.now(), ballot_id=own, title=title
    )
    folder = layout.proposal_folder(desk.now(), own, title) if own else proposals[0].folder
    named = f"{own} between " if own else "on "
    return desk.record(
        {layout.ballot_path(folder): forms.write(ballot)},
        f"Open the ballot {named}{' and '.join(chosen)}\n\nIt closes at {ballot.closes}.",
        undo="A ballot stays opened: it ends at its closing time, with or without votes.",
    )


def plan_vote(
    desk: Desk,
    prefix: str,
    choice: str | None = None,
    ranking: Sequence[str] = (),
    reason: str = "",
    seen_effect: str | None = None,
) -> PlannedVote:
    """Returns the vote as it would be written, and writes nothing.

    Raises what `vote` raises.
    """
    member = desk.me()
    refuse_hidden(reason, "The reason")
    held = held_by(desk, prefix)
    assert held.ballot is not None, "a held ballot has been opened"
    roll, _ = pinned(desk, held.ballot)
    answer = voting.cast(
        desk.assembly,
        held,
        member.handle,
        desk.now(),
        choice=choice or "",
        ranking=[_ranked(desk, name) for name in ranking],
        reason=reason.strip(),
        seen=seen_effect or "",
        roll=roll,
    )
    path = layout.vote_path(held.folder, member.handle, [v.path for v in held.votes])
    said = ", ".join(answer.ranking) or answer.choice
    return PlannedVote(
        vote=replace(answer, path=path),
        path=path,
        content=forms.write(answer),
        message=commit_message(f"Vote on {held.id}: {said}", answer.reason),
        effect=held.ballot.effect,
        closes=held.ballot.closes,
        replaces=current_vote(held, member.handle),
    )


@again
def vote(
    desk: Desk,
    prefix: str,
    choice: str | None = None,
    ranking: Sequence[str] = (),
    reason: str = "",
    seen_effect: str | None = None,
) -> Recorded:
    """Records the member's vote on an open ballot, as one commit.

    `choice` answers a ballot on one amendment; `ranking` names rivals, best first. Raises
    Refused "not-on-the-roll", "ballot-closed", "no-ballot" or "text-moved", BadInput for a
    choice that is not one; each leaves the repository as it was.
    """
    planned = plan_vote(desk, prefix, choice, ranking, reason, seen_effect)
    return desk.record(
        {planned.path: planned.content},
        planned.message,
        undo=f"Until {in_words(moment(planned.closes))} you may vote again: the last vote counts.",
    )


def tally(desk: Desk, prefix: str) -> Tally:
    """Returns the count of a ballot as it stands; Refused "no-ballot" where none was opened."""
    return tally_of(desk, held_by(desk, prefix))


@again
def decide(desk: Desk, prefix: str) -> Recorded:
    """Records the counted result and, where it carried, the change of text, in one commit.

    Raises Refused where the ballot is still open or was decided before.
    """
    member = desk.me()
    held = held_by(desk, prefix)
    decision, files = concluded(desk, held, member.handle, desk.now())
    return desk.record(
        files,
        f"Decide {held.id}: {decision.outcome}",
        undo="A decision stands; to go back, propose the earlier words as an amendment.",
    )


def concluded(
    desk: Desk, held: Proposal, decider: str, decided: datetime
) -> tuple[Decision, dict[str, bytes | None]]:
    """Returns the decision on the closed ballot in a folder, and the files that it changes.

    Raises what `voting.decide` raises.
    """
    held = with_signatures(desk, held)
    assert held.ballot is not None, "a held ballot has been opened"
    roll, rules = pinned(desk, held.ballot)
    decision, text = voting.decide(desk.assembly, held, decider, decided, roll=roll, rules=rules)
    new = rules_adopted(voting.on_ballot(desk.assembly, held), decision.adopted)
    return decision, {
        layout.decision_path(held.folder): forms.write(decision),
        **({RULES: desk.over(RULES, new)} if new else {}),
        **changed_files(desk.assembly.text, text),
    }


@again_on_the_same_text
def ratify(desk: Desk) -> Recorded:
    """Puts the text in force, as edition 1.0.0: from here on it changes only by decision."""
    member = desk.me()
    assembly = desk.assembly
    if assembly.manifesto.state == "in-force":
        raise Refused("in-force", "The text is in force already.", "Propose an amendment to it.")
    refuse(assembly, member.handle, "ratify")
    settings = replace(assembly.manifesto, state="in-force", ratified=text_digest(assembly.text))
    return record_edition(
        desk,
        plan_in_force(assembly, text_of_latest(desk)),
        "Ratify the text, as edition 1.0.0",
        "A text in force stays in force; amendments change it.",
        {MANIFESTO: desk.over(MANIFESTO, settings)},
    )


def _ranked(desk: Desk, name: str) -> str:
    return name if name == STATUS_QUO else desk.find(name).id
