"""Writes the table of keys for the docs from the registry.

`python -m manifesto_tui.tui.keytable` writes `docs/keys.md`; a test says when it is not current.
"""

from pathlib import Path

from manifesto_tui.tui.actions import ACTIONS, keys_of
from manifesto_tui.tui.actions.action import PLACES
from manifesto_tui.tui.settings import Settings

_HEAD = """# Keys

Made from the registry of actions by `python -m manifesto_tui.tui.keytable`; do not edit by hand.
The same table is in the app under `?`, where it can be filtered and run. A key that cannot act
now says why on the status line. The name is what a settings file calls it by:
`[keys]`, then `vote = "ctrl+v"`.
"""


def keys_markdown() -> str:
    """Returns the page: a table for each group of actions, in the order of the registry."""
    groups: dict[str, list[str]] = {}
    for action in ACTIONS:
        where = PLACES.get(action.scope) or ", ".join(mode.capitalize() for mode in action.modes)
        keys = " ".join(f"`{key}`" for key in keys_of(action).split())
        row = f"| {keys} | {action.title} | {Settings().told(action.help).plain} | {where} |"
        row += f" `{action.id}` |"
        groups.setdefault(action.group, []).append(row)
    parts = [_HEAD]
    for group, rows in groups.items():
        table = "\n".join(rows)
        parts.append(
            f"## {group}\n\n| key | action | what it does | where | name |\n"
            f"| --- | --- | --- | --- | --- |\n{table}\n"
        )
    return "\n".join(parts)


def main() -> None:
    """Writes the page where the docs are."""
    Path("docs/keys.md").write_text(keys_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
