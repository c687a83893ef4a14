"""Reads public keys as SSH writes them, and checks what was signed with one.

Kinds: ed25519, ECDSA over the three NIST curves, RSA with SHA-2, and ed25519 and ECDSA held in a
security key. `cryptography` does the arithmetic and is imported when a key is first used.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache


class Malformed(Exception):
    """Carries why bytes are no key or no signature; caught within `record`."""


class Unsupported(Exception):
    """Carries why a key of a kind unknown here can check nothing; caught within `record`."""


class Strings:
    """Takes length-prefixed strings from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """Returns the next bytes; Malformed where there are fewer."""
        if count > len(self._data) - self._at:
            raise Malformed("it ends too soon")
        self._at += count
        return self._data[self._at - count : self._at]

    def next(self) -> bytes:
        """Returns the next string."""
        return self.take(int.from_bytes(self.take(4), "big"))

    def number(self) -> int:
        """Returns the next number: not negative, and written as shortly as it can be."""
        found = self.next()
        padded = found[:1] == b"\0" and not found[1:2] >= b"\x80"
        if found[:1] >= b"\x80" or padded:
            raise Malformed("a number in it is written wrongly")
        return int.from_bytes(found, "big")

    def end(self) -> None:
        """Raises Malformed where anything is left."""
        if self._at != len(self._data):
            raise Malformed("something follows its end")


Verify = Callable[[bytes, Strings, bytes], None]
"""Takes the algorithm's name, what the key made, and the bytes it was made over."""

_ED25519 = b"ssh-ed25519"
_SK_ED25519 = b"sk-ssh-ed25519@openssh.com"
_SK_ECDSA = b"sk-ecdsa-sha2-nistp256@openssh.com"
_RSA = {b"rsa-sha2-256": "SHA256", b"rsa-sha2-512": "SHA512"}
_CURVES = {
    b"ecdsa-sha2-nistp256": ("SECP256R1", "SHA256"),
    b"ecdsa-sha2-nistp384": ("SECP384R1", "SHA384"),
    b"ecdsa-sha2-nistp521": ("SECP521R1", "SHA512"),
}
_SHORTEST_RSA, _LONGEST_RSA = 2048, 16384
_TOUCHED = 1


def pack(data: bytes) -> bytes:
    """Returns one string with its length before it."""
    return len(data).to_bytes(4, "big") + data


def key_line(blob: bytes) -> str:
    """Returns a public key as the roll writes it, "type base64", without a comment."""
    kind = Strings(blob).next()
    if not re.fullmatch(rb"[a-zA-Z0-9@.-]{1,64}", kind):
        raise Malformed("its key is of no known kind")
    return f"{kind.decode()} {base64.b64encode(blob).decode()}"


def read_key(line: str) -> str:
    """Returns the key of one line of a `.pub` file, without its comment.

    Raises Malformed where it is none, or none that can be checked here.
    """
    words = line.split()
    try:
        blob = base64.b64decode(words[1], validate=True)
        if key_line(blob) != f"{words[0]} {words[1]}":
            raise Malformed("it is no public key")
        verifier(blob)
    except (IndexError, binascii.Error, ValueError):
        raise Malformed("it is no public key") from None
    except Unsupported as unsupported:
        raise Malformed(str(unsupported)) from None
    return f"{words[0]} {words[1]}"


def fingerprint(line: str) -> str:
    """Returns what `ssh-keygen -l` prints for a key: "SHA256:" and 43 characters."""
    try:
        blob = base64.b64decode(line.split()[1], validate=True)
    except (IndexError, binascii.Error, ValueError):
        return "unreadable"
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


@lru_cache(maxsize=4096)
def verifier(blob: bytes) -> Verify:
    """Returns what checks signatures of one key, which raises Malformed where one does not fit.

    Remembered, since members sign many files with one key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm

    strings = Strings(blob)
    kind = strings.next()
    try:
        if kind in (_ED25519, _SK_ED25519):
            return _ed25519(kind, strings)
        if kind in _CURVES or kind == _SK_ECDSA:
            return _ecdsa(kind, strings)
        if kind == b"ssh-rsa":
            return _rsa(strings)
    except (ValueError, UnsupportedAlgorithm):
        raise Malformed("its key is not one") from None
    raise Unsupported("its kind of key is unknown here")


def _ed25519(kind: bytes, strings: Strings) -> Verify:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public = Ed25519PublicKey.from_public_bytes(strings.next())
    application = strings.next() if kind == _SK_ED25519 else None
    strings.end()

    def verify(algorithm: bytes, made: Strings, signed: bytes) -> None:
        _expect(algorithm == kind)
        signature = made.next()
        signed = _by_token(application, made, signed)
        made.end()
        try:
            public.verify(signature, signed)
        except InvalidSignature:
            raise _unfit() from None

    return verify


def _ecdsa(kind: bytes, strings: Strings) -> Verify:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    named = b"ecdsa-sha2-nistp256" if kind == _SK_ECDSA else kind
    curve, digest = _CURVES[named]
    if strings.next() != named.rpartition(b"-")[2]:
        raise Malformed("its key is not one")
    public = ec.EllipticCurvePublicKey.from_encoded_point(getattr(ec, curve)(), strings.next())
    application = strings.next() if kind == _SK_ECDSA else None
    strings.end()
    how = ec.ECDSA(getattr(hashes, digest)())

    def verify(algorithm: bytes, made: Strings, signed: bytes) -> None:
        _expect(algorithm == kind)
        numbers = Strings(made.next())
        signature = encode_dss_signature(numbers.number(), numbers.number())
        numbers.end()
        signed = _by_token(application, made, signed)
        made.end()
        try:
            public.verify(signature, signed, how)
        except InvalidSignature:
            raise _unfit() from None

    return verify


def _rsa(strings: Strings) -> Verify:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    exponent, modulus = strings.number(), strings.number()
    strings.end()
    if not _SHORTEST_RSA <= modulus.bit_length() <= _LONGEST_RSA:
        raise Malformed("its key is too short or too long to be trusted")
    public = RSAPublicNumbers(exponent, modulus).public_key()

    def verify(algorithm: bytes, made: Strings, signed: bytes) -> None:
        _expect(algorithm in _RSA)
        signature = made.next()
        made.end()
        # OpenSSH leaves out leading zeros that the arithmetic wants.
        signature = signature.rjust((modulus.bit_length() + 7) // 8, b"\0")
        try:
            public.verify(signature, signed, PKCS1v15(), getattr(hashes, _RSA[algorithm])())
        except InvalidSignature:
            raise _unfit() from None

    return verify


def _by_token(application: bytes | None, made: Strings, signed: bytes) -> bytes:
    """Returns what a security key signs: the bytes' digest with its flags and its counter."""
    if application is None:
        return signed
    flags, counter = made.take(1), made.take(4)
    if not flags[0] & _TOUCHED:
        raise Malformed("nobody touched the security key")
    sha = hashlib.sha256
    return sha(application).digest() + flags + counter + sha(signed).digest()


def _expect(right: bool) -> None:
    if not right:
        raise Malformed("its algorithm is not its key's")


def _unfit() -> Malformed:
    return Malformed("it was not made over this file")
