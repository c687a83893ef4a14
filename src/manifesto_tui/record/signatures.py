"""Checks signatures, and writes them, as `ssh-keygen -Y sign -n manifesto` does.

The format is SSHSIG, described in PROTOCOL.sshsig of OpenSSH. Checking happens in this process,
some seventy times faster than with a program for each. What a file claims is hostile until it is
checked: it is small, it is parsed strictly, and whatever is wrong with it becomes an answer,
never an exception.

    >>> check(b"format: 1\\n…", b"-----BEGIN SSH SIGNATURE-----\\n…").result
    'good'
"""

import base64
import binascii
import hashlib
import re

from manifesto_tui.governance.signature import Checked
from manifesto_tui.record.publickeys import (
    Malformed,
    Strings,
    Unsupported,
    key_line,
    pack,
    verifier,
)

NAMESPACE = b"manifesto"
LARGEST = 16 * 1024

_MAGIC = b"SSHSIG"
_VERSION = b"\0\0\0\1"
_ARMOUR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END SSH SIGNATURE-----\s*"
)
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}


def check(content: bytes, signature: bytes) -> Checked:
    """Says whether a signature was made over these bytes, and with which key; never raises."""
    key = ""
    try:
        blob, hashed, inner = _parse(signature)
        key = key_line(blob)
        algorithm = inner.next()
        verifier(blob)(algorithm, inner, to_be_signed(content, hashed))
    except Malformed as wrong:
        return Checked("bad", key, str(wrong))
    except Unsupported as unknown:
        return Checked("unknown", key, str(unknown))
    except ImportError:
        return Checked("unknown", key, "the package cryptography is not installed")
    return Checked("good", key)


def to_be_signed(content: bytes, hashed: bytes = b"sha512") -> bytes:
    """Returns the bytes that a key signs for a file's content."""
    digest = _HASHES[hashed](content).digest()
    return _MAGIC + b"".join(map(pack, (NAMESPACE, b"", hashed, digest)))


def armoured(key: bytes, algorithm: bytes, made: bytes, hashed: bytes = b"sha512") -> bytes:
    """Returns the file that goes beside what was signed."""
    strings = (key, NAMESPACE, b"", hashed, pack(algorithm) + pack(made))
    text = base64.b64encode(_MAGIC + _VERSION + b"".join(map(pack, strings)))
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    begin, end = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
    return b"\n".join([begin, *lines, end, b""])


def _parse(signature: bytes) -> tuple[bytes, bytes, Strings]:
    """Returns key, digest's name, and what the key made; Malformed where any of it is wrong."""
    if len(signature) > LARGEST:
        raise Malformed("it is larger than any signature")
    match = _ARMOUR.fullmatch(signature)
    if not match:
        raise Malformed("it is no SSH signature")
    try:
        blob = base64.b64decode(match[1].translate(None, b"\r\n"), validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("it is no SSH signature") from None
    strings = Strings(blob)
    if strings.take(len(_MAGIC)) != _MAGIC or strings.take(4) != _VERSION:
        raise Malformed("it is no SSH signature of version 1")
    key, namespace, reserved, hashed, made = (strings.next() for _ in range(5))
    strings.end()
    if namespace != NAMESPACE:
        raise Malformed("it was made for another purpose than a manifesto")
    if reserved or hashed not in _HASHES:
        raise Malformed("it is of a kind that is not known")
    return key, hashed, Strings(made)
