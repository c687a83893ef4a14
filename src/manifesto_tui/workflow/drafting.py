"""Keeps drafts for the person at the desk: saved as they type, resumed, discarded on purpose.

What was typed into a form is a draft as well. It is not listed among those that one goes on
with: it stands in the form again when that is opened.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex

from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.rules import READY
from manifesto_tui.prose import without_anchors
from manifesto_tui.record import drafts
from manifesto_tui.record.drafts import Draft, Purpose
from manifesto_tui.record.ownstate import state_home
from manifesto_tui.workflow.desk import Clock, Desk
from manifesto_tui.workflow.ruling import worded

__all__ = [
    "Draft",
    "Purpose",
    "begin",
    "begin_again",
    "begin_outside",
    "begin_rules",
    "blank",
    "discard",
    "filled_in",
    "keep",
    "keep_outside",
    "mine",
    "rewritten",
    "save",
    "values_of",
]

# Who types may not be on the roll yet; their words are kept all the same.
_NOBODY = "nobody"
# What is written in the editor; all else stands in a dialog, which finds it again by what it is.
_WRITTEN = ("amendment", "edit", "revision", "wording", "rules")


def begin(desk: Desk, purpose: Purpose, target: str, agreed: str) -> Draft:
    """Returns the kept draft for this purpose and target, or a fresh one that reads `agreed`.

    A fresh one is not written before it is saved.
    """
    fresh = blank(desk.handle, purpose, target, desk.assembly.commit, agreed)
    return drafts.load(desk.repo.common_dir, fresh.id) or fresh


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
    drafts.save(desk.repo.common_dir, saved)
    return saved


def mine(desk: Desk) -> tuple[Draft, ...]:
    """Returns the drafts that the person at the desk may go on with, the latest first."""
    found = drafts.listed(desk.repo.common_dir, desk.handle or _NOBODY)
    return tuple(draft for draft in found if draft.purpose != "form")


def discard(desk: Desk, draft: Draft) -> None:
    """Throws a draft away."""
    drafts.discard(desk.repo.common_dir, draft.id)


def keep(
    desk: Desk, draft: Draft, wanted: Draft | None, known: Draft | None = None
) -> Draft | None:
    """Saves `wanted` as what there is of a draft, or throws that away where it is None.

    Where something else is there than was `known` to be, another window goes on with the same:
    that stays, and what is wanted is saved beside it. Words of a dialog are the last that came.
    """
    there = drafts.load(desk.repo.common_dir, draft.id)
    is_theirs = there not in (None, known) and draft.purpose in _WRITTEN
    if wanted is not None:
        return save(desk, replace(wanted, beside=token_hex(4)) if is_theirs else wanted)
    if not is_theirs:
        discard(desk, draft)
    return None


def begin_outside(target: str, environment: Mapping[str, str]) -> Draft:
    """Returns what was typed into a form where there is no manifesto yet, or a fresh draft."""
    fresh, home = blank(None, "form", target, ""), state_home(environment)
    return (drafts.load(home, fresh.id) if home else None) or fresh


def keep_outside(
    environment: Mapping[str, str], clock: Clock, draft: Draft, wanted: Draft | None
) -> Draft | None:
    """Does as `keep` among what is kept of this person; nothing where they have no home folder."""
    home = state_home(environment)
    kept = replace(wanted, saved=written(clock())) if wanted else None
    if home and kept:
        drafts.save(home, kept)
    elif home:
        drafts.discard(home, draft.id)
    return kept


def filled_in(draft: Draft, values: Mapping[str, str]) -> Draft | None:
    """Returns the draft of a form with what was typed, by field; None where that is nothing."""
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    return replace(draft, text=text) if values else None


def values_of(draft: Draft) -> dict[str, str]:
    """Returns what was typed into a form, by field; nothing where the draft says no such thing."""
    try:
        said = json.loads(draft.text or "{}")
    except ValueError:
        return {}
    known = said.items() if isinstance(said, dict) else ()
    return {name: value for name, value in known if isinstance(value, str)}
