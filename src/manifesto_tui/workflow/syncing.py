"""Sends what was recorded here and fetches what others recorded.

What people decided apart from one another is not re-made: where both sides changed the text, the
record refuses with `needs-people`, and both keep what they have.
"""

from dataclasses import dataclass

from manifesto_tui.record import sync as together
from manifesto_tui.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Synced:
    """What came in, what was sent, and what waits.

    `came` and `went` are what the latest acts say, the newest first. `beside` names the branch of
    one's own that took what was sent where the shared one takes nothing directly, "" else.
    `waiting` counts the acts that the shared branch still lacks.
    """

    place: str
    received: int
    sent: int
    united: bool
    came: tuple[str, ...]
    went: tuple[str, ...]
    beside: str
    waiting: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """What became of it, in words for people."""
        return tuple(filter(None, (self._came, self._went, self._waits)))

    @property
    def _came(self) -> str:
        return f"{_acts(self.received)} came in." if self.received else "Nothing new came in."

    @property
    def _went(self) -> str:
        if self.beside:
            return (
                f"{_acts(self.sent)} went to {self.beside}, since the text's own place is guarded."
            )
        return f"{_acts(self.sent)} sent." if self.sent else "There was nothing to send."

    @property
    def _waits(self) -> str:
        if self.beside:
            return "What you sent waits there: ask who keeps that place to take it over."
        return f"{_acts(self.waiting)} waiting to be sent." if self.waiting else ""


def sync(desk: Desk) -> Synced:
    """Fetches, unites and sends, and reads the record again.

    Raises Refused with code `no-remote`, `remote-rewritten`, `needs-people`, `work-tree-dirty` or
    `unrelated`, and Unavailable with `no-network`, `no-right-to-fetch` or `no-right-to-send`;
    whatever was recorded here stays, and goes with the next one.
    """
    before = desk.repo.branch()
    done = together.sync(desk.repo, when=desk.now())
    desk.reload()
    return Synced(
        done.remote,
        done.received,
        done.sent,
        done.united,
        done.came,
        done.went,
        done.branch.removeprefix("refs/heads/") if done.branch != before else "",
        unsent(desk) or 0,
    )


def unsent(desk: Desk) -> int | None:
    """Returns how many acts wait here to be sent, None where there is nowhere to send them."""
    return together.unsent(desk.repo)


def _acts(count: int) -> str:
    return "1 act" if count == 1 else f"{count} acts"
