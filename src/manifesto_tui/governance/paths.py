"""Says what a path in the record is.

>>> place_of("proposals/2026-11/k7f3-open/votes/sam-2.yaml")
Place(folder='proposals/2026-11/k7f3-open', kind='vote', name='sam-2')

Paths in the record are plain: small letters, digits and hyphens. Whatever else lies under
`proposals/` is no part of the record, and counts for nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

Kind = Literal[
    "manifesto",
    "rules",
    "sources",
    "member",
    "signatory",
    "edition",
    "amendment",
    "second",
    "comment",
    "ballot",
    "vote",
    "proxy",
    "acceptance",
    "decision",
    "withdrawal",
    "signature",
]

MANIFESTO = "manifesto/manifesto.yaml"
RULES = "manifesto/rules.yaml"
SOURCES = "manifesto/sources.yaml"
ROLL = "manifesto/roll"
SIGNATORIES = "manifesto/signatories"
EDITIONS = "manifesto/editions"
PROPOSALS = "proposals"

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
ID = re.compile(r"[0-9a-hjkmnp-tv-z]{4}")
_STEM = r"[a-z0-9][a-z0-9-]{0,71}"  # The name of a member, and which of their files it is.
_PART = r"(?:0|[1-9][0-9]{0,4})"
MONTH = re.compile(r"proposals/[0-9]{4}-(?:0[1-9]|1[0-2])")
PROPOSAL = re.compile(rf"{MONTH.pattern}/{ID.pattern}-[a-z0-9-]{{1,59}}")
_REVISION = re.compile(r"revision-([0-9]+)")
_ONCE = (f"{PROPOSALS}/", f"{EDITIONS}/", f"{SIGNATORIES}/")
_IN_PROPOSAL = re.compile(
    rf"(?P<folder>{PROPOSAL.pattern})/(?:"
    rf"(?P<amendment>amendment|revision-(?:[2-9]|[1-9][0-9]{{1,3}}))"
    rf"|seconds/(?P<second>{_STEM})"
    rf"|comments/(?P<comment>{_STEM})"
    r"|(?P<ballot>ballot)"
    rf"|votes/(?P<vote>{_STEM})"
    rf"|proxies/(?P<proxy>{_STEM})"
    rf"|acceptances/(?P<acceptance>{_STEM})"
    r"|(?P<decision>decision)"
    r"|(?P<withdrawal>withdrawal)"
    r")\.yaml(?P<signature>\.sig)?"
)
_IN_MANIFESTO = re.compile(
    rf"manifesto/(?:(?P<manifesto>manifesto)|(?P<rules>rules)|(?P<sources>sources)"
    rf"|roll/(?P<member>{NAME.pattern})|signatories/(?P<signatory>{_STEM})"
    rf"|editions/(?P<edition>{_PART}-{_PART}-{_PART}))\.yaml(?P<signature>\.sig)?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Which folder of the record a file is in, what it is there, and its name bare.

    `kind` is None where no file of the record is at that path; `folder` is then "".
    """

    folder: str
    kind: Kind | None
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
    """Returns what a path in the record is, and what it is of."""
    pattern = _IN_PROPOSAL if path.startswith("proposals/") else _IN_MANIFESTO
    match = pattern.fullmatch(path)
    if match is None:
        return Place("", None, path)
    # `signature` is the last group of both patterns, so it wins over what it signs.
    folder = match["folder"] if pattern is _IN_PROPOSAL else path.rpartition("/")[0]
    return Place(folder, cast(Kind, match.lastgroup), stem(path))


def kind_of(path: str) -> Kind | None:
    """Returns what kind of record file a path is, or None where it is none."""
    return place_of(path).kind


def folder_of(path: str) -> str:
    """Returns the proposal's folder that a path lies in, "" where it lies in none."""
    return place_of(path).folder if path.startswith("proposals/") else ""


def folder_around(path: str) -> str:
    """Returns the proposal's folder by its place alone, for whatever lies there under any name."""
    return "/".join(path.split("/", 3)[:3])


def stem(path: str) -> str:
    """Returns the file's own name without its ending: a handle, `revision-2`, `ballot`."""
    return path.rpartition("/")[2].removesuffix(".sig").removesuffix(".yaml")


def member_at(path: str) -> str:
    """Returns the handle whose file on the roll this is, "" where it is none."""
    place = place_of(path)
    return place.name if place.kind == "member" else ""


def is_settings(path: str) -> bool:
    """Tells whether a path holds rules or settings, which stewards change."""
    return path in (MANIFESTO, RULES)


def is_the_records(path: str) -> bool:
    """Tells whether a path lies where only the record's own files may be."""
    return path.startswith(("manifesto/", "proposals/"))


def keeps_a_folder(path: str) -> bool:
    """Tells whether a path is the file by which people keep an empty folder, and says nothing."""
    return path.endswith("/.gitkeep")


def is_written_once(path: str) -> bool:
    """Tells whether a path lies where files are written once and stay as they are."""
    return path.startswith(_ONCE) and not keeps_a_folder(path)
