"""Writes the reference of all commands, `docs/commands.md`, from the catalogue.

    python -m manifesto_tui.cli.reference > docs/commands.md

A test fails where the page is not current.
"""

from collections.abc import Iterator

from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.cli.command import Argument, Command
from manifesto_tui.cli.parser import PROGRAM

_OPENING = f"""\
# Commands

This page is made from the program itself; a test keeps it current. `{PROGRAM} COMMAND --help`
says the same.

Without a command `{PROGRAM}` opens the app; without a terminal it prints the text and says how to
open it. `-C DIR` before the command runs it as if started in DIR, as in git.

Before something is written a command says what on standard error; after, it says how to undo it.
`--json` prints one document on standard output and nothing else; [json.md](json.md) describes the
shapes. Errors are one sentence and a hint on standard error, or with `--json` an error document
there.

| exit code | means |
| --- | --- |
| 0 | done |
| 1 | the answer is no: problems found, not proved, lost, refused by a rule |
| 2 | wrong usage, or input that is not right |
| 3 | git or the system failed |
| 130 | stopped by ctrl+c |

`MANIFESTO_NOW` (ISO 8601) replaces the clock, `SOURCE_DATE_EPOCH` (seconds since 1970) that of
`publish` and `site` alone, `NO_COLOR` turns colour off, `MANIFESTO_DEBUG` shows where something
went wrong that should not. In the app `VISUAL` or `EDITOR` names the editor that it can open, and
`MANIFESTO_THEME` and `MANIFESTO_GUIDE` (`on`, `off`) go before those settings. WHEN is a date (its
end is meant), a time, or a span from now: `14d`, `2h`, `30m`; one of hours or more ends on the next
full minute.
"""


def reference() -> str:
    """Returns the whole page."""
    lines = [_OPENING]
    for title, commands in GROUPS:
        lines.append(f"## {title}\n")
        for command in commands:
            lines += _command(command, command.name)
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(command: Command, name: str, level: str = "###") -> Iterator[str]:
    if command.commands:
        yield f"{level} {name}\n\n{command.summary}.\n"
        for below in command.commands:
            yield from _command(below, f"{name} {below.name}", level + "#")
        return
    yield f"{level} {name}\n\n{command.summary}.{' ' + command.more if command.more else ''}\n"
    yield f"```\n{PROGRAM} {usage(command, name)}\n```\n"
    rows = [f"| `{named(a)}` | {a.options['help']} |" for a in command.arguments]
    yield "\n".join(["| argument | meaning |", "| --- | --- |", *rows]) + "\n"
    for line, meaning in command.examples:
        said = meaning if meaning[1:2].isupper() else meaning[:1].lower() + meaning[1:]
        yield f"- `{PROGRAM} {line}`: {said}"
    if command.examples:
        yield ""


def usage(command: Command, name: str) -> str:
    """Returns how a command is written: its name and its arguments in order."""
    return " ".join([name, *(_shown(argument) for argument in command.arguments)])


def _shown(argument: Argument) -> str:
    options = argument.options
    several = " …" if options.get("nargs") == "+" or options.get("action") == "append" else ""
    shown = named(argument).split(", ")[-1] + several
    optional = _is_option(argument) or options.get("nargs") == "?"
    return f"[{shown}]" if optional and not options.get("required") else shown


def named(argument: Argument) -> str:
    """Returns one argument as it is written, with the word that stands for its value."""
    options = argument.options
    if options.get("action") == "store_true":
        return ", ".join(argument.names)
    value = str(options.get("metavar") or "{" + ",".join(options["choices"]) + "}")
    if not _is_option(argument):
        return value
    return ", ".join(f"{name} {value}" for name in argument.names)


def _is_option(argument: Argument) -> bool:
    return argument.names[0].startswith("-")


if __name__ == "__main__":
    print(reference(), end="")
