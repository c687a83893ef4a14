"""Keeps in the cache what stood at the commits that were opened last.

The proposals' folders, of which there are many, lie apart as a listing, under the commit at which
all of them were written down. A later commit is kept as what differs from that: so a vote costs
what it changes, and not the length of the list.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from manifesto_tui.record import listing
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.listing import Listing
from manifesto_tui.record.objects import Entry
from manifesto_tui.record.shelf import Grown

_NAME = "opening"
_LARGEST = 8 * 1024 * 1024
# Once more than one folder in so many differs, the listing is written down anew.
_SHARE = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands at a commit: the files outside `proposals/`, and the proposals' folders.

    `folders` gives the id of each folder's tree, in the order of their paths; `odd` the mode of
    what else lies in between; `grown` folders to which, as far as is known, only files were added.
    `listed` is the commit whose listing is kept, and `since` the folders that differ from it.
    """

    entries: Mapping[str, Entry]
    contents: Mapping[str, bytes]
    folders: Mapping[str, str]
    odd: Mapping[str, str]
    grown: Mapping[str, Grown] = field(default_factory=dict, compare=False)
    listed: str = field(default="", compare=False)
    since: Mapping[str, str] = field(default_factory=dict, compare=False)


def recall(cache: Cache, commit: str) -> Opening | None:
    """Returns what stands at a commit, where the cache knows it."""
    with cache.together() as opened:
        for _, kept in opened.recall("openings", [(_NAME, commit)]):
            return _unpacked(opened, kept)
    return None


def latest(cache: Cache) -> tuple[str, Opening] | None:
    """Returns the commit that was opened last and what stands at it, where the cache knows it."""
    with cache.together() as opened:
        kept = opened.latest("openings")
        opening = _unpacked(opened, kept[1]) if kept else None
    return (kept[0], opening) if kept and opening else None


def remember(cache: Cache, commit: str, opening: Opening) -> Opening:
    """Keeps what stands at a commit, but for one whose text is too large; returns it as kept."""
    if sum(map(len, opening.contents.values())) >= _LARGEST:
        return opening
    if not opening.listed or len(opening.since) * _SHARE > len(opening.folders):
        opening = replace(opening, listed=commit, since={})
        cache.remember("listings", {(_NAME, commit): listing.packed(opening.folders)})
    cache.remember("openings", {(_NAME, commit): _packed(opening)})
    return opening


def _packed(opening: Opening) -> bytes:
    entries = [(entry.mode, entry.id, path) for path, entry in opening.entries.items()]
    contents = [(path, data.decode("latin-1")) for path, data in opening.contents.items()]
    folders = [opening.listed, dict(opening.since)]
    return json.dumps([entries, contents, dict(opening.odd), *folders]).encode()


def _unpacked(cache: Cache, kept: bytes) -> Opening | None:
    with suppress(ValueError, TypeError, AttributeError):
        entries, contents, odd, listed, since = json.loads(kept)
        for _, folders in cache.recall("listings", [(_NAME, listed)]):
            return Opening(
                {path: Entry(mode, id_) for mode, id_, path in entries},
                {path: text.encode("latin-1") for path, text in contents},
                Listing(folders, since),
                odd,
                listed=listed,
                since=since,
            )
    return None
