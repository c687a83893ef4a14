"""Runs `roll` and `rules`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.keyring import hangs_on_one
from manifesto_tui.governance.rules import describe
from manifesto_tui.workflow import keyholding, people, ruling


def list_members(call: Call) -> int:
    """Lists the members, and how many each constituency has."""
    desk = call.desk()
    members = people.members(desk)
    roll = desk.assembly.roll
    advice = hangs_on_one(roll, desk.assembly.rules)
    if call.printer.as_json:
        call.printer.document(
            {
                "members": [
                    {
                        "handle": m.handle,
                        "name": m.name,
                        "constituency": m.constituency,
                        "steward": m.is_steward,
                        "retired": m.retired,
                    }
                    for m in members
                ],
                "constituencies": roll.constituencies,
                "advice": advice,
            }
        )
        return 0
    width = max((len(m.handle) for m in members), default=0)
    for m in members:
        roles = [m.constituency, "steward" if m.is_steward else "", "retired" if m.retired else ""]
        said = ", ".join(role for role in roles if role)
        call.printer.say(f"{m.handle:<{width}}  {m.name}" + (f" ({said})" if said else ""))
    by = ", ".join(f"{name} {count}" for name, count in roll.constituencies.items())
    active = len(roll.active)
    call.printer.say()
    call.printer.say(f"{active} may vote{f': {by}' if by else ''}.")
    if advice:
        call.printer.spans([("", f"! {advice}")])
    return 0


def admit(call: Call) -> int:
    """Puts someone on the roll."""
    given = call.arguments
    key = keyholding.key_file(call.path(given.key)) if given.key else ""
    return call.recorded(
        people.admit(
            call.desk(),
            given.handle,
            given.name,
            given.constituency,
            given.role == "steward",
            tuple(given.address),
            key,
        )
    )


def steward(call: Call) -> int:
    """Makes a member a steward, or an ordinary member again."""
    do = people.relieve if call.arguments.end else people.appoint
    return call.recorded(do(call.desk(), call.arguments.handle))


def retire(call: Call) -> int:
    """Takes someone off the active roll."""
    return call.recorded(people.retire(call.desk(), call.arguments.handle))


def rules(call: Call) -> int:
    """Says in sentences which rules are in force, or changes them."""
    desk = call.desk()
    if call.arguments.set:
        name = call.arguments.set
        new = ruling.rules_named(name, call.path(name))
        return call.recorded(ruling.change(desk, new, call.arguments.reason))
    in_force = desk.assembly.rules
    said = describe(in_force)
    if call.printer.as_json:
        call.printer.document({"name": in_force.name, "sentences": list(said)})
        return 0
    for sentence in said:
        call.printer.spans([("", f"- {sentence}")])
    return 0
