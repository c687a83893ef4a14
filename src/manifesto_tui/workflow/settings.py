"""Keeps what a person chose for themselves: colours, keys, what counts as soon.

    # ~/.config/manifesto-tui/settings.toml
    theme = "paper"          # for the projector
    closing-days = 5

    [keys]
    vote = "ctrl+v"

It belongs to the person and not to a manifesto: nothing of it is in the record. The app and the
command line change it through `change`, which touches one line and keeps everybody's comments.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from manifesto_tui.governance.problem import BadInput, Refused, Unavailable
from manifesto_tui.record.toml import with_value
from manifesto_tui.record.whole import write_whole

KEYS = "keys"
"""The table of the file that says which keys do what."""
BY_ENVIRONMENT = {"theme": "MANIFESTO_THEME", "guide": "MANIFESTO_GUIDE"}
"""The settings that the environment may choose for one start, by name, and in which variable."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to choose: its name in the file, and one sentence that says what it is for."""

    name: str
    title: str
    sentence: str
    choices: tuple[str, ...]
    usual: str

    @property
    def is_number(self) -> bool:
        """Whether the file has it as a number."""
        return self.usual.isdigit()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "Colours",
        "Dark ink or light paper, each also in high contrast and in blue and orange; ansi takes "
        "the sixteen colours of your terminal.",
        (
            "ink",
            "paper",
            "ink-contrast",
            "paper-contrast",
            "ink-blue-orange",
            "paper-blue-orange",
            "ansi-dark",
            "ansi-light",
        ),
        "ink",
    ),
    Setting(
        "panes",
        "Panes",
        "Side by side where there is room, or always above one another, as a large print needs it.",
        ("side by side", "stacked"),
        "side by side",
    ),
    Setting(
        "differences",
        "Differences",
        "How changed words are drawn when the app opens.",
        ("inline", "side by side", "clean"),
        "inline",
    ),
    Setting(
        "order",
        "Order of changes",
        "What weighs most first, such as titles, must and should; or in the order of the text.",
        ("weight", "text"),
        "weight",
    ),
    Setting(
        "context",
        "Context",
        "How many clauses stand before and after each change when the app opens.",
        ("0", "1", "3"),
        "0",
    ),
    Setting(
        "closing-days",
        "Closing soon",
        "How many days before a ballot closes you are reminded of it.",
        ("1", "2", "3", "5", "7", "14"),
        "3",
    ),
    Setting(
        "hints",
        "Plain words",
        "Whether the editor names a plainer word where there is one.",
        ("on", "off"),
        "on",
    ),
    Setting(
        "guide",
        "Guide at the start",
        "Whether the four steps for newcomers open by themselves when the app does.",
        ("on", "off"),
        "on",
    ),
)
BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose. `values` has every setting; `keys` is the file's table, as it stands."""

    values: Mapping[str, str] = field(
        default_factory=lambda: {setting.name: setting.usual for setting in SETTINGS}
    )
    keys: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def closing_days(self) -> int:
        """How many days before its end a ballot closes soon."""
        return int(self.values["closing-days"])


def settings_path(environment: Mapping[str, str]) -> Path | None:
    """Returns where the settings are, or None where there is no home to look in."""
    base = environment.get("XDG_CONFIG_HOME")
    if base:
        return Path(base) / "manifesto-tui" / "settings.toml"
    home = environment.get("HOME") or environment.get("USERPROFILE")
    return Path(home) / ".config" / "manifesto-tui" / "settings.toml" if home else None


def chosen(environment: Mapping[str, str]) -> Chosen:
    """Returns what the person of this environment chose; what cannot be used is said and left.

    `MANIFESTO_THEME` and `MANIFESTO_GUIDE` go before the file.
    """
    path = settings_path(environment)
    found: dict[str, object] = {}
    places: dict[str, str] = {}
    problems: list[str] = []
    if path is not None and path.is_file():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            problems.append(f"{path} cannot be read: {_shown(str(problem))}.")
    for name, variable in BY_ENVIRONMENT.items():
        if given := environment.get(variable):
            found[name], places[name] = given, variable
    values: dict[str, str] = {}
    for setting in SETTINGS:
        value = _word(found.get(setting.name, setting.usual))
        if value not in setting.choices and not _is_days(setting, value):
            said = f"there is no {setting.name} “{_shown(value)}”; there are "
            where = places.get(setting.name, path)
            problems.append(f"{where}: {said}{', '.join(setting.choices)}.")
            value = setting.usual
        values[setting.name] = value
    unknown = [name for name in found if name not in BY_NAME and name != KEYS]
    problems += [f"{path}: there is no setting “{_shown(name)}”." for name in unknown]
    keys = found.get(KEYS, {})
    return Chosen(values, keys if isinstance(keys, Mapping) else {}, tuple(problems))


def change(environment: Mapping[str, str], name: str, value: str) -> Path:
    """Writes one setting, or one key as `keys.vote`, and returns the file; "" takes it out.

    Raises BadInput for a setting or a value that there is not, Refused where the file is not
    written line by line, Unavailable where it cannot be read or written.
    """
    path = settings_path(environment)
    if path is None:
        raise Unavailable(
            "no-home", "There is no home folder to keep settings in.", "Set HOME and try again."
        )
    table, key = (KEYS, name.partition(".")[2]) if name.startswith(f"{KEYS}.") else ("", name)
    written = _toml(table, key, value) if value else None
    try:
        source = path.read_text(encoding="utf-8") if path.exists() else ""
        new = with_value(source, table, key, written)
        write_whole(path, new.encode("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise Unavailable(
            "settings-not-written",
            f"{path} cannot be written: {getattr(problem, 'strerror', None) or problem}.",
            "Mend that, try again.",
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise Refused(
            "settings-odd",
            f"The settings file cannot be changed line by line: {_shown(str(problem))}.",
            f"Open {path} in an editor.",
        ) from None
    return path


def _shown(text: str) -> str:
    # Here, since the app reads its settings before its first screen, and few are wrong.
    from manifesto_tui.prose import reveal

    return reveal(text)


def _toml(table: str, name: str, value: str) -> str:
    if not table:
        setting = BY_NAME.get(name)
        if setting is None:
            raise BadInput(
                "setting-unknown",
                f"There is no setting “{_shown(name)}”.",
                f"There are {', '.join(BY_NAME)}.",
            )
        if value not in setting.choices and not _is_days(setting, value):
            raise BadInput(
                "bad-setting",
                f"“{_shown(value)}” is no {setting.name}.",
                f"There are {', '.join(setting.choices)}.",
            )
        if setting.is_number:
            return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_days(setting: Setting, value: str) -> bool:
    return (
        setting.name == "closing-days" and value.isascii() and value.isdecimal() and len(value) < 4
    )


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
