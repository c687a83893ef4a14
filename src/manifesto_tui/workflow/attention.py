"""Says which amendments ask for attention, and whose.

A list answers two questions with it: what needs me, and what in the assembly is stuck. What asks
is worked out from the record and the time whenever it is asked; nothing is written.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.lifecycle import CHANGEABLE, SOON_DAYS, closes_soon, last_act
from manifesto_tui.governance.permission import why_not
from manifesto_tui.governance.stranding import is_stranded
from manifesto_tui.workflow.card import Card, Need

_STALE_DAYS = 30


def attention(
    card: Card,
    assembly: Assembly,
    handle: str | None,
    now: datetime,
    offered: Collection[str],
    soon: int = SOON_DAYS,
) -> tuple[Need, ...]:
    """Returns what an amendment asks for, of the reader or of anybody.

    `offered` are the ids of amendments of which another wording is open, `soon`
    how many days before its end a ballot closes soon. A vote, a confirmation and an answer are
    asked of the reader alone; the rest stands there for all to see. What rivals ask for at one
    ballot, its own card asks.
    """
    mine = handle is not None and card.proposer == handle
    open_ = card.stage in CHANGEABLE
    stranded = _is_stranded(card, assembly)
    state = card.standing.state if open_ and card.standing else "clean"
    asks: dict[Need, bool] = {
        "vote": card.needs_my_vote and not card.ranked_on,
        "confirmation": open_ and mine and state == "touched",
        "wording": open_ and mine and card.id in offered,
        "conflict": open_
        and (
            state in ("conflict", "moot") or any(c.relation == "exclusive" for c in card.collisions)
        ),
        "closing": card.ballot is not None
        and card.stage == "at the ballot"
        and closes_soon(card.ballot, now, soon),
        "decision": card.stage == "closed" and not stranded and not card.ranked_on,
        "refiling": stranded,
        "stale": open_ and _is_stale(card, assembly, now),
    }
    return tuple(need for need, asked in asks.items() if asked)


def needs_me(card: Card, assembly: Assembly, handle: str | None) -> bool:
    """Says whether an amendment waits for the reader: to vote, answer, revise or count."""
    if handle is None:
        return False
    for need in card.asks:
        if need in ("vote", "confirmation", "wording"):
            return True
        if need in ("conflict", "stale") and card.proposer == handle:
            return True
        member = assembly.roll.by_handle.get(handle)
        if need == "decision" and not why_not(assembly.rules, member, handle, "decide"):
            return True
    return False


def _is_stranded(card: Card, assembly: Assembly) -> bool:
    """Says whether its ballot carried and no decision can put in force what it came to."""
    if card.stage != "closed" or card.score is None or card.score.would_be != "carried":
        return False
    return card.tally is not None and is_stranded(assembly, card.proposal, card.tally.carried)


def _is_stale(card: Card, assembly: Assembly, now: datetime) -> bool:
    last = last_act(card.proposal)
    # Where the rules let it lapse, half of that time is left to save it.
    days = assembly.rules.idle_days / 2 if assembly.rules.idle_days else _STALE_DAYS
    return last is not None and now - last >= timedelta(days=days)
