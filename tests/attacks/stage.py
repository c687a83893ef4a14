"""A made-up assembly in real git, written with plain git and no command of the program.

What it does by the rules and what an attack does otherwise go the same way: files are written
and committed. Only the program's own forms and its arithmetic are used, to write honest records.
"""

import base64
import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from governance.making import AFTER, CLOSES, NOW
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.concluding import conclude
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import moment, written
from manifesto_tui.governance.opening import draw_up
from manifesto_tui.governance.paths import MANIFESTO, RULES
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import READY, Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.record import forms, layout
from manifesto_tui.record.git import Repository
from manifesto_tui.record.signatures import armoured, to_be_signed
from manifesto_tui.record.snapshot import read_worktree

TEXT = "manifesto/open.md"
SETTINGS, RULES = MANIFESTO, RULES
SOURCE = (
    "# Open <!-- #open -->\n\n"
    "Suppliers document their interfaces. <!-- #open-1 -->\n\n"
    "Records follow the patient. <!-- #open-2 -->\n\n"
    "Teams are funded for years. <!-- #open-3 -->\n"
)
MEMBERS = ("ada", "bea", "cem", "dov", "eve")
STEWARD = "ada"
VOTED = NOW + timedelta(hours=1)
PUBLISH = Change(
    clause="open-1",
    was="Suppliers document their interfaces.",
    now="Suppliers publish their interfaces.",
)


class Stage:
    """A repository in which people act; each of `members` has a key and an address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.signing = True

    # Git, and files

    def git(self, *words: str, stdin: bytes | None = None) -> str:
        command = ["git", "-C", str(self.folder), *words]
        done = subprocess.run(
            command, input=stdin, capture_output=True, env=ENVIRONMENT, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    @property
    def repository(self) -> Repository:
        """The repository, for somebody whose home is beside it."""
        home = {"XDG_STATE_HOME": str(self.folder.parent / "state")}
        return Repository.discover(self.folder, {**ENVIRONMENT, **home})

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def write(self, path: str, data: Any) -> Path:
        """Writes a file: bytes, words, or a value in its form."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, str):
            data = data.encode()
        file.write_bytes(data if isinstance(data, bytes) else forms.write(data))
        return file

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        words = self.read(path)
        assert old in words
        self.write(path, words.replace(old, new, 1))

    def remove(self, *paths: str) -> None:
        for path in paths:
            (self.folder / path).unlink()

    def commit(self, author: str = STEWARD, subject: str = "Made by hand") -> str:
        who = f"{author.title()} <{author}@example.org>"
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject, "--author", who)
        return self.head

    def sign(self, path: str, handle: str) -> None:
        data = (self.folder / path).read_bytes()
        self.write(f"{path}.sig", signature(handle, data))

    def record(self, path: str, value: Any, by: str, *, signer: str | None = None) -> str:
        """Records a value as its member would, signed with their key or another's."""
        self.put(path, value, by if signer is None else signer)
        return self.commit(by)

    def put(self, path: str, value: Any, signer: str) -> None:
        self.write(path, value)
        if self.signing and signer:
            self.sign(path, signer)

    # What honest members do

    def found(
        self,
        rules: Rules,
        *,
        in_force: bool = True,
        keys: bool = True,
        required: bool = False,
    ) -> None:
        settings = Manifesto("A made-up manifesto", (TEXT,))
        self.write(TEXT, SOURCE)
        self.write(SETTINGS, settings)
        self.write(RULES, replace(rules, signatures="required" if required else "optional"))
        for handle in MEMBERS:
            more = {} if keys else {"keys": ()}
            self.write(layout.member_path(handle), member(handle, **more))
        self.commit(subject="Found a made-up manifesto")
        if in_force:
            self.ratify()

    def ratify(self, **more: Any) -> str:
        settings = self.assembly.manifesto
        ratified = replace(settings, state="in-force", ratified=text_digest(self.assembly.text))
        return self.record(SETTINGS, replace(ratified, **more), STEWARD)

    @property
    def assembly(self) -> Assembly:
        return replace(read_worktree(self.repository), commit=self.head)

    def amendment(self, name: str, *changes: Change, **more: Any) -> Amendment:
        filed = written(NOW - timedelta(days=9))
        held = Amendment(name, f"About {name}", "bea", filed, self.head, changes or (PUBLISH,))
        return replace(held, rationale="Because.", **more)

    def propose(self, name: str, *changes: Change, signer: str | None = None, **more: Any) -> str:
        filed = self.amendment(name, *changes, **more)
        path = layout.amendment_path(folder(name), filed.revision)
        return self.record(path, filed, filed.proposer, signer=signer)

    def ballot(self, name: str, **more: Any) -> Ballot:
        now = self.assembly
        amendment = now.find(name).amendment
        assert amendment is not None
        drawn = draw_up(
            now.text,
            now.roll,
            now.rules,
            [amendment],
            ballot_id=name,
            opened=written(NOW),
            closes=written(CLOSES),
            opener=STEWARD,
            base=now.commit,
        )
        return replace(drawn, **more)

    def open(self, name: str, signer: str | None = None, **more: Any) -> str:
        ballot = self.ballot(name, **more)
        return self.record(f"{folder(name)}/ballot.yaml", ballot, ballot.opener, signer=signer)

    def vote_of(self, name: str, voter: str, choice: str = "for", **more: Any) -> Vote:
        ballot = self.assembly.find(name).ballot
        assert ballot is not None
        vote = Vote(ballot.id, ballot.effect, voter, choice, written(VOTED))
        return replace(vote, ballot_digest=ballot.digest, **more)

    def vote(
        self,
        name: str,
        voter: str,
        choice: str = "for",
        *,
        file: str = "",
        signer: str | None = None,
        **more: Any,
    ) -> str:
        path = f"{folder(name)}/votes/{file or voter}.yaml"
        return self.record(path, self.vote_of(name, voter, choice, **more), voter, signer=signer)

    def decision(self, name: str, **more: Any) -> tuple[Decision, Mapping[str, bytes]]:
        """Returns the decision that the votes come to, altered, and the text's files with it."""
        now = self.assembly
        held = now.find(name)
        assert held.ballot is not None
        assert held.amendment is not None
        known = {held.amendment.id: held.amendment}
        votes = [replace(vote, signed=self.signing) for vote in held.votes]
        made, text = conclude(
            held.ballot,
            known,
            votes,
            now.roll,
            now.rules,
            now.text,
            STEWARD,
            moment(written(AFTER)),
        )
        changed = {p: s.encode() for p, s in text.sources.items() if s != now.text.sources[p]}
        return replace(made, **more), changed

    def decide(self, name: str, signer: str | None = None, **more: Any) -> str:
        made, texts = self.decision(name, **more)
        for path, data in texts.items():
            self.write(path, data)
        return self.record(f"{folder(name)}/decision.yaml", made, made.decider, signer=signer)

    def adopt(self, name: str, *changes: Change) -> str:
        """Proposes, opens, votes and decides."""
        self.propose(name, *changes)
        self.open(name)
        for voter in ("ada", "bea", "cem"):
            self.vote(name, voter)
        return self.decide(name)

    def edition(self, **more: Any) -> Edition:
        """Returns the first edition of the text, with what was adopted so far, altered."""
        adopted = tuple(p.id for p in self.assembly.proposals if p.decision and p.decision.adopted)
        text = text_digest(self.assembly.text)
        return replace(Edition("1.0.0", text, written(AFTER), STEWARD, adopted), **more)

    def make_edition(self, **more: Any) -> str:
        """Records an edition and tags it; returns the commit."""
        made = self.edition(**more)
        commit = self.record(layout.edition_path(made.number), made, made.steward)
        self.git("tag", "-a", "-m", f"Edition {made.number}", made.tag)
        return commit

    def name(self, handle: str, *, signer: str | None = None, **more: Any) -> str:
        """Puts a name to edition 1.0.0, in the first file that is free."""
        named = f"{handle.title()}, made up"
        act = replace(Signatory(handle, named, "", "1.0.0", written(AFTER)), **more)
        free = (layout.signatory_path(handle, place) for place in range(1, 9))
        path = next(path for path in free if not (self.folder / path).exists())
        return self.record(path, act, act.filed_by, signer=signer)

    def copy(self, place: Path) -> "Stage":
        shutil.copytree(self.folder, place, symlinks=True)
        return Stage(place)


def stage_at(folder: Path) -> Stage:
    """Makes an empty repository for an assembly."""
    folder.mkdir(parents=True)
    made = Stage(folder)
    made.git("init", "-q", "-b", "main")
    return made


def folder(name: str) -> str:
    return f"proposals/2026-11/{name}-made-up"


def vote_path(name: str, file: str) -> str:
    return f"{folder(name)}/votes/{file}.yaml"


def member(handle: str, **more: Any) -> Member:
    values: dict[str, Any] = {
        "name": f"{handle.title()}, made up",
        "addresses": (f"{handle}@example.org",),
        "roles": ("steward",) if handle == STEWARD else (),
        "keys": (public(handle),),
    }
    return Member(handle, **(values | more))


def _private(handle: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    # Made of the name, so that every run has the same keys.
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(handle.encode()).digest())


def public(handle: str) -> str:
    """Returns a made-up member's public key as the roll writes it."""
    from cryptography.hazmat.primitives import serialization as ssh

    made = _private(handle).public_key()
    return str(made.public_bytes(ssh.Encoding.OpenSSH, ssh.PublicFormat.OpenSSH).decode())


def signature(handle: str, data: bytes) -> bytes:
    """Returns what `ssh-keygen -Y sign -n manifesto` makes with a member's key."""
    blob = base64.b64decode(public(handle).split()[1])
    return armoured(blob, b"ssh-ed25519", _private(handle).sign(to_be_signed(data)))


ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""),
    "HOME": "/nonexistent",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Made-up Author",
    "GIT_AUTHOR_EMAIL": "author@example.org",
    "GIT_COMMITTER_NAME": "Made-up Committer",
    "GIT_COMMITTER_EMAIL": "committer@example.org",
    "LC_ALL": "C",
}

SIMPLE = READY["simple"]
