"""Runs `proxy`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.workflow import representing


def give(call: Call) -> int:
    """Lets another member vote for you."""
    given = call.arguments
    return call.recorded(representing.give(call.desk(), given.id, given.handle))


def accept(call: Call) -> int:
    """Accepts to vote for another member."""
    given = call.arguments
    return call.recorded(representing.accept(call.desk(), given.id, given.handle))


def withdraw(call: Call) -> int:
    """Takes your proxy back."""
    return call.recorded(representing.withdraw(call.desk(), call.arguments.id))


def list_proxies(call: Call) -> int:
    """Lists who votes for whom."""
    found = representing.proxies(call.desk(), call.arguments.id)
    if call.printer.as_json:
        call.printer.document(
            {"proxies": [{"ballot": one.ballot, **one.judged.as_dict()} for one in found]}
        )
        return 0
    for one in found:
        proxy, judged = one.judged.proxy, one.judged
        mark = " " if judged.counted else "✗"
        why = f" ({judged.why})" if judged.why else ""
        to = f"lets {proxy.holder} vote for them" if proxy.holder else "takes their proxy back"
        call.printer.say(f"{mark} {one.ballot}  {proxy.giver} {to}{why}")
    if not found:
        call.printer.aside("Nobody lets another vote for them.")
    return 0
