"""Runs `completion`: prints what a shell reads to complete these commands."""

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.completion import script


def completion(call: Call) -> int:
    """Prints the script of the shell that was named."""
    call.printer.text(script(call.arguments.shell))
    return 0
