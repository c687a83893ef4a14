"""Says what is wrong, where, and what to do about it.

Problems found in data are values, collected and shown together. What stops a verb is an
exception, and there is one small tree of them:

    ManifestoError          code, sentence, hint, where        exit code
    ├── Refused             the answer is no                       1
    ├── BadInput            wrong usage or input that is not right 2
    └── Unavailable         git or the system failed               3
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: lines and columns count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place: one sentence on what it is, one hint on what to do."""

    place: Place
    code: str
    sentence: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" + (f" {self.hint}" if self.hint else "")


class ManifestoError(Exception):
    """Stops a verb, with everything left as it was.

    `code` is a stable word for scripts ("not-on-the-roll"), `sentence` says what is wrong,
    `hint` what to do, `where` the file or id it is about.
    """

    exit_code = 3

    def __init__(self, code: str, sentence: str, hint: str = "", where: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{where}{self.sentence}" + (f" {self.hint}" if self.hint else "")


class Refused(ManifestoError):
    """The answer is no: a rule of the manifesto, a lost race, a conflict."""

    exit_code = 1


class BadInput(ManifestoError):
    """What was asked for or given is not right: an unknown id, a file that cannot be read."""

    exit_code = 2


class Unavailable(ManifestoError):
    """Git or the system could not do its part: no repository, no identity, no disk."""

    exit_code = 3
