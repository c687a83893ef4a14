"""Says what was said of an amendment, and which of it is hidden.

A comment is hidden by a further one, which names it and says why: by its author, or by a steward.
Hidden words stay in the record and are shown to whoever asks for them; anybody else's attempt
hides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.roll import Member, Roll


@dataclass(frozen=True, slots=True)
class Said:
    """One comment, and the one that hides it, None where it is there for all to read."""

    comment: Comment
    hidden: Comment | None = None


def discussion(comments: Iterable[Comment], roll: Roll) -> tuple[Said, ...]:
    """Returns the comments in the order of time, those that only hide another left out."""
    listed = sorted(comments, key=lambda c: (c.at, c.path))
    named = {comment.name: comment for comment in listed}
    hidden: dict[str, Comment] = {}
    for by in listed:
        target = named.get(by.hides) if by.hides else None
        if target and may_hide(roll.by_handle.get(by.member), target):
            hidden.setdefault(target.name, by)
    return tuple(Said(comment, hidden.get(comment.name)) for comment in listed if not comment.hides)


def may_hide(member: Member | None, comment: Comment) -> bool:
    """Says whether a member may hide a comment: their own, or any as a steward."""
    return member is not None and (member.handle == comment.member or member.is_steward)
