"""Writes the manual page, `docs/manifesto-tui.1`, from the catalogue.

    python -m manifesto_tui.cli.manual > docs/manifesto-tui.1

A wheel puts it where `man` looks. A test fails where the page is not current. The macros are
those of man(7).
"""

from collections.abc import Iterator

from manifesto_tui import __version__
from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.cli.command import Command
from manifesto_tui.cli.parser import PROGRAM
from manifesto_tui.cli.reference import named, usage

_OPENING = rf"""
.TH MANIFESTO\-TUI 1 "" "{PROGRAM} {__version__}" "User Commands"
.SH NAME
manifesto\-tui \- draft a manifesto together, vote on the record, prove what was agreed
.SH SYNOPSIS
.B manifesto\-tui
[\-C DIR] [COMMAND ...]
.SH DESCRIPTION
A manifesto is kept in a git repository: its text, the amendments to it,
each vote and each decision.
Without a command the app opens on the manifesto in this folder.
.TP
.B \-C DIR
Runs as if started in DIR.
.TP
.B \-\-version
Prints the version.
""".strip()

_CLOSING = r"""
.SH EXIT STATUS
0 done; 1 the answer is no; 2 wrong usage or input; 3 git or the system failed;
130 stopped by ctrl+c.
.SH ENVIRONMENT
.TP
.B MANIFESTO_NOW
Replaces the clock, in ISO 8601.
.TP
.B SOURCE_DATE_EPOCH
Replaces the clock of publish and site alone, in seconds since 1970.
.TP
.B NO_COLOR
Turns colour off.
.SH SEE ALSO
.BR git (1),
.BR ssh\-keygen (1)
""".strip()


def manual() -> str:
    """Returns the whole page, in roff."""
    lines = [_OPENING, ".SH COMMANDS"]
    for title, commands in GROUPS:
        lines.append(f".SS {_escaped(title)}")
        for command in commands:
            lines += _command(command, command.name)
    return "\n".join([*lines, _CLOSING]) + "\n"


def _command(command: Command, name: str) -> Iterator[str]:
    if command.commands:
        for below in command.commands:
            yield from _command(below, f"{name} {below.name}")
        return
    yield f".TP\n.B {_escaped(usage(command, name))}"
    yield _escaped(f"{command.summary}. {command.more}".strip())
    if command.arguments:
        yield ".RS"
        for argument in command.arguments:
            meaning = str(argument.options["help"])
            yield f".TP\n.B {_escaped(named(argument))}"
            yield _escaped(f"{meaning[:1].upper()}{meaning[1:]}.")
        yield ".RE"


def _escaped(text: str) -> str:
    """Returns text that roff prints as it stands."""
    shown = text.replace("\\", r"\e").replace("-", r"\-").replace("…", "...")
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


if __name__ == "__main__":
    print(manual(), end="")
