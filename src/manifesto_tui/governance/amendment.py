"""Names what people propose: an amendment, its changes, and what others say of it."""

from dataclasses import dataclass
from typing import Literal

from manifesto_tui.governance.rules import Rules

AmendmentKind = Literal["substantive", "editorial"]


@dataclass(frozen=True, slots=True)
class Change:
    """One clause of an amendment. Which of four it is follows from what is given.

    replace: `clause`, `was`, `now` · insert: `after`, `id`, `now` · delete: `clause`, `was` ·
    move: `clause`, `was`, `move_after`, and `now` where the words change too.

    `was` and `now` are one Markdown block each as it stands in a file (`## Title`, `- item`,
    plain words), without its anchor. `after` and `move_after` name an anchor, or "start" for
    the place before the first clause of the text.
    """

    clause: str = ""
    was: str | None = None
    now: str | None = None
    after: str = ""
    id: str = ""
    move_after: str = ""

    @property
    def verb(self) -> Literal["replace", "insert", "delete", "move"]:
        """Which of the four kinds of change this is."""
        if self.after:
            return "insert"
        if self.move_after:
            return "move"
        return "delete" if self.now is None else "replace"

    @property
    def target(self) -> str:
        """The anchor of the clause that this change is about; the new one for an insertion."""
        return self.clause or self.id


@dataclass(frozen=True, slots=True)
class Amendment:
    """One revision of a proposal to change named clauses, with its reasons.

    Or to change the rules: then `rules` holds them whole, and `changes` is empty.

    `filed` is ISO 8601 with a zone; `base` the commit whose text it amends; `revision` counts
    from 1. `amends` names the open amendment that this one words otherwise. A revision in which
    the proposer accepts such another wording names it in `takes_up`, and in `author` whose it is.
    """

    id: str
    title: str
    proposer: str
    filed: str
    base: str
    changes: tuple[Change, ...]
    rationale: str = ""
    kind: AmendmentKind = "substantive"
    sources: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    revision: int = 1
    amends: str = ""
    takes_up: str = ""
    author: str = ""
    rules: Rules | None = None


@dataclass(frozen=True, slots=True)
class Second:
    """A member's support, before the vote."""

    member: str
    at: str
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Comment:
    """What a member says of an amendment, or of words of one clause of it.

    One that `hides` another names that one's file without its ending; its text says why.
    """

    member: str
    at: str
    text: str
    clause: str = ""
    quote: str = ""
    path: str = ""
    hides: str = ""

    @property
    def name(self) -> str:
        """Its file's name without folder and ending."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The proposer takes the amendment back."""

    member: str
    at: str
    reason: str = ""
