"""Lists the attacks: what each is called, what it does, and the code with which it is caught.

    @attack("record-edited", base="decided")
    def vote_edited(stage: Stage) -> None:
        "A vote is edited after the decision."

Each begins with an assembly that is proved, does one thing by plain git, and is to be caught with
its code and nothing else. One that returns two commits is a push from the first to the second,
judged by `guard`; all others are judged by `verify`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from attacks.stage import SIMPLE, STEWARD, Stage, folder, stage_at
from governance.making import AFTER
from manifesto_tui.governance.amendment import Change, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.replay import Proof
from manifesto_tui.governance.rules import Entrenched
from manifesto_tui.workflow.guarding import guard
from manifesto_tui.workflow.verifying import verify

Base = Literal["empty", "open", "decided", "edition", "required", "unsigned", "bound"]
Push = tuple[str, str]
Do = Callable[[Stage], Push | None]

BOUND = replace(SIMPLE, proxies=1, entrenched=Entrenched(SIMPLE.threshold, rules=True))
FUND = Change(clause="open-3", was="Teams are funded for years.", now="Teams are funded.")


@dataclass(frozen=True)
class Attack:
    """One attack; `codes` are all the codes that it is to be caught with, most have one."""

    name: str
    what: str
    codes: tuple[str, ...]
    base: Base
    do: Do


ATTACKS: dict[str, Attack] = {}


def attack(*codes: str, base: Base = "open") -> Callable[[Do], Do]:
    """Puts an attack on the list, by its function's name and first line."""

    def listed(do: Do) -> Do:
        name = getattr(do, "__name__", "").replace("_", " ")
        assert name not in ATTACKS
        ATTACKS[name] = Attack(name, " ".join((do.__doc__ or "").split()), codes, base, do)
        return do

    return listed


class Bases:
    """The assemblies that attacks begin with, each built once and copied."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._built: dict[str, Stage] = {}

    def copy(self, base: Base, place: Path) -> Stage:
        if base not in self._built:
            self._built[base] = _build(base, self._place / base)
        made = self._built[base].copy(place)
        made.signing = base != "unsigned"
        return made


def _build(base: Base, place: Path) -> Stage:
    made = stage_at(place)
    if base == "empty":
        return made
    made.signing = base != "unsigned"
    rules = BOUND if base == "bound" else SIMPLE
    made.found(rules, keys=made.signing, required=base == "required")
    made.propose("p4wd", FUND)
    made.propose("m2pq", FUND)
    withdrawn = Withdrawal("bea", written(AFTER), "No longer.")
    made.record(f"{folder('m2pq')}/withdrawal.yaml", withdrawn, "bea")
    made.propose("k7f3")
    made.open("k7f3")
    for voter in ("ada", "bea", "cem"):
        made.vote("k7f3", voter)
    if base in ("decided", "edition"):
        made.decide("k7f3")
    if base == "edition":
        made.make_edition()
        made.name("bea")
    return made


def judge(stage: Stage, pushed: Push | None = None) -> Proof:
    """Returns what `verify`, or `guard` on a push, finds."""
    if pushed:
        return guard(stage.repository, *pushed)
    return verify(stage.repository)


def caught(attack: Attack, bases: Bases) -> tuple[str, ...]:
    """Does an attack on a copy of its assembly, and returns the codes that it is caught with."""
    with TemporaryDirectory() as place:
        stage = bases.copy(attack.base, Path(place) / STEWARD)
        proof = judge(stage, attack.do(stage))
        return tuple(found.code for found in proof.findings)


@contextmanager
def bases() -> Iterator[Bases]:
    """Lends the assemblies, in a folder that is removed afterwards."""
    with TemporaryDirectory() as place:
        yield Bases(Path(place))
