"""Runs `init` and `adopt`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.workflow import founding


def init(call: Call) -> int:
    """Founds a manifesto in a folder."""
    given = call.arguments
    desk = founding.init(
        call.path(given.directory),
        given.title,
        call.environment,
        call.clock,
        name=given.name,
        handle=given.handle,
        constituency=given.constituency,
        rules=given.rules,
        announce=call.announce,
    )
    call.printer.aside(f"You are {desk.handle} here, and a steward.")
    return call.recorded(desk.recorded[-1])


def adopt(call: Call) -> int:
    """Makes an existing repository governable."""
    given = call.arguments
    recorded = founding.adopt(
        call.directory,
        given.title,
        call.environment,
        call.clock,
        globs=given.text,
        name=given.name,
        handle=given.handle,
        constituency=given.constituency,
        rules=given.rules,
        announce=call.announce,
    )
    desk = call.desk()
    call.printer.aside(f"You are {desk.handle} here, and a steward.")
    return call.recorded(recorded)
