"""Opens the app, in the one place where the command line does; without a terminal, the text."""

import sys

from manifesto_tui.cli.call import Call


def open_app(call: Call) -> int:
    """Opens the app; without a terminal prints what `show` prints and says how to open it."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        from manifesto_tui.tui.app import run

        return run(call.directory, call.environment, call.clock)
    # Not before: all of the record and its rules would be loaded ahead of the first screen.
    from manifesto_tui.cli.run.reading import print_text

    print_text(call, call.desk())
    call.printer.aside("\nThis is not a terminal. In one, `manifesto-tui` opens the app here.")
    return 0
