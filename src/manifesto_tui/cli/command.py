"""Names what a command is, before anything of it is loaded.

The catalogue is data: what a command is called, what it takes, and where its work is done. Only
the command that runs imports its work, so that `--help` costs no more than argparse.
"""

from typing import Any, NamedTuple


class Argument(NamedTuple):
    """One argument as argparse takes it: names and options."""

    names: tuple[str, ...]
    options: dict[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """Returns an argument in the words of `ArgumentParser.add_argument`."""
    return Argument(names, options)


class Command(NamedTuple):
    """One command, or a group of them.

    `run` is "module:function" below `manifesto_tui.cli.run`; a group has `commands` instead.
    `summary` is one sentence without its full stop, `more` further paragraphs, `examples` pairs
    of a command line and what it does. At most one of each group in `either` may be given.
    """

    name: str
    summary: str
    run: str = ""
    arguments: tuple[Argument, ...] = ()
    more: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    commands: tuple["Command", ...] = ()
    either: tuple[tuple[str, ...], ...] = ()


JSON = argument("--json", action="store_true", help="print one JSON document instead of text")
