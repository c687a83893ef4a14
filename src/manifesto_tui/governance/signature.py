"""Says what a signature beside a record file proves.

Whether bytes were signed with a key is arithmetic that `record` does; whether that key speaks for
a member is decided here, by the keys that the roll held at the commit before. So a key that is
withdrawn later takes nothing back, and a key that is added later proves nothing before: position
in history counts, never a date.

    >>> weigh(content, signature, check, keys=("ssh-ed25519 AAAA… anna",))
    Signature(state='signed', key='ssh-ed25519 AAAA…', why='')
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

SUFFIX = ".sig"  # Ends the name of the file that stands beside a record and holds its signature.
State = Literal["signed", "unsigned", "mismatch", "unchecked", "withdrawn"]

LABELS: dict[State, str] = {
    "signed": "signed",
    "unsigned": "unsigned, name not proven",
    "mismatch": "does not match",
    "unchecked": "cannot be checked here",
    "withdrawn": "key withdrawn",
}
"""What people read beside a record, wherever one is shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What arithmetic says of one signature: whose key, and whether it fits the bytes.

    `key` is the public key that the signature names, "type base64", "" where it names none.
    """

    result: Literal["good", "bad", "unknown"]
    key: str = ""
    why: str = ""


CheckSignature = Callable[[bytes, bytes], Checked]
"""Takes the bytes of a file and of its signature; never raises."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a record's signature comes to; `why` says in one clause what is wrong with it."""

    state: State = "unsigned"
    key: str = ""
    why: str = ""

    @property
    def label(self) -> str:
        """What people read beside the record."""
        return LABELS[self.state]


UNSIGNED = Signature()


def bare(line: str) -> str:
    """Returns a public key without the comment behind it."""
    return " ".join(line.split()[:2])


def bare_keys(lines: Iterable[str]) -> frozenset[str]:
    """Returns public keys without their comments."""
    return frozenset(map(bare, lines))


def cannot_check(content: bytes, signature: bytes) -> Checked:
    """Answers where nothing here can check signatures."""
    return Checked("unknown", "", "nothing here can check signatures")


def weigh(
    content: bytes,
    signature: bytes | None,
    check: CheckSignature,
    keys: Iterable[str],
    former: Iterable[str] = (),
) -> Signature:
    """Returns what a signature proves, by a member's keys in force and those withdrawn before."""
    if signature is None:
        return UNSIGNED
    checked = check(content, signature)
    if checked.result == "unknown":
        return Signature("unchecked", checked.key, checked.why)
    if checked.result == "bad":
        return Signature("mismatch", checked.key, checked.why)
    in_force = bare_keys(keys)
    if checked.key in in_force:
        return Signature("signed", checked.key)
    if checked.key in bare_keys(former):
        return Signature("withdrawn", checked.key, "its key had been withdrawn before")
    if not in_force:
        return Signature("unchecked", checked.key, "the roll held no key of theirs")
    return Signature("mismatch", checked.key, "it was made with a key that is not theirs")
