"""Builds a made-up record of any size through one `git fast-import`, to measure on.

    python -m benchmarks.record_made_up FOLDER [AMENDMENTS [VOTES]]

One commit for each amendment and its ballot, and one for each vote, as the program makes them.
Everyone in it is made up.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.ballot import Ballot, Option, Vote
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules
from manifesto_tui.record import forms, layout

_START = datetime(2026, 1, 5, 9, tzinfo=UTC)
_DIGEST = "sha256:" + "5e" * 32
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CONSTITUENCIES = ("clinicians", "technologists", "managers")


def build(folder: Path, amendments: int = 10_000, votes: int = 100_000) -> Path:
    """Makes a repository with a record of this size, packed once as git would in time."""
    folder.mkdir(parents=True)
    _git(folder, "init", "--quiet", "-b", "main")
    _git(folder, "config", "user.name", "Made-up Member")
    _git(folder, "config", "user.email", "made-up@example.org")
    _git(folder, "config", "manifesto.handle", "m0")
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for part in _stream(amendments, votes):
            process.stdin.write(part)
        process.stdin.close()
        assert process.wait() == 0
    _git(folder, "repack", "-adfq")
    _git(folder, "commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
    _git(folder, "reset", "--quiet", "--hard")
    return folder


def _stream(amendments: int, votes: int) -> Iterator[bytes]:
    each = max(1, votes // amendments)
    yield b"feature done\n"
    yield _commit("Found a made-up manifesto", _START, _founding(each))
    for number in range(amendments):
        when = _START + timedelta(minutes=30 * number)
        named = "".join(_ALPHABET[number >> shift & 31] for shift in (15, 10, 5)) + "k"
        named = named[0] + _ALPHABET[number & 31] + named[1:3]
        folder = layout.proposal_folder(when, named, f"Say clause {number} more plainly")
        amendment = _amendment(named, number, when)
        ballot = _ballot(named, when)
        files = {
            layout.amendment_path(folder): forms.write(amendment),
            layout.ballot_path(folder): forms.write(ballot),
        }
        yield _commit(f"Propose {named}", when, files)
        for voter in range(each):
            yield _commit(f"Vote on {named}: for", when, _vote(folder, named, voter, when))
    yield b"done\n"


def _founding(members: int) -> dict[str, bytes]:
    text = "".join(
        f"## Principle {p} <!-- #p{p} -->\n\n"
        + "".join(f"Clause {p}.{c} says one thing. <!-- #p{p}-{c} -->\n\n" for c in range(1, 5))
        for p in range(1, 11)
    )
    files = {
        layout.MANIFESTO: forms.write(Manifesto("A made-up manifesto", ("manifesto/text.md",))),
        layout.RULES: forms.write(Rules()),
        "manifesto/text.md": text.encode(),
    }
    for number in range(members):
        constituency = _CONSTITUENCIES[number % 3]
        roles = ("steward",) if number == 0 else ()
        member = Member(f"m{number}", f"Made-up Member {number}", constituency, roles=roles)
        files[layout.member_path(member.handle)] = forms.write(member)
    return files


def _amendment(named: str, number: int, when: datetime) -> Amendment:
    clause = f"p{number % 10 + 1}-{number % 4 + 1}"
    was = f"Clause {number % 10 + 1}.{number % 4 + 1} says one thing."
    change = Change(clause=clause, was=was, now=f"{was[:-1]}, and says it plainly ({number}).")
    rationale = "Plain words are read.\n\nThis is made up, to measure on."
    title = f"Say clause {number} more plainly"
    return Amendment(named, title, "m0", _written(when), "1" * 39 + "a", (change,), rationale)


def _ballot(named: str, when: datetime) -> Ballot:
    closes = _written(when + timedelta(days=14))
    option = Option(named, 1, _DIGEST)
    each = dict.fromkeys(sorted(_CONSTITUENCIES), 3)
    rules = Rules()
    phrases = (str(rules.quorum), str(rules.threshold), str(rules.each))
    base = "1" * 39 + "a"
    opened = _written(when)
    pinned = (option,), opened, closes, "m0", base, _DIGEST, each, _DIGEST
    return Ballot(named, *pinned, *phrases)


def _vote(folder: str, named: str, voter: int, when: datetime) -> dict[str, bytes]:
    cast = _written(when + timedelta(minutes=voter))
    vote = Vote(named, _DIGEST, f"m{voter}", "for", cast, "Because it is plainer.")
    if voter % 4 == 3:
        vote = replace(vote, choice="against", reason="")
    return {layout.vote_path(folder, vote.voter): forms.write(vote)}


def _written(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


def _commit(subject: str, when: datetime, files: dict[str, bytes]) -> bytes:
    who = f"Made-up Member <made-up@example.org> {int(when.timestamp())} +0000"
    parts = [f"commit refs/heads/main\ncommitter {who}\ndata {len(subject)}\n{subject}\n".encode()]
    for path, data in files.items():
        parts.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(parts)


def _git(folder: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=folder, check=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
