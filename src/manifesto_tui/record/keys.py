"""Keeps the keys that sign here, outside the record, and signs with them.

A key made by this program lies in git's own folder of the clone, under `manifesto-tui/keys/`,
readable by its owner alone and never pushed. Git's `manifesto.key` may name another: a private
key's file, or a public one whose private half an agent holds. Which of them signs is for the
roll to say: the first that it lists as the member's.
"""

import base64
import os
import re
import subprocess
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signature import bare_keys
from manifesto_tui.prose import reveal
from manifesto_tui.record import forms
from manifesto_tui.record.git import Repository
from manifesto_tui.record.layout import member_path
from manifesto_tui.record.objects import read_blobs
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.record.publickeys import Malformed, read_key
from manifesto_tui.record.signatures import NAMESPACE, armoured, to_be_signed
from manifesto_tui.record.whole import write_whole
from manifesto_tui.record.yaml import Unreadable

SETTING = "manifesto.key"
_ED25519 = b"ssh-ed25519"
_LARGEST = 64 * 1024
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that signs here: its public half as the roll writes it, and the file that holds it."""

    public: str
    path: Path


def make(repo: Repository, handle: str) -> HeldKey:
    """Makes an ed25519 key for a member and keeps it in the clone.

    Raises Unavailable with code `disk` where it cannot be kept.
    """
    from cryptography.hazmat.primitives import serialization as ssh
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    secret = private.private_bytes(ssh.Encoding.PEM, ssh.PrivateFormat.OpenSSH, ssh.NoEncryption())
    public = private.public_key().public_bytes(ssh.Encoding.OpenSSH, ssh.PublicFormat.OpenSSH)
    folder = _folder(repo)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _new(folder, handle)
        try:
            write_whole(path, secret)
            write_whole(Path(f"{path}.pub"), public + b"\n", 0o644)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Unavailable(
            "disk",
            f"The key could not be kept in {reveal(str(folder))}: {error.strerror}.",
            "Nothing was recorded; make room there, or use a key of your own with --file.",
        ) from error
    return HeldKey(public.decode(), path)


def read_public(path: Path) -> str:
    """Returns the public key in a `.pub` file; BadInput where there is none."""
    try:
        with path.open("rb") as file:
            line = file.read(_LARGEST).decode("utf-8", "replace").strip()
    except OSError as error:
        raise BadInput(
            "key-unreadable",
            f"The key file {reveal(str(path))} cannot be read: {error.strerror}.",
            "Name the public half of a key, a file whose name ends in .pub.",
        ) from error
    if "PRIVATE KEY" in line:
        raise BadInput(
            "key-private",
            f"{reveal(str(path))} holds a private key, which never leaves you.",
            f"Name its public half: {reveal(str(path))}.pub.",
        )
    return parse_public(line, str(path))


def parse_public(line: str, where: str = "") -> str:
    """Returns a public key without its comment; BadInput where it is none that can be used."""
    try:
        return read_key(line.splitlines()[0] if line else "")
    except Malformed as wrong:
        raise BadInput(
            "key-unreadable",
            f"This is no key that can be used: {wrong}.",
            "Give an SSH public key, such as ssh-ed25519 AAAA…; DSA keys are not taken.",
            reveal(where),
        ) from None


def former(repo: Repository, handle: str, at: str) -> frozenset[str]:
    """Returns every key that the roll held of a member up to a commit, in force or withdrawn."""
    path = member_path(handle)
    asked = ("--format=", "--raw", "--no-abbrev", "--no-renames", "-m", at, "--", path)
    lines = repo.run(("log", *asked), timeout=None).decode("utf-8", "replace").splitlines()
    blobs = [line.split()[3] for line in lines if line.startswith(":")]
    known: frozenset[str] = frozenset()
    for _, data in read_blobs(repo, [blob for blob in blobs if blob.strip("0")]):
        with suppress(Unreadable):
            member = forms.read(path, data or b"")
            if isinstance(member, Member):
                known |= bare_keys(member.keys)
    return known


def held(repo: Repository, handle: str, in_force: Collection[str]) -> HeldKey | None:
    """Returns the key that signs for a member here, None where none of those in force is here."""
    return next((key for key in _here(repo, handle) if key.public in in_force), None)


def sign(repo: Repository, key: HeldKey, content: bytes) -> bytes:
    """Returns the signature file of some bytes; Unavailable where the key cannot be used."""
    if key.path.suffix != ".pub":
        with suppress(ValueError, TypeError, OSError, ImportError):
            return _sign_here(key, content)
    return _sign_by_program(repo, key, content)


def _sign_here(key: HeldKey, content: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private: Any = _load(key.path)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("only ed25519 is signed with in this process")
    blob = _blob(key.public)
    return armoured(blob, _ED25519, private.sign(to_be_signed(content)))


def _load(path: Path) -> Any:
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    with path.open("rb") as file:
        return load_ssh_private_key(file.read(_LARGEST), None)


def _sign_by_program(repo: Repository, key: HeldKey, content: bytes) -> bytes:
    """Signs with ssh-keygen, which asks the agent and knows every kind of key."""
    kept = {k: v for k, v in repo.environment.items() if not k.startswith("GIT_")}
    command = ["ssh-keygen", "-Y", "sign", "-n", NAMESPACE.decode(), "-f", str(key.path)]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            env={**kept, "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"},
            timeout=_PATIENCE,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise _unusable(key) from None
    if done.returncode or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        raise _unusable(key)
    return done.stdout


def _unusable(key: HeldKey) -> Unavailable:
    return Unavailable(
        "key-unusable",
        f"Nothing was recorded: the key {reveal(str(key.path))} could not sign.",
        "If it has a passphrase, hand it to the agent first: ssh-add and the file's name.",
    )


def _blob(public: str) -> bytes:
    return base64.b64decode(public.split()[1])


def _folder(repo: Repository) -> Path:
    return own_folder(repo.common_dir, "keys")


def _new(folder: Path, handle: str) -> Path:
    """Returns the file of a member's next key, made empty so that nobody else takes its name."""
    number = 0
    while True:
        number += 1
        path = folder / (handle if number == 1 else f"{handle}-{number}")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return path


def _here(repo: Repository, handle: str) -> Iterator[HeldKey]:
    """Yields the keys that are here: the one that git's configuration names, then our own."""
    configured = repo.config(SETTING)
    if configured:
        path = Path(configured.removesuffix(".pub"))
        # Somebody of whose home nothing is known has no key here either.
        with suppress(RuntimeError):
            path = path.expanduser()
        if configured.startswith("~/") and repo.environment.get("HOME"):
            path = Path(repo.environment["HOME"]) / configured.removesuffix(".pub")[2:]
        path = path if path.is_absolute() else repo.work_tree / path
        public = _public_beside(path)
        if public:
            # Without its private half here, an agent may have it: ssh-keygen is told the public.
            yield HeldKey(public, path if path.is_file() else Path(f"{path}.pub"))
    ours = re.compile(rf"{re.escape(handle)}(?:-(\d{{1,4}}))?")
    with suppress(OSError, Unavailable):
        names = [m for path in _folder(repo).iterdir() if (m := ours.fullmatch(path.name))]
        for name in sorted(names, key=lambda m: -int(m[1] or 1)):
            path = _folder(repo) / name[0]
            public = _public_beside(path)
            if public:
                yield HeldKey(public, path)


def _public_beside(path: Path) -> str:
    try:
        with Path(f"{path}.pub").open("rb") as file:
            return read_key(file.read(_LARGEST).decode("utf-8", "replace").splitlines()[0])
    except (OSError, Malformed, IndexError):
        pass
    from cryptography.hazmat.primitives import serialization as ssh

    with suppress(OSError, ValueError, TypeError):
        public = _load(path).public_key()
        written: bytes = public.public_bytes(ssh.Encoding.OpenSSH, ssh.PublicFormat.OpenSSH)
        return written.decode()
    return ""
