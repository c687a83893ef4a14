"""Keeps drafts for the person at the desk: saved as they type, resumed, discarded on purpose."""

from dataclasses import replace

from manifesto_tui.record import drafts
from manifesto_tui.record.drafts import Draft, Purpose
from manifesto_tui.workflow.desk import Desk

__all__ = ["Draft", "begin", "discard", "mine", "save"]

# Who types may not be on the roll yet; their words are kept all the same.
_NOBODY = "nobody"


def begin(desk: Desk, purpose: Purpose, target: str, agreed: str) -> Draft:
    """Returns the kept draft for this purpose and target, or a fresh one that reads `agreed`.

    A fresh one is not written before it is saved.
    """
    fresh = Draft(
        handle=desk.handle or _NOBODY,
        purpose=purpose,
        target=target,
        base=desk.assembly.commit,
        agreed=agreed,
        text=agreed,
    )
    return drafts.load(desk.repo, fresh.id) or fresh


def save(desk: Desk, draft: Draft) -> Draft:
    """Saves what was typed so far, and returns it with the time it was saved."""
    saved = replace(draft, saved=desk.stamp)
    drafts.save(desk.repo, saved)
    return saved


def mine(desk: Desk) -> tuple[Draft, ...]:
    """Returns the drafts of the person at the desk, the latest first."""
    return drafts.listed(desk.repo, desk.handle or _NOBODY)


def discard(desk: Desk, draft: Draft) -> None:
    """Throws a draft away."""
    drafts.discard(desk.repo, draft.id)
