"""Says where a person's own things are that belong to no repository."""

from collections.abc import Mapping
from pathlib import Path


def state_home(environment: Mapping[str, str]) -> Path | None:
    """Returns the folder for what programs keep of a person, None where there is no home.

    As the XDG Base Directory Specification says: $XDG_STATE_HOME, else ~/.local/state.
    """
    chosen = Path(environment.get("XDG_STATE_HOME") or "")
    home = Path(environment.get("HOME") or "")
    if chosen.is_absolute():
        return chosen
    return home / ".local" / "state" if home.is_absolute() else None
