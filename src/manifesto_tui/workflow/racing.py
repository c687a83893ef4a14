"""Lets a verb try again when somebody else recorded something first.

A commit names the tip it was built on, so a slower one is refused, not lost. The verb then reads
the record again and works everything out anew: permission, stage, what would be written.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from manifesto_tui.governance.problem import Refused
from manifesto_tui.workflow.desk import Desk

_P = ParamSpec("_P")
_T = TypeVar("_T")
_TRIES = 50


def again_on_the_same_text(
    verb: Callable[Concatenate[Desk, _P], _T],
) -> Callable[Concatenate[Desk, _P], _T]:
    """Tries a verb again after a lost race, as long as the text is the one it was asked about.

    What was typed against one text must not be laid over another unseen.
    """
    return _again(verb, may_move=False)


def again(verb: Callable[Concatenate[Desk, _P], _T]) -> Callable[Concatenate[Desk, _P], _T]:
    """Tries a verb again after a lost race, whatever was recorded in between."""
    return _again(verb, may_move=True)


def _again(
    verb: Callable[Concatenate[Desk, _P], _T], may_move: bool
) -> Callable[Concatenate[Desk, _P], _T]:
    @wraps(verb)
    def tried(desk: Desk, /, *arguments: _P.args, **options: _P.kwargs) -> _T:
        for _ in range(_TRIES):
            before = desk.assembly.text.sources
            try:
                return verb(desk, *arguments, **options)
            except Refused as refused:
                if refused.code != "tip-moved":
                    raise
            if desk.reload().text.sources != before and not may_move:
                raise Refused(
                    "text-moved",
                    "Someone changed the text in the meantime.",
                    "Read it with `manifesto-tui show`, then try again.",
                )
        return verb(desk, *arguments, **options)

    return tried
