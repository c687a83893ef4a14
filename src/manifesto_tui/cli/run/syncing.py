"""Runs `join`, `share`, `sync` and `status`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.printing import Printer
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.workflow import drafting, joining, settling, syncing

_LISTED = 10


@contextmanager
def _telling(printer: Printer) -> Iterator[syncing.Watch]:
    """Lends what is told of each step while it lasts; what it told is gone after it."""
    try:
        yield syncing.Watch(told=lambda step: printer.passing(step.sentence))
    finally:
        printer.passing("")


def sync(call: Call) -> int:
    """Fetches what others recorded, unites it with what was recorded here, and sends that."""
    desk = call.desk()
    printer = call.printer
    if call.arguments.mine:
        done_here = settling.choose_mine(desk, call.arguments.mine)
        printer.aside(f"Recorded over theirs: {done_here.subject}.")
    if call.arguments.theirs:
        gone = settling.choose_theirs(desk, call.arguments.theirs)
        printer.aside(f"Let go, so that theirs stands: {gone.subject}.")
    printer.aside("Sending and fetching …")
    try:
        with _telling(printer) as watch:
            done = syncing.sync(desk, watch)
    except KeyboardInterrupt:
        printer.aside("Stopped. What you recorded is kept here and goes with the next sync.")
        raise
    except Unavailable:
        if not printer.as_json:
            for told in syncing.waiting(desk).lines:
                printer.aside(told)
        raise
    if printer.as_json:
        printer.document(asdict(done))
        return 0
    for sentence in done.sentences:
        printer.say(sentence)
    for subject in done.came[:_LISTED]:
        printer.say(f"  + {subject}")
    if done.received > len(done.came[:_LISTED]):
        printer.say(f"  … and {done.received - len(done.came[:_LISTED])} before them.")
    call.remind(desk)
    return 0


def join(call: Call) -> int:
    """Gets a manifesto that others share."""
    printer, given = call.printer, call.arguments
    folder = call.path(given.directory)
    with _telling(printer) as watch:
        desk = joining.join(
            folder,
            given.address,
            call.directory,
            call.environment,
            call.clock,
            handle=given.handle or "",
            watch=watch,
        )
    if printer.as_json:
        commit = desk.assembly.commit
        printer.document({"folder": str(folder), "commit": commit, "handle": given.handle or ""})
        return 0
    title = desk.assembly.manifesto.title
    printer.say(f"“{title}” is in {folder}. `manifesto-tui -C {folder}` opens it.")
    member = desk.member if given.handle else None
    if member:
        printer.say(f"You are {member.name} ({member.handle}).")
    else:
        printer.say("Say who you are there: press a comma in the app.")
    return 0


def share(call: Call) -> int:
    """Names the shared place, or says which it is."""
    desk = call.desk()
    printer, address = call.printer, call.arguments.address
    if address:
        with _telling(printer) as watch:
            syncing.share(desk, address, call.directory, watch)
    place = syncing.place(desk)
    if printer.as_json:
        printer.document({"place": place, "unsent": syncing.unsent(desk)})
        return 0
    named = "" if place else " `manifesto-tui share ADDRESS` names one."
    printer.say(f"The shared place is {place}." if place else f"There is no shared place.{named}")
    if place and syncing.unsent(desk):
        printer.say("`manifesto-tui sync` sends what was recorded here, and fetches.")
    return 0


def status(call: Call) -> int:
    """Prints who acts here, and what waits here to be sent or finished."""
    desk = call.desk()
    printer, waits, drafts = call.printer, syncing.waiting(desk), drafting.mine(desk)
    kept = settling.waiting(desk)
    if printer.as_json:
        printer.document(
            {
                "handle": desk.handle or "",
                "commit": desk.assembly.commit,
                "state": desk.assembly.manifesto.state,
                "unsent": waits.count,
                "waiting": list(waits.acts),
                "choose": [asdict(act) for act in kept],
                "drafts": [{"purpose": d.purpose, "target": d.target} for d in drafts],
            }
        )
        return 0
    member = desk.member
    printer.say(f"You are {member.name} ({member.handle})." if member else "You only read here.")
    for told in waits.lines:
        printer.say(told)
    for act in kept:
        printer.say(f"{act.sentence} {act.how}")
    if drafts:
        printer.say(f"{len(drafts)} draft{'s'[: len(drafts) > 1]} kept here, unfinished.")
    call.remind(desk)
    return 0
