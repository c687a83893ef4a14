"""Says what an action is: its keys, its words, and when it cannot act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.state import Mode, State

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
