"""Names what a manifesto is: its settings, and what it cites."""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["drafting", "in-force"]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the text may be, in words; None where there is no limit.

    `sentence` is advice to the writer, the others are limits that an amendment spends.
    """

    words: int | None = None
    principle: int | None = None
    clause: int | None = None
    sentence: int | None = 25


@dataclass(frozen=True, slots=True)
class Manifesto:
    """The settings in `manifesto/manifesto.yaml`.

    `text` lists the files in reading order, as paths from the root of the repository.
    `ratified` is the digest of the text that was put in force, "" while drafting.
    """

    title: str
    text: tuple[str, ...]
    language: str = "en-GB"
    licence: str = "CC-BY-4.0"
    state: State = "drafting"
    budget: Budget = field(default_factory=Budget)
    ratified: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that clauses cite, as `[@key]` in the text."""

    key: str
    title: str
    author: str = ""
    date: str = ""
    url: str = ""
