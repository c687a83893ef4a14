"""Speaks the command line: one command a verb, as text and as JSON.

Nothing imports this room but the program's entry. It imports `workflow`, only in the command
that runs, and opens the app in one place. It decides nothing: it reads arguments, calls one
verb, prints what came back, and returns an exit code.
"""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit code; never lets a traceback out."""
    from manifesto_tui.cli.entry import main as run

    return run(arguments)
