"""Reads the reader's own settings: colours and keys.

    # ~/.config/manifesto-tui/settings.toml
    theme = "paper"

    [keys]
    vote = "ctrl+v"
    "list.down" = "t,down"

What cannot be used is said on the status line and left aside; the rest counts.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from manifesto_tui.tui.actions import ACTIONS, BY_ID, Action, key_name
from manifesto_tui.tui.themes import DARK, THEMES


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader chose. `keys` are Textual's names, several joined by commas, by action."""

    theme: str = DARK
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def keys_of(self, action: Action) -> str:
        """Returns the keys of an action as they are here, as people write them."""
        chosen = self.keys.get(action.id)
        keys = chosen.split(",") if chosen else action.keys
        return " ".join(key_name(key.strip()) for key in keys)

    def first_key(self, action: Action) -> str:
        """Returns the one key that the footer shows."""
        return self.keys_of(action).partition(" ")[0]


def settings_path(environment: Mapping[str, str]) -> Path | None:
    """Returns where the settings are, or None where there is no home to look in."""
    base = environment.get("XDG_CONFIG_HOME")
    if base:
        return Path(base) / "manifesto-tui" / "settings.toml"
    home = environment.get("HOME") or environment.get("USERPROFILE")
    return Path(home) / ".config" / "manifesto-tui" / "settings.toml" if home else None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Returns the settings of whoever this environment belongs to; the usual ones where none."""
    path = settings_path(environment)
    wanted = environment.get("MANIFESTO_THEME")
    if path is None or not path.is_file():
        return _checked({"theme": wanted} if wanted else {}, "MANIFESTO_THEME")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        return Settings(problems=(f"{path} cannot be read: {problem}.",))
    return _checked(found | ({"theme": wanted} if wanted else {}), str(path))


def _checked(found: Mapping[str, object], where: str) -> Settings:
    problems: list[str] = []
    theme = found.get("theme", DARK)
    names = [known.name for known in THEMES]
    if theme not in names:
        problems.append(f"{where}: there is no theme “{theme}”; there are {', '.join(names)}.")
        theme = DARK
    given = found.get("keys", {})
    keys: dict[str, str] = {}
    for name, key in given.items() if isinstance(given, Mapping) else ():
        if name not in BY_ID:
            problems.append(f"{where}: there is no action “{name}”; docs/keys.md lists them.")
        elif not isinstance(key, str) or not key.strip():
            problems.append(f'{where}: {name} needs a key, such as "ctrl+v".')
        else:
            keys[name] = ",".join(part.strip() for part in key.split(","))
    problems += [f"{where}: {clash}" for clash in _clashes(keys)]
    return Settings(str(theme), keys, tuple(problems))


def _clashes(keys: Mapping[str, str]) -> list[str]:
    said: list[str] = []
    taken: dict[tuple[str, str], Action] = {}
    for action in ACTIONS:
        for key in keys.get(action.id, ",".join(action.keys)).split(","):
            for mode in action.modes or ("",):
                other = taken.setdefault((f"{action.scope}{mode}", key), action)
                if other is not action and {other.id, action.id} & keys.keys():
                    said.append(f"{key_name(key)} means both “{other.title}” and “{action.title}”.")
    return said
