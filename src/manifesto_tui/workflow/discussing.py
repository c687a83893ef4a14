"""Discusses: comments on an amendment or on words of one of its clauses, and hides a comment."""

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.discussion import discussion, may_hide
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again
from manifesto_tui.workflow.ways import By, Told
from manifesto_tui.workflow.wording import refuse_hidden


@again
def comment(desk: Desk, prefix: str, text: str, clause: str = "", quote: str = "") -> Recorded:
    """Records what the member says of an amendment, or of words of one clause.

    `clause` is an anchor; `quote` are words as they stand in it, in the text or in the amendment.
    Raises BadInput where there is no such clause or there are no such words.
    """
    proposal = desk.find(prefix)
    clause = clause.removeprefix("#")
    if not text.strip():
        raise BadInput("text-missing", "A comment needs words.", "Give them with -m.")
    _quoted(desk, proposal, clause, quote)
    refuse_hidden(text + quote, "The comment")
    message = f"Comment on {proposal.id}"
    undo = (By("undo"), " hides it; it stays in the record as hidden.")
    return _say(desk, proposal, message, text, undo, clause=clause, quote=quote)


@again
def hide(desk: Desk, prefix: str, name: str, reason: str) -> Recorded:
    """Hides a comment, by a further one that says why: one's own, or any as a steward.

    `name` is the comment's file, or the start of it, or its number in the order of time.
    """
    proposal = desk.find(prefix)
    if not reason.strip():
        raise BadInput("text-missing", "Hiding a comment needs a reason.", "Give it with -m.")
    refuse_hidden(reason, "The reason")
    target = _named(desk, proposal, name)
    if not may_hide(desk.me(), target):
        raise Refused(
            "not-yours",
            f"The comment is {target.member}’s: only they, or a steward, may hide it.",
            "Ask a steward.",
            target.path,
        )
    message = f"Hide a comment on {proposal.id}"
    undo = ("What is hidden stays hidden; say it again in another comment.",)
    return _say(desk, proposal, message, reason, undo, hides=target.name)


def _say(
    desk: Desk, proposal: Proposal, message: str, text: str, undo: Told, **more: str
) -> Recorded:
    member = desk.me()
    refuse(desk.assembly, member.handle, "comment")
    said = Comment(member.handle, desk.stamp, text.strip(), **more)
    path = layout.comment_path(
        proposal.folder, desk.now(), member.handle, [c.path for c in proposal.comments]
    )
    return desk.record({path: forms.write(said)}, message, undo)


def _quoted(desk: Desk, proposal: Proposal, clause: str, quote: str) -> None:
    changes = [
        change
        for revision in proposal.revisions
        for change in revision.changes
        if clause in ("", change.target)
    ]
    there = desk.assembly.text.by_anchor.get(clause)
    if clause and not there and not changes:
        raise BadInput(
            "clause-unknown",
            f"Neither the text nor {proposal.id} has a clause {clause}.",
            "`manifesto-tui show --anchors` names them all.",
        )
    texts = [words for change in changes for words in (change.was, change.now) if words]
    texts += [there[1].text] if there else []
    wanted = " ".join(quote.split())
    if wanted and not any(wanted in " ".join(words.split()) for words in texts):
        raise BadInput(
            "quote-unknown",
            f"No words there read “{wanted[:80]}”.",
            "Quote them as they stand, from the text or from the amendment.",
        )


def _named(desk: Desk, proposal: Proposal, name: str) -> Comment:
    listed = [said.comment for said in discussion(proposal.comments, desk.assembly.roll)]
    if name.isdigit() and 0 < int(name) <= len(listed):
        return listed[int(name) - 1]
    found = [comment for comment in listed if comment.name.startswith(name)]
    if len(found) != 1:
        raise BadInput(
            "comment-unknown",
            f"{len(found) or 'No'} comments on {proposal.id} answer to “{name}”.",
            f"`manifesto-tui amendment {proposal.id}` numbers them.",
        )
    return found[0]
