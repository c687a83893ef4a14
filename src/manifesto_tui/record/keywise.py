"""Unites a settings file that two sides changed, key by key, as far as they changed other keys."""

from collections.abc import Mapping
from typing import Any

from manifesto_tui.governance.paths import kind_of
from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import reveal
from manifesto_tui.record import forms, yaml

KEYED = frozenset({"member", "rules", "sources", "manifesto"})
# Of these lists each word stands for itself, whatever stands beside it.
_SETS = {("member", "addresses"), ("member", "keys")}
_NONE = object()


def keywise(
    path: str, was: bytes | None, mine: bytes, its: bytes, mine_wins: bool = False
) -> bytes:
    """Returns the other side's file with what this side changed since `was`.

    Comments of the other side's file stay. Raises Refused "needs-people", naming the key, where
    both changed the same one, unless `mine_wins`; and where what comes out could not be read.
    """
    try:
        before = yaml.read(path, was).bare() if was else {}
        sides = yaml.read(path, mine).bare(), yaml.read(path, its).bare()
        united = _united((path,), before, *sides, mine_wins)
        assert isinstance(united, dict), "each file of the record is a map"
        value: Any = forms.read(path, yaml.write(united).encode())
        return forms.rewrite(path, its, value)
    except yaml.Unreadable as wrong:
        first = wrong.problems[0]
        raise _apart(f"Both sides changed {reveal(path)}, and together: {first.sentence}") from None


def _united(at: tuple[str, ...], was: object, mine: object, its: object, mine_wins: bool) -> object:
    if mine in (was, its):
        return its
    if its == was:
        return mine
    if isinstance(mine, dict) and isinstance(its, dict):
        before: Mapping[str, object] = was if isinstance(was, dict) else {}
        made = {
            key: _united(
                (*at, key),
                before.get(key, _NONE),
                mine.get(key, _NONE),
                its.get(key, _NONE),
                mine_wins,
            )
            for key in dict.fromkeys((*its, *mine))
        }
        return {key: value for key, value in made.items() if value is not _NONE}
    if (kind_of(at[0]), at[-1]) in _SETS:
        old, new, there = ([] if side is _NONE else side for side in (was, mine, its))
        if isinstance(old, list) and isinstance(new, list) and isinstance(there, list):
            kept = [word for word in there if word in new or word not in old]
            added = [word for word in new if word not in old and word not in there]
            return [*kept, *added] or _NONE
    if mine_wins:
        return mine
    named = " › ".join(map(reveal, at[1:]))
    raise _apart(f"Both sides changed “{named}” in {reveal(at[0])}.")


def _apart(sentence: str) -> Refused:
    return Refused("needs-people", sentence, "Choose which of them shall stand.")
