"""Says when what is done to the whole text or to the roll cannot be done, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manifesto_tui.tui.actions.permitted import acting, stewards_alone

if TYPE_CHECKING:
    from manifesto_tui.tui.state import State


def can_ratify(state: State) -> str:
    """Needs a text that is still being drafted."""
    if reason := acting(state):
        return reason
    return stewards_alone(state, "ratify") if state.drafting else "The text is in force already."


def can_make_edition(state: State) -> str:
    """Needs a steward, and a text in force that has changed since the latest edition."""
    if reason := acting(state):
        return reason
    assert state.view is not None and state.member is not None
    if reason := stewards_alone(state, "make an edition"):
        return reason
    if state.drafting:
        return "Only a text in force has editions: put it in force with {ratify}."
    edition, is_it = state.view.edition
    return f"The text reads as edition {edition} does." if is_it else ""


def can_sign(state: State) -> str:
    """Needs an edition."""
    if reason := acting(state):
        return reason
    editions = state.view.assembly.editions if state.view else ()
    return "" if editions else "There is no edition to sign yet."


def can_admit(state: State) -> str:
    """Needs the right to admit members."""
    return acting(state) or stewards_alone(state, "admit")


def can_name(state: State) -> str:
    """Needs that right as well: who may admit members names stewards."""
    alone = "Only a steward names stewards here." if stewards_alone(state, "admit") else ""
    return acting(state) or alone
