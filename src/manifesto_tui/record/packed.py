"""Packs the values of a folder of proposals into bytes for the cache, and takes them out again.

Votes, of which there are many, are packed by column: what all votes of a ballot have in common
is then kept once, in the cache and in memory.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

from manifesto_tui.governance.amendment import Amendment, Change, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Option, Vote
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.rules import Entrenched, Rules, Threshold

_TYPES: dict[str, Any] = {
    f"\0{kind.__name__}": kind
    for kind in (
        *(Amendment, Change, Comment, Second, Withdrawal),
        *(Ballot, Decision, Option, Proxy, Acceptance),
        *(Rules, Entrenched, Threshold, Place, Problem),
    )
}
_FIELDS: dict[Any, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind)) for kind in _TYPES.values()
}
_TYPES["\0Fraction"] = Fraction
_FIELDS[Fraction] = ("numerator", "denominator")
_VOTE = tuple(f.name for f in fields(Vote) if f.name not in ("signed", "signature"))


def pack(value: object) -> bytes:
    """Returns values of the record, nested as they may be, as bytes."""
    return json.dumps(_encoded(value), separators=(",", ":")).encode()


def unpack(data: bytes) -> object:
    """Returns what was packed, lists as tuples; raises ValueError or TypeError for other bytes."""
    return _decoded(json.loads(data))


def pack_votes(votes: Sequence[Vote]) -> bytes:
    """Returns votes as bytes, column by column."""
    columns: list[object] = []
    for name in _VOTE:
        column = [getattr(vote, name) for vote in votes]
        columns.append(column[:1] if len(set(column)) == 1 else column)
    return json.dumps([len(votes), *columns], separators=(",", ":")).encode()


def unpack_votes(data: bytes) -> tuple[Vote, ...]:
    """Returns the votes that were packed; raises ValueError or TypeError for other bytes."""
    count, *columns = json.loads(data)
    whole = dict(zip(_VOTE, columns, strict=True))
    whole["ranking"] = [tuple(ranking) for ranking in whole["ranking"]]
    filled = [column * count if len(column) == 1 else column for column in whole.values()]
    return tuple(
        Vote(ballot, effect, voter, choice, cast, reason, ranking, path, digest, ballot_digest=file)
        for ballot, effect, voter, choice, cast, reason, ranking, path, digest, file in zip(
            *filled, strict=True
        )
    )


def _encoded(value: object) -> object:
    """Returns a value as JSON has it: of one of our types its name and its fields in order."""
    kind = type(value)
    names = _FIELDS.get(kind)
    if names is not None:
        # No text from a file begins with a NUL, so no list of theirs looks like one of these.
        return [f"\0{kind.__name__}", *(_encoded(getattr(value, name)) for name in names)]
    if isinstance(value, list | tuple):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: object) -> object:
    # Most of what there is are words: not calling oneself for each takes half of the time.
    if type(value) is not list:
        return _equal_once(value) if type(value) is dict else value
    kind = _TYPES.get(value[0]) if value and type(value[0]) is str else None
    once = _room()
    made = [
        once(v, v) if type(v) is str else _decoded(v) if type(v) in (list, dict) else v
        for v in (value[1:] if kind else value)
    ]
    if kind is None:
        found = tuple(made)
        return once(found, found) if all(type(v) is str for v in found) else found
    known: object = kind(*made)
    return known


def _equal_once(value: dict[str, Any]) -> dict[str, Any]:
    once = _room()
    made = {
        once(key, key): _equal_once(v) if type(v) is dict else once(v, v) if type(v) is str else v
        for key, v in value.items()
    }
    if not all(type(v) in (str, int, dict) for v in made.values()):
        return made
    # Those within are held once by now, so that one is the other only where they are equal.
    same = (dict, *((key, id(v) if type(v) is dict else v) for key, v in made.items()))
    held: dict[str, Any] = once(same, made)
    return held


def _room() -> Callable[[Any, Any], Any]:
    """Returns what gives back the one that is held of several that are equal."""
    if len(_held) > _HELD:
        _held.clear()
    return _held.setdefault


# Equal ones are held once: rules, electorates, counts are the same in thousands of folders. Only
# of the last few thousand, since most of what differs (digests, words) comes but once.
_held: dict[Any, Any] = {}
_HELD = 10_000


def as_sequence(value: object) -> Sequence[object]:
    """Returns an unpacked value as the sequence it was packed as."""
    return value if isinstance(value, tuple) else ()
