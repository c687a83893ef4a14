"""Says what the reader's own settings mean here: colours, panes, and which keys do what.

Where they are kept and how they are changed is the business of `workflow.settings`. What cannot
be used is said on the status line and left aside; the rest counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import combinations
from typing import cast

from textual.content import Content

from manifesto_tui.tui.actions import ACTIONS, BY_ID, Action, key_name, key_of
from manifesto_tui.tui.draw.around import Around
from manifesto_tui.tui.draw.changes import Style
from manifesto_tui.tui.safe import Part, join, line
from manifesto_tui.workflow.settings import Chosen, chosen, settings_path

_NAMED = re.compile("{(" + "|".join(map(re.escape, BY_ID)) + ")}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader chose. `keys` are Textual's names, several joined by commas, by action."""

    values: Mapping[str, str] = field(default_factory=lambda: Chosen().values)
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def theme(self) -> str:
        """The name of the colours."""
        return self.values["theme"]

    @property
    def around(self) -> Around:
        """How differences are drawn at first, in which order, and with what around them."""
        style = cast(Style, self.values["differences"])
        return Around(style, self.on("order", "text"), int(self.values["context"]))

    def on(self, name: str, value: str) -> bool:
        """Says whether a setting has this value."""
        return self.values[name] == value

    def keys_of(self, action: Action) -> str:
        """Returns the keys of an action as they are here, as people write them."""
        return " ".join(map(key_name, self.names_of(action)))

    def names_of(self, action: Action) -> tuple[str, ...]:
        """Returns the keys of an action as they are here, by Textual's names."""
        return _names(self.keys, action)

    def first_key(self, action: Action) -> str:
        """Returns the one key that the footer shows."""
        return self.keys_of(action).partition(" ")[0]

    def told(self, sentence: str, style: str = "") -> Content:
        """Returns a sentence of ours in which `{vote}` stands for the key that votes here."""
        parts: list[Part] = []
        for at, part in enumerate(_NAMED.split(sentence)):
            parts.append((self.first_key(BY_ID[part]), "key") if at % 2 else line(part, style))
        return join(*parts)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Returns the settings of whoever this environment belongs to; the usual ones where none."""
    found = chosen(environment)
    where = settings_path(environment)
    problems = list(found.problems)
    keys: dict[str, str] = {}
    for name, key in found.keys.items():
        if name not in BY_ID:
            near = get_close_matches(name, BY_ID, 1)
            told = f"is “{near[0]}” meant? " if near else ""
            told += "docs/keys.md names them all."
            problems.append(f"{where}: there is no action “{name}”; {told}")
        elif not isinstance(key, str) or not key.strip():
            problems.append(f'{where}: {name} needs a key, such as "ctrl+v".')
        else:
            keys[name] = ",".join(key_of(part.strip()) for part in key.split(","))
    problems += [f"{where}: {clash}" for clash in clashes(keys)]
    return Settings(found.values, keys, tuple(problems))


def clashes(keys: Mapping[str, str]) -> list[str]:
    """Returns a sentence for each key that would mean two things at once."""
    meant: dict[str, list[Action]] = {}
    for action in ACTIONS:
        for key in _names(keys, action):
            meant.setdefault(key, []).append(action)
    return [
        f"{key_name(key)} means both “{one.title}” and “{other.title}”."
        for key, actions in meant.items()
        for one, other in combinations(actions, 2)
        if {one.id, other.id} & keys.keys() and _meet(one, other)
    ]


def _names(keys: Mapping[str, str], action: Action) -> tuple[str, ...]:
    chosen = keys.get(action.id)
    return tuple(map(str.strip, chosen.split(","))) if chosen else action.keys


def _meet(one: Action, other: Action) -> bool:
    # Lists stand in every mode, and take their keys first.
    places = {"list": "app"}
    same = places.get(one.scope, one.scope) == places.get(other.scope, other.scope)
    return same and (not one.modes or not other.modes or bool({*one.modes} & {*other.modes}))
