"""Seals that stand for signatures: a key's name and the digest of what it is put to.

Anybody could make one; whether a signature is genuine is for the room that does the arithmetic.
"""

from hashlib import sha256

from manifesto_tui.governance.signature import Checked


def key(handle: str) -> str:
    """Makes up the public key of a member."""
    return f"ssh-ed25519 AAAA{handle}"


def seal(data: bytes, name: str) -> bytes:
    """Seals a file with a key."""
    return f"{name}|{sha256(data).hexdigest()}".encode()


def fits(content: bytes, signature: bytes) -> Checked:
    """Says whether a seal is over this content; one without a digest cannot be checked."""
    name, _, digest = signature.decode().partition("|")
    if not digest:
        return Checked("unknown", "", "nobody knows its kind")
    if digest != sha256(content).hexdigest():
        return Checked("bad", name, "the file is another")
    return Checked("good", name)
