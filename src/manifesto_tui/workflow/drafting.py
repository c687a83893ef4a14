"""Keeps drafts for the person at the desk: saved as they type, resumed, discarded on purpose."""

from dataclasses import replace

from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.rules import READY
from manifesto_tui.prose import without_anchors
from manifesto_tui.record import drafts
from manifesto_tui.record.drafts import Draft, Purpose
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.ruling import worded

__all__ = [
    "Draft",
    "Purpose",
    "begin",
    "begin_again",
    "begin_rules",
    "blank",
    "discard",
    "mine",
    "rewritten",
    "save",
]

# Who types may not be on the roll yet; their words are kept all the same.
_NOBODY = "nobody"


def begin(desk: Desk, purpose: Purpose, target: str, agreed: str) -> Draft:
    """Returns the kept draft for this purpose and target, or a fresh one that reads `agreed`.

    A fresh one is not written before it is saved.
    """
    fresh = blank(desk.handle, purpose, target, desk.assembly.commit, agreed)
    return drafts.load(desk.repo, fresh.id) or fresh


def blank(
    handle: str | None, purpose: Purpose, target: str, commit: str, agreed: str = ""
) -> Draft:
    """Returns a draft in which nothing is typed yet, made on the text of a commit."""
    return Draft(handle or _NOBODY, purpose, target, base=commit, agreed=agreed, text=agreed)


def begin_rules(desk: Desk, beginning: str = "") -> Draft:
    """Returns the kept draft of a change of the rules, or a fresh one.

    A fresh one reads as the ready rules named `beginning` do, else as those in force.
    """
    agreed = worded(desk.assembly.rules)
    draft = replace(begin(desk, "rules", RULES, agreed), agreed=agreed)
    if draft.saved or not beginning:
        return draft
    return replace(draft, text=worded(READY[beginning]))


def begin_again(desk: Desk, purpose: Purpose, prefix: str) -> Draft:
    """Returns the kept draft of another wording of an amendment, or a fresh one with its words.

    It is on the document that the amendment changes first, and `target` names both. Where the
    amendment is in conflict the fresh one reads as the text does.
    """
    proposal = desk.find(prefix)
    text = desk.assembly.text
    amendment = proposal.amendment
    if amendment and amendment.rules:
        target, agreed = f"{proposal.id} {RULES}", worded(desk.assembly.rules)
        draft = replace(begin(desk, purpose, target, agreed), agreed=agreed)
        words = worded(amendment.rules)
        fresh = replace(draft, text=words, title=amendment.title, reason=amendment.rationale)
        return draft if draft.saved else fresh
    changes = amendment.changes if amendment else ()
    amended = standing(text, changes).text or text
    path = next((p for p in text.sources if amended.sources[p] != text.sources[p]), "")
    path = path or next(iter(text.sources))
    agreed = without_anchors(text.sources[path])
    draft = begin(desk, purpose, f"{proposal.id} {path}", agreed)
    if draft.saved or amendment is None:
        return replace(draft, agreed=agreed)
    reason = amendment.rationale if purpose == "revision" else ""
    words = without_anchors(amended.sources[path])
    return replace(draft, text=words, title=amendment.title, reason=reason)


def rewritten(desk: Desk, draft: Draft) -> dict[str, str]:
    """Returns the edited sources that such a draft stands for, other documents as amended."""
    named, _, path = draft.target.partition(" ")
    amendment = desk.find(named).amendment
    text = desk.assembly.text
    amended = standing(text, amendment.changes if amendment else ()).text or text
    return {**amended.sources, path: draft.text}


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
