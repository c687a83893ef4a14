"""Runs `demo`: tells the made-up assembly aloud, scene by scene."""

import shlex
import tempfile
from pathlib import Path

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.lines import print_change
from manifesto_tui.workflow.demo import Scene, play


def demo(call: Call) -> int:
    """Plays the story in a folder and says how to open what it leaves."""
    if call.arguments.directory:
        directory = call.path(call.arguments.directory)
    else:
        directory = Path(tempfile.mkdtemp(prefix="manifesto-demo-"))
    call.printer.strong("A made-up assembly. Nobody and nothing in it is real.")
    for number, scene in enumerate(play(directory, call.environment, call.clock()), start=1):
        _tell(call, number, scene)
    where = shlex.quote(str(directory))
    call.printer.say()
    call.printer.say(f"It is all in {directory}. Open it: manifesto-tui -C {where}")
    call.printer.say(f"Or look around: manifesto-tui -C {where} list")
    return 0


def _tell(call: Call, number: int, scene: Scene) -> None:
    call.printer.say()
    call.printer.strong(f"{number}. {scene.title}")
    for sentence in scene.sentences:
        call.printer.spans([("", sentence)], indent="   ")
    if scene.changes:
        call.printer.say()
    for change in scene.changes:
        print_change(call.printer, change, indent="   ")
