"""Changes an open amendment: revises and rebases it, accepts another wording, withdraws it.

What it said before stays: each revision is a file of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manifesto_tui.governance import ruling
from manifesto_tui.governance.amendment import Amendment, Change, Withdrawal
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.lifecycle import CHANGEABLE, stage
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.rebasing import rebase as drawn_up
from manifesto_tui.governance.rules import Rules
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.deriving import derived, fit
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again_on_the_same_text
from manifesto_tui.workflow.wording import commit_message, one_line, refuse_hidden


@again_on_the_same_text
def revise(
    desk: Desk,
    prefix: str,
    *,
    texts: Mapping[str, str] | None = None,
    changes: Sequence[Change] | None = None,
    rules: Rules | None = None,
    title: str | None = None,
    rationale: str | None = None,
) -> Recorded:
    """Files a new revision of one's own amendment, against the text of today; the old one stays.

    `rules` are those that a change of the rules would put in force. Raises Refused where it is
    another's, or frozen by a ballot; BadInput "another-kind" where the text is worded in a change
    of the rules, or rules in one of the text.
    """
    proposal, amendment = _own(desk, prefix, "revise")
    _refuse_another_kind(proposal, amendment, texts is not None or changes is not None, rules)
    if rules is not None:
        ruling.refuse_wrong(desk.assembly.rules, desk.assembly.text, rules)
    wanted = amendment.changes
    if changes is not None:
        wanted = tuple(changes)
    elif texts is not None:
        wanted = derived(desk, texts, like=amendment)
    fit(desk.assembly.text, wanted)
    refuse_hidden(title or "", "The title")
    refuse_hidden(rationale or "", "The reason")
    revised = replace(
        amendment,
        changes=wanted,
        rules=rules or amendment.rules,
        title=one_line(title or "") or amendment.title,
        rationale=amendment.rationale if rationale is None else rationale.strip(),
        filed=desk.stamp,
        base=desk.assembly.commit,
        revision=amendment.revision + 1,
    )
    if wanted != amendment.changes:
        # The words are the proposer's own from here on.
        revised = replace(revised, takes_up="", author="")
    said_before = replace(
        revised, filed=amendment.filed, base=amendment.base, revision=amendment.revision
    )
    if said_before == amendment:
        raise BadInput("nothing-changed", "The revision says what the last one said.", "Change it.")
    return _record_revision(desk, proposal, revised, f"Revise {proposal.id}")


@again_on_the_same_text
def rebase(desk: Desk, prefix: str, confirm: bool = False) -> Recorded:
    """Fits one's own amendment to the text of today, as a new revision; the old one stays.

    Where not the very same words go and come, nobody has agreed to what it would say: it is
    filed once the proposer confirms it.

    Raises Refused "to-confirm" with the sentences that would result, "in-conflict" where the
    same words changed, and "nothing-to-rebase" where it fits as it is.
    """
    proposal, amendment = _own(desk, prefix, "revise")
    text = desk.assembly.text
    found = standing(text, amendment.changes)
    if found.state == "clean":
        raise Refused(
            "nothing-to-rebase", f"{proposal.id} fits the text as it is.", "There is nothing to do."
        )
    if found.text is None:
        raise Refused(
            "in-conflict",
            f"{proposal.id} cannot be fitted by itself: it is {found.state} with the text.",
            f"Edit the text's files and run `manifesto-tui revise {proposal.id} --from-worktree`.",
            proposal.folder,
        )
    rebased = drawn_up(text, amendment.changes)
    if rebased.confirm and not confirm:
        raise Refused(
            "to-confirm",
            f"Others have changed what {proposal.id} changes. {' '.join(rebased.confirm)}",
            f"If that is what you mean: `manifesto-tui rebase {proposal.id} --confirm`; else "
            "revise it.",
            proposal.folder,
        )
    revised = replace(
        amendment,
        changes=rebased.changes,
        filed=desk.stamp,
        base=desk.assembly.commit,
        revision=amendment.revision + 1,
    )
    return _record_revision(desk, proposal, revised, f"Fit {proposal.id} to the text")


@again_on_the_same_text
def accept(desk: Desk, prefix: str) -> Recorded:
    """Accepts another's wording of one's own amendment, as its next revision with both names.

    Title and reasons stay the proposer's. Raises Refused "not-a-wording" where `prefix` words
    nothing otherwise, "not-yours" where it words another's amendment.
    """
    proposal, wording = open_amendment(desk, prefix)
    if not wording.amends:
        raise Refused(
            "not-a-wording",
            f"{proposal.id} is not another wording of an amendment.",
            "`manifesto-tui amendment` names the wordings that were filed of yours.",
            proposal.folder,
        )
    target, amendment = _own(desk, wording.amends, "accept a wording of")
    fit(desk.assembly.text, wording.changes)
    revised = replace(
        amendment,
        changes=wording.changes,
        kind=wording.kind,
        sources=tuple(dict.fromkeys((*amendment.sources, *wording.sources))),
        filed=desk.stamp,
        base=wording.base,
        revision=amendment.revision + 1,
        takes_up=wording.id,
        author=wording.proposer,
    )
    said = f"Accept {wording.proposer}’s wording {wording.id} in {target.id}"
    return _record_revision(desk, target, revised, said)


@again_on_the_same_text
def withdraw(desk: Desk, prefix: str, reason: str = "") -> Recorded:
    """Takes one's own amendment back; Refused where it is another's or at the ballot."""
    refuse_hidden(reason, "The reason")
    proposal, amendment = _own(desk, prefix, "withdraw")
    withdrawal = Withdrawal(desk.me().handle, desk.stamp, reason.strip())
    return desk.record(
        {layout.withdrawal_path(proposal.folder): forms.write(withdrawal)},
        commit_message(f"Withdraw {proposal.id}: {amendment.title}", reason),
        undo="A withdrawal stands; to go back, propose it again.",
    )


def open_amendment(desk: Desk, prefix: str) -> tuple[Proposal, Amendment]:
    """Returns an amendment that may still change; Refused "not-open" where it may not.

    Raises BadInput "not-an-amendment" for a ballot between rivals.
    """
    proposal = desk.find(prefix)
    amendment = proposal.proposed()
    reached = stage(desk.assembly, proposal, desk.now())
    if reached not in CHANGEABLE:
        raise Refused(
            "not-open",
            f"{proposal.id} is {reached}, not open.",
            "Only an open amendment can change; propose another.",
            proposal.folder,
        )
    return proposal, amendment


def _own(desk: Desk, prefix: str, act: str) -> tuple[Proposal, Amendment]:
    member = desk.me()
    proposal, amendment = open_amendment(desk, prefix)
    if amendment.proposer != member.handle:
        raise Refused(
            "not-yours",
            f"{proposal.id} is {amendment.proposer}’s, and only its proposer may {act} it.",
            f"Word it otherwise: `manifesto-tui propose --to {proposal.id}`; or comment on it.",
            proposal.folder,
        )
    return proposal, amendment


def _refuse_another_kind(
    proposal: Proposal, amendment: Amendment, words: bool, rules: Rules | None
) -> None:
    if amendment.rules and words:
        raise BadInput(
            "another-kind",
            f"{proposal.id} changes the rules, not the text.",
            f"`manifesto-tui revise {proposal.id} --rules FILE` words it anew.",
            proposal.folder,
        )
    if rules and not amendment.rules:
        raise BadInput(
            "another-kind",
            f"{proposal.id} changes the text, not the rules.",
            "Propose the change of the rules by itself: `manifesto-tui propose --rules FILE`.",
            proposal.folder,
        )


def _record_revision(desk: Desk, proposal: Proposal, revised: Amendment, said: str) -> Recorded:
    return desk.record(
        {layout.amendment_path(proposal.folder, revised.revision): forms.write(revised)},
        f"{said}, revision {revised.revision}: {revised.title}",
        undo=f"Revision {revised.revision - 1} is kept; revise again to go back to its words.",
    )
