"""Gets a manifesto that others share: the whole record, into a folder of one's own."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository
from manifesto_tui.record.joining import fetch_whole
from manifesto_tui.record.place import read_address
from manifesto_tui.record.transfer import Watch
from manifesto_tui.workflow import people, syncing
from manifesto_tui.workflow.desk import Clock, Desk

__all__ = ["Watch", "join"]


def join(
    directory: Path,
    address: str,
    start: Path,
    environment: Mapping[str, str],
    clock: Clock,
    handle: str = "",
    watch: Watch | None = None,
) -> Desk:
    """Fetches what is shared at an address into an empty folder or a new one.

    `start` is where an address such as ./name begins; `handle` says which member is here, where
    that is known. Raises what `read_address` and `fetch_whole` raise, and BadInput
    "member-unknown"; the folder is then as it was.
    """
    watch = watch or Watch()
    found = read_address(address, start.absolute(), environment)

    def named(repo: Repository) -> None:
        if handle:
            people.act_as(Desk(repo, environment, clock), handle)

    try:
        fetch_whole(directory, found, environment, watch, named)
    except OSError as error:
        told = f"{reveal(str(directory))} cannot be written: {error.strerror}."
        raise Unavailable("disk", told, "Choose another folder.") from error
    desk = Desk.open(directory, environment, clock)
    with suppress(Unavailable):  # The numbers of editions come with the next one else.
        syncing.sync(desk, watch)
    return desk
