"""Runs `settings`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.settings import BY_NAME, SETTINGS, change, chosen, settings_path


def settings(call: Call) -> int:
    """Prints what the person chose, or writes one choice."""
    given, printer = call.arguments, call.printer
    if given.value is not None:
        path = change(call.environment, given.name, given.value)
        printer.aside(f"Wrote {path}.")
    elif given.name is not None and given.name not in BY_NAME:
        raise BadInput(
            "setting-unknown",
            f"There is no setting “{given.name}”.",
            f"There are {', '.join(BY_NAME)}.",
        )
    found = chosen(call.environment)
    if printer.as_json:
        printer.document(
            {
                "path": str(settings_path(call.environment) or ""),
                "settings": dict(found.values),
                "problems": list(found.problems),
            }
        )
        return 0
    for setting in SETTINGS:
        if given.name in (None, setting.name):
            printer.say(f"{setting.name} = {found.values[setting.name]}")
            printer.say(f"    {setting.sentence} One of {', '.join(setting.choices)}.")
    for problem in found.problems:
        printer.aside(problem)
    return 0
