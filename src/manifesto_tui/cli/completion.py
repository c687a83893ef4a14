"""Completes a command line in bash, zsh and fish, out of the record it is typed over.

argcomplete asks the program itself, through the variable `_ARGCOMPLETE`; what stands for an
amendment, a member or a clause is offered from the manifesto in the folder, what stands for a
file from the disk. Nothing is offered where the folder holds no manifesto.
"""

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import argcomplete
from argcomplete import shell_integration
from argcomplete.completers import FilesCompleter, SuppressCompleter

from manifesto_tui.cli.call import clock_of
from manifesto_tui.cli.parser import PROGRAM
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.lifecycle import STAGES
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.prose import plain, reveal

Offers = Mapping[str, str]


def script(shell: str) -> str:
    """Returns what `shell` is to read once, so that it asks the program from then on."""
    return shell_integration.shellcode([PROGRAM], shell=shell)


def complete(parser: ArgumentParser, environment: Mapping[str, str]) -> None:
    """Answers the shell that asks, and ends the program."""
    _prepare(parser, environment)
    argcomplete.autocomplete(
        parser, default_completer=SuppressCompleter(), always_complete_options=False
    )


def _prepare(parser: ArgumentParser, environment: Mapping[str, str]) -> None:
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                _prepare(below, environment)
        elif completer := _completer(action, environment):
            action.completer = completer  # type: ignore[attr-defined]


def _completer(action: Action, environment: Mapping[str, str]) -> Callable[..., object] | None:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    if metavar in _FILES:
        return FilesCompleter()
    offer = _OFFERS.get(metavar)
    if offer is None:
        return None

    def completer(prefix: str, parsed_args: Namespace, **_: object) -> Offers:
        from manifesto_tui.workflow.desk import Desk

        clock = clock_of(environment, lambda: datetime.now(UTC))
        try:
            desk = Desk.open(Path(parsed_args.directory_to_use), environment, clock)
            return offer(desk.assembly)
        except (ManifestoError, OSError):
            return {}

    return completer


def _proposals(assembly: Assembly) -> Offers:
    return {proposal.id: proposal.slug for proposal in assembly.proposals}


def _clauses(assembly: Assembly) -> Offers:
    return {
        clause.anchor: _shown(f"{clause.number} {plain(clause.text)}")
        for _, clause in assembly.text
        if clause.anchor
    }


def _members(assembly: Assembly) -> Offers:
    return {member.handle: _shown(member.name) for member in assembly.roll.active}


def _shown(text: str) -> str:
    return " ".join(reveal(text).split())[:60]


def _choices(assembly: Assembly) -> Offers:
    return dict.fromkeys(assembly.rules.choices, "")


def _states(_: Assembly) -> Offers:
    return dict.fromkeys(STAGES, "")


# What an argument is called on the command line tells what it may be.
_OFFERS: Mapping[str, Callable[[Assembly], Offers]] = {
    "ID": _proposals,
    "ANCHOR": _clauses,
    "CLAUSE": _clauses,
    "HANDLE": _members,
    "CHOICE": _choices,
    "S": _states,
}
_FILES = frozenset({"FILE", "DIR", "GLOB", "PUBKEY", "A.yaml"})
