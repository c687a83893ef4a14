"""Holds what one command was called with, and opens its desk."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import BadInput

if TYPE_CHECKING:
    from manifesto_tui.cli.printing import Printer
    from manifesto_tui.workflow.desk import Desk, Recorded

_MANY = 1000
_BAR = 24


@dataclass(frozen=True)
class Call:
    """One command with everything that it may ask for."""

    arguments: Namespace
    directory: Path
    environment: Mapping[str, str]
    clock: Callable[[], datetime]
    printer: "Printer"

    def desk(self) -> "Desk":
        """Opens the manifesto in the folder that the command runs in."""
        from manifesto_tui.workflow.desk import Desk

        desk = Desk.open(self.directory, self.environment, self.clock, self._reading)
        desk.announce = self.announce
        return desk

    def _reading(self, done: int, of: int) -> None:
        """Shows how much of a large record is read, the first time that all of it has to be."""
        if of >= _MANY:
            full = _BAR * done // of
            bar = "█" * full + "░" * (_BAR - full)
            more = f"Reading {of:,} proposals {bar} {100 * done // of} %"
            self.printer.passing(more if done < of else "")

    def remind(self, desk: "Desk") -> None:
        """Says on a terminal which ballots close soon, and which of them wait for a vote."""
        if self.printer.as_json or self.printer.width is None:
            return
        from manifesto_tui.workflow.reminding import closing_soon

        for closing in closing_soon(desk):
            self.printer.aside(f"{'! ' if closing.awaits else ''}{closing.sentence}")

    def announce(self, paths: tuple[str, ...], message: str) -> None:
        """Says what is about to be written."""
        shown = ", ".join(paths[:4]) + (f" and {len(paths) - 4} more" if len(paths) > 4 else "")
        self.printer.aside(f"Writing one commit, “{message}”: {shown}.")

    def recorded(self, *recorded: "Recorded") -> int:
        """Says what was written and how to undo it, and returns the exit code."""
        if self.printer.as_json:
            self.printer.document({"recorded": [recorded_document(one) for one in recorded]})
            return 0
        for one in recorded:
            self.printer.say(f"Recorded {one.commit[:7]}: {one.message.partition(chr(10))[0]}.")
            self.printer.say(f"To undo: {one.undo}")
        return 0

    def path(self, name: str) -> Path:
        """Returns a file that the command line names, seen from the folder it runs in."""
        return self.directory / Path(name).expanduser()


def recorded_document(recorded: "Recorded") -> dict[str, object]:
    """Returns what was written as `--json` prints it."""
    return {
        "commit": recorded.commit,
        "paths": list(recorded.paths),
        "message": recorded.message,
        "undo": recorded.undo,
    }


def clock_of(
    environment: Mapping[str, str], real: Callable[[], datetime]
) -> Callable[[], datetime]:
    """Returns the clock: the real one, or the time that MANIFESTO_NOW gives."""
    given = environment.get("MANIFESTO_NOW")
    if not given:
        return real
    try:
        fixed = datetime.fromisoformat(given)
    except ValueError:
        raise BadInput(
            "clock",
            f"MANIFESTO_NOW is “{given}”, which is not a time.",
            "Write it like 2026-11-21T09:00:00Z, or unset it.",
        ) from None
    fixed = fixed if fixed.tzinfo else fixed.replace(tzinfo=UTC)
    return lambda: fixed
