"""Lists every action of the app, and finds them: by id, by scope, for the footer.

The footer, the help, the palette and the key table in the docs are all made from the registry,
and a key that cannot act says why in the words given there.

    >>> [a.title for a in ACTIONS if "v" in a.keys]
    ['Vote']
"""

from collections.abc import Iterator
from dataclasses import replace

from textual.binding import Binding

from manifesto_tui.tui.actions.action import Action, Scope, key_name, key_of, keys_of
from manifesto_tui.tui.actions.asking import CHOICE, DIALOG, FIELD, FINDER, GUIDE, VOTE
from manifesto_tui.tui.actions.deciding import DECIDE
from manifesto_tui.tui.actions.editing import EDITOR, PRESENT
from manifesto_tui.tui.actions.going import GO, MOVE
from manifesto_tui.tui.actions.reading import READ
from manifesto_tui.tui.actions.sharing import SHARE
from manifesto_tui.tui.actions.writing import WRITE
from manifesto_tui.tui.state import Mode, State

__all__ = [
    "ACTIONS",
    "BY_ID",
    "Action",
    "bindings",
    "footer",
    "for_mode",
    "key_name",
    "key_of",
    "keys_of",
    "leading",
]

# In the order of the help and of the key table in the docs.
ACTIONS: tuple[Action, ...] = (
    *GO,
    *MOVE,
    *READ,
    *WRITE,
    *DECIDE,
    *SHARE,
    *EDITOR,
    *DIALOG,
    *FINDER,
    *FIELD,
    *GUIDE,
    *VOTE,
    *CHOICE,
    *PRESENT,
)
BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


def bindings(scope: Scope) -> Iterator[Binding]:
    """Yields Textual's bindings for a scope; each has the action's id, to be remapped by."""
    for action in ACTIONS:
        if action.scope != scope:
            continue
        run = action.run or f"do('{action.id}')"
        yield Binding(",".join(action.keys), run, action.title, show=False, id=action.id)


def leading(*names: str) -> Iterator[Binding]:
    """Yields the bindings of a dialog that may be left for one of these actions, by their ids."""
    for name in names:
        action = BY_ID[name]
        yield Binding(",".join(action.keys), f"lead('{name}')", action.title, show=False, id=name)


def for_mode(mode: Mode) -> tuple[Action, ...]:
    """Returns the actions that a mode offers."""
    return tuple(a for a in ACTIONS if a.scope == "app" and (not a.modes or mode in a.modes))


def footer(state: State) -> tuple[Action, ...]:
    """Returns at most six actions for the footer, and help last.

    Those that stay have their place also while they cannot act; others come while they can. In a
    what-if all do so.
    """
    shown = [a for a in for_mode(state.mode) if a.label and a.id != "help"]
    if state.mode == "history" and (state.card or (state.view and state.view.edition[0])):
        shown.append(replace(BY_ID["list.enter"], label="the text as it read"))
    order = {"Decide": 0, "Write": 1, "Read": 2}
    shown.sort(key=lambda a: order.get(a.group, 3))
    stay = [a for a in shown if state.mode in a.stays and not state.whatif]
    come = [a for a in shown if a not in stay and not a.why_not(state)][: 6 - len(stay)]
    return (*(a for a in shown if a in stay or a in come), BY_ID["help"])
