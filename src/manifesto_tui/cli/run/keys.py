"""Runs `roll key`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.keyring import hangs_on_one
from manifesto_tui.workflow import keyholding

_PURPOSE = (
    "What it is for: what you record with it is signed, so that anyone with a copy can check "
    "that it is yours and was not altered.",
    "If it is lost, or somebody else has it, say so at once: `manifesto-tui roll key --lost`. What "
    "was signed before stays signed.",
)


def key(call: Call) -> int:
    """Shows a member's keys, or changes them."""
    given = call.arguments
    desk = call.desk()
    if not (given.new or given.file or given.withdraw or given.lost):
        return _show(call)
    add = ""
    if given.file:
        add = keyholding.key_file(call.path(given.file))
    elif given.new:
        made = keyholding.make_key(desk)
        add = made.public
        call.printer.aside(
            f"The private half is in {made.path}: readable by you alone, never pushed. Keep a copy."
        )
    done = call.recorded(keyholding.change_keys(desk, add, given.withdraw, given.lost, given.of))
    if add and not call.printer.as_json:
        for sentence in _PURPOSE:
            call.printer.spans([("", sentence)])
        if given.file and not given.of:
            call.printer.say("To sign with it here: git config manifesto.key and its file's name.")
        assembly = call.desk().assembly
        advice = hangs_on_one(assembly.roll, assembly.rules)
        if advice:
            call.printer.spans([("", f"! {advice}")])
    return done


def _show(call: Call) -> int:
    found = keyholding.keys_of(call.desk(), call.arguments.of)
    if call.printer.as_json:
        shown = [
            {"key": one.line, "fingerprint": one.fingerprint, "here": one.here} for one in found
        ]
        call.printer.document({"keys": shown})
        return 0
    for one in found:
        here = "  signs here" if one.here else ""
        call.printer.say(f"{one.line.partition(' ')[0]}  {one.fingerprint}{here}")
    if not found:
        call.printer.say("No key is on the roll: what is recorded is unsigned, and no name proven.")
        call.printer.say("Make one: `manifesto-tui roll key --new`.")
    return 0
