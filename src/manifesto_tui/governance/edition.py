"""Numbers editions: states of the text that people can name, and put their names to.

The number says how much may have changed under a name: the first part rises with a principle
that was added, removed or retitled, the second with changed clauses, the third with editorial
changes alone. Nobody chooses it. It follows from the words then and now, and from what kind of
amendment was adopted in between:

    >>> level_of(compare_texts(then, now), ("editorial",))
    'patch'
    >>> raised("1.4.2", "minor")
    '1.5.0'

Calling an amendment editorial does not make it so: what binds more or less, or binds others than
before, is a change of a clause whatever it was called.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from manifesto_tui.governance.amendment import Amendment, AmendmentKind
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import Clause, ClauseChange

Level = Literal["major", "minor", "patch"]

FIRST = "1.0.0"
NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,4})(?:\.(?:0|[1-9][0-9]{0,4})){2}")
_NAMED = re.compile(rf"(?:edition[ -])?({NUMBER.pattern})")
_BINDING = ("commitment", "modality", "scope")
_WHY: dict[Level, str] = {
    "major": "a principle was added, removed or retitled",
    "minor": "clauses were changed",
    "patch": "only editorial changes were made",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """A numbered state of the text, as in `manifesto/editions/1-0-0.yaml`.

    `text` is the digest of the text, `decisions` the ids of the amendments adopted since the
    edition before, in the order of their decisions. `made` is ISO 8601 with a zone.
    """

    number: str
    text: str
    made: str
    steward: str
    decisions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, ...]:
        """The three parts of the number, by which editions are ordered."""
        return tuple(map(int, self.number.split(".")))

    @property
    def tag(self) -> str:
        """What git calls its commit: `edition-1.0.0`."""
        return f"edition-{self.number}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a clone has it: what it leads to, and whether it is as this program makes it."""

    name: str
    commit: str
    is_ours: bool


def latest(editions: Iterable[Edition]) -> Edition | None:
    """Returns the edition with the highest number, None where there is none."""
    return max(editions, key=lambda edition: edition.order, default=None)


def number_of(editions: Iterable[Edition], digest: str) -> str:
    """Returns the number of the latest edition whose text has this digest, "" for none."""
    found = latest(edition for edition in editions if edition.text == digest)
    return found.number if found else ""


def is_edition_name(name: str) -> bool:
    """Tells whether a name is one that editions have, whether there is such an edition or not."""
    return _NAMED.fullmatch(name) is not None


def edition_named(editions: Collection[Edition], name: str) -> Edition | None:
    """Returns the edition that a person means by `1.0.0`, `edition-1.0.0` or `edition 1.0.0`.

    None where there is none, and where the name is none of an edition.
    """
    match = _NAMED.fullmatch(name)
    return next((e for e in editions if match and e.number == match[1]), None)


def find_edition(editions: Collection[Edition], name: str) -> Edition:
    """Returns the edition of this name; BadInput "edition-unknown" where there is none."""
    found = edition_named(editions, name)
    if found is None:
        known = ", ".join(edition.number for edition in sorted(editions, key=lambda e: e.order))
        raise BadInput(
            "edition-unknown",
            f"There is no edition “{name}”.",
            f"There are: {known}." if known else "No edition has been made yet.",
        )
    return found


def level_of(changes: Sequence[ClauseChange], kinds: Collection[AmendmentKind]) -> Level:
    """Returns how much changed from one edition to the next.

    `changes` are those between the two texts, `kinds` those of the amendments adopted in
    between; changes that no amendment accounts for are of clauses.
    """
    weights = {change.weight for change in changes}
    if "title" in weights or any(_headings(c.old) != _headings(c.new) for c in changes):
        return "major"
    if weights.intersection(_BINDING) or not kinds or "substantive" in kinds:
        return "minor"
    return "patch"


def kinds_of(amendments: Iterable[Amendment]) -> frozenset[AmendmentKind]:
    """Returns of which kinds those amendments are that change the text, rather than the rules."""
    return frozenset(amendment.kind for amendment in amendments if amendment.changes)


def _headings(clauses: Iterable[Clause]) -> int:
    return sum(clause.kind == "heading" for clause in clauses)


def raised(number: str, level: Level) -> str:
    """Returns the number that follows one by a change of this level."""
    major, minor, patch = map(int, number.split("."))
    following = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
    }
    return ".".join(map(str, following[level]))


def why(level: Level) -> str:
    """Returns what a level means, as a clause."""
    return _WHY[level]


def is_substantive(older: str, newer: str) -> bool:
    """Tells whether more than editorial changes lie between two numbers."""
    return older.split(".")[:2] != newer.split(".")[:2]


def comprised(editions: Iterable[Edition]) -> frozenset[str]:
    """Returns the ids of all amendments that some edition comprises."""
    return frozenset(name for edition in editions for name in edition.decisions)
