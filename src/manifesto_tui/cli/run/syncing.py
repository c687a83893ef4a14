"""Runs `sync`."""

from dataclasses import asdict

from manifesto_tui.cli.call import Call
from manifesto_tui.workflow import syncing

_LISTED = 10


def sync(call: Call) -> int:
    """Fetches what others recorded, unites it with what was recorded here, and sends that."""
    desk = call.desk()
    call.printer.aside("Sending and fetching …")
    done = syncing.sync(desk)
    if call.printer.as_json:
        call.printer.document(asdict(done))
        return 0
    for sentence in done.sentences:
        call.printer.say(sentence)
    for subject in done.came[:_LISTED]:
        call.printer.say(f"  + {subject}")
    if done.received > len(done.came[:_LISTED]):
        call.printer.say(f"  … and {done.received - len(done.came[:_LISTED])} before them.")
    call.remind(desk)
    return 0
