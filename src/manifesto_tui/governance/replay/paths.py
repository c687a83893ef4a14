"""Says what a path in the record is.

>>> place_of("proposals/2026-11/k7f3-open/votes/sam-2.yaml")
Place(folder='proposals/2026-11/k7f3-open', kind='vote', name='sam-2')
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

PROPOSALS = "proposals/"
SETTINGS = "manifesto/manifesto.yaml"
RULES = "manifesto/rules.yaml"
ROLL = "manifesto/roll"
EDITIONS = "manifesto/editions"
SIGNATORIES = "manifesto/signatories"

Kind = Literal[
    "amendment",
    "second",
    "comment",
    "withdrawal",
    "ballot",
    "vote",
    "proxy",
    "acceptance",
    "decision",
    "edition",
    "signatory",
    "signature",
    "unknown",
]

_NAME = r"[a-z0-9][a-z0-9-]{0,63}"
_STEM = r"[a-z0-9][a-z0-9-]{0,71}"  # The name of a member, and which of their files it is.
_FOLDER = re.compile(rf"(proposals/\d{{4}}-\d{{2}}/{_NAME})/(.+)", re.DOTALL)
_ALONE: dict[str, Kind] = {
    "amendment": "amendment",
    "ballot": "ballot",
    "decision": "decision",
    "withdrawal": "withdrawal",
}
_WITHIN: dict[str, Kind] = {
    "votes": "vote",
    "seconds": "second",
    "comments": "comment",
    "proxies": "proxy",
    "acceptances": "acceptance",
}
_FILE = re.compile(rf"(?:({'|'.join(_WITHIN)})/)?({_STEM})\.yaml(\.sig)?")
_REVISION = re.compile(r"revision-([2-9]|[1-9]\d{1,4})")
_MEMBER = re.compile(rf"manifesto/roll/({_NAME})\.yaml")
_BESIDE = re.compile(rf"manifesto/(editions|signatories)/({_STEM})\.yaml(\.sig)?")
_KINDS: dict[str, Kind] = {"editions": "edition", "signatories": "signatory"}
_ONCE = (PROPOSALS, f"{EDITIONS}/", f"{SIGNATORIES}/")


@dataclass(frozen=True, slots=True)
class Place:
    """Which folder of the record a file is in, what it is there, and its name bare."""

    folder: str
    kind: Kind
    name: str

    @property
    def id(self) -> str:
        """The id that the folder's name begins with."""
        return self.folder.rpartition("/")[2].partition("-")[0]

    @property
    def revision(self) -> int:
        """Which revision an amendment's file holds."""
        match = _REVISION.fullmatch(self.name)
        return int(match[1]) if match else 1


@lru_cache(maxsize=8192)
def place_of(path: str) -> Place:
    """Returns what a path is where files are written once; "unknown" where none is known such."""
    beside = _BESIDE.fullmatch(path)
    if beside:
        kind = "signature" if beside[3] else _KINDS[beside[1]]
        return Place(f"manifesto/{beside[1]}", kind, beside[2])
    folder = _FOLDER.fullmatch(path)
    file = _FILE.fullmatch(folder[2]) if folder else None
    if folder is None or file is None:
        return Place("", "unknown", path)
    within, name, signature = file[1], file[2], file[3]
    if within:
        kind = _WITHIN[within]
    else:
        kind = "amendment" if _REVISION.fullmatch(name) else _ALONE.get(name, "unknown")
    if signature and kind != "unknown":
        kind = "signature"
    return Place(folder[1], kind, name)


def is_record(path: str) -> bool:
    """Says whether a path is where files are written once, other than those that keep folders."""
    return path.startswith(_ONCE) and not path.endswith("/.gitkeep")


def member_at(path: str) -> str:
    """Returns the handle whose file on the roll this is, "" where it is none."""
    match = _MEMBER.fullmatch(path)
    return match[1] if match else ""


def is_settings(path: str) -> bool:
    """Says whether a path holds rules or settings, which stewards change."""
    return path in (SETTINGS, RULES)
