"""Plays a made-up assembly from founding to proof, a scene at a time.

Each scene does one thing for real, in real git, through the same verbs as everyone else; a face
tells it. The members vote as themselves: each in turn is who this clone says is at the keyboard.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import ClauseChange
from manifesto_tui.record import commit as commits
from manifesto_tui.record.beginning import begin
from manifesto_tui.workflow import (
    deciding,
    editions,
    founding,
    people,
    proposing,
    publishing,
    reading,
    signing_on,
    verifying,
)
from manifesto_tui.workflow import demo_text as script
from manifesto_tui.workflow.card import Card
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.when import read_when

_FILE = "manifesto.md"


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of the story: what it is, what to say, and the changes to show."""

    title: str
    sentences: tuple[str, ...]
    changes: tuple[ClauseChange, ...] = ()


class _Stage:
    """The made-up repository, its clock, and who is at the keyboard."""

    def __init__(self, directory: Path, environment: Mapping[str, str], now: datetime) -> None:
        self.now = now
        self.directory = directory
        self.environment = environment
        self.repo = begin(directory, environment)
        self.desk = Desk(self.repo, environment, self.clock)

    def clock(self) -> datetime:
        return self.now

    def enter(self, member: int) -> Desk:
        """Puts a made-up member at the keyboard and returns the desk."""
        handle, name = _who(member)
        self.repo.configure("user.name", name)
        self.repo.configure("user.email", f"{handle}@made-up.invalid")
        self.repo.configure("manifesto.handle", handle)
        return self.desk

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


def play(directory: Path, environment: Mapping[str, str], now: datetime) -> Iterator[Scene]:
    """Plays the story in an empty folder and yields its scenes as they happen.

    The story ends at `now`, with a ballot open in which member 1 has still to vote. Raises
    Refused "folder-not-empty" where the folder holds anything.
    """
    if directory.exists() and any(directory.iterdir()):
        raise Refused(
            "folder-not-empty", f"{directory} holds other files.", "Name a new folder for the demo."
        )
    stage = _Stage(directory, environment, now - timedelta(days=40))
    yield from _found(stage)
    yield _sign(stage)
    first, second = yield from _propose(stage)
    yield from _decide_the_draft(stage, first, second)
    yield _make_edition(stage)
    yield from _lose_a_constituency(stage)
    yield _leave_open(stage, until=now)
    yield _prove(stage)


def _found(stage: _Stage) -> Iterator[Scene]:
    stage.enter(1)
    commits.commit(
        stage.repo,
        {_FILE: script.AGREED.encode("utf-8")},
        "Write a made-up text",
        None,
        stage.now,
    )
    _, name = _who(1)
    recorded = founding.adopt(
        stage.directory,
        script.TITLE,
        stage.environment,
        stage.clock,
        name=name,
        handle="member-1",
        constituency=script.CONSTITUENCIES[0],
    )
    yield Scene(
        "A made-up ward adopts its text",
        (
            f"A Markdown file becomes a manifesto, in one commit ({recorded.commit[:7]}): every "
            "clause gets its permanent anchor, and the founder is on the roll as a steward.",
        ),
    )
    desk = stage.enter(1)
    for member in range(2, len(script.CONSTITUENCIES) + 1):
        handle, name = _who(member)
        people.admit(desk, handle, name, script.CONSTITUENCIES[member - 1])
    stage.wait(days=1)
    deciding.ratify(desk)
    counts = desk.assembly.roll.constituencies.items()
    yield Scene(
        "Members are admitted, and the text is put in force",
        (
            f"On the roll: {', '.join(f'{count} {name}' for name, count in counts)}, all made up.",
            "From here on the text changes only by decision.",
        ),
    )


def _sign(stage: _Stage) -> Scene:
    for member in (2, 3):
        stage.wait(hours=1)
        signing_on.sign_on(stage.enter(member))
    desk = stage.enter(1)
    signing_on.sign_on(desk, name=script.SUPPORTER, organisation=script.ORGANISATION)
    told = signing_on.names(desk)
    return Scene(
        "Names are put to edition 1.0.0",
        (
            *(f"{each.about} signs." for each in told.standing),
            "Members sign for themselves; a steward records who else has agreed.",
        ),
    )


def _make_edition(stage: _Stage) -> Scene:
    desk = stage.enter(1)
    planned = editions.planned(desk)
    recorded = editions.make_edition(desk)
    return Scene(
        f"A steward makes edition {planned.number}",
        (
            f"Nobody chooses the number: {planned.why}.",
            f"The commit ({recorded.commit[:7]}) has a tag in git.",
            *(each.sentence for each in planned.stale),
        ),
    )


def _propose(stage: _Stage) -> Generator[Scene, None, tuple[str, str]]:
    filed = []
    drafts = (
        (2, "Time, room and skills", script.FIRST_DRAFT),
        (5, "Our own teams", script.SECOND_DRAFT),
    )
    for member, title, draft in drafts:
        stage.wait(hours=5)
        desk = stage.enter(member)
        reason = "The made-up ward talked about this on a made-up evening."
        recorded = proposing.propose(desk, title, reason, texts={_FILE: draft})
        card = reading.card(desk, _proposed(recorded[0].message))
        filed.append(card.id)
        yield Scene(
            f"{_who(member)[1]} proposes “{title}” ({card.id})",
            ("It was written freely, in a copy of the text without an anchor left. It changes:",),
            card.changes,
        )
    found = reading.collisions(stage.desk)
    yield Scene(
        "Before anyone votes: how the two collide",
        tuple(f"{c.a} and {c.b}, {c.relation}: {c.why}" for c in found),
    )
    return filed[0], filed[1]


def _decide_the_draft(stage: _Stage, first: str, second: str) -> Iterator[Scene]:
    yield _open(stage, second)
    yield _vote(stage, second, script.ON_THE_DRAFT)
    yield _decide(stage, second)
    standing = reading.card(stage.desk, first).standing
    found = standing.state if standing else "gone"
    yield Scene(
        f"The text has moved under {first}",
        (f"{first} is now in the state “{found}”. Nothing is rewritten silently; it waits.",),
    )


def _lose_a_constituency(stage: _Stage) -> Iterator[Scene]:
    stage.wait(days=1)
    card = _propose_words(stage, 6, "One sign-in", *script.SIGN_IN)
    yield Scene(f"{_who(6)[1]} proposes “One sign-in” ({card.id})", (), card.changes)
    yield _open(stage, card.id)
    yield _vote(stage, card.id, script.ON_SIGN_IN)
    yield _decide(stage, card.id)


def _leave_open(stage: _Stage, until: datetime) -> Scene:
    stage.now = until - timedelta(days=1)
    card = _propose_words(stage, 8, "Publish every interface", *script.INTERFACES)
    _open(stage, card.id)
    _vote(stage, card.id, script.ON_INTERFACES)
    stage.now = until
    stage.enter(1)
    return Scene(
        f"{_who(8)[1]} proposes “Publish every interface” ({card.id})",
        (
            "Its ballot is open. You are Made-up Member 1 here, and have not voted yet.",
            *deciding.tally(stage.desk, card.id).sentences,
        ),
        card.changes,
    )


def _prove(stage: _Stage) -> Scene:
    proof = verifying.verify(stage.desk.repo)
    text = publishing.publish(stage.desk, "txt", verified=proof.verdict).decode("utf-8")
    return Scene(
        f"The proof: {proof.verdict}",
        (
            "Replayed from the founding commit: every commit judged by the rules then in force, "
            "every vote counted again, the text rebuilt from its decisions.",
            *(f"{f.commit[:7]} {f.path}: {f.sentence}" for f in proof.findings),
            "The agreed text, as `publish --format txt` writes it:\n",
            *text.splitlines(),
        ),
    )


def _open(stage: _Stage, id: str) -> Scene:
    stage.wait(hours=2)
    desk = stage.enter(1)
    deciding.open_ballot(desk, [id], read_when("7d", stage.now))
    ballot = reading.card(desk, id).ballot
    effect = ballot.effect[:19] if ballot else ""
    return Scene(
        f"A steward opens the ballot on {id}",
        (
            f"It pins what is voted on ({effect}…), who may vote and what carries, and closes in "
            "seven days.",
        ),
    )


def _vote(stage: _Stage, id: str, choices: Sequence[str]) -> Scene:
    said = []
    for member, choice in enumerate(choices, start=1):
        if choice:
            stage.wait(minutes=20)
            recorded = deciding.vote(stage.enter(member), id, choice)
            said.append(f"{_who(member)[1]}: {choice} ({recorded.commit[:7]})")
    return Scene("Members vote, a commit each", tuple(said))


def _decide(stage: _Stage, id: str) -> Scene:
    stage.wait(days=8)
    desk = stage.enter(1)
    tally = deciding.tally(desk, id)
    recorded = deciding.decide(desk, id)
    after = "Count and text are one commit" if tally.carried else "The text stays as it was"
    return Scene(
        f"The ballot on {id} is counted and decided: {tally.outcome}",
        (*tally.sentences, f"{after} ({recorded.commit[:7]})."),
    )


def _propose_words(stage: _Stage, member: int, title: str, was: str, now: str) -> Card:
    desk = stage.enter(member)
    sources = {path: s.replace(was, now) for path, s in desk.assembly.text.sources.items()}
    recorded = proposing.propose(desk, title, "A made-up reason.", texts=sources)
    return reading.card(desk, _proposed(recorded[0].message))


def _proposed(message: str) -> str:
    """Returns the id from the message that `propose` writes: `Propose k7f3: …`."""
    return message.split()[1].rstrip(":")


def _who(member: int) -> tuple[str, str]:
    return (
        f"member-{member}",
        f"Made-up Member {member} ({script.CONSTITUENCIES[member - 1]})",
    )
