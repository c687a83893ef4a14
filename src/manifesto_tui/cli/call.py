"""Holds what one command was called with, and opens its desk."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.moment import YEARS
from manifesto_tui.governance.problem import BadInput

if TYPE_CHECKING:
    from manifesto_tui.cli.printing import Printer
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.ways import Told

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

    def desk(self, exporting: bool = False) -> "Desk":
        """Opens the manifesto in the folder that the command runs in.

        What is exported may have a clock of its own, so that it can be made again to the byte.
        """
        from manifesto_tui.workflow.desk import Desk

        clock = export_clock(self.environment, self.clock) if exporting else self.clock
        desk = Desk.open(self.directory, self.environment, clock, self._reading)
        desk.announce = self.announce
        return desk

    def _reading(self, done: int, of: int) -> None:
        """Shows how much of a large record is read, the first time that all of it has to be."""
        if of >= _MANY:
            self.progress(f"Reading {of:,} proposals", done, of)

    def replaying(self, done: int, of: int) -> None:
        """Shows how much of a long history is replayed."""
        if of >= _MANY:
            self.progress(f"Replaying {of:,} commits", done, of)

    def progress(self, what: str, done: int, of: int) -> None:
        """Shows on a terminal how far something long has come; `of` is 0 where nobody knows."""
        if not of:
            self.printer.passing(f"{what} …")
            return
        full = _BAR * done // of
        bar = "█" * full + "░" * (_BAR - full)
        self.printer.passing(f"{what} {bar} {100 * done // of} %" if done < of else "")

    def remind(self, desk: "Desk") -> None:
        """Says on a terminal which ballots close soon, and which of them wait for a vote."""
        if self.printer.as_json or self.printer.width is None:
            return
        from manifesto_tui.workflow.reminding import closing_soon

        for closing in closing_soon(desk):
            self.printer.aside(f"{'! ' if closing.awaits else ''}{closing.sentence}")

    def announce(self, paths: tuple[str, ...], message: str) -> None:
        """Says what is about to be written."""
        from manifesto_tui.governance.phrases import abridged, quoted

        self.printer.aside(f"Writing one commit, {quoted(message)}: {abridged(paths, 4)}.")

    def recorded(self, *recorded: "Recorded", **more: object) -> int:
        """Says what was written and how to undo it, and returns the exit code.

        `more` is what the document of a command has besides.
        """
        if self.printer.as_json:
            listed = [recorded_document(one) for one in recorded]
            self.printer.document({"recorded": listed, **more})
            return 0
        for one in recorded:
            self.printer.say(f"Recorded {one.commit[:7]}: {one.subject}.")
            self.printer.say(f"To undo: {in_commands(one.undo)}")
        return 0

    def path(self, name: str) -> Path:
        """Returns a file that the command line names, seen from the folder it runs in."""
        return self.directory / Path(name).expanduser()


def in_commands(told: "Told") -> str:
    """Returns how something is done, told with the commands that do it."""
    return "".join(part if isinstance(part, str) else part.command for part in told)


def recorded_document(recorded: "Recorded") -> dict[str, object]:
    """Returns what was written as `--json` prints it."""
    return {
        "commit": recorded.commit,
        "paths": list(recorded.paths),
        "message": recorded.message,
        "undo": in_commands(recorded.undo),
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
        if not 1970 < fixed.year < YEARS.stop:  # Git dates nothing before.
            raise ValueError
    except ValueError:
        raise BadInput(
            "clock",
            f"MANIFESTO_NOW is “{given}”, which is not a time after 1970.",
            "Write it like 2026-11-21T09:00:00Z, or unset it.",
        ) from None
    fixed = fixed if fixed.tzinfo else fixed.replace(tzinfo=UTC)
    return lambda: fixed


def export_clock(
    environment: Mapping[str, str], clock: Callable[[], datetime]
) -> Callable[[], datetime]:
    """Returns the clock for files that leave: SOURCE_DATE_EPOCH, where MANIFESTO_NOW is not set.

    Builders of packages set it for all that they run
    (https://reproducible-builds.org/specs/source-date-epoch/), so it never dates an act.
    """
    given = environment.get("SOURCE_DATE_EPOCH")
    if not given or environment.get("MANIFESTO_NOW"):
        return clock
    try:
        if not given.isdecimal():
            raise ValueError
        fixed = datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadInput(
            "clock",
            f"SOURCE_DATE_EPOCH is “{given}”, which is no number of seconds since 1970.",
            "Write it like 1795251600, or unset it.",
        ) from None
    return lambda: fixed
