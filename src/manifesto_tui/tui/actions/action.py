"""Says what an action is: its keys, its words, and when it cannot act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.state import Mode, State

if TYPE_CHECKING:
    from manifesto_tui.workflow.card import Card

Scope = Literal[
    "app", "list", "editor", "dialog", "finder", "field", "guide", "vote", "choice", "present"
]
PLACES = {
    "list": "in lists and texts",
    "editor": "in the editor",
    "dialog": "in dialogs",
    "finder": "in lists that letters narrow",
    "field": "in fields and settings",
    "guide": "in the guide",
    "vote": "in the vote",
    "choice": "in a choice between two acts",
    "present": "on the projector",
}
"""Where the actions of each scope but the app's work, in words."""
Condition = Callable[[State], str]


@dataclass(frozen=True, slots=True)
class OfOne:
    """A condition on an amendment: of several on a clause one that meets it is enough.

    What is done to a `ballot` is done once, however many rivals are ranked on it.
    """

    condition: Condition
    ballot: bool = False

    def __call__(self, state: State) -> str:
        """Returns "" where it can act on one of them, else why not on the first."""
        if any(True for _ in self._able(state)):
            return ""
        return self.condition(state)

    def able(self, state: State) -> tuple[Card, ...]:
        """Returns the amendments on the clause that it can act on; where any is open, only such."""
        able = list(self._able(state))
        able = [card for card in able if card.is_still_open] or able
        if self.ballot:
            able = list(
                {card.ballot.id if card.ballot else card.id: card for card in able}.values()
            )
        return tuple(able)

    def _able(self, state: State) -> Iterator[Card]:
        return (c for c in state.beside if not self.condition(replace(state, card=c)))


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `keys` are Textual's names, the first one shown; `help` names others' keys as `{vote}`. `label`
    is its word in the footer, "" where it never stands there; `modes` are where it belongs, none
    for everywhere; in those where it `stays` the footer has it also while it cannot act. `why_not`
    returns "" where it can act, else one sentence. `run` is the widget's own action, for what a
    list or an editor does itself; everything else is done by the screen.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    label: str = ""
    modes: tuple[Mode, ...] = ()
    scope: Scope = "app"
    why_not: Condition = c.always
    run: str = ""
    stays: tuple[Mode, ...] = ()


_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "comma": ",",
    "full_stop": ".",
    "minus": "-",
    "semicolon": ";",
    "apostrophe": "'",
    "number_sign": "#",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "space": "space",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """Returns how people write a key: "?" for "question_mark"."""
    return _NAMES.get(key, key)


def key_of(name: str) -> str:
    """Returns Textual's name of a key as people write it: "question_mark" for "?"."""
    return next((key for key, written in _NAMES.items() if written == name), name)


def keys_of(action: Action) -> str:
    """Returns all keys of an action as people write them."""
    return " ".join(key_name(key) for key in action.keys)
