"""Makes the argument parser from the catalogue."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from manifesto_tui import __version__
from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.cli.command import Command

PROGRAM = "manifesto-tui"
_DESCRIPTION = (
    "Draft a manifesto together, vote on it on the record, and prove what was agreed. "
    "Without a command it opens the app."
)
_EPILOGUE = (
    f"`{PROGRAM} COMMAND --help` explains a command, with examples.\n"
    "Exit codes: 0 done; 1 the answer is no; 2 wrong usage or input; 3 git or the system failed."
)


_NOT_A_CHOICE = re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)")


class Misused(Exception):
    """The command line was not understood; `usage` tells how it goes."""

    def __init__(self, sentence: str, program: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.program = program


class Parser(argparse.ArgumentParser):
    """An argument parser that raises Misused instead of ending the program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options
        )

    def error(self, message: str) -> NoReturn:
        """Raises Misused with argparse's own words as a sentence."""
        choice = _NOT_A_CHOICE.match(message)
        if choice:
            from difflib import get_close_matches

            name, given, choices = choice.groups()
            known = re.findall(r"[\w-]+", choices)
            near = get_close_matches(given, known, 1)
            hint = f"did you mean “{near[0]}”" if near else f"there are: {', '.join(known)}"
            what = "command" if name == "COMMAND" else name
            raise Misused(f"“{given}” is no {what}; {hint}{'?' if near else '.'}", self.prog)
        raise Misused(message[:1].upper() + message[1:].rstrip(".") + ".", self.prog)


def build(words: Sequence[str] | None = None) -> Parser:
    """Returns the parser of the whole command line, or of as much as some words need.

    A command that is not among the words is then known by its name only.
    """
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [-C DIR] [COMMAND …]",
        description=_DESCRIPTION,
        epilog=_overview(),
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "-C", dest="directory_to_use", metavar="DIR", default=".", help="run as if started in DIR"
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", help=argparse.SUPPRESS, prog=PROGRAM
    )
    for _, group in GROUPS:
        for command in group:
            if words is None or command.name in words:
                _add(commands, command)
            else:
                commands.add_parser(command.name, add_help=False)
    return parser


def _add(commands: Any, command: Command) -> None:
    parser = commands.add_parser(
        command.name,
        help=command.summary,
        description=f"{command.summary}.",
        epilog=_epilogue(command),
    )
    for argument in command.arguments:
        parser.add_argument(*argument.names, **argument.options)
    parser.set_defaults(run=command.run, either=command.either, prog=parser.prog)
    if command.commands:
        below = parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)
        for one in command.commands:
            _add(below, one)


def refuse_both(namespace: argparse.Namespace) -> None:
    """Raises Misused where two arguments exclude each other, naming them."""
    for group in namespace.either:
        given = [name for name in group if getattr(namespace, name, None)]
        if len(given) > 1:
            first, second = (_shown(name) for name in given[:2])
            raise Misused(f"{first} and {second} cannot both be given.", namespace.prog)


def _shown(name: str) -> str:
    return "CHOICE" if name == "choice" else "--" + name.replace("_", "-")


def _epilogue(command: Command) -> str:
    lines = [command.more] if command.more else []
    if command.examples:
        if lines:
            lines.append("")
        lines.append("examples:")
        for line, meaning in command.examples:
            lines += [f"  {PROGRAM} {line}", f"      {meaning}"]
    return "\n".join(wrapped(lines))


def _overview() -> str:
    lines = ["commands:"]
    for title, group in GROUPS:
        lines.append(f"  {title}")
        lines += [f"    {command.name:<12}{command.summary}." for command in group]
    return "\n".join([*lines, "", _EPILOGUE])


def wrapped(lines: Sequence[str], width: int = 78) -> Iterable[str]:
    """Breaks paragraphs at `width`; indented lines, which are examples, stay whole."""
    from textwrap import wrap

    for line in lines:
        if line.startswith(" ") or not line:
            yield line
        else:
            yield from wrap(line, width)
