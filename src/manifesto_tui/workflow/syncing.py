"""Sends what was recorded here and fetches what others recorded.

done = sync(desk)
done.sentences       # what came in, what was sent, what was made again and what waits
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from manifesto_tui.governance.phrases import counted
from manifesto_tui.record import packing, seen
from manifesto_tui.record import place as places
from manifesto_tui.record import sync as together
from manifesto_tui.record.transfer import Progress, Watch
from manifesto_tui.workflow import settling
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.remaking import Maker
from manifesto_tui.workflow.uniting import settle

__all__ = ["Progress", "Synced", "Unsent", "Watch", "place", "share", "sync", "unsent", "waiting"]

_LISTED = 10


@dataclass(frozen=True, slots=True)
class Unsent:
    """Acts that the shared place lacks: how many, and what the latest say, the newest first.

    `count` is None where there is no shared place to send them to. `beside` names the branch of
    one's own that holds them, where the shared one takes nothing directly.
    """

    count: int | None
    acts: tuple[str, ...]
    beside: str = ""

    @property
    def sentence(self) -> str:
        """How many they are, and when they go."""
        if self.count is None:
            return "There is no shared place to send to: what you record stays here."
        if not self.count:
            return "Everything recorded here was sent."
        if self.beside:
            return f"{counted(self.count, 'act')} waiting at {self.beside} to be taken over:"
        return f"{counted(self.count, 'act')} not sent yet, for the next sync:"

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentence, and a line for each of the latest acts."""
        more = (self.count or 0) - len(self.acts[:_LISTED])
        listed = [f"  ↑ {act}" for act in self.acts[:_LISTED]]
        return (self.sentence, *listed, *([f"  … and {more} before them."] if more > 0 else []))


@dataclass(frozen=True, slots=True)
class Synced:
    """What came in, what was sent, and what waits.

    `came` and `went` are what the latest acts say, the newest first. `said` is what people must
    know of acts that were made again, or wait for people. `beside` names the branch of one's own
    that holds what was sent where the shared one takes nothing directly, "" else. `waiting` counts
    the acts that the shared branch still lacks. `editions` are the numbers of those that came or
    went. `choose` are the acts that wait for somebody to choose, see `settling`. `answer` is what
    the shared place said where it takes nothing directly.
    """

    place: str
    received: int
    sent: int
    united: bool
    came: tuple[str, ...]
    went: tuple[str, ...]
    said: tuple[str, ...]
    editions: tuple[str, ...]
    beside: str
    waiting: int
    choose: tuple[settling.Kept, ...] = ()
    answer: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What became of it, in words for people, and by which commands they choose."""
        return (*self.told, *(act.how for act in self.choose))

    @property
    def told(self) -> tuple[str, ...]:
        """What became of it, in words for people."""
        answer = f"The shared place said: “{self.answer}”." if self.answer else ""
        told = (self._came, self._went, answer, self._editions, *self.said, self._waits)
        return tuple(filter(None, told))

    @property
    def _came(self) -> str:
        return (
            f"{counted(self.received, 'act')} came in." if self.received else "Nothing new came in."
        )

    @property
    def _went(self) -> str:
        if self.beside and self.sent:
            sent = counted(self.sent, "act")
            return f"{sent} went to {self.beside}, since the text's own place is guarded."
        return f"{counted(self.sent, 'act')} sent." if self.sent else "There was nothing to send."

    @property
    def _editions(self) -> str:
        if not self.editions:
            return ""
        what = "Edition" if len(self.editions) == 1 else "Editions"
        are = "is" if len(self.editions) == 1 else "are"
        return f"{what} {', '.join(self.editions)} {are} here and there now."

    @property
    def _waits(self) -> str:
        if self.beside:
            where = "there" if self.sent else f"at {self.beside} already"
            return f"What you sent waits {where}: ask who keeps that place to take it over."
        return f"{counted(self.waiting, 'act')} waiting to be sent." if self.waiting else ""


def sync(desk: Desk, watch: Watch | None = None) -> Synced:
    """Fetches, unites and sends, and reads the record again.

    `watch` hears how far it has come, and may stop it. Raises Refused "no-remote",
    "remote-rewritten", "edition-moved", "needs-people", "work-tree-dirty", "stopped" or
    "unrelated", and Unavailable "no-network", "no-right-to-fetch", "no-right-to-send" or
    "remote-locked"; whatever was recorded here stays, and goes with the next one.
    """
    with desk.repo.at_hand():
        return _sync(desk, watch)


def _sync(desk: Desk, watch: Watch | None) -> Synced:
    before, kept = desk.repo.branch(), settling.waiting(desk)
    settled, maker, own = partial(settle, desk), Maker(desk), desk.handle or "sync"
    done = together.sync(desk.repo, settled, desk.now(), maker, watch, own)
    desk.reload()
    desk.tag_editions()
    packing.pack(desk.repo, watch or Watch())
    return Synced(
        place=done.remote,
        received=done.received,
        sent=done.sent,
        united=done.united,
        came=done.came,
        went=done.went,
        # Those that begin to wait are told with the reason.
        said=(*done.said, *(act.sentence for act in kept)),
        editions=done.editions,
        beside=done.branch.removeprefix("refs/heads/") if done.branch != before else "",
        waiting=unsent(desk) or 0,
        choose=settling.waiting(desk),
        answer=done.answer,
    )


def share(desk: Desk, address: str, start: Path, watch: Watch | None = None) -> str:
    """Names the place to send to and to fetch from, and returns its address as people may see it.

    `start` is where an address such as ./name begins. It is reached first, and has to be empty or
    hold this record; an empty folder is made ready for it. Nothing is sent yet. Raises BadInput
    "address-unfit", "address-open" or "place-unfit", Refused "place-named" or "unrelated", and
    Unavailable as `sync` does; nothing was named then.
    """
    with desk.repo.at_hand():
        found = places.read_address(address, start.absolute(), desk.environment)
        places.name_place(desk.repo, found, watch)
    return place(desk)


def place(desk: Desk) -> str:
    """Returns where this clone sends and fetches, "" where nobody has named that yet."""
    return places.address_of(desk.repo)


def unsent(desk: Desk) -> int | None:
    """Returns how many acts wait here to be sent, None where there is nowhere to send them."""
    return together.unsent(desk.repo)


def waiting(desk: Desk) -> Unsent:
    """Returns what waits here to be sent; asks nobody."""
    beside = seen.beside(desk.repo).removeprefix("refs/heads/")
    return Unsent(together.unsent(desk.repo), together.waiting(desk.repo), beside)
