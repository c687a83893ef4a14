"""Signatures beside record files, with ssh-keygen as the judge of both directions."""

import base64
import errno
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.governance.signature import weigh
from manifesto_tui.record import keys
from manifesto_tui.record.publickeys import Malformed, Strings, fingerprint, pack, read_key
from manifesto_tui.record.signatures import LARGEST, armoured, check, to_be_signed

needs_ssh_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed here"
)
CONTENT = b"format: 1\nballot: k7f3\n"


def make_key() -> tuple[Ed25519PrivateKey, bytes, str]:
    private = Ed25519PrivateKey.generate()
    encoded = (forms.Encoding.OpenSSH, forms.PublicFormat.OpenSSH)
    line = private.public_key().public_bytes(*encoded).decode()
    return private, base64.b64decode(line.split()[1]), line


PRIVATE, BLOB, LINE = make_key()


def signed(content: bytes = CONTENT, private=PRIVATE, blob=BLOB, **more) -> bytes:
    return armoured(blob, b"ssh-ed25519", private.sign(to_be_signed(content)), **more)


def keygen(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *words], input=stdin, capture_output=True, check=False)


def test_a_signature_fits_its_file_and_names_its_key():
    assert (check(CONTENT, signed()).result, check(CONTENT, signed()).key) == ("good", LINE)


def test_a_signature_fits_no_other_file():
    assert check(CONTENT + b" ", signed()).result == "bad"


def test_a_key_that_a_full_disk_does_not_take_leaves_no_file(repo, monkeypatch):
    write = keys.write_whole

    def full(path, *_):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    def full_for_the_public_half(path, *rest):
        (full if path.suffix == ".pub" else write)(path, *rest)

    for failing in (full, full_for_the_public_half):
        monkeypatch.setattr(keys, "write_whole", failing)
        with pytest.raises(Unavailable):
            keys.make(repo, "anna")
        assert not list((repo.git_dir / "manifesto-tui" / "keys").iterdir())
    monkeypatch.setattr(keys, "write_whole", write)
    made = keys.make(repo, "anna").path
    assert (made.name, made.stat().st_mode & 0o777) == ("anna", 0o600)


@needs_ssh_keygen
def test_ssh_keygen_accepts_what_is_signed_here(tmp_path, repo):
    made = keys.make(repo, "anna")
    (tmp_path / "signers").write_text(f"anna {made.public}\n")
    (tmp_path / "vote.sig").write_bytes(keys.sign(repo, made, CONTENT))
    who = ("-n", "manifesto", "-f", str(tmp_path / "signers"), "-I", "anna")
    command = ("-Y", "verify", *who, "-s", str(tmp_path / "vote.sig"))
    assert keygen(*command, stdin=CONTENT).returncode == 0
    assert keygen(*command, stdin=CONTENT + b"x").returncode != 0


@needs_ssh_keygen
@pytest.mark.parametrize(
    "kind", [("ed25519",), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048")]
)
def test_what_ssh_keygen_signs_is_checked_here(tmp_path, kind):
    path = str(tmp_path / "key")
    bits = ("-b", kind[1]) if len(kind) > 1 else ()
    assert keygen("-q", "-t", kind[0], *bits, "-N", "", "-C", "made up", "-f", path).returncode == 0
    made = keygen("-Y", "sign", "-n", "manifesto", "-f", path, stdin=CONTENT).stdout
    line = Path(f"{path}.pub").read_text()
    found = check(CONTENT, made)
    assert (found.result, found.key) == ("good", read_key(line))
    assert check(CONTENT + b"x", made).result == "bad"
    assert weigh(CONTENT, made, check, [line]).state == "signed"
    assert fingerprint(line) in keygen("-lf", f"{path}.pub").stdout.decode()


@needs_ssh_keygen
def test_a_key_with_another_program_behind_it_signs_through_ssh_keygen(tmp_path, repo):
    path = tmp_path / "key"
    keygen("-q", "-t", "ecdsa", "-N", "", "-f", str(path))
    repo.configure("manifesto.key", str(path))
    line = read_key(Path(f"{path}.pub").read_text())
    key = keys.held(repo, "anna", {line})
    assert key is not None
    assert check(CONTENT, keys.sign(repo, key, CONTENT)).key == line


def test_a_key_in_the_home_of_nobody_is_none(repo):
    repo.configure("manifesto.key", "~nobody-of-this-name/key")
    assert keys.held(repo, "anna", set()) is None


@needs_ssh_keygen
def test_a_locked_key_without_an_agent_says_what_to_do(tmp_path, repo):
    path = tmp_path / "key"
    keygen("-q", "-t", "ed25519", "-N", "long words", "-f", str(path))
    repo.configure("manifesto.key", str(path))
    key = keys.held(repo, "anna", {read_key(Path(f"{path}.pub").read_text())})
    assert key is not None
    with pytest.raises(Unavailable, match="could not sign") as refused:
        keys.sign(repo, key, CONTENT)
    assert "ssh-add" in refused.value.hint


@needs_ssh_keygen
def test_a_signature_for_another_purpose_does_not_match(tmp_path):
    path = str(tmp_path / "key")
    keygen("-q", "-t", "ed25519", "-N", "", "-f", path)
    made = keygen("-Y", "sign", "-n", "git", "-f", path, stdin=CONTENT).stdout
    assert check(CONTENT, made).result == "bad"


def test_a_kind_of_key_that_is_unknown_is_said_to_be():
    blob = pack(b"ssh-tomorrow") + pack(b"x" * 32)
    made = armoured(blob, b"ssh-tomorrow", b"y" * 64)
    assert check(CONTENT, made).result == "unknown"
    assert weigh(CONTENT, made, check, [LINE]).label == "cannot be checked here"


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        b"x" * (LARGEST + 1),
        signed() + b"more",
        signed(hashed=b"sha512").replace(b"SIGNATURE", b"SIGNATURES"),
        b"-----BEGIN SSH SIGNATURE-----\n" + b"====\n" * 9 + b"-----END SSH SIGNATURE-----\n",
        armoured(pack(b"ssh-ed25519") + pack(b"short"), b"ssh-ed25519", b"y" * 64),
        armoured(BLOB, b"ssh-rsa", b"y" * 64),
        armoured(BLOB, b"ssh-ed25519", b"y" * 3),
        armoured(b"\xff\xff\xff\xff", b"ssh-ed25519", b"y" * 64),
        armoured(pack(b"ssh-rsa") + pack(b"\3") + pack(b"\1" * 64), b"rsa-sha2-256", b"y" * 64),
        armoured(BLOB, b"ssh-ed25519", b"y" * 64, b"md5"),
    ],
)
def test_hostile_signatures_are_an_answer_and_not_an_accident(hostile):
    assert check(CONTENT, hostile).result == "bad"


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer(data):
    assert check(CONTENT, data).result == "bad"


@given(st.binary(max_size=200), st.binary(max_size=20), st.binary(max_size=100))
def test_any_strings_within_are_an_answer(key, algorithm, made):
    assert check(CONTENT, armoured(key, algorithm, made)).result in ("bad", "unknown")


@given(st.integers(0, 230), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at, difference):
    blob = bytearray(base64.b64decode(b"".join(signed().splitlines()[1:-1])))
    blob[at % len(blob)] ^= difference
    text = base64.b64encode(bytes(blob))
    begin, end = b"-----BEGIN SSH SIGNATURE-----\n", b"\n-----END SSH SIGNATURE-----\n"
    found = check(CONTENT, begin + text + end)
    assert (found.result, found.key) != ("good", LINE)


def test_a_private_key_is_readable_by_its_owner_alone_and_never_overwritten(repo):
    first, second = keys.make(repo, "anna"), keys.make(repo, "anna")
    assert [key.path.stat().st_mode & 0o777 for key in (first, second)] == [0o600, 0o600]
    assert first.path != second.path
    assert keys.held(repo, "anna", {first.public, second.public}) == second
    assert keys.held(repo, "anna", {first.public}) == first
    assert keys.held(repo, "ann", {first.public}) is None
    assert keys.held(repo, "anna", set()) is None


def test_a_private_key_is_never_taken_for_a_public_one(repo):
    made = keys.make(repo, "anna")
    with pytest.raises(BadInput, match="never leaves you"):
        keys.read_public(made.path)


@pytest.mark.parametrize("line", ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-dss AAAAB3NzaC1kc3M"])
def test_what_is_no_key_is_refused(line):
    with pytest.raises(BadInput):
        keys.parse_public(line)


def test_a_key_that_calls_itself_another_kind_is_refused():
    with pytest.raises(Malformed):
        read_key(LINE.replace("ssh-ed25519", "ssh-rsa", 1))


def test_numbers_have_one_spelling():
    for odd in (b"\x80", b"\0\1"):
        with pytest.raises(Malformed):
            Strings(pack(odd)).number()
    assert Strings(pack(b"\0\x80")).number() == 128
