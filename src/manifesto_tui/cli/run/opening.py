"""Opens the app, here or in a browser: the one place where the command line does."""

import gc
import sys

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.problem import Unavailable


def open_app(call: Call) -> int:
    """Opens the app; without a terminal prints what `show` prints and says how to open it.

    Where `serve` runs it there is no terminal, but a driver that speaks to the browser.
    """
    if (sys.stdin.isatty() and sys.stdout.isatty()) or call.environment.get("TEXTUAL_DRIVER"):
        # What is loaded here stays: looking through it again and again for what could go takes a
        # tenth of the time until the first screen. The app lets that go on once it stands.
        gc.disable()
        from manifesto_tui.tui.app import run

        return run(call.directory, call.environment, call.clock)
    # Not before: all of the record and its rules would be loaded ahead of the first screen.
    from manifesto_tui.cli.run.reading import print_text

    print_text(call, call.desk())
    call.printer.aside("\nThis is not a terminal. In one, `manifesto-tui` opens the app here.")
    return 0


def serve(call: Call) -> int:
    """Serves the app to a browser until ctrl+c."""
    try:
        from manifesto_tui.tui import browser
    except ImportError:
        raise Unavailable(
            "extra-missing",
            "Serving needs textual-serve, which is not installed.",
            "Install it with `pip install 'manifesto-tui[serve]'`.",
        ) from None
    arguments = call.arguments
    me = call.desk().handle

    def say(address: str) -> None:
        call.printer.say(f"Open {address}")
        who = f"acts here as {me}" if me else "reads here"
        call.printer.say(f"Whoever has this address {who}. ctrl+c ends it.")
        if not browser.stays_here(arguments.host):
            call.printer.say("Others can reach it, and the way to them is not encrypted.")
        call.printer.out.flush()

    browser.serve(call.directory, arguments.host, arguments.port, say)
    return 0
