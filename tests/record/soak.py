"""Lets clones act apart and synchronise, at random, and asks whether they end as one.

    python tests/record/soak.py CLONES ACTIONS SEEDS [FIRST SEED]

In each clone a member proposes, comments, seconds, revises, opens ballots, votes and decides, and
now and then synchronises; every fourth clone is another machine of a member, and every second
member signs. So decisions are made apart, ballots are opened apart, and one member votes and
votes again on two machines. At the end all clones have to have one head, the same tallies and a
proof, and everything that was acknowledged has to be there.

A seed tells all: what is done and when, the ids, the keys, and so every commit's name.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives import serialization as ssh
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src")]

from manifesto_tui.governance.amendment import Comment  # noqa: E402
from manifesto_tui.governance.assembly import Proposal  # noqa: E402
from manifesto_tui.governance.paths import RULES, folder_of  # noqa: E402
from manifesto_tui.governance.problem import BadInput, Refused  # noqa: E402
from manifesto_tui.governance.rules import Threshold  # noqa: E402
from manifesto_tui.record.beginning import begin  # noqa: E402
from manifesto_tui.workflow import (  # noqa: E402
    deciding,
    discussing,
    founding,
    keyholding,
    people,
    proposing,
    revising,
    syncing,
    verifying,
)
from manifesto_tui.workflow.desk import Desk  # noqa: E402

_WORDS = "care teams write down openly what they learn and ask who uses it"
WORDS = tuple(_WORDS.split())
PRINCIPLES = 6
TOLD = ("comment says so", "does not stand", "again, after", "counted again", "the same")
TOLD += ("waits for people", "there first", "is filed as")


@dataclass
class World:
    """The clones of one seed, the time, and what was acknowledged."""

    place: Path
    chance: random.Random
    now: datetime = datetime(2026, 11, 1, 9, tzinfo=UTC)
    desks: list[Desk] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.place / "home"), "PATH": os.environ.get("PATH", os.defpath)}

    def git(self, folder: Path, *words: str) -> None:
        command = ["git", "-C", str(folder), *words]
        when = {f"GIT_{who}_DATE": self.now.isoformat() for who in ("AUTHOR", "COMMITTER")}
        subprocess.run(command, check=True, env=self.environment() | when, capture_output=True)

    def sit(self, folder: Path) -> Desk:
        return Desk.open(folder, self.environment(), lambda: self.now)


def soak(clones: int, actions: int, seeds: int, first: int = 1) -> dict[str, object]:
    """Returns the figures of some seeds: `actions` in each of `clones` clones, each seed anew."""
    wrong: list[str] = []
    told: Counter[str] = Counter()
    heads: list[str] = []
    for seed in range(first, first + seeds):
        chosen = random.Random(f"ids of {seed}").choice
        with (
            tempfile.TemporaryDirectory() as place,
            patch("manifesto_tui.record.layout.secrets.choice", chosen),
        ):
            world = World(Path(place), random.Random(seed))
            live(world, clones, actions)
            wrong += [f"seed {seed}: {said}" for said in judge(world)]
            told += world.told
            heads += [world.desks[0].repo.head() or ""]
    figures: dict[str, object] = {"clones": clones, "actions": actions, "seeds": seeds}
    return {**figures, "wrong": wrong, "heads": heads, **dict(sorted(told.items()))}


def live(world: World, clones: int, actions: int) -> None:
    """Lets clones act apart, and brings them together at the end."""
    found(world, clones)
    for desk in world.chance.sample(world.desks * actions, clones * actions):
        world.now += timedelta(minutes=world.chance.randint(1, 20))
        act(world, desk)
    world.now += timedelta(days=1)
    # Once to bring everything in, once to hand everything out.
    for desk in (*world.desks, *world.desks):
        sync(world, desk)


def found(world: World, clones: int) -> None:
    """Founds a manifesto, admits a member for each clone, and clones it."""
    home = world.place / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Made-up\n\temail = made-up@example.org\n")
    first, hub = world.place / "clone-0", world.place / "hub.git"
    begin(first, world.environment())
    text = "\n\n".join(
        f"# Principle {p}\n\n" + "\n\n".join(sentence(world) for _ in range(3))
        for p in range(PRINCIPLES)
    )
    (first / "manifesto.md").write_text(text + "\n")
    world.git(first, "add", ".")
    world.git(first, "commit", "-qm", "Write the text")
    founding.adopt(
        *(first, "Made up", world.environment(), lambda: world.now),
        handle="m0",
        name="Made-up 0",
        rules="simple",
    )
    desk = world.sit(first)
    members = clones - clones // 4
    for n in range(1, members):
        people.admit(desk, f"m{n}", f"Made-up {n}", f"group-{n % 2}", steward=True)
    rules = replace(desk.assembly.rules, quorum=Threshold(Fraction(1, 20), False, "members"))
    desk.record({RULES: desk.over(RULES, rules)}, "Ask for less of a quorum")
    deciding.ratify(desk)
    world.git(world.place, "clone", "-q", "--bare", str(first), str(hub))
    world.git(first, "remote", "add", "origin", str(hub))
    world.desks = [desk]
    for n in range(1, clones):
        place = world.place / f"clone-{n}"
        world.git(world.place, "clone", "-q", str(hub), str(place))
        # None who signs has another machine: the key is on one.
        member = n if n < members else 2 * (n - members)
        world.git(place, "config", "manifesto.handle", f"m{member}")
        world.desks.append(world.sit(place))
        if n % 2 and n < members:
            keyholding.change_keys(desk, add=key(world, place, f"m{n}"), handle=f"m{n}")
    # Some ballots are about to close, so that decisions are soon made apart.
    for _ in range(8):
        with suppress(BadInput):
            propose(world, desk)
    for proposal in desk.assembly.proposals[:6]:
        with suppress(Refused):
            deciding.open_ballot(desk, [proposal.id], world.now + timedelta(minutes=20))
    for one in world.desks:
        sync(world, one)
    for one in world.desks[:4]:
        for proposal in one.assembly.proposals:
            if proposal.ballot:
                deciding.vote(one, proposal.id, "for")
        sync(world, one)


def key(world: World, place: Path, handle: str) -> str:
    """Gives a clone the key of a member; returns its public half."""
    private = Ed25519PrivateKey.from_private_bytes(sha256(handle.encode()).digest())
    form = (ssh.Encoding.PEM, ssh.PrivateFormat.OpenSSH, ssh.NoEncryption())
    kept = world.place / f"key-of-{handle}"
    kept.write_bytes(private.private_bytes(*form))
    world.git(place, "config", "manifesto.key", str(kept))
    public = private.public_key().public_bytes(ssh.Encoding.OpenSSH, ssh.PublicFormat.OpenSSH)
    return public.decode()


def sentence(world: World) -> str:
    return " ".join(world.chance.choices(WORDS, k=9)).capitalize() + "."


def act(world: World, desk: Desk) -> None:
    """Does something at random; what the rules refuse is no act, and something else is tried."""
    for _ in range(8):
        doing = world.chance.choices(ACTS, (5, 3, 1, 1, 5, 12, 8, 7))[0]
        try:
            with desk.repo.at_hand():  # As a command does.
                desk.reload()
                doing(world, desk)
        except (Refused, BadInput) as refused:
            if doing is sync:
                world.told[f"sync refused: {refused}"] += 1
        else:
            world.told[doing.__name__] += 1
            return


def propose(world: World, desk: Desk) -> None:
    text = desk.assembly.text
    anchor, (_, clause) = world.chance.choice(sorted(text.by_anchor.items()))
    words = clause.text.split()
    at = world.chance.randrange(len(words))
    now = " ".join([*words[:at], world.chance.choice(WORDS), *words[at + 1 :]])
    if world.chance.random() < 0.2:
        now = f"{clause.text}\n\n{sentence(world)}"
    sources = {
        path: source.replace(f"{clause.text} <!-- #{anchor} -->", f"{now} <!-- #{anchor} -->", 1)
        for path, source in text.sources.items()
    }
    for done in proposing.propose(desk, f"Change {anchor}", "Because.", texts=sources):
        path = next(p for p in done.paths if p.endswith("amendment.yaml"))
        world.said.append(("amendment", folder_of(path)))


def chosen(world: World, desk: Desk, wanted: str) -> Proposal:
    """Returns a proposal at random of those that something can be done with."""
    every, handle = desk.assembly.proposals, desk.handle or ""
    held = [p for p in every if p.ballot and not p.decision]
    fits = {
        "open": [p for p in every if not p.ballot],
        "own": [p for p in every if not p.ballot and p.amendment.proposer == handle],
        "ballot": held,
        "voted on": [p for p in held if any(v.voter == handle for v in p.votes)],
    }[wanted]
    if not fits:
        raise BadInput("nothing", "There is nothing to do this with.")
    return world.chance.choice(fits)


def speak(world: World, desk: Desk) -> None:
    proposal = world.chance.choice(desk.assembly.proposals or [None])
    if proposal is None:
        raise BadInput("nothing", "There is nothing to speak of.")
    words = f"Said at {world.now} by {desk.handle}."
    discussing.comment(desk, proposal.id, words)
    world.said.append(("comment", proposal.folder, words))


def back(world: World, desk: Desk) -> None:
    proposal = chosen(world, desk, "open")
    proposing.second(desk, proposal.id)
    world.said.append(("second", proposal.folder, desk.handle or ""))


def revise(world: World, desk: Desk) -> None:
    proposal = chosen(world, desk, "own")
    words = f"Revised at {world.now}."
    revising.revise(desk, proposal.id, rationale=words)
    world.said.append(("revision", words))


def put(world: World, desk: Desk) -> None:
    closes = world.now + timedelta(minutes=world.chance.randint(60, 300))
    deciding.open_ballot(desk, [chosen(world, desk, "open").id], closes)


def vote(world: World, desk: Desk) -> None:
    proposal = chosen(world, desk, world.chance.choice(("ballot", "voted on")))
    choice = world.chance.choice(("for", "for", "for", "against", "abstain"))
    deciding.vote(desk, proposal.id, choice)
    world.said.append(("vote", proposal.folder, desk.handle or "", desk.stamp, choice))


def decide(world: World, desk: Desk) -> None:
    deciding.decide(desk, chosen(world, desk, "ballot").id)


def sync(world: World, desk: Desk) -> None:
    done = syncing.sync(desk)
    for said in done.said:
        world.told["told: " + next((part for part in TOLD if part in said), said)] += 1


ACTS = (propose, speak, back, revise, put, vote, decide, sync)


def judge(world: World) -> list[str]:
    """Returns what is wrong with how the clones ended."""
    wrong = []
    heads = {desk.repo.head() for desk in world.desks}
    if len(heads) != 1:
        wrong.append(f"{len(heads)} heads")
    tallies = {json.dumps(tallied(desk), sort_keys=True) for desk in world.desks}
    if len(tallies) != 1:
        wrong.append(f"{len(tallies)} tallies")
    proof = verifying.verify(world.desks[0].repo)
    wrong += [f"{f.code} {f.path}: {f.sentence}" for f in proof.findings if f.severity == "error"]
    world.told[proof.verdict] += 1
    world.told["decisions"] += proof.counts["decisions"]
    for desk in world.desks:
        held = desk.repo.run(("status", "--porcelain", "-uall")).decode()
        if held:
            wrong.append(f"not clean: {held}")
    there = present(world.desks[0])
    wrong += [f"lost: {said}" for said in world.said if said not in there]
    return wrong


def tallied(desk: Desk) -> dict[str, object]:
    with desk.repo.at_hand():
        desk.reload()
        at = [p for p in desk.assembly.proposals if p.ballot]
        return {p.folder: deciding.tally(desk, p.slug).as_dict() for p in at}


def present(desk: Desk) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for p in desk.assembly.proposals:
        found.add(("amendment", p.folder))
        found |= {("revision", r.rationale) for r in p.revisions}
        found |= {("second", p.folder, s.member) for s in p.seconds}
        found |= {("comment", p.folder, c.text) for c in p.comments if isinstance(c, Comment)}
        found |= {("vote", p.folder, v.voter, v.cast, v.choice) for v in p.votes}
        # On a ballot that does not stand.
        instead = [c for c in p.comments if c.text.startswith("I voted ")]
        found |= {("vote", p.folder, c.member, c.at, c.text.split()[2]) for c in instead}
    return found


def main(words: list[str]) -> None:
    """Prints the figures of each seed as one JSON document a line."""
    clones, actions, seeds, first, *_ = (*map(int, words), 1)
    for seed in range(first, first + seeds):
        figures = soak(clones, actions, 1, seed)
        sys.stdout.write(json.dumps({"first": seed, **figures}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
