"""Says in words what a draft is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manifesto_tui.tui.keeping import SAYINGS

if TYPE_CHECKING:
    from manifesto_tui.prose import Text
    from manifesto_tui.workflow.drafting import Draft

# A draft of a new clause is named by the one after which it is to stand.
AFTER = "after:"


def heading(draft: Draft, text: Text) -> str:
    """Returns what stands above the words of a draft while one writes."""
    if draft.purpose == "edit":
        return draft.target
    if draft.purpose == "rules":
        return "The rules"
    if draft.purpose in ("revision", "wording"):
        named, _, path = draft.target.partition(" ")
        what = "Revision" if draft.purpose == "revision" else "Another wording"
        return f"{what} of {named} · {path.rpartition('/')[2]}"
    number = _number(draft, text) or draft.target.removeprefix(AFTER)
    return f"New clause after {number}" if _is_new(draft) else f"Clause {number}"


def about(draft: Draft, text: Text | None) -> str:
    """Returns what a draft is of, in a list of drafts; of a clause there is, by its number."""
    named = draft.target.partition(" ")[0]
    if draft.purpose in SAYINGS:
        return f"{SAYINGS[draft.purpose]} {named}"
    if draft.purpose == "rules":
        return "the rules"
    if draft.purpose == "revision":
        return f"your amendment {named}"
    if draft.purpose == "wording":
        return f"another wording of {named}"
    number = _number(draft, text) if text and draft.purpose != "edit" else ""
    if not number:
        return draft.target
    return f"after {number}" if _is_new(draft) else f"clause {number}"


def _is_new(draft: Draft) -> bool:
    return draft.target.startswith(AFTER)


def _number(draft: Draft, text: Text) -> str:
    found = text.by_anchor.get(draft.target.removeprefix(AFTER))
    return found[1].number if found else ""
