"""Builds a made-up record of any size through `git fast-import`, to measure on.

    python -m benchmarks.record_made_up FOLDER [AMENDMENTS [VOTES [A_DAY]]]

A founding and a ratification, then amendment after amendment: filed, put to the vote, voted on
and decided, each in a commit of its own, as the program makes them. The record is proved by
`verify`; only the last ballot is left undecided. Ten amendments are filed a day, so that 10,000
are the work of nearly three years. Everyone in it is made up.
"""

import atexit
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from manifesto_tui.governance import paths
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.concluding import conclude
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import moment, written
from manifesto_tui.governance.opening import draw_up
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.prose import Text, read_text
from manifesto_tui.record import forms, layout
from manifesto_tui.record.signatures import armoured, to_be_signed

START = datetime(2024, 1, 8, 9, tzinfo=UTC)
OPEN = timedelta(days=14)
A_DAY = 10
RULES = Rules()
TEXT = "manifesto/text.md"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CONSTITUENCIES = ("clinicians", "technologists", "managers")


@cache
def large() -> Path:
    """Makes a record of 10,000 amendments with 100,000 votes, once for all that measure on it.

    It goes when the process ends.
    """
    place = tempfile.TemporaryDirectory()
    atexit.register(place.cleanup)
    return build(Path(place.name) / "large")


def build(
    folder: Path,
    amendments: int = 10_000,
    votes: int = 100_000,
    a_day: int = A_DAY,
    *,
    signed: bool = False,
) -> Path:
    """Makes a repository with a record of this size, packed once as git would in time."""
    folder.mkdir(parents=True)
    _git(folder, "init", "--quiet", "-b", "main")
    _git(folder, "config", "user.name", "Made-up Member")
    _git(folder, "config", "user.email", "made-up@example.org")
    _git(folder, "config", "manifesto.handle", "m0")
    assembly = MadeUp(max(1, votes // amendments), signed=signed, a_day=a_day)
    _import(folder, assembly.founding())
    base = _git(folder, "rev-parse", "main").strip()
    _import(folder, assembly.deciding(amendments, base))
    _git(folder, "repack", "-adfq")
    _git(folder, "commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
    _git(folder, "reset", "--quiet", "--hard")
    return folder


def push(folder: Path, amendments: int, votes: int, count: int = 100) -> None:
    """Adds `count` votes on the ballot that was left open, each a commit, by members again."""
    assembly = MadeUp(max(1, votes // amendments))
    _import(folder, assembly.voting_again(folder, amendments - 1, count))


@dataclass
class MadeUp:
    """An assembly of some members, who all vote on everything."""

    size: int
    signed: bool = False
    a_day: int = A_DAY

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The roll; the first member is its steward."""
        return tuple(
            Member(
                f"m{number}",
                f"Made-up Member {number}",
                _CONSTITUENCIES[number % 3],
                roles=("steward",) if number == 0 else (),
                keys=(self._key(number)[1],) if self.signed else (),
            )
            for number in range(self.size)
        )

    def founding(self) -> Iterator[bytes]:
        """Yields the commits that found the manifesto and put its text in force."""
        source = "".join(
            f"## Principle {p} <!-- #p{p} -->\n\n"
            + "".join(f"Clause {p}.{c} says one thing. <!-- #p{p}-{c} -->\n\n" for c in range(1, 5))
            for p in range(1, 11)
        )
        self.text = read_text({TEXT: source})
        settings = Manifesto("A made-up manifesto", (TEXT,))
        yield _commit(
            "Found a made-up manifesto",
            START,
            {
                paths.MANIFESTO: forms.write(settings),
                paths.RULES: forms.write(RULES),
                TEXT: source.encode(),
                **{layout.member_path(m.handle): forms.write(m) for m in self.members},
            },
        )
        ratified = replace(settings, state="in-force", ratified=text_digest(self.text))
        files = self._beside({paths.MANIFESTO: forms.write(ratified)}, 0)
        yield _commit("Ratify it", START, files)

    def deciding(self, amendments: int, base: str) -> Iterator[bytes]:
        """Yields the commits that decide one amendment after the other, all but the last."""
        for number in range(amendments):
            when = self._when(number)
            amendment = self._amendment(number, when, base)
            folder = layout.proposal_folder(when, amendment.id, amendment.title)
            filed = {layout.amendment_path(folder): forms.write(amendment)}
            yield _commit(f"Propose {amendment.id}", when, self._beside(filed, 0))
            ballot, file = self._ballot(amendment, folder, when, base)
            yield _commit(f"Open {amendment.id}", when, self._beside(file, 0))
            votes = []
            for voter in range(self.size):
                path = layout.vote_path(folder, f"m{voter}")
                vote = self._vote(ballot, voter, path, when)
                data = forms.write(vote)
                votes.append(replace(vote, digest=f"sha256:{sha256(data).hexdigest()}"))
                yield _commit(f"Vote on {ballot.id}", when, self._beside({path: data}, voter))
            if number + 1 < amendments:
                files = self._decision(ballot, amendment, votes, folder)
                yield _commit(f"Decide {ballot.id}", when, self._beside(files, 0))

    def voting_again(self, folder: Path, number: int, count: int) -> Iterator[bytes]:
        """Yields commits in which members change their vote on the last ballot."""
        when = self._when(number)
        title = f"Say clause {number} more plainly"
        place = layout.proposal_folder(when, _named(number), title)
        data = (folder / layout.ballot_path(place)).read_bytes()
        ballot = forms.read(layout.ballot_path(place), data)
        assert isinstance(ballot, Ballot)
        for at in range(count):
            voter, again = at % self.size, at // self.size + 2
            while (folder / f"{place}/votes/m{voter}-{again}.yaml").exists():
                again += 1
            path = f"{place}/votes/m{voter}-{again}.yaml"
            vote = self._vote(ballot, voter, path, when)
            yield _commit(f"Vote on {ballot.id}", when, {path: forms.write(vote)})

    def _when(self, number: int) -> datetime:
        return START + timedelta(days=number // self.a_day, minutes=30 * (number % self.a_day))

    def _amendment(self, number: int, when: datetime, base: str) -> Amendment:
        principle, clause = number // 4 % 10 + 1, number % 4 + 1
        name = f"p{principle}-{clause}"
        was = self.text.by_anchor[name][1].text
        now = f"Clause {principle}.{clause} says one thing, and says it plainly ({number})."
        title = f"Say clause {number} more plainly"
        changes = (Change(clause=name, was=was, now=now),)
        rationale = "Plain words are read.\n\nThis is made up, to measure on."
        return Amendment(_named(number), title, "m0", written(when), base, changes, rationale)

    def _ballot(
        self, amendment: Amendment, folder: str, when: datetime, base: str
    ) -> tuple[Ballot, dict[str, bytes]]:
        ballot = draw_up(
            self.text,
            self.roll,
            RULES,
            [amendment],
            ballot_id=amendment.id,
            opened=written(when),
            closes=written(when + OPEN),
            opener="m0",
            base=base,
        )
        data = forms.write(ballot)
        digest = f"sha256:{sha256(data).hexdigest()}"
        return replace(ballot, digest=digest), {layout.ballot_path(folder): data}

    @cached_property
    def roll(self) -> Roll:
        """The roll as a ballot pins it."""
        return Roll(tuple(sorted(self.members, key=lambda member: member.handle)))

    def _vote(self, ballot: Ballot, voter: int, path: str, when: datetime) -> Vote:
        choice, reason = ("against", "") if voter % 4 == 3 else ("for", "Because it is plainer.")
        vote = Vote(ballot.id, ballot.effect, f"m{voter}", choice, written(when), reason)
        return replace(vote, path=path, ballot_digest=ballot.digest)

    def _decision(
        self, ballot: Ballot, amendment: Amendment, votes: list[Vote], folder: str
    ) -> dict[str, bytes]:
        known = {amendment.id: amendment}
        at = moment(ballot.closes)
        decision, after = conclude(ballot, known, votes, self.roll, RULES, self.text, "m0", at)
        text: Text = after
        files = {layout.decision_path(folder): forms.write(decision)}
        if text.sources != self.text.sources:
            files[TEXT] = text.sources[TEXT].encode()
        self.text = text
        return files

    def _beside(self, files: dict[str, bytes], signer: int) -> dict[str, bytes]:
        if not self.signed:
            return files
        private, line = self._key(signer)
        made = {
            f"{path}.sig": armoured(_blob(line), b"ssh-ed25519", private.sign(to_be_signed(data)))
            for path, data in files.items()
            if path.endswith(".yaml")
        }
        return files | made

    def _key(self, number: int):  # type: ignore[no-untyped-def]
        from cryptography.hazmat.primitives import serialization as ssh
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if number not in self._keys:
            # Made of the number, so that a record of one size is always the same.
            private = Ed25519PrivateKey.from_private_bytes(sha256(b"%d" % number).digest())
            line = private.public_key().public_bytes(ssh.Encoding.OpenSSH, ssh.PublicFormat.OpenSSH)
            self._keys[number] = private, line.decode()
        return self._keys[number]

    @cached_property
    def _keys(self) -> dict[int, tuple[object, str]]:
        return {}


def _blob(line: str) -> bytes:
    import base64

    return base64.b64decode(line.split()[1])


def _named(number: int) -> str:
    named = "".join(_ALPHABET[number >> shift & 31] for shift in (15, 10, 5)) + "k"
    return named[0] + _ALPHABET[number & 31] + named[1:3]


def _commit(subject: str, when: datetime, files: dict[str, bytes]) -> bytes:
    who = f"Made-up Member <made-up@example.org> {int(when.timestamp())} +0000"
    parts = [f"commit refs/heads/main\ncommitter {who}\ndata {len(subject)}\n{subject}\n".encode()]
    for path, data in files.items():
        parts.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(parts)


def _import(folder: Path, commits: Iterator[bytes]) -> None:
    command = ["git", "fast-import", "--quiet", "--done"]
    held = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "main"], cwd=folder, capture_output=True
    ).stdout.strip()
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b"feature done\n")
        if held:
            process.stdin.write(b"reset refs/heads/main\nfrom %s\n\n" % held)
        for commit in commits:
            process.stdin.write(commit)
        process.stdin.write(b"done\n")
        process.stdin.close()
        assert process.wait() == 0


def _git(folder: Path, *args: str) -> str:
    command = ["git", *args]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    build(Path(sys.argv[1]), *map(int, sys.argv[2:]))
