"""Sends to a branch of one's own where the shared one takes nothing directly.

Others can be asked to take it over from there. It is the same one each time and only moves forward,
so that a request for it that is open gets what follows.
"""

import re

from manifesto_tui.record import transfer, unreached
from manifesto_tui.record.git import Repository
from manifesto_tui.record.seen import see
from manifesto_tui.record.transfer import OWN, Place, Watch


def send_beside(
    repo: Repository, place: Place, ours: str, handle: str, watch: Watch
) -> tuple[str, str]:
    """Sends our tip to the branch of whoever has this handle.

    Returns the branch in full, and what it held before, "" for a new one. Raises Unavailable
    "no-right-to-send" where the place takes that neither, or what else keeps it from being sent.
    """
    branch, before = _own(repo, place, ours, handle, watch)
    if before != ours and (not branch or transfer.push(repo, place, [f"{ours}:{branch}"], watch)):
        branch = f"{OWN}{handle}-{ours[:10]}"
        if said := transfer.push(repo, place, [f"{ours}:{branch}"], watch):
            raise unreached.not_sent(said)
    see(repo, place.remote, {branch: ours})
    return branch, before


def _own(repo: Repository, place: Place, ours: str, handle: str, watch: Watch) -> tuple[str, str]:
    """Finds the branch that goes on to our tip, and what it holds; "" for none.

    One that went another way, as from another machine or before acts were made again, is left.
    """
    named = re.compile(rf"{OWN}{re.escape(handle)}-[0-9a-f]{{10}}")
    there = transfer.named_there(repo, place, f"{OWN}{handle}-*", watch)
    best = "", ""
    for branch, tip in there.items():
        goes_on = named.fullmatch(branch) and repo.holds(tip, ours)
        if goes_on and (not best[1] or repo.holds(best[1], tip)):
            best = branch, tip
    return best
