"""Says where each file of the record lives, and what a path is.

    >>> kind_of("proposals/2026-11/k7f3-open/votes/anna-2.yaml")
    'vote'

Paths in the record are plain: small letters, digits and hyphens. Whatever else lies under
`proposals/` is no part of the record; `snapshot` reports it.
"""

import re
import secrets
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Literal

from manifesto_tui.prose import slug_of

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
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u to misread.
_NAME = NAME.pattern
_FILE = r"[a-z0-9][a-z0-9-]{0,71}"  # The name of a member, and which of their files it is.
_PART = r"(?:0|[1-9][0-9]{0,4})"
MONTH = re.compile(r"proposals/[0-9]{4}-(?:0[1-9]|1[0-2])")
PROPOSAL = re.compile(rf"{MONTH.pattern}/{ID.pattern}-[a-z0-9-]{{1,59}}")
_IN_PROPOSAL = re.compile(
    rf"(?P<folder>{PROPOSAL.pattern})/(?:"
    r"(?P<amendment>amendment|revision-(?:[2-9]|[1-9][0-9]{1,3}))"
    rf"|seconds/(?P<second>{_FILE})"
    rf"|comments/(?P<comment>{_FILE})"
    r"|(?P<ballot>ballot)"
    rf"|votes/(?P<vote>{_FILE})"
    rf"|proxies/(?P<proxy>{_FILE})"
    rf"|acceptances/(?P<acceptance>{_FILE})"
    r"|(?P<decision>decision)"
    r"|(?P<withdrawal>withdrawal)"
    r")\.yaml(?P<signature>\.sig)?"
)
_IN_MANIFESTO = re.compile(
    rf"manifesto/(?:(?P<manifesto>manifesto)|(?P<rules>rules)|(?P<sources>sources)"
    rf"|roll/(?P<member>{_NAME})|signatories/(?P<signatory>{_FILE})"
    rf"|editions/(?P<edition>{_PART}-{_PART}-{_PART}))\.yaml(?P<signature>\.sig)?"
)


def kind_of(path: str) -> Kind | None:
    """Returns what kind of record file a path is, or None where it is none."""
    pattern = _IN_PROPOSAL if path.startswith("proposals/") else _IN_MANIFESTO
    match = pattern.fullmatch(path)
    # `signature` is the last group of both patterns, so it wins over what it signs.
    return match.lastgroup if match else None  # type: ignore[return-value]


def is_record(path: str) -> bool:
    """Tells whether a path lies where only the record's own files may be."""
    return path.startswith(("manifesto/", "proposals/"))


def keeps_a_folder(path: str) -> bool:
    """Tells whether a path is the file by which people keep an empty folder, and says nothing."""
    return path.endswith("/.gitkeep")


def is_written_once(path: str) -> bool:
    """Tells whether a path lies where files are written once and stay as they are."""
    return path.startswith((f"{PROPOSALS}/", f"{SIGNATORIES}/", f"{EDITIONS}/"))


def folder_of(path: str) -> str:
    """Returns the proposal's folder that a path lies in, "" where it lies in none."""
    match = _IN_PROPOSAL.fullmatch(path)
    return match["folder"] if match else ""


def stem(path: str) -> str:
    """Returns the file's own name without its ending: a handle, `revision-2`, `ballot`."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def new_id(taken: Container[str]) -> str:
    """Chooses four characters that name a new proposal, at random and unlike those taken."""
    for _ in range(10_000):
        chosen = "".join(secrets.choice(_ALPHABET) for _ in range(4))
        if chosen not in taken and any(c.isalpha() for c in chosen):
            return chosen
    raise ValueError("Nearly every id of four characters is taken.")


def proposal_folder(filed: datetime, id: str, title: str) -> str:
    """Returns the folder of a new proposal: `proposals/2026-11/k7f3-publish-every-interface`."""
    return f"{PROPOSALS}/{filed:%Y-%m}/{id}-{slug_of(title)[:48].strip('-')}"


def amendment_path(folder: str, revision: int = 1) -> str:
    """Returns where a revision of an amendment is kept."""
    return f"{folder}/amendment.yaml" if revision == 1 else f"{folder}/revision-{revision}.yaml"


def second_path(folder: str, handle: str, revision: int = 1) -> str:
    """Returns where a member's support of a revision is kept."""
    return f"{folder}/seconds/{handle}{'' if revision == 1 else f'-{revision}'}.yaml"


def comment_path(folder: str, at: datetime, handle: str, existing: Iterable[str] = ()) -> str:
    """Returns where a new comment goes: by time, so that a listing reads as a conversation."""
    start = f"{folder}/comments/{at:%Y%m%dt%H%M%S}z-{handle}"[: len(folder) + 74]
    return _first_free(start, set(existing))


def ballot_path(folder: str) -> str:
    """Returns where a ballot is kept."""
    return f"{folder}/ballot.yaml"


def vote_path(folder: str, handle: str, existing: Iterable[str] = ()) -> str:
    """Returns where a member's vote goes: a file of its own, whatever they voted before."""
    return _first_free(f"{folder}/votes/{handle}", set(existing))


def proxy_path(folder: str, handle: str, existing: Iterable[str] = ()) -> str:
    """Returns where it is kept that a member lets another vote for them."""
    return _first_free(f"{folder}/proxies/{handle}", set(existing))


def acceptance_path(folder: str, handle: str, existing: Iterable[str] = ()) -> str:
    """Returns where it is kept that a member accepts to vote for another."""
    return _first_free(f"{folder}/acceptances/{handle}", set(existing))


def decision_path(folder: str) -> str:
    """Returns where a decision is kept."""
    return f"{folder}/decision.yaml"


def withdrawal_path(folder: str) -> str:
    """Returns where a withdrawal is kept."""
    return f"{folder}/withdrawal.yaml"


def member_path(handle: str) -> str:
    """Returns where a member is kept."""
    return f"{ROLL}/{handle}.yaml"


def signatory_path(handle: str, place: int = 1) -> str:
    """Returns where an act of a signatory is kept; `place` counts them from 1."""
    return f"{SIGNATORIES}/{handle}{'' if place == 1 else f'-{place}'}.yaml"


def edition_path(number: str) -> str:
    """Returns where an edition is kept: `manifesto/editions/1-0-0.yaml`."""
    return f"{EDITIONS}/{number.replace('.', '-')}.yaml"


def _first_free(start: str, existing: set[str]) -> str:
    path, number = f"{start}.yaml", 1
    while path in existing:
        number += 1
        path = f"{start}-{number}.yaml"
    return path
