"""Says where each new file of the record goes, so that it never meets an old one.

What a path is, once there, is said in `governance.paths`.
"""

import secrets
from collections.abc import Container, Iterable
from datetime import datetime

from manifesto_tui.governance.paths import EDITIONS, PROPOSALS, ROLL, SIGNATORIES
from manifesto_tui.prose import slug_of

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u to misread.


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
