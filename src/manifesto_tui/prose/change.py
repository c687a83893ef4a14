"""Describes what happened to a clause between two texts.

A change names the clauses on both sides and weighs what it means; `words` shows it word by word.
The places that it also carries let `apply` make it on the old text.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from manifesto_tui.prose.clause import Clause, Kind, Outline
from manifesto_tui.prose.words import word_diff

ChangeKind = Literal["replaced", "inserted", "deleted", "moved", "split", "merged"]
Weight = Literal["title", "commitment", "modality", "scope", "wording", "spelling", "layout"]


@dataclass(frozen=True)
class ClauseChange:
    """One change: of what kind, to which clause, how much it matters, and its words.

    `was` and `now` are the texts, "" where there is none; those of several clauses (split,
    merged) are joined by a blank line. A change of layout alone, such as a list item that
    became a heading, has equal words on both sides.

    `old_at` and `new_at` are places among all clauses of either text. `after` is the place of
    the old clause that this change stands behind (-1 for the start): with `new_at` it says where
    clauses go that are new there.
    """

    kind: ChangeKind
    block: Kind
    clause: str | None
    path: str
    number: str
    weight: Weight
    was: str
    now: str
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    old_at: tuple[int, ...]
    new_at: tuple[int, ...]
    after: int
    in_place: bool
    target: Outline | None = field(default=None, repr=False, compare=False)

    @cached_property
    def words(self) -> list[tuple[str, str]]:
        """The change word by word: kept ("="), taken away ("-"), added ("+")."""
        return word_diff(self.was, self.now)
