"""Shows one amendment at a time, large and alone, for a meeting with a projector.

The agenda is what is undecided. Space goes on, the arrows step; nothing here writes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from manifesto_tui.prose import ClauseChange
from manifesto_tui.tui.actions import bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.inline import inline
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.paced import Paced
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.workflow.card import Card

_KEYS = "{present.on} on · {present.next} next · {present.leave} out"
TYPES = ("before", "after", "why", "count")

Item = tuple["Card", tuple[ClauseChange, ...]]


class Present(Paced[None]):
    """One amendment of the agenda in four steps: as it reads, as it would read, why, the count."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The words under it would scroll by some of these: ours come first.
        *(replace(binding, priority=True) for binding in bindings("present")),
    ]

    def __init__(self, agenda: list[Item], first: int = 0) -> None:
        super().__init__()
        self.agenda = agenda
        self.at = first
        self.step = 0

    def compose(self) -> ComposeResult:
        """Yields the title, the words, and where in the agenda they are."""
        yield Line(id="title")
        yield Rows(id="slide", picks=False, measure=60)
        yield Line(id="where")

    def on_mount(self) -> None:
        """Shows the first item."""
        self._tell()

    def _tell(self) -> None:
        card, changes = self.agenda[self.at]
        self.query_one("#title", Line).show(
            join(line(card.title, "title")), join(line(card.id, "key"), f"  {card.stage}")
        )
        name = TYPES[self.step]
        self.query_one("#slide", Rows).show(_slide(card, changes, name), top=True)
        steps = join(
            *(
                (
                    f" [{step}] " if step == name else f"  {step}  ",
                    "key" if step == name else "quiet",
                )
                for step in TYPES
            )
        )
        self.query_one("#where", Line).show(
            steps,
            settings_of(self).told(f"{self.at + 1} of {len(self.agenda)} · {_KEYS}", "quiet"),
        )

    def action_turn(self, by: int) -> None:
        """Reads on where there is more, goes a step on, or after the last to the next amendment."""
        slide = self.query_one("#slide", Rows)
        if 0 < slide.scroll_offset.y + max(by, 0) <= slide.max_scroll_y:
            slide.scroll_relative(y=by * max(slide.size.height - 1, 1), animate=False)
            return
        step = self.step + by
        if step >= len(TYPES):
            self.action_item(1)
        elif step < 0:
            if self.at > 0:
                self.at, self.step = self.at - 1, len(TYPES) - 1
                self._tell()
        else:
            self.step = step
            self._tell()

    def action_item(self, by: int) -> None:
        """Goes to another amendment of the agenda."""
        at = self.at + by
        if 0 <= at < len(self.agenda):
            self.at, self.step = at, 0
            self._tell()

    def on_click(self) -> None:
        """Goes a step on, as a presenter's remote does that clicks."""
        self.action_turn(1)

    def action_leave(self) -> None:
        """Goes back to the app."""
        self.dismiss(None)


def _slide(card: Card, changes: tuple[ClauseChange, ...], name: str) -> list[Row]:
    if name in ("before", "after"):
        return _wordings(changes, name)
    if name == "why":
        amendment = card.proposal.amendment
        reasons = amendment.rationale if amendment else ""
        return [Passage(inline(part), above=1) for part in reasons.split("\n\n") if part.strip()]
    if card.tally is None:
        return [Passage(words("No ballot has been opened on it yet."), above=1)]
    return tally_rows(card.tally)


def _wordings(changes: tuple[ClauseChange, ...], name: str) -> list[Row]:
    rows: list[Row] = []
    for change in changes:
        rows.append(Divider(join(line(change.number, "number"), f" {name}"), above=1))
        text, skip = (change.was, "+") if name == "before" else (change.now, "-")
        if not text:
            none = "not in the text yet" if name == "before" else "taken out"
            rows.append(Passage(words(f"({none})", "quiet"), above=1))
            continue
        role = "leaving" if name == "before" else "added"
        parts = [(words, "" if op == "=" else role) for op, words in change.words if op != skip]
        rows.append(Passage(join(*parts), above=1))
    return rows
