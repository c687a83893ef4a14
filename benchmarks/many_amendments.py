"""Many amendments to one text: how they relate, and a long list narrowed while one types.

Text, amendments and people are made up.
"""

import asyncio
import random
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime

from textual.app import App, ComposeResult

from benchmarks.measure import Section, shown, side_by_side
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.colliding import collisions, collisions_with, meetings
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.prose import ClauseChange, read_text
from manifesto_tui.tui.settings import Settings
from manifesto_tui.tui.state import View
from manifesto_tui.tui.themes import THEMES, palette
from manifesto_tui.tui.widgets.amendments import Amendments
from manifesto_tui.workflow.card import Card

_WORDS = "care team record open system publish interface patient nurse doctor fund year decide"
_NOW = datetime(2026, 11, 21, tzinfo=UTC)


def run() -> list[Section]:
    """Measures collisions, and the list in the app."""
    return [_related(), _narrowed()]


def _related() -> Section:
    section = Section(
        "500 open amendments to a text of 400 clauses",
        "2 s for all pairs, 50 ms for one more",
        ("what", "time"),
    )
    assembly = _assembly(501)
    *filed, more = assembly.proposals
    assert more.amendment
    one_more = more.amendment
    later, assembly = assembly, replace(assembly, proposals=tuple(filed))
    known = meetings(assembly)
    times = side_by_side(
        {
            "every pair": lambda: collisions(assembly),
            "one more, against all": lambda: collisions_with(assembly, one_more),
            "every pair again, with one more": lambda: meetings(later, known).pairs,
            "where each stands to the text": lambda: [
                standing(assembly.text, p.amendment.changes) for p in filed if p.amendment
            ],
        },
        rounds=5,
    )
    for name, taken in times.items():
        section.add(name, shown(taken))
    section.add("pairs that are not independent", len(collisions(assembly)))
    return section


def _narrowed() -> Section:
    section = Section(
        "A list of 10,000 amendments, narrowed in the app",
        "100 ms a letter",
        ("what was typed", "left", "time to the drawn list"),
    )
    for typed, left, taken in asyncio.run(_typing()):
        section.add(f"`{typed}`" if typed else "nothing, all shown again", left, shown(taken))
    return section


async def _typing() -> list[tuple[str, int, float]]:
    assembly = _assembly(10_000)
    cards = tuple(map(_card, assembly.proposals))
    view = View(assembly, cards, "m0", assembly.roll.by_handle["m0"], _NOW)
    _ = view.sieve
    told = []
    app = _Alone()
    async with app.run_test(size=(120, 40)) as pilot:
        app.amendments.show(view)
        await pilot.pause()
        for typed in ("p", "pa", "patient", "patient fund", "by:m3 patient", "in:7", ""):
            taken, left = [], 0
            for _ in range(5):
                app.amendments.filter("")
                await pilot.pause()
                begun = time.perf_counter()
                left = app.amendments.filter(typed)
                for y in range(app.amendments.list.size.height):
                    app.amendments.list.render_line(y)
                taken.append(time.perf_counter() - begun)
            told.append((typed, left, statistics.median(taken)))
    return told


class _Alone(App[None]):
    """The list of amendments by itself."""

    palette = palette(THEMES[0])
    settings = Settings()

    def compose(self) -> ComposeResult:
        """Yields it."""
        self.amendments = Amendments(id="amendments")
        yield self.amendments


def _assembly(amendments: int) -> Assembly:
    chance = random.Random(7)
    words = _WORDS.split()

    def sentence(length: int) -> str:
        return " ".join(chance.choice(words) for _ in range(length)).capitalize() + "."

    clauses = [f"{sentence(12)} {sentence(14)}" for _ in range(400)]
    source = "".join(
        (f"# Principle {n // 40} <!-- #p-{n // 40} -->\n\n" if n % 40 == 0 else "")
        + f"{words} <!-- #c-{n} -->\n\n"
        for n, words in enumerate(clauses)
    )
    proposals = []
    for number in range(amendments):
        changes = []
        for at in chance.sample(range(400), chance.choice([1, 1, 2, 3])):
            now = clauses[at].split()
            for _ in range(3):
                now[chance.randrange(len(now) - 1)] = chance.choice(words) + "s"
            changes.append(Change(clause=f"c-{at}", was=clauses[at], now=" ".join(now)))
        name = f"{number:04x}"
        proposals.append(
            Proposal(
                f"proposals/2026-11/{name}-made-up",
                (
                    Amendment(
                        name,
                        sentence(5),
                        f"m{number % 9}",
                        f"2026-11-{1 + number % 20:02}T09:00:00Z",
                        "",
                        tuple(changes),
                        rationale=sentence(20),
                    ),
                ),
            )
        )
    return Assembly(
        "",
        Manifesto("A made-up manifesto", ("m.md",)),
        Rules(),
        Roll(tuple(Member(f"m{n}", f"Made-up {n}") for n in range(9))),
        read_text({"m.md": source}),
        proposals=tuple(proposals),
    )


class _Nothing:
    """What cards would ask for when one of them is opened: here none is."""

    def changes(self) -> tuple[ClauseChange, ...]:
        return ()

    def standing(self) -> None: ...
    def tally(self) -> None: ...
    def my_vote(self) -> None: ...

    def signature(self) -> Signature:
        return UNSIGNED

    def signatures(self) -> dict[str, Signature]:
        return {}


def _card(proposal: Proposal) -> Card:
    amendment = proposal.amendment
    assert amendment
    return Card(
        id=proposal.id,
        slug=proposal.slug,
        title=amendment.title,
        proposer=amendment.proposer,
        filed=amendment.filed,
        stage="open",
        kind=amendment.kind,
        score=None,
        collisions=(),
        rivals=(),
        needs_my_vote=False,
        ballot=None,
        proposal=proposal,
        discussion=(),
        modified_by=(),
        asks=(),
        rules=(),
        entrenched="",
        asked=_Nothing(),
    )
