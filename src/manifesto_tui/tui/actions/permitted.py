"""Says that one is nobody here, or that the rules leave an act to stewards, before one is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manifesto_tui.governance.permission import Act
    from manifesto_tui.tui.state import State

LOADING = "The record is still being read."

_SAID: dict[Act, str] = {
    "propose": "Only a steward proposes here.",
    "revise": "Only a steward revises here.",
    "second": "Only a steward seconds here.",
    "open": "Only a steward opens a ballot here.",
    "decide": "Only a steward counts a ballot here.",
    "admit": "Only a steward admits members here.",
    "ratify": "Only a steward puts the text in force.",
    "make an edition": "Only a steward makes an edition.",
}


def acting(state: State) -> str:
    """Needs the reader to be a member who may act."""
    if state.view is None:
        return LOADING
    if state.view.handle is None:
        return "It is not known who you are: press {settings} to say so."
    if state.member is None:
        return f"{state.view.handle} is not on the roll; a steward can admit you."
    if state.member.retired:
        return f"{state.view.handle} has retired and may not act any more."
    return ""


def stewards_alone(state: State, act: Act) -> str:
    """Returns that only a steward does this, "" where the reader may."""
    from manifesto_tui.governance.permission import needs

    if state.view is None or state.member is None or state.member.is_steward:
        return ""
    return _SAID[act] if needs(state.view.assembly.rules, act) == "steward" else ""
