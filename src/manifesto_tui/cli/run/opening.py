"""Opens the app, here or in a browser: the one place where the command line does."""

import gc
import sys
from collections.abc import Mapping
from contextlib import suppress

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.printing import NO_SCREEN
from manifesto_tui.governance.problem import ManifestoError, Unavailable


def open_app(call: Call) -> int:
    """Opens the app; where it cannot be drawn prints what `show` prints and says why.

    Where `serve` runs it there is no terminal, but a driver that speaks to the browser.
    """
    hindrance = "" if call.environment.get("TEXTUAL_DRIVER") else _hindrance(call.environment)
    if not hindrance:
        # What is loaded here stays: looking through it again and again for what could go takes a
        # tenth of the time until the first screen. The app lets that go on once it stands.
        gc.disable()
        from manifesto_tui.tui.app import run

        return run(call.directory, call.environment, call.clock)
    # Not before: all of the record and its rules would be loaded ahead of the first screen.
    from manifesto_tui.cli.run.reading import print_text

    print_text(call, call.desk())
    call.printer.aside()
    for sentence in hindrance.splitlines():
        call.printer.aside(sentence)
    return 0


def _hindrance(environment: Mapping[str, str]) -> str:
    """Returns why the app cannot be drawn here and what can be done; "" where it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "This is not a terminal. In one, `manifesto-tui` opens the app here."
    instead = "`manifesto-tui list`, `show`, `vote` and the other commands need no screen."
    if (name := environment.get("TERM", "")) in NO_SCREEN:
        return f"The app cannot draw on this terminal (TERM={name}).\n{instead}"
    if (encoding := sys.stdout.encoding.lower()) != "utf-8":
        why = f"The app is drawn in UTF-8, and this terminal is set to {encoding}."
        if_it_does = "If it shows UTF-8, `LC_ALL=C.UTF-8 manifesto-tui` opens the app."
        return f"{why}\n{if_it_does}\n{instead}"
    return ""


def serve(call: Call) -> int:
    """Serves the app to a browser until ctrl+c."""
    try:
        from manifesto_tui.tui import browser
    except ImportError:
        raise Unavailable(
            "extra-missing",
            "Serving needs textual-serve, which is not installed.",
            "In its clone, `pipx install --force '.[all]'` or `uv tool install '.[all]'` adds it.",
        ) from None
    arguments = call.arguments
    desk, title = call.desk(), ""
    me = desk.handle
    with suppress(ManifestoError):  # What cannot be read the app says.
        title = desk.assembly.manifesto.title

    def say(address: str) -> None:
        call.printer.say(f"Open {address}")
        who = f"acts here as {me}" if me else "reads here"
        call.printer.say(f"Whoever has this address {who}. ctrl+c ends it.")
        if not browser.stays_here(arguments.host):
            call.printer.say("Others can reach it, and the way to them is not encrypted.")
        call.printer.out.flush()

    browser.serve(call.directory, arguments.host, arguments.port, say, title)
    return 0
