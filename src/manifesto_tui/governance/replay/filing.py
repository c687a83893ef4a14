"""Judges what is filed of an amendment: who files it, whose wording it is, what is said of it."""

from collections.abc import Iterator

from manifesto_tui.governance.amendment import Amendment, Comment
from manifesto_tui.governance.countering import reads_as
from manifesto_tui.governance.discussion import may_hide
from manifesto_tui.governance.paths import Place
from manifesto_tui.governance.replay.acts import refusal, stage_of
from manifesto_tui.governance.replay.state import Folder, State
from manifesto_tui.governance.replay.values import FileChange, Finding, finding
from manifesto_tui.prose import find_hidden, find_look_alikes, find_revealed


def judge_amendment(
    commit: str, before: State, after: Folder, place: Place, change: FileChange
) -> Iterator[Finding]:
    """Judges one revision of an amendment."""
    filed = next((r for r in after.proposal.revisions if r.revision == place.revision), None)
    if filed is None or filed.id != place.id:
        said = "The amendment does not have the id and the revision that its file is named after."
        yield finding("amendment-misnamed", commit, change.path, said)
        return
    first = place.revision == 1
    why = refusal(before, filed.proposer, "propose" if first else "revise")
    if why:
        yield finding("amendment-proposer", commit, change.path, why.sentence)
    if not first and stage_of(before, place.folder) != "open":
        said = f"Revision {place.revision} of {place.id} came after it was put to the vote."
        yield finding("revision-frozen", commit, change.path, said)
    for code, said in _authorship(before, after, filed):
        yield finding(code, commit, change.path, said)
    for code, said in _letters(filed, change.new or b""):
        yield finding(code, commit, change.path, said)


def _letters(filed: Amendment, data: bytes) -> Iterator[tuple[str, str]]:
    """Judges whether people see the words that they vote on."""
    hidden = [found.name for found in find_hidden(data.decode("utf-8", "replace"))]
    for change in filed.changes:
        # Characters written as escapes were made visible when the file was read.
        known = find_revealed(change.was or "")
        hidden += [token for token in find_revealed(change.now or "") if token not in known]
    if hidden:
        yield (
            "hidden-characters",
            f"Amendment {filed.id} holds a character that nobody sees: {hidden[0]}.",
        )
    for change in filed.changes:
        for word in find_look_alikes(change.now or "", change.was or "")[:1]:
            said = f"Amendment {filed.id} spells “{word.plain}” with letters that look alike."
            yield "look-alike", said
            return


def _authorship(before: State, after: Folder, filed: Amendment) -> Iterator[tuple[str, str]]:
    """Judges whose words a revision is: the proposer's, or another's whom the proposer accepts."""
    named = f"Revision {filed.revision} of {filed.id}"
    owner = after.proposal.revisions[0].proposer
    if filed.proposer != owner:
        yield "revision-by-another", f"{named} is by {filed.proposer}, and {owner} proposed it."
    target = before.folder_of(filed.amends) if filed.amends else None
    if filed.amends and (target is None or filed.amends == filed.id):
        said = f"{filed.id} words {filed.amends} otherwise, which is not on record before it."
        yield "amends-unknown", said
    if not filed.takes_up:
        if filed.author not in ("", filed.proposer):
            said = f"{named} is said to be {filed.author}’s, and takes up no wording of theirs."
            yield "revision-author", said
        return
    earlier = [r for r in after.proposal.revisions if r.revision == filed.revision - 1]
    kept = [r for r in earlier if (r.takes_up, r.author) == (filed.takes_up, filed.author)]
    source = before.folder_of(filed.takes_up)
    other = source.proposal.amendment if source and not source.proposal.withdrawal else None
    if not kept and (other is None or (other.amends, other.proposer) != (filed.id, filed.author)):
        said = f"{named} takes up {filed.takes_up}, which is no wording of it by {filed.author}."
        yield "revision-author", said
        return
    if not any(reads_as(before.text, filed, each) for each in (other, *kept) if each):
        yield "revision-otherwise", f"{named} reads otherwise than {filed.takes_up}."


def judge_comment(
    commit: str, before: State, folder: Folder, comment: Comment | None, path: str
) -> Iterator[Finding]:
    """Judges a comment: by a member; one that hides another by its author, or by a steward."""
    handle = comment.member if comment else ""
    why = refusal(before, handle, "comment")
    if why:
        yield finding("comment-void", commit, path, why.sentence)
    elif comment and comment.hides:
        target = next((c for c in folder.proposal.comments if c.name == comment.hides), None)
        if target is None or not may_hide(before.members.get(handle), target):
            said = f"{handle} hides a comment that is not there, or neither theirs nor a steward’s."
            yield finding("comment-void", commit, path, said)
