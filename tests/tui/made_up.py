"""A made-up assembly in a real repository: nobody in it exists.

Four members in three constituencies, three principles, and an amendment at every stage. Ids and
the clock are fixed, so that screens come out the same every time.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from unittest.mock import patch

from manifesto_tui.governance.amendment import Change
from manifesto_tui.workflow import (
    deciding,
    discussing,
    editing,
    founding,
    people,
    proposing,
    revising,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.founding import FIRST_FILE

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
IDS = ("a3dm", "r5cy", "t6xa", "k7f3", "m2pq", "w8hn", "p4wd")

TEXT = """# Care teams lead

Poor systems wear staff out and can do patients real harm.
We treat that as a question of safety, not as a fact of life.

People who give care help to design each system from the start.

- A new system must give staff more time for patients.
- Minutes lost to slow log-ins count as a cost.

# Open by default

Suppliers document their interfaces.

Code that public money paid for should be open.

> “If it is not open, nobody can check it.”

# Funded to last

Services and their teams are funded for years, not for projects.
"""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **span: int) -> None:
        """Moves on by a span."""
        self.now += timedelta(**span)


def environment(home: Path) -> dict[str, str]:
    """Returns an environment in which git knows a made-up person and nothing else."""
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Alma Made-Up\n\temail = alma@example.org\n"
        "[init]\n\tdefaultBranch = main\n"
    )
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "MANIFESTO_GUIDE": "off",
    }


@contextmanager
def fixed_ids(*ids: str) -> Iterator[None]:
    """Gives the next proposals these ids instead of chance ones."""
    letters = chain("".join(ids))
    with patch("manifesto_tui.record.layout.secrets.choice", lambda alphabet: next(letters)):
        yield


def act_as(desk: Desk, handle: str) -> None:
    """Makes another made-up member the one who is at this clone."""
    desk.repo.configure("manifesto.handle", handle)


def build(directory: Path, home: Path) -> None:
    """Builds the assembly, from founding to decisions, with `alma` at the desk at the end."""
    clock, env = Clock(), environment(home)
    desk = founding.init(
        directory,
        "The Made-Up Manifesto",
        env,
        clock,
        name="Alma Made-Up",
        handle="alma",
        constituency="clinicians",
    )
    for handle, name, constituency in (
        ("bodo", "Bodo Made-Up", "technologists"),
        ("cleo", "Cleo Made-Up", "patients"),
        ("dag", "Dag Made-Up", "technologists"),
    ):
        people.admit(desk, handle, name, constituency)
    editing.save_text(desk, {FIRST_FILE: TEXT}, "Write the first draft")
    with fixed_ids(*IDS):
        _decided(desk, clock)
        _open(desk, clock)
    act_as(desk, "alma")


def anchor(desk: Desk, beginning: str) -> tuple[str, str]:
    """Returns anchor and words of the clause that begins so."""
    for _, clause in desk.assembly.text:
        if clause.text.startswith(beginning):
            return clause.anchor or "", clause.text
    raise LookupError(beginning)


def _reword(desk: Desk, beginning: str, now: str, mark: str = "") -> tuple[Change, ...]:
    name, was = anchor(desk, beginning)
    return (Change(clause=name, was=mark + was, now=mark + now),)


def _propose(desk: Desk, by: str, title: str, reason: str, changes: tuple[Change, ...]) -> str:
    act_as(desk, by)
    recorded = proposing.propose(desk, title, reason, changes=changes)[0]
    return recorded.paths[0].split("/")[-2].partition("-")[0]


def _decided(desk: Desk, clock: Clock) -> None:
    clock.on(days=1)
    adopted = _propose(
        desk,
        "alma",
        "Say that patients help too",
        "Care is given to someone. They see what staff do not.",
        _reword(
            desk,
            "People who give care",
            "People who give care and people who receive it help to design each system from the "
            "start.",
        ),
    )
    rejected = _propose(
        desk,
        "bodo",
        "Drop the quotation",
        "A manifesto should not quote nobody in particular.",
        (Change(clause=anchor(desk, "“If it")[0], was="> " + anchor(desk, "“If it")[1]),),
    )
    withdrawn = _propose(
        desk,
        "cleo",
        "Retitle the third principle",
        "“Funded” is a word for budgets.",
        _reword(desk, "Funded to last", "Paid for as long as it is needed", "# "),
    )
    revising.withdraw(desk, withdrawn, "The old title reads better aloud after all.")
    for name, choices in (
        (adopted, ("for", "for", "for", "abstain")),
        (rejected, ("against", "for", "against", "against")),
    ):
        act_as(desk, "alma")
        deciding.open_ballot(desk, [name], clock.now + timedelta(days=7))
        clock.on(hours=3)
        for handle, choice in zip(("alma", "bodo", "cleo", "dag"), choices, strict=True):
            act_as(desk, handle)
            deciding.vote(desk, name, choice)
    clock.on(days=8)
    act_as(desk, "alma")
    deciding.decide(desk, adopted)
    deciding.decide(desk, rejected)


def _open(desk: Desk, clock: Clock) -> None:
    clock.on(days=2)
    ballot = _propose(
        desk,
        "bodo",
        "Publish every interface",
        "What is only documented can still be locked away.\n\nA charge for using an interface is a "
        "reason not to buy, and nobody finds out before it is bought.",
        _reword(
            desk,
            "Suppliers document",
            "Every system publishes its interfaces before it goes live, free to use.",
        ),
    )
    _propose(
        desk,
        "cleo",
        "Let suppliers choose the format",
        "They know their systems; we only need to be able to read it.",
        _reword(
            desk,
            "Suppliers document",
            "Suppliers document their interfaces in a format they choose.",
        ),
    )
    must = _propose(
        desk,
        "alma",
        "Must, not should",
        "A principle that only should be kept is not one.",
        _reword(desk, "Code that public", "Code that public money paid for must be open."),
    )
    act_as(desk, "dag")
    proposing.second(desk, must)
    discussing.comment(desk, must, "I agree, if security fixes may come out a week later.")
    clock.on(hours=2)
    act_as(desk, "alma")
    deciding.open_ballot(desk, [ballot], NOW + timedelta(days=3, hours=7))
    clock.on(hours=1)
    for handle, choice, reason in (
        ("bodo", "for", "I proposed it."),
        ("cleo", "against", "It asks too much of small suppliers."),
    ):
        act_as(desk, handle)
        deciding.vote(desk, ballot, choice, reason=reason)


def propose_open(desk: Desk) -> str:
    """Proposes a rival to “Must, not should”, as the member at the desk."""
    recorded = proposing.propose(
        desk,
        "Should be open",
        "Not all of it can be.",
        changes=_reword(desk, "Code that public", "Code that public money paid for is open."),
    )
    return recorded[0].paths[0]


def copy(world: Path, to: Path) -> None:
    """Copies the assembly, to be changed by a test."""
    shutil.copytree(world, to, symlinks=True)
