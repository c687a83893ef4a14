"""Runs `init` and `adopt`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.keyring import hangs_on_one
from manifesto_tui.workflow import founding
from manifesto_tui.workflow.desk import Desk, Recorded


def init(call: Call) -> int:
    """Founds a manifesto in a folder."""
    given = call.arguments
    desk = founding.init(
        call.path(given.directory),
        given.title,
        call.environment,
        call.clock,
        **_said(call),
    )
    return _founded(call, desk, desk.recorded[-1])


def adopt(call: Call) -> int:
    """Makes an existing repository governable."""
    given = call.arguments
    recorded = founding.adopt(
        call.directory,
        given.title,
        call.environment,
        call.clock,
        globs=given.text,
        **_said(call),
    )
    return _founded(call, call.desk(), recorded)


def _said(call: Call) -> founding.Said:
    given = call.arguments
    return {
        "name": given.name,
        "handle": given.handle,
        "constituency": given.constituency,
        "rules": given.rules,
        "announce": call.announce,
    }


def _founded(call: Call, desk: Desk, recorded: Recorded) -> int:
    call.printer.aside(f"You are {desk.handle} here, and a steward.")
    done = call.recorded(recorded)
    if advice := hangs_on_one(desk.assembly.roll, desk.assembly.rules):
        call.printer.aside(advice)
    return done
