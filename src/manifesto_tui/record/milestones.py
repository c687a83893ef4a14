"""Keeps in the clone how far a history was proved, so that it is not proved again.

What is kept lies in git's own folder of the clone, where whoever handed over a copied folder, or
shares it, may have written. So each file carries a seal made with a secret that lies elsewhere,
in the home folder of whoever proved it: what they did not write themselves is never believed.
A file with their own name and a wrong seal was altered, and that is said. It is keyed by the
commit and by this program's own source, so that another version proves everything afresh.

Against somebody who acts as the same user nothing here helps; they could change this program.
"""

import hashlib
import hmac
import json
import os
import platform
import re
import secrets
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import manifesto_tui
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.record.ownstate import state_home
from manifesto_tui.record.whole import write_whole

_NAME = re.compile(r"(\d{1,12})-([0-9a-f]{40}|[0-9a-f]{64})")
_LARGEST = 256 * 1024 * 1024
_ROOMS = ("prose", "governance", "record")
_ALWAYS = 3

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the memory: how many commits were judged, up to which one."""

    judged: int
    commit: str
    path: Path


def listed(repo: Repository) -> tuple[Kept, ...]:
    """Returns what is kept, the furthest first."""
    found = []
    with suppress(OSError, Unavailable):
        for path in _folder(repo).iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                found.append(Kept(int(match[1]), match[2], path))
    return tuple(sorted(found, key=lambda kept: (-kept.judged, kept.commit)))


def load(repo: Repository, kept: Kept) -> tuple[Document | None, bool]:
    """Returns what is kept, None where it is not to be believed, and whether it was altered."""
    secret = _secret(repo.environment)
    if secret is None:
        return None, False
    try:
        with kept.path.open("rb") as file:
            head, _, body = file.read(_LARGEST).partition(b"\n")
    except OSError:
        return None, False
    engine, owner, seal = (*head.decode("ascii", "replace").split(" "), "", "", "")[:3]
    if engine != _engine() or owner != _owner(secret):
        return None, False
    if not hmac.compare_digest(seal.encode(), _seal(secret, body).encode()):
        return None, True
    with suppress(ValueError, zlib.error, RecursionError):
        document = json.loads(zlib.decompress(body))
        if isinstance(document, dict) and document.get("commit") == kept.commit:
            return document, False
    return None, True


def keep(repo: Repository, documents: Sequence[Document]) -> None:
    """Keeps some documents, and of the earlier ones fewer the further back they lie.

    Where the disk cannot be written, or there is no home for a secret, nothing is kept.
    """
    secret = _secret(repo.environment, make=True)
    if secret is None:
        return
    with suppress(OSError, Unavailable):
        for document in documents:
            body = zlib.compress(json.dumps(document, separators=(",", ":")).encode(), 1)
            head = f"{_engine()} {_owner(secret)} {_seal(secret, body)}\n"
            name = f"{document['judged']}-{document['commit']}"
            if is_commit_id(document["commit"]):
                write_whole(_folder(repo) / name, head.encode() + body)
    for kept in _too_many(listed(repo)):
        drop(kept)


def drop(kept: Kept) -> None:
    """Deletes what is kept of one commit."""
    with suppress(OSError):
        kept.path.unlink()


def _too_many(kept: Sequence[Kept]) -> list[Kept]:
    """Returns what may go, so that the gaps grow with the distance from the latest."""
    left, gone = list(kept), []
    for each in reversed(kept[_ALWAYS:-1]):
        at = left.index(each)
        newer, older = left[at - 1].judged, left[at + 1].judged
        if newer - older <= kept[0].judged - newer:
            gone.append(left.pop(at))
    return gone


def _folder(repo: Repository) -> Path:
    return own_folder(repo.common_dir, "proved")


def _seal(secret: bytes, body: bytes) -> str:
    return hmac.new(secret, f"{_engine()}\n".encode() + body, hashlib.sha256).hexdigest()


def _owner(secret: bytes) -> str:
    return hashlib.sha256(b"owner" + secret).hexdigest()[:16]


def _secret(environment: Mapping[str, str], *, make: bool = False) -> bytes | None:
    """Returns the secret of whoever is here, None where there is none and none can be made."""
    home = state_home(environment)
    if home is None:
        return None
    path = home / "manifesto-tui" / "proof-secret"
    with suppress(OSError):
        if make and not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, secrets.token_bytes(32))
        with path.open("rb") as file:
            facts, found = os.fstat(file.fileno()), file.read(64)
        # A secret that others can read or write seals nothing.
        if len(found) == 32 and not facts.st_mode & 0o077 and facts.st_uid == os.getuid():
            return found
    return None


@lru_cache(maxsize=1)
def _engine() -> str:
    """Names the program that proves: its source, and what else its findings depend on."""
    digest = hashlib.sha256()
    root = Path(manifesto_tui.__file__).parent
    for path in sorted(path for room in _ROOMS for path in (root / room).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    facts = (
        platform.python_version(),
        unicodedata.unidata_version,
        str(find_spec("cryptography") is not None),
    )
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()[:32]
