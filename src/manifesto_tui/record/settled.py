"""Keeps which folders hold an amendment that was decided there, by the trees of the folders.

Who looks for what is still to be done, as every vote does, would else read ten thousand folders to
find the few that are not. A folder's tree names all that lies in it, so what was settled at a tree
is so wherever that tree stands.
"""

from collections.abc import Collection

from manifesto_tui.record.cache import Cache

_NAME = "settled"


def recall(cache: Cache) -> frozenset[str]:
    """Returns the trees of folders that are known to be settled, whatever commit has them."""
    latest = cache.latest("settled")
    width, _, trees = latest[1].partition(b"\n") if latest else (b"", b"", b"")
    return frozenset(trees.hex(" ", int(width)).split(" ")) if trees else frozenset()


def remember(cache: Cache, commit: str, trees: Collection[str]) -> None:
    """Keeps the trees of the folders that are settled at a commit."""
    width = b"%d\n" % (len(commit) // 2)
    cache.remember("settled", {(_NAME, commit): width + bytes.fromhex("".join(trees))})
